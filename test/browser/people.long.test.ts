// The page of people: a second address, one that is somebody else's, joining the two and taking them apart again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser, type TestBrowser } from '../support/browser.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
before(async () => {
  desk = await startDesk({ web: true })
  browser = await startBrowser(desk.url)
})
after(async () => {
  await browser.close()
  await desk.close()
})

test('an address of somebody else leads to joining, and that can be undone', async () => {
  for (const name of ['Cy Berg', 'C. Berg'])
    await desk.api('POST', '/tickets', {
      subject: 'A question',
      body: 'How?',
      requester: { email: `${name === 'Cy Berg' ? 'cy' : 'c.berg'}@customer.example`, name },
    })
  const { email, password } = await desk.addAgent('Ada', 'admin')
  const page = await browser.newPage({ email, password })
  await page.goto(`${desk.url}/admin/people?lang=en`)
  const row = page.getByRole('row').filter({ hasText: 'cy@customer.example' })
  await row.getByRole('button', { name: 'Edit' }).click()
  const address = page.getByLabel('Another address')
  const add = page.getByRole('region', { name: 'Addresses' }).getByRole('button', { name: 'Add' })
  await address.fill('cy@home.example')
  await add.click()
  await page.getByRole('button', { name: 'Remove cy@home.example' }).waitFor()
  await address.fill('c.berg@customer.example')
  await add.click()
  await page.getByText('belongs to somebody already').waitFor()
  await page.getByRole('button', { name: 'They are one person: join them' }).click()
  await page.getByRole('radio', { name: 'C. Berg' }).check()
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  const undo = page.getByRole('button', { name: 'Take C. Berg apart again' })
  await undo.waitFor()
  // The form shows what they are now: saving it brings nothing old back.
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'C. Berg')
  await undo.click()
  await undo.waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Cy Berg')
  assert.deepEqual(browser.said, [])
})
