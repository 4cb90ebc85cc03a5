// The agent's path in a real browser: sign in, find, read, reply and resolve by keyboard, with what the server then says.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { letter, post } from '../support/customer.ts'
import { until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
let page: Page
const said: string[] = []

deskInBrowser(async (started) => {
  ;({ desk, browser } = started)
  page = await browser.newVisitor({ viewport: { width: 1440, height: 900 } })
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('401')) said.push(message.text())
  })
  page.on('pageerror', (error) => said.push(error.message))
})

test('an agent signs in, sees a mail become a ticket, answers and resolves it; the customer gets the mail', async () => {
  const ada = await desk.addAgent('Ada', 'agent')
  await page.goto(desk.url)
  await page.getByLabel('Email address').fill(ada.email)
  await page.getByLabel('Password').fill(ada.password)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: 'Views' }).waitFor()
  await page.goto(`${desk.url}/inbox/unassigned`)
  await page.getByRole('heading', { name: 'Unassigned', level: 1 }).waitFor()

  const raw = letter({
    from: 'Cy Doe <cy@customer.example>',
    to: 'support@docket.localhost',
    subject: 'My lamp hums',
  })
  await post(desk.smtpPort, raw, { from: 'cy@customer.example', to: ['support@docket.localhost'] })
  const ticket = await until(async () => (await desk.api('GET', '/tickets')).body.items[0])
  await page.goto(`${desk.url}/inbox/unassigned/${ticket.id}`)
  await page.getByRole('heading', { name: 'My lamp hums' }).waitFor()
  await page.getByText('Hello, I have a question.').first().waitFor()
  assert.deepEqual(await axe(page), [])

  await page.keyboard.press('r')
  await page.getByRole('textbox', { name: 'Reply' }).fill('It is the dimmer. We send another.')
  await page.keyboard.press('Control+Shift+Enter')
  const resolved = await until(async () => {
    const { body } = await desk.api('GET', `/tickets/${ticket.id}`)
    return body.status === 'resolved' ? body : null
  })
  assert.equal(resolved.assignee.name, 'Ada', 'who resolves an unassigned ticket owns it')
  desk.clock.pass(11)
  const mail = await until(async () =>
    desk.sink.mails.find((each) => /It is the dimmer/.test(each.mail.text ?? '')),
  )
  assert.deepEqual(mail.to, ['cy@customer.example'])

  await post(
    desk.smtpPort,
    letter({
      from: 'cy@customer.example',
      to: mail.mail.replyTo[0]?.email ?? '',
      text: 'It still hums, can you call me?',
    }),
    { from: 'cy@customer.example', to: [mail.mail.replyTo[0]?.email ?? ''] },
  )
  await page.goto(`${desk.url}/inbox/all/${ticket.id}`)
  await page.getByText('It still hums, can you call me?').first().waitFor()
  assert.equal((await desk.api('GET', `/tickets/${ticket.id}`)).body.status, 'open')
  assert.deepEqual(
    said,
    [],
    'the console stays silent: no error, nothing against the content security policy',
  )
})

test('what the first screen shows is asked for before the app has come, and once', async () => {
  for (const view of ['mine', 'unassigned', 'open', 'pending', 'all']) {
    const listed = page.waitForRequest(/\/api\/v1\/tickets\/ids/)
    // The app is let through only once the list was asked for without it.
    await page.route('**/assets/first-*.js', async (route) => void (await listed, await route.continue()))
    await page.goto(`${desk.url}/inbox/${view}`)
    await page.getByRole('navigation', { name: 'Views' }).waitFor()
    await page.waitForLoadState('networkidle')
    await page.unroute('**/assets/first-*.js')
    const names = (await page.evaluate(
      `performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('/api/'))`,
    )) as string[]
    const twice = names.filter((name, at) => names.indexOf(name) !== at)
    assert.deepEqual(twice, [], `${view} asks twice`)
  }
})

test('mail HTML runs nothing and fetches nothing', async () => {
  const html = `<p onclick="x()">Look</p><script>document.title='owned'</script><img src="https://tracker.example/p.gif"><table><tr><td style="position:fixed">cell</td></tr></table>${'<p>One of many lines</p>'.repeat(60)}<p>-- <br>Eve Adams<br>Layouts Ltd</p>`
  const raw = letter({ from: 'eve@customer.example', to: 'support@docket.localhost', subject: 'Layout' })
    .toString()
    .replace('text/plain', 'text/html')
    .replace('Hello, I have a question.', html)
  await post(desk.smtpPort, Buffer.from(raw), {
    from: 'eve@customer.example',
    to: ['support@docket.localhost'],
  })
  const ticket = await until(
    async () => (await desk.api('GET', '/tickets?q=requester:eve@customer.example')).body.items[0],
  )
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`${desk.url}/inbox/all/${ticket.id}`)
  await page.getByRole('heading', { name: 'Layout' }).waitFor()
  await page.locator('iframe').first().waitFor()
  await page.waitForLoadState('networkidle').catch(() => {})
  assert.notEqual(await page.title(), 'owned')
  const frame = page.locator('iframe').first()
  const sandbox = await frame.getAttribute('sandbox')
  const answer = await page.request.get(new URL((await frame.getAttribute('src')) ?? '', desk.url).href)
  for (const words of [sandbox ?? 'none', answer.headers()['content-security-policy'] ?? 'none'])
    assert.ok(/allow-same-origin/.test(words) && !/allow-scripts|script-src/.test(words), words)
  const heights = () =>
    page.evaluate<number[]>(
      `(([one]) => [one.offsetHeight, one.contentDocument.body.offsetHeight])(document.querySelectorAll('iframe'))`,
    )
  await until(async () => {
    const [shown = 0, whole = 1] = await heights()
    return whole > 1_000 && shown === whole
  })
  await frame.contentFrame().getByText('Signature and quoted mails').waitFor()
  assert.equal(await frame.contentFrame().getByText('Layouts Ltd').isVisible(), false)
  assert.deepEqual(
    asked.filter((url) => !url.startsWith(desk.url) && !url.startsWith('data:')),
    [],
  )
})
