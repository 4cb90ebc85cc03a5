// Every address of the app, light and dark, wide and narrow: clean for axe, nothing too wide, consoles silent. A new route is walked
// as soon as it stands in web/routes.tsx.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { axe, startBrowser, type TestBrowser } from './support/browser.ts'
import { root } from './support/database.ts'
import { startDesk, until, type TestDesk } from './support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
before(async () => {
  desk = await startDesk()
  browser = await startBrowser(desk.url)
})
after(async () => {
  await browser?.close()
  await desk?.close()
})

/** Every second screen in the dark; DOCKET_TEST_LONG=1 walks each in both. */
const both = process.env['DOCKET_TEST_LONG'] !== undefined

/** The paths as they are written in the routes, those under /admin with it in front. */
function paths(): string[] {
  const source = readFileSync(join(root, 'web', 'routes.tsx'), 'utf8')
  const found = [...source.matchAll(/getParentRoute: \(\) => (\w+),\s*path: '([^']*)'/g)]
  return found.flatMap(([, parent = '', path = '']) => {
    if (parent === 'inbox') return path === '/' ? [] : [`/inbox/all${path}`]
    if (parent === 'admin') return path === '/' ? [] : [`/admin${path}`]
    return path === '/' ? [] : [path]
  })
}

/** Something to look at on each: a number for every name in a path. */
async function examples(): Promise<Record<string, string>> {
  const { body: ticket } = await desk.api('POST', '/tickets', {
    subject: 'A lamp to look at',
    body: 'It is <b>dark</b>.',
    requester: { email: 'cy@customer.example', name: 'Cy Customer' },
  })
  await desk.api('POST', `/tickets/${ticket.id}/messages`, { kind: 'note', body: 'Seen by us alone' })
  const side = { subject: 'Spare part?', to: ['vendor@parts.example'], body: 'Have you got one?' }
  await desk.api('POST', `/tickets/${ticket.id}/side-conversations`, side)
  const raw =
    'From: cy@customer.example\\r\\nTo: support@docket.localhost\\r\\nSubject: By mail\\r\\nMessage-ID: <a@b>\\r\\n\\r\\nHello\\r\\n'
  await desk.api('POST', '/inbound/email', Buffer.from(raw.replaceAll('\\r\\n', '\r\n')), {
    'content-type': 'message/rfc822',
  })
  const mail = await until(async () => (await desk.api('GET', '/mails')).body.items[0])
  const mailbox = (await desk.api('GET', '/mailboxes')).body.items[0]
  const form = (await desk.api('GET', '/forms')).body.items[0]
  return {
    $view: 'all',
    $ticketId: String(ticket.id),
    $ruleId: 'new',
    $mailboxId: String(mailbox.id),
    $mailId: String(mail.id),
    $formId: String(form.id),
  }
}

// In two halves, so that a slow machine has the time for each.
for (const half of ['first', 'second'] as const) {
  test(`every screen is clean for axe in light and dark, and fits a wide and a narrow window (${half} half)`, () =>
    walk(half))
}

async function walk(half: 'first' | 'second'): Promise<void> {
  const known = await examples()
  const una = await desk.addAgent(half === 'first' ? 'Una' : 'Due', 'admin')
  const page = await browser.newPage(una, { reducedMotion: 'reduce' })
  const walked = paths().map((path) => path.replaceAll(/\$\w+/g, (name) => known[name] ?? '1'))
  assert.ok(walked.length > 25, 'the routes were found')
  const middle = Math.ceil(walked.length / 2)
  const mine = half === 'first' ? walked.slice(0, middle) : walked.slice(middle)
  const wrong: string[] = []
  for (const [at, path] of mine.entries()) {
    await page.setViewportSize({ width: 1440, height: 900 })
    const schemes = both ? (['light', 'dark'] as const) : ([at % 2 === 0 ? 'light' : 'dark'] as const)
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme })
      await page.goto(`${desk.url}${path}`)
      await page.locator('h1').first().waitFor({ state: 'attached' })
      await page.waitForTimeout(200)
      for (const violation of await axe(page)) wrong.push(`${path} ${colorScheme}: ${violation}`)
    }
    for (const width of [1440, 320]) {
      await page.setViewportSize({ width, height: 900 })
      const over = Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'))
      if (over > 0) wrong.push(`${path} is ${over} px too wide at ${width}`)
    }
  }
  assert.deepEqual(wrong, [])
}

test('who signs out in one tab is signed out in the other', async () => {
  const requester = { email: 'tab@customer.example' }
  await desk.api('POST', '/tickets', { subject: 'In both tabs', body: 'Hello', requester })
  const page = await browser.newPage(await desk.addAgent('Tia', 'agent'))
  const other = await page.context().newPage()
  await other.goto(`${desk.url}/inbox/all`)
  await other.getByRole('grid').waitFor()
  await page.getByRole('button', { name: /^Account of Tia/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByLabel('Email address').waitFor()
  await other.getByLabel('Email address').waitFor()
})

test('the consoles stayed silent', () => {
  assert.deepEqual(browser.said, [])
})
