// A form on a page of another site, in a real browser that keeps no cookies for frames: shown where it may be, as high as it is, and
// refused where it may not.
import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import type { Frame, Page } from 'playwright-core'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
/** Another site: `localhost`, where the desk is 127.0.0.1. */
let site: { origin: string; shows: (html: string) => void; close: () => void }
let admin: Page
let contact: { id: number; key: string }
deskInBrowser(async (started) => {
  ;({ desk, browser } = started)
  contact = (await desk.api('GET', '/forms')).body.items[0]
  const requester = { email: 'bea@customer.example', name: 'Bea' }
  await desk.api('POST', '/tickets', { subject: 'The inbox has a list', body: 'This', requester })
  site = await startSite()
  admin = await browser.newPage(await desk.addAgent('Ada', 'admin'), {
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  })
  return () => site?.close()
})

/** A site whose policy lets nothing in but the desk's script and frame. */
async function startSite() {
  let html = ''
  const policy = `default-src 'none'; script-src ${desk.url}; frame-src ${desk.url}; require-trusted-types-for 'script'`
  const server: Server = createServer((_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
      .end(`<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1>${html}<p>Below</p>`),
  )
  await new Promise<void>((done) => server.listen(0, 'localhost', done))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    shows: (snippet: string) => void (html = snippet),
    close: () => void server.close(),
  }
}

const formIn = async (page: Page): Promise<Frame> => {
  const handle = await page.locator('iframe').elementHandle()
  const frame = await handle?.contentFrame()
  assert.ok(frame)
  return frame
}
const height = async (page: Page) => (await page.locator('iframe').boundingBox())?.height ?? 0
/** The frame is as high as what is in it, and so has nothing to scroll. */
const fits = (page: Page, frame: Frame) =>
  until(async () => {
    const inside = await frame
      .locator('main')
      .boundingBox()
      .catch(() => null)
    return inside !== null && Math.abs((await height(page)) - Math.ceil(inside.height)) <= 1
      ? true
      : undefined
  })

const topInSight = (page: Page) =>
  until(async () => (((await page.locator('iframe').boundingBox())?.y ?? -1) >= -1 ? true : undefined))

test('an administrator names a site and takes what stands on it; a customer there writes a ticket', async () => {
  await admin.goto(`${desk.url}/admin/forms/${contact.id}`)
  const sites = admin.getByLabel('Sites that may show it')
  await sites.fill('http://shop.example')
  await admin.getByRole('button', { name: 'Save' }).click()
  await admin.getByText('"http://shop.example" is not https', { exact: false }).waitFor()
  await sites.fill(`https://www.example.org\n\n${site.origin}/\n`)
  await admin.getByRole('button', { name: 'Save' }).click()
  await admin.getByRole('heading', { name: 'Forms', level: 1 }).waitFor()
  await admin.goto(`${desk.url}/admin/forms/${contact.id}`)
  assert.equal(await sites.inputValue(), `https://www.example.org\n${site.origin}`)
  await admin.getByRole('button', { name: 'Copy for the page' }).click()
  await admin.getByText('Copied').waitFor()
  site.shows(await admin.evaluate<string>('navigator.clipboard.readText()'))

  const customer = await browser.newVisitor({
    viewport: { width: 330, height: 500 },
    colorScheme: 'dark',
  })
  const said: string[] = []
  customer.on('console', (message) => void (message.type() === 'error' && said.push(message.text())))
  await customer.goto(site.origin)
  const frame = await formIn(customer)
  await frame.getByRole('heading', { name: 'Contact us' }).waitFor()
  assert.equal(await customer.locator('iframe').getAttribute('title'), 'Contact us')
  await fits(customer, frame)
  assert.deepEqual(await axe(customer), [])
  // Whoever else knows the words of the frame and its page gives it no height.
  const before = await height(customer)
  await customer.evaluate(`postMessage({ docketForm: 'height', height: 50, page: 1 }, '*')`)
  await frame.evaluate(
    `parent.postMessage({ docketForm: 'height', height: 'high', page: 1 }, '${site.origin}')`,
  )
  await customer.waitForTimeout(100)
  assert.equal(await height(customer), before)
  // The form is as light as the site, also for who likes it dark.
  const scheme = () => frame.evaluate<string>('getComputedStyle(document.documentElement).colorScheme')
  assert.equal(await scheme(), 'light')

  await frame.getByLabel('Your e-mail address').fill('cy')
  await frame.getByLabel('Subject').fill('From the shop')
  await frame.getByLabel('Message').fill('Does it glow?')
  await frame.getByRole('button', { name: 'Send message' }).click()
  await frame.getByText('Enter an address that we can write to.').waitFor()
  await fits(customer, frame)
  assert.ok((await height(customer)) > before, 'the frame grows with its page')
  await topInSight(customer)
  const files = [{ name: 'lamp.txt', mimeType: 'text/plain', buffer: Buffer.from('a lamp') }]
  await frame.getByLabel(/Files/).setInputFiles(files)
  await frame.getByRole('button', { name: 'Send message' }).click()
  await frame.locator('[aria-invalid=true]:focus').waitFor()
  // What was chosen stays chosen while the rest is mended.
  await frame.getByLabel('Your e-mail address').fill('cy@customer.example')
  await frame.getByRole('button', { name: 'Send message' }).click()
  await frame.getByRole('heading', { name: 'Thank you' }).waitFor()
  await fits(customer, frame)
  assert.ok((await height(customer)) < 300, 'the frame shrinks with its page')
  await topInSight(customer)
  const ticket = await until(
    async () => (await desk.api('GET', '/tickets?q=requester:cy@customer.example')).body.items[0],
  )
  const { items } = (await desk.api('GET', `/tickets/${ticket.id}/messages`)).body
  assert.deepEqual([ticket.channel, items[0].attachments[0].name], ['form', 'lamp.txt'])
  // The puzzle was solved in the frame: the acknowledgement is mailed.
  await until(async () => desk.sink.mails.find(({ to }) => to.includes('cy@customer.example')))
  assert.deepEqual(await customer.context().cookies(), [])
  assert.deepEqual(
    said.filter((text) => !text.includes('422')),
    [],
  )
  await customer.close()
})

test('a site that is not named is refused by the browser', async () => {
  await desk.api('PATCH', `/forms/${contact.id}`, { origins: ['https://www.example.org'] })
  const stranger = await browser.newVisitor()
  const said: string[] = []
  stranger.on('console', (message) => void said.push(message.text()))
  await stranger.goto(site.origin)
  await until(async () => said.find((text) => /frame-ancestors|Refused to frame|Framing/.test(text)))
  const frame = await formIn(stranger)
  assert.equal(await frame.getByRole('button', { name: 'Send message' }).count(), 0)
  assert.equal(await height(stranger), 640)
  await stranger.close()
})

test('while it is typed a form names articles, and what was typed outlives a reload until it was sent', async () => {
  const { body: article } = await desk.api('POST', '/articles', {
    title: 'Why lamps flicker',
    language: 'en',
    body: '<p>Tighten the bulb.</p>',
    audience: 'public',
  })
  assert.equal((await desk.api('PATCH', `/articles/${article.id}`, { status: 'published' })).status, 200)
  const customer = await browser.newVisitor()
  await customer.goto(`${desk.url}/forms/contact`)
  await customer.getByLabel('Subject').pressSequentially('My lamp flickers')
  const link = customer.getByRole('status').getByRole('link', { name: 'Why lamps flicker' })
  await link.waitFor()
  assert.equal(await link.getAttribute('target'), '_blank')
  await customer.getByLabel('Message').fill('Since Monday')
  await customer.reload()
  assert.equal(await customer.getByLabel('Message').inputValue(), 'Since Monday')
  await customer.getByLabel('Your e-mail address').fill('dee@customer.example')
  // Files go with how far they have come; what does not arrive is said, and sent again by a press.
  const files = customer.getByLabel('Files (up to 5, 10 MB each)')
  const file = (name: string, bytes: number) => ({
    name,
    mimeType: 'text/plain',
    buffer: Buffer.alloc(bytes, 'x'),
  })
  await files.setInputFiles([file('large.txt', 10_000_001)])
  assert.match(
    await files.evaluate((field) => (field as unknown as { validationMessage: string }).validationMessage),
    /of 10 MB each/,
  )
  await files.setInputFiles([file('list.txt', 2_000_000)])
  const send = customer.getByRole('button', { name: 'Send message' })
  await customer.route('**/forms/contact', (route) => route.abort())
  await send.click()
  await customer.getByRole('alert').getByText('the connection broke').waitFor()
  await customer.unroute('**/forms/contact')
  // What others answer on the way takes nothing with it, whatever it looks like.
  for (const [status, body, said] of [
    [413, '<h1>413 Request Entity Too Large</h1>', 'it is too large'],
    [429, '{"title":"too many"}', 'wait a minute'],
    [404, '<main><h1>This form is closed</h1></main>', 'This form is closed'],
    [502, '<main><h1>Bad gateway</h1></main>', 'the server did not take it'],
    [200, '<main><h1>Welcome to the hotel</h1></main>', 'the server did not take it'],
  ] as const) {
    await customer.route('**/forms/contact', (route) =>
      route.fulfill({
        status,
        body,
        contentType: body.startsWith('{') ? 'application/problem+json' : 'text/html',
      }),
    )
    await send.click()
    await customer.getByRole('alert').getByText(said).waitFor()
    await customer.unroute('**/forms/contact')
  }
  assert.equal(await customer.getByLabel('Message').inputValue(), 'Since Monday')
  await customer.evaluate(`location.hash = '#top'`)
  await customer.route('**/forms/contact', async (route) => {
    await customer.getByRole('progressbar', { name: 'Sending' }).waitFor()
    await route.continue()
  })
  await send.click()
  await customer.getByRole('heading', { name: 'Thank you' }).and(customer.locator(':focus')).waitFor()
  await customer.unroute('**/forms/contact')
  const [newest] = (await desk.api('GET', '/tickets?sort=newest&limit=1')).body.items
  const [message] = (await desk.api('GET', `/tickets/${newest.id}/messages`)).body.items
  assert.deepEqual(
    message.attachments.map(({ name }: { name: string }) => name),
    ['list.txt'],
  )
  assert.deepEqual(await axe(customer), [])
  await customer.getByRole('link', { name: 'Write something else' }).click()
  await customer.getByRole('button', { name: 'Send message' }).waitFor()
  assert.equal(await customer.getByLabel('Message').inputValue(), '')
  assert.deepEqual(await axe(customer), [])
  await customer.close()
})

test('a form that is archived says so in its frame', async () => {
  await desk.api('PATCH', `/forms/${contact.id}`, { origins: [site.origin], archived: true })
  const customer = await browser.newVisitor()
  await customer.goto(site.origin)
  const frame = await formIn(customer)
  await frame.getByRole('heading', { name: /This form is closed/ }).waitFor()
  await fits(customer, frame)
  await desk.api('PATCH', `/forms/${contact.id}`, { archived: false })

  // A site that writes its pages by script puts the frame in later, and one that is dark has a dark form.
  await customer.evaluate(`document.documentElement.style.colorScheme = 'dark'
    const again = document.querySelector('iframe').cloneNode()
    document.querySelector('iframe').remove()
    document.body.append(again)`)
  const later = await formIn(customer)
  await later.getByRole('heading', { name: 'Contact us' }).waitFor()
  await fits(customer, later)
  assert.equal(await later.evaluate<string>('getComputedStyle(document.documentElement).colorScheme'), 'dark')
  await customer.close()
})

test('the administrator sees the form in a frame, from which nothing can be sent', async () => {
  await admin.goto(`${desk.url}/admin/forms/${contact.id}`)
  await admin.getByRole('button', { name: 'Preview in a frame' }).click()
  const frame = await formIn(admin)
  await frame.getByRole('heading', { name: 'Contact us' }).waitFor()
  assert.deepEqual(await axe(admin), [])
  await admin.getByRole('button', { name: 'Preview in a frame' }).click()
  assert.equal(await admin.locator('iframe').count(), 0)
  assert.deepEqual(browser.said, [])
})
