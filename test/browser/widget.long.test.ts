// The chat widget on another company's page, in a real browser: under a strict policy, by keyboard, in two tabs, with storage denied.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import { SignJWT } from 'jose'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { until, type TestDesk } from '../support/desk.ts'
import { startHostPage, type HostPage } from '../support/host-page.ts'
import { hashOf } from '#store/blobs.ts'
import { sql } from '#store/sql.ts'

/** For so long the network is gone: 90 s with DOCKET_TEST_LONG=1. */
const AWAY_MS = process.env['DOCKET_TEST_LONG'] === undefined ? 0 : 90_000

let desk: TestDesk
let host: HostPage
let browser: TestBrowser
let widget: { id: number; key: string }
deskInBrowser(async (started) => {
  ;({ desk, browser } = started)
  host = await startHostPage(desk.url)
  const body = { name: 'Shop', brand: 1, color: '#ffd400', greeting: 'Hello!', origins: [host.origin] }
  widget = (await desk.api('POST', '/widgets', body)).body
  return () => host?.close()
})

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const said: string[] = []
/** A page whose policy's complaints are heard. */
async function visit(address: string, options: Parameters<TestBrowser['newVisitor']>[0] = {}): Promise<Page> {
  const page = await browser.newVisitor({
    viewport: { width: 1200, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  })
  page.setDefaultTimeout(20_000)
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
  page.on('pageerror', (error) => said.push(error.message))
  await page.goto(address)
  return page
}
const opener = (page: Page): Locator => page.locator('docket-chat [part=opener]')
const log = (page: Page): Locator => page.getByRole('log')
const write = async (page: Page, text: string) => {
  await page.getByRole('textbox', { name: 'Your message' }).fill(text)
  await page.keyboard.press('Enter')
}
const newest = async (): Promise<number> =>
  (await desk.api('GET', '/tickets?sort=newest&limit=1')).body.items[0]?.id
const answer = (id: number, body: string) =>
  desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, sendAnyway: true })

test('under a strict policy with Trusted Types a visitor writes, is answered, and all is done by keyboard', async () => {
  const others: string[] = []
  const page = await visit('about:blank')
  page.on('request', (request) => others.push(new URL(request.url()).origin))
  await page.goto(host.with(widget.key))
  assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').waitFor()
  const field = page.getByRole('textbox', { name: 'Your message' })
  await field.and(page.locator(':focus')).waitFor()
  await page.getByText('Hello!').waitFor()
  await page.keyboard.type('Where is my <img src=x onerror=alert(1)> parcel?')
  await page.keyboard.press('Enter')
  await log(page).getByText('parcel?').waitFor()
  await page.getByText(/· Sent/).waitFor()
  const id = await until(newest)
  await answer(id, 'Look at https://shop.example/where.')
  await log(page).getByRole('link', { name: 'https://shop.example/where' }).waitFor()
  assert.equal(await log(page).locator('img').count(), 0)
  await until(async () => (await desk.api('GET', `/tickets/${id}/chat`)).body.readSeq >= 2)
  await desk.api('POST', `/tickets/${id}/read`, { seq: 1 })
  await page.getByText(/· Read/).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  assert.equal(await page.evaluate(`document.activeElement.localName`), 'docket-chat')
  await answer(id, 'Are you there?')
  await page.getByRole('button', { name: 'Open the chat, 1 new' }).click()
  await log(page).getByText('Are you there?').waitFor()
  assert.deepEqual(await page.context().cookies(), [])
  assert.deepEqual([...new Set(others)].toSorted(), [host.origin, desk.url].toSorted())
  assert.deepEqual(said, [])
  await page.context().close()
})

test('the page around it stays where it is, and nothing keeps it busy for 50 ms: while the widget comes, opens and is written in', async () => {
  const script = `window.seen = []
    for (const type of ['layout-shift', 'longtask'])
      new PerformanceObserver((all) => seen.push(...all.getEntries().map((each) => [type, each.duration || each.value])))
        .observe({ type, buffered: true })`
  const tried: unknown[] = []
  // On a busy machine anything may take long: what does so each time is the widget's own.
  do {
    const page = await visit(host.with(widget.key, { script }))
    // It comes by itself.
    await page.waitForResponse(/panel-/)
    await until(async () =>
      page.evaluate(`document.querySelector('docket-chat').shadowRoot.querySelector('.panel') !== null`),
    )
    await opener(page).click()
    await write(page, 'Nothing moves')
    await page.getByText(/· Sent/).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    tried.push(await page.evaluate('seen'))
    await page.context().close()
  } while (tried.at(-1)?.toString() !== '' && tried.length < 4)
  assert.deepEqual(tried.at(-1), [], JSON.stringify(tried))
  assert.deepEqual(said, [])
})

test('two tabs are one visitor on one stream; the second takes over when the first goes, and hears the conversation that it begins anew', async () => {
  const one = await visit(host.with(widget.key))
  const streams: string[] = []
  one.context().on('request', (request) => request.url().includes('/stream?') && streams.push(request.url()))
  await opener(one).click()
  await write(one, 'From two tabs')
  await one.getByText(/· Sent/).waitFor()
  const id = await newest()
  const two = await one.context().newPage()
  two.setDefaultTimeout(20_000)
  await two.goto(host.with(widget.key))
  await opener(two).click()
  await log(two).getByText('From two tabs').waitFor()
  await answer(id, 'Heard in both')
  await Promise.all([one, two].map((page) => log(page).getByText('Heard in both').waitFor()))
  assert.equal(streams.length, 1)
  await one.close()
  await until(async () => streams.length === 2, 2_000)
  await answer(id, 'Heard in the second')
  await log(two).getByText('Heard in the second').waitFor()
  assert.equal(await log(two).getByRole('listitem').count(), 3)
  const press = (name: string) => two.getByRole('button', { name, exact: true }).click()
  await press('More')
  await press('This is solved')
  await two.getByRole('button', { name: 'This is solved' }).waitFor({ state: 'detached' })
  await press('More')
  await press('New conversation')
  await write(two, 'Another matter')
  await log(two).getByText('From two tabs').waitFor({ state: 'detached' })
  await answer(await until(async () => (await newest()) !== id && newest()), 'Heard anew')
  await log(two).getByText('Heard anew').waitFor()
  await two.context().close()
})

test('K06: with storage denied the chat works as long as the page, and says that it will be forgotten', async () => {
  const page = await visit('about:blank')
  await page.addInitScript(
    // On pages without https there is less still.
    `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied') } })
    delete Crypto.prototype.randomUUID
    delete Navigator.prototype.locks`,
  )
  await page.goto(host.with(widget.key))
  await opener(page).click()
  await page.getByText('forgotten when you leave').waitFor()
  await write(page, 'Still works')
  await page.getByText(/· Sent/).waitFor()
  await answer(await newest(), 'It does')
  await log(page).getByText('It does').waitFor()
  await page.context().close()
})

test('what could not be sent says so, is sent again by a press, and is there once; a broken line mends itself', async () => {
  const page = await visit(host.with(widget.key))
  await opener(page).click()
  await write(page, 'First')
  await page.getByText(/· Sent/).waitFor()
  const id = await newest()
  // The desk hears it, and the browser does not hear that.
  let [tries, lost] = [0, 0]
  await page.route('**/messages?*', async (route) => {
    if (route.request().method() !== 'POST' || tries++ > 0) return route.continue()
    await route.fetch()
    await route.abort()
    lost++
  })
  await write(page, 'Second')
  await until(async () => lost === 1)
  await until(async () => (await log(page).getByRole('listitem').count()) === 2)
  await page.unroute('**/messages?*')
  await page.route('**/messages?*', (route) =>
    route.fulfill({
      status: 429,
      json: { detail: 'Too fast.', status: 429 },
      headers: { 'access-control-allow-origin': host.origin },
    }),
  )
  await write(page, 'Third')
  await page.getByRole('alert').getByText('That was a lot at once.').waitFor()
  await page.unroute('**/messages?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByRole('alert').waitFor({ state: 'detached' })
  const hasThree = async () => (await desk.api('GET', `/tickets/${id}/messages`)).body.items.length === 3
  await until(hasThree)
  await page.context().setOffline(true)
  await answer(id, 'While away')
  await pause(AWAY_MS)
  await page.context().setOffline(false)
  await log(page).getByText('While away').waitFor()
  const texts = (await desk.api('GET', `/tickets/${id}/messages`)).body.items.map(
    ({ text }: { text: string }) => text,
  )
  assert.deepEqual(texts, ['First', 'Second', 'Third', 'While away'])
  said.length = 0
  await page.context().close()
})

test('files are chosen, pasted and dropped, seen and saved; what cannot go says why, and what failed on the way is one message', async () => {
  const page = await visit(host.with(widget.key))
  await opener(page).click()
  const picker = page.locator('input[type=file]')
  const file = (name: string, bytes: Buffer, mimeType = 'text/plain') => ({ name, mimeType, buffer: bytes })
  const give = (kind: 'paste' | 'drop', name: string, content = "'words'") =>
    page.evaluate(`{
      const carried = new DataTransfer()
      carried.items.add(new File([${content}], '${name}'))
      const more = { bubbles: true, composed: true, cancelable: true }
      const event = '${kind}' === 'paste'
        ? new ClipboardEvent('paste', { ...more, clipboardData: carried })
        : new DragEvent('drop', { ...more, dataTransfer: carried })
      document.querySelector('docket-chat').shadowRoot.querySelector('textarea').dispatchEvent(event)
    }`)
  await page.getByRole('textbox', { name: 'Your message' }).waitFor()
  // Made in the page: so much takes long to get there.
  await give('drop', 'huge.bin', 'new Uint8Array(10_000_001)')
  await page.getByText('“huge.bin” is larger than 10 MB').waitFor()
  await picker.setInputFiles([file('empty.txt', Buffer.alloc(0))])
  await page.getByRole('alert').getByText('“empty.txt” is empty').waitFor()
  await picker.setInputFiles(file('crack.png', png, 'image/png'))
  await give('paste', 'pasted.txt')
  await give('drop', 'dropped.txt')
  await give('drop', 'wrong.txt')
  assert.equal(await page.getByRole('alert').count(), 0)
  await page.getByRole('button', { name: 'Take wrong.txt off' }).click()
  assert.deepEqual(await axe(page), [])
  // The desk hears it, and the browser does not hear that.
  let tries = 0
  await page.route('**/files?*', async (route) => {
    if (route.request().method() !== 'POST' || tries++ > 0) return route.continue()
    await route.fetch()
    await route.abort()
  })
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText(/· Sent/).waitFor()
  const id = await newest()
  const { items } = (await desk.api('GET', `/tickets/${id}/messages`)).body
  assert.deepEqual(
    items.map(({ attachments }: { attachments: { name: string }[] }) => attachments.map(({ name }) => name)),
    [['crack.png', 'pasted.txt', 'dropped.txt']],
  )
  assert.ok(tries > 1)
  await page.unroute('**/files?*')
  await log(page).locator('canvas:not([hidden])').waitFor()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save dropped.txt' }).click(),
  ])
  assert.equal(saved.suggestedFilename(), 'dropped.txt')
  // What the desk refuses goes back to where it was written.
  await picker.setInputFiles(file('lie.png', Buffer.from('<html>'), 'image/png'))
  await write(page, 'Look at this')
  await page.getByRole('alert').getByText('no picture or PDF').waitFor()
  said.length = 0
  await page.getByRole('button', { name: 'Change it' }).click()
  await page.getByRole('button', { name: 'Take lie.png off' }).click()
  await page.getByRole('button', { name: 'Send' }).click()
  await log(page).getByText('Look at this').waitFor()
  await page.getByText(/· Sent/).waitFor()
  assert.deepEqual(await axe(page), [])
  assert.deepEqual(said, [])
  await page.context().close()
})

test('whoever answers is seen; while nobody is there files go with what is left, and its number is told', async () => {
  const upload = new FormData()
  upload.set('file', new File([png], 'me.png'))
  const headers = { authorization: `Bearer ${desk.token}` }
  await fetch(`${desk.url}/api/v1/attachments`, { method: 'POST', headers, body: upload })
  await desk.running.desk.database.rows(sql`update agent set picture_sha256 = ${hashOf(png)}`)
  // A network that has begun many conversations works for more.
  const level = (of: number) =>
    desk.running.desk.database.rows(
      sql`update sign_in_try set level = ${of} where bucket like 'chats from %'`,
    )
  await level(1_000)
  const page = await visit(host.with(widget.key))
  await opener(page).click()
  await write(page, 'Who is there?')
  await page.getByText(/· Sent/).waitFor()
  await answer(await newest(), 'It is me')
  await log(page).locator('.face canvas:not([hidden])').waitFor()
  // Somebody else has it: said until anybody has spoken since, whoever that is.
  const other = await desk.addAgent('Jo', 'agent')
  await desk.api('PATCH', `/tickets/${await newest()}`, { assignee: other.principal.agentId })
  await log(page).getByText('Jo has your conversation now.').waitFor()
  await answer(await newest(), 'Me again')
  await log(page).getByText('Me again').waitFor()
  await log(page).getByText('Jo has your conversation now.').waitFor({ state: 'detached' })
  said.length = 0
  await level(0)
  const day = 86_400_000
  const weekday = new Date(Date.parse(desk.clock.now()) + 2 * day).toLocaleDateString('en', {
    weekday: 'short',
    timeZone: 'UTC',
  })
  const hours = { timeZone: 'UTC', weekly: { [weekday.toLowerCase()]: [['09:00', '17:00']] } }
  const { id: closed } = (await desk.api('POST', '/calendars', { name: 'Closed', hours })).body
  await desk.api('PATCH', `/widgets/${widget.id}`, { calendar: String(closed) })
  // What was said is there at any hour, ended or not; who writes anew then leaves a message.
  await desk.api('PATCH', `/tickets/${await newest()}`, { status: 'resolved' })
  await page.reload()
  await opener(page).click()
  await log(page).getByText('It is me').waitFor()
  await page.getByText(/Nobody is here at the moment. We are back/).waitFor()
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'New conversation' }).click()
  await page.getByLabel('Mail address').waitFor()
  await page.context().close()
  const late = await visit(host.with(widget.key, { tag: 'data-language="de"' }))
  await opener(late).click()
  await late.getByLabel('Mailadresse').fill('uma@customer.example')
  await late.getByLabel('Nachricht').fill('It came broken')
  await late
    .locator('input[type=file]')
    .setInputFiles([{ name: 'crack.png', mimeType: 'image/png', buffer: png }])
  assert.deepEqual(await axe(late), [])
  await level(1_000)
  await late.getByRole('button', { name: 'Senden' }).click()
  await late.getByRole('heading', { name: 'Danke.' }).and(late.locator(':focus')).waitFor()
  await level(0)
  said.length = 0
  const id = await newest()
  await late.getByText(`#${id}`).waitFor()
  assert.deepEqual(await axe(late), [])
  const [message] = (await desk.api('GET', `/tickets/${id}/messages`)).body.items
  assert.deepEqual(
    message.attachments.map(({ name }: { name: string }) => name),
    ['crack.png'],
  )
  await late.context().close()
  await desk.api('PATCH', `/widgets/${widget.id}`, { calendar: null })
  assert.deepEqual(said, [])
})

test('an address is named, a link asked for, and while the number is typed in elsewhere the chat learns whose it is', async () => {
  const page = await visit(host.with(widget.key))
  await opener(page).click()
  await write(page, 'Who am I?')
  await page.getByText(/· Sent/).waitFor()
  await page.getByText('Say who you are').click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Rosa')
  await page.getByRole('textbox', { name: 'Mail address' }).fill('rosa@customer.example')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Send me a link' }).click()
  const code = (await page.locator('.confirm strong').textContent())?.match(/\d+/)?.[0] ?? ''
  assert.deepEqual(await axe(page), [])
  const link = await until(async () =>
    desk.sink.mails
      .filter(({ to }) => to.includes('rosa@customer.example'))
      .flatMap(({ mail }) => /\/portal\/chat\/[\w.-]+/.exec(mail.text ?? '')?.[0] ?? [])
      .at(0),
  )
  const phone = await visit(desk.url + link, { viewport: { width: 390, height: 800 } })
  await phone.getByLabel('Number in the chat').fill(code)
  assert.deepEqual(await axe(phone), [])
  await phone.getByRole('button', { name: 'Yes, it is mine' }).click()
  await phone.getByRole('link', { name: 'Or go on with it here' }).click()
  await phone.getByText('Who am I?').first().waitFor()
  await page.locator('.confirm').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('button', { name: 'Send me this by mail' }).waitFor()
  await page.context().close()
  await phone.context().close()
  assert.deepEqual(said, [])
})

test('at its end the chat asks whether it helped: one press, a word, and the agent sees it', async () => {
  const setting = { isOn: true, delaySeconds: 86_400, scale: 2, holdoutPercent: 0, withoutMailboxes: [] }
  assert.equal((await desk.api('PUT', '/brands/1/survey', setting)).status, 200)
  const page = await visit(host.with(widget.key))
  await opener(page).click()
  await write(page, 'Is it solved?')
  await page.getByText(/· Sent/).waitFor()
  const id = await newest()
  await desk.api('PATCH', `/tickets/${id}`, { status: 'resolved' })
  const rate = page.getByRole('region', { name: 'Did we help?' })
  await rate.getByRole('button', { name: 'Good' }).click()
  await rate.getByText('Would you say why?').waitFor()
  await rate.getByRole('textbox').fill('So quick')
  await rate.getByRole('button', { name: 'Send' }).click()
  await rate.getByText('Thank you.', { exact: true }).waitFor()
  assert.deepEqual(await axe(page), [])
  const [survey] = (await desk.api('GET', `/tickets/${id}/surveys`)).body.items
  assert.deepEqual([survey.outcome, survey.score, survey.comment], ['chat', 5, 'So quick'])
  await write(page, 'It is not')
  await rate.waitFor({ state: 'detached' })
  await page.context().close()
  assert.deepEqual(said, [])
})

test('the page says who its visitor is, fills the field in, hears what happens, and is told in the console what was not believed', async () => {
  const { secret } = (await desk.api('POST', `/widgets/${widget.id}/keys`, { algorithm: 'HS256' })).body
  const now = Math.floor(Date.parse(desk.clock.now()) / 1000)
  const token = (exp: number) =>
    new SignJWT({ sub: '7', email: 'ann@customer.example', name: 'Ann' })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(widget.key)
      .setExpirationTime(exp)
      .sign(new TextEncoder().encode(secret))
  const good = await token(now + 300)
  const script = `window.Docket = [['identify', '${good}'], ['prefill', 'About order 7'], ['on', 'open', () => document.title = 'opened'], ['open']]`
  const page = await visit(host.with(widget.key, { script }))
  await page.getByRole('textbox', { name: 'Your message' }).and(page.locator(':focus')).waitFor()
  await until(async () => (await page.title()) === 'opened')
  await page.keyboard.press('Enter')
  await log(page).getByText('About order 7').waitFor()
  await page.getByText(/· Sent/).waitFor()
  const { body } = await desk.api('GET', `/tickets/${await newest()}`)
  assert.deepEqual([body.requester.name, body.requester.email], ['Ann', 'ann@customer.example'])
  await page.context().close()
  const warned: string[] = []
  const bad = await token(now - 300)
  const doubted = await visit('about:blank')
  doubted.on('console', (message) => warned.push(message.text()))
  await doubted.goto(host.with(widget.key, { script: `window.Docket = [['identify', '${bad}'], ['open']]` }))
  await until(async () => warned.some((text) => text.includes('not believed (expired)')))
  await write(doubted, 'As nobody')
  await doubted.getByText(/· Sent/).waitFor()
  await doubted.context().close()
})

test('German, right to left, 320 pixels, dark and forced colours: all fits, and a narrow screen keeps the focus inside', async () => {
  const german = await visit(host.with(widget.key, { tag: 'data-language="de"', html: 'dir="rtl"' }), {
    viewport: { width: 320, height: 640 },
    colorScheme: 'dark',
    hasTouch: true,
  })
  await opener(german).click()
  const dialog = german.getByRole('dialog')
  await german
    .getByRole('textbox', { name: 'Ihre Nachricht' })
    .fill('Ein sehrlangeswortohneleerzeichendasnirgendspasstundtrotzdemdasteht')
  await german.keyboard.press('Enter')
  await german.getByText(/Gesendet ·|· Gesendet/).waitFor()
  assert.deepEqual(await dialog.boundingBox(), { x: 0, y: 0, width: 320, height: 640 })
  assert.equal(await log(german).evaluate((box) => box.scrollWidth <= box.clientWidth), true)
  assert.equal(await dialog.getAttribute('aria-modal'), 'true')
  for (let presses = 0; presses < 12; presses++) {
    await german.keyboard.press('Tab')
    assert.equal(await german.evaluate(`document.activeElement.localName`), 'docket-chat')
  }
  assert.deepEqual(await axe(german), [])
  await german.emulateMedia({ forcedColors: 'active' })
  assert.deepEqual(await axe(german), [])
  await german.context().close()
})

test('at 400 % and above a phone’s keyboard one sees what is written and what was said, and a screen reader is told both', async () => {
  // A window of 1280 by 1024 at 400 %.
  const page = await visit(host.with(widget.key), { viewport: { width: 320, height: 256 }, hasTouch: true })
  await opener(page).click()
  await write(page, 'Where is my lamp?')
  await page.getByText(/· Sent/).waitFor()
  await answer(await newest(), 'On its way.')
  const answered = log(page).getByText('On its way.')
  await answered.waitFor()
  const field = page.getByRole('textbox', { name: 'Your message' })
  const heightOf = async (part: Locator) => (await part.boundingBox()) ?? assert.fail('it is not shown')
  const isSeen = async (height: number) => {
    const { y: top, height: tall } = await heightOf(field)
    const { y: above, height: shown } = await heightOf(log(page))
    return top >= 0 && top + tall <= height && above >= 0 && above + shown <= top && shown >= 40
  }
  await until(() => isSeen(256))
  // The keyboard takes half of a phone.
  await page.setViewportSize({ width: 390, height: 844 })
  await until(() => isSeen(844))
  await field.tap()
  await page.setViewportSize({ width: 390, height: 400 })
  await until(() => isSeen(400))
  const tree = await page.getByRole('dialog').ariaSnapshot()
  for (const told of [
    /dialog "/,
    /log "/,
    /listitem/,
    /Where is my lamp\?/,
    /On its way\./,
    /textbox "Your message"/,
  ])
    assert.match(tree, told)
  assert.doesNotMatch(tree, /button:?$/m, 'no button is without a name')
  await page.context().close()
})
