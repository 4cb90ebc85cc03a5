import { startBrowser } from './support/browser.ts'
import { startDesk } from './support/desk.ts'
import { startHostPage } from './support/host-page.ts'
const out = process.argv[2]!
const desk = await startDesk()
const host = await startHostPage(desk.url)
const browser = await startBrowser(desk.url)
const w = (
  await desk.api('POST', '/widgets', {
    name: 'Shop',
    brand: 1,
    color: '#0f766e',
    greeting: 'Hello! How can we help?',
    origins: [host.origin],
  })
).body
for (const [name, options, more] of [
  ['light', {}, {}],
  ['dark', { colorScheme: 'dark' }, {}],
  ['phone', { viewport: { width: 390, height: 844 } }, { tag: 'data-language="de"' }],
] as const) {
  const page = await browser.newVisitor({ viewport: { width: 1000, height: 760 }, ...options } as never)
  await page.goto(host.with(w.key, more))
  await page.locator('docket-chat [part=opener]').click()
  await page.getByRole('textbox').waitFor()
  await page.keyboard.type(
    'Where is my parcel? It was to come last week, and the tracking page says nothing since Tuesday.',
  )
  await page.keyboard.press('Enter')
  await page.getByText(/· (Sent|Gesendet)/).waitFor()
  const id = (await desk.api('GET', '/tickets?sort=newest&limit=1')).body.items[0].id
  await page.screenshot({ path: `${out}/w-${name}-1.png` })
  await desk.api('POST', `/tickets/${id}/messages`, {
    kind: 'reply',
    body: 'Let me look. It left our house on Monday: https://shop.example/track/4711',
    sendAnyway: true,
    status: 'pending',
  })
  await page.getByRole('log').getByText('Let me look').waitFor()
  await page.getByRole('button', { name: /More|Mehr/ }).click()
  await page.locator('summary').click()
  await page.screenshot({ path: `${out}/w-${name}-2.png` })
  await page.context().close()
}
await browser.close()
host.close()
await desk.close()
process.exit(0)
