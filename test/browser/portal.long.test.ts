// The portal and the survey in a browser without scripts: by forms alone, at a phone's width, read by axe; and what the desk sees of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
let brandId: number
let admin: { email: string; password: string }
const email = 'cy@customer.example'
deskInBrowser(async (started) => {
  ;({ desk, browser } = started)
  admin = await desk.addAgent('Ada', 'admin')
  brandId = (await desk.api('GET', '/brands')).body.items[0].id
  await desk.api('PATCH', `/brands/${brandId}`, {
    fromName: 'Lumen Lamps',
    color: '#8a3ffc',
    ticketLinks: true,
  })
})

const textsTo = () =>
  desk.sink.mails.filter(({ to }) => to.includes(email)).map(({ mail }) => mail.text ?? '')
const linkLike = (pattern: RegExp) =>
  until(
    async () =>
      textsTo()
        .flatMap((text) => pattern.exec(text)?.[0] ?? [])
        .at(-1) ?? null,
  )

/** Nothing runs off to the side at 320 px, and axe finds nothing. */
async function isWell(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('load')
  const width = async () => Number(await page.evaluate('document.documentElement.scrollWidth').catch(() => 0))
  // A click has led elsewhere, and its page is still on its way.
  await until(async () => (await width()) === 320, 10_000).catch(async () => {
    assert.fail(`${name} is ${await width()} px wide`)
  })
  assert.deepEqual(await axe(page), [], name)
}

test('without scripts: from the address by mail to the ticket, an answer, a new request and the account', async () => {
  const ticket = await desk.api('POST', '/tickets', {
    requester: { email, name: 'Cy' },
    subject:
      'A subject that is as long as a whole sentence, with averyveryverylongwordthatdoesnotbreakbyitself',
    body: 'The lamp is dark',
  })
  await desk.api('POST', `/tickets/${ticket.body.id}/messages`, {
    kind: 'reply',
    body: 'Have you tried https://example.org/a/very/long/address/that/goes/on/and/on/and/on/for/ever ?',
  })
  desk.clock.pass(60)
  // Scripts are for axe alone: the pages' own are kept away.
  const page = await browser.newVisitor({ viewport: { width: 320, height: 700 }, locale: 'en-GB' })
  await page.route('**/*.js', (route) => route.abort())
  await page.goto(`${desk.url}/portal`)
  await isWell(page, 'sign in')
  await page.getByLabel('Your e-mail address').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await isWell(page, 'asked')
  await page.goto(desk.url + (await linkLike(/\/portal\/enter\/[\w.-]+/)))
  await isWell(page, 'enter')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Your requests' }).waitFor()
  await isWell(page, 'list')
  await page.getByRole('link', { name: /A subject that is/ }).click()
  await isWell(page, 'ticket')
  await page.getByLabel('Your answer').fill('Yes, I have')
  await page
    .getByLabel(/^Files/)
    .setInputFiles({ name: 'lamp.txt', mimeType: 'text/plain', buffer: Buffer.from('a lamp') })
  await page.getByRole('button', { name: 'Send answer' }).click()
  await page.getByText('Your answer has come in.').waitFor()
  await page.getByRole('link', { name: 'lamp.txt' }).waitFor()
  await isWell(page, 'answered')
  await page.getByRole('link', { name: 'New request' }).click()
  await isWell(page, 'new')
  await page.getByRole('link', { name: 'Contact us' }).click()
  await isWell(page, 'form')
  await page.getByLabel('Subject').fill('Another lamp')
  await page.getByLabel('Message').fill('Dark as well')
  await page.getByRole('button', { name: 'Send message' }).click()
  await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  await page.getByRole('link', { name: 'Account' }).click()
  await isWell(page, 'account')
  await page.getByLabel('Language').selectOption('de')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Gespeichert.').waitFor()
  await page.getByRole('button', { name: 'Abmelden', exact: true }).click()
  await page.getByRole('heading', { name: 'Sie sind abgemeldet' }).waitFor()
})

test('a browser with scripts switched off does all of it, too; with them what is typed outlives a reload, and files say how far they are', async () => {
  const page = await browser.newVisitor({ javaScriptEnabled: false, locale: 'de-DE' })
  await page.goto(desk.url + (await linkLike(/\/portal\/t\/[\w.-]+/)))
  await page.getByLabel('Ihre Antwort').fill('Noch etwas')
  await page.getByRole('button', { name: 'Antwort senden' }).click()
  await page.getByText('Ihre Antwort ist angekommen.').waitFor()
  await page.getByRole('button', { name: 'Das ist gelöst' }).click()
  await page.getByText('Erledigt.').waitFor()
  assert.equal(await page.locator('.topic .state').textContent(), 'Gelöst')
  const scripted = await browser.newVisitor({ locale: 'de-DE' })
  await scripted.goto(desk.url + (await linkLike(/\/portal\/t\/[\w.-]+/)))
  const answer = scripted.getByLabel('Ihre Antwort')
  await answer.fill('Half a sentence')
  await scripted.reload()
  assert.equal(await answer.inputValue(), 'Half a sentence')
  const file = { name: 'bulb.txt', mimeType: 'text/plain', buffer: Buffer.alloc(1_000_000, 'x') }
  await scripted.getByLabel(/^Dateien/).setInputFiles(file)
  // What another program on the way refuses is still there, after a reload too.
  await scripted.route('**/answer', (route) => route.fulfill({ status: 429, body: 'Too many' }))
  await scripted.getByRole('button', { name: 'Antwort senden' }).click()
  await scripted.getByRole('alert').getByText('Nicht gesendet').waitFor()
  await scripted.unroute('**/answer')
  await scripted.reload()
  assert.equal(await answer.inputValue(), 'Half a sentence')
  await scripted.getByLabel(/^Dateien/).setInputFiles(file)
  await scripted.getByRole('button', { name: 'Antwort senden' }).click()
  await scripted.getByText('Ihre Antwort ist angekommen.').waitFor()
  await scripted.getByRole('link', { name: 'bulb.txt' }).waitFor()
  assert.equal(await answer.inputValue(), '')
  // The page that says so is of one sending: what is written on it next, and refused, is not forgotten for it.
  await answer.fill('One more sentence')
  await scripted.getByLabel(/^Dateien \(/).setInputFiles(file)
  await scripted.route('**/answer', (route) => route.fulfill({ status: 429, body: 'Too many' }))
  await scripted.getByRole('button', { name: 'Antwort senden' }).click()
  await scripted.getByRole('alert').getByText('Nicht gesendet').waitFor()
  await scripted.unroute('**/answer')
  await scripted.reload()
  assert.equal(await answer.inputValue(), 'One more sentence')
})

test('the survey is set up on screen, answered by a press, and its rating stands on the ticket and on the board', async () => {
  const page = await browser.newPage(admin, { at: '/admin/surveys' })
  await page.getByLabel('Ask customers of this brand').check()
  await page.getByLabel('Working hours between the resolve and the question').fill('1')
  await page.getByRole('combobox', { name: 'Answers to choose from' }).selectOption('5')
  await page.getByText(/Very good: /).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('was saved').or(page.getByText(/saved/i)).first().waitFor()
  const other = await desk.api('POST', '/tickets', { requester: { email }, subject: 'To rate', body: 'x' })
  await desk.api('PATCH', `/people/${other.body.requester.id}`, { language: 'en' })
  await desk.api('PATCH', `/tickets/${other.body.id}`, { status: 'resolved' })
  desk.clock.pass(3_600)
  const link = await linkLike(/\/rate\/[\w.-]+\?score=2/)
  const phone = await browser.newVisitor({ viewport: { width: 320, height: 700 } })
  await phone.goto(desk.url + link)
  await isWell(phone, 'rate')
  await phone.getByRole('textbox').fill('Took too long')
  await phone.getByRole('button').click()
  await phone.getByRole('heading', { name: 'Thank you' }).waitFor()
  await page.goto(`${desk.url}/inbox/all/${other.body.id}`)
  const card = page.getByRole('region', { name: 'Rating' })
  await card.getByText('2 of 5: bad').waitFor()
  await card.getByText('Took too long').waitFor()
  await page.getByText('rated the help 2 of 5').first().waitFor()
  assert.deepEqual(await axe(page), [])
  await page.goto(`${desk.url}/reports/quality`)
  await page.getByRole('heading', { name: 'Satisfaction' }).waitFor()
  assert.deepEqual(browser.said, [])
})

test('who manages an organisation is said on a person’s page, where sessions and links end, too', async () => {
  const page = await browser.newPage(admin)
  const { items } = (await desk.api('GET', `/people?q=${email}`)).body
  await desk.api('PATCH', `/people/${items[0].id}`, { organization: 'Acme' })
  await page.goto(`${desk.url}/admin/people?person=${items[0].id}`)
  const portal = page.getByRole('region', { name: 'Portal' })
  await portal.getByLabel('Manager of the organisation').click()
  await until(async () => (await desk.api('GET', `/people/${items[0].id}/portal`)).body.manages)
  await portal.getByRole('button', { name: 'End sessions and links' }).click()
  await until(async () => (await desk.api('GET', `/people/${items[0].id}/portal`)).body.sessions === 0)
  assert.deepEqual(browser.said, [])
})
