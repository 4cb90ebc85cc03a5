// Every address of the app, light and dark, wide and narrow: clean for axe, nothing too wide, consoles silent. A new route is walked
// as soon as it stands in web/routes.tsx or web/admin-routes.tsx.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { hookParts } from '#channels/hook-words.ts'
import { addProvider } from '#people/provider-store.ts'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { root } from '../support/database.ts'
import { until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let browser: TestBrowser
let page: Page
let known: Record<string, string>
deskInBrowser(async (started) => {
  ;({ desk, browser } = started)
  known = await examples()
  page = await browser.newPage(await desk.addAgent('Una', 'admin'), { reducedMotion: 'reduce' })
})

/** DOCKET_TEST_LONG=1 walks each screen in both; else every third one, half of those in the dark. */
const both = process.env['DOCKET_TEST_LONG'] !== undefined

/** The paths as they are written in the routes, those of the administration with /admin in front. */
function paths(): string[] {
  const main = pathsIn('routes.tsx', { inbox: '/inbox/all', root: '', shell: '' })
  const admin = pathsIn('admin-routes.tsx', { frame: '/admin', shell: '' })
  // A file that was renamed would be walked no more: each is to have its share.
  assert.ok(main.length > 8 && admin.length > 25, `the routes were found: ${main.length}, ${admin.length}`)
  return [...main, ...admin]
}

function pathsIn(file: string, before: Record<string, string>): string[] {
  const source = readFileSync(join(root, 'web', file), 'utf8')
  const found = [...source.matchAll(/getParentRoute: \(\) => (\w+),\s*path: '([^']*)'/g)]
  return found
    .filter(([, , path]) => path !== '/')
    .map(([, parent = '', path = '']) => {
      assert.ok(before[parent] !== undefined, `${file}: where routes of "${parent}" stand is known`)
      return `${before[parent]}${path}`
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
  const text = { title: 'A page to look at', body: '<h2>How</h2><p>Like this.</p>', status: 'published' }
  const { body: article } = await desk.api('POST', '/articles', text)
  const form = (await desk.api('GET', '/forms')).body.items[0]
  const mapping = {
    ...Object.fromEntries(hookParts.map((part) => [part, ''])),
    email: 'a@b.example',
    subject: '{{ event.title }}',
    fields: [],
  }
  const hooked = { name: 'Shop', scheme: 'none', brand: 1, team: null, category: null, again: 'note' }
  const { body: hook } = await desk.api('POST', '/hooks', { ...hooked, acknowledges: false, mapping })
  await desk.api('POST', `/hooks/${hook.id}/deliveries`, { body: '{"title":"Dark"}' })
  const { body: widget } = await desk.api('POST', '/widgets', { name: 'Shop', brand: 1 })
  const given = {
    kind: 'oidc' as const,
    name: 'Acme',
    issuer: 'https://login.acme.example',
    clientId: 'docket',
    saml: null,
    ldap: null,
    vouchesFactor: true,
  }
  const provider = await addProvider(desk.running.desk.database, given, desk.clock.now())
  return {
    $view: 'all',
    $ticketId: String(ticket.id),
    $ruleId: 'new',
    $mailboxId: String(mailbox.id),
    $mailId: String(mail.id),
    $formId: String(form.id),
    $hookId: String(hook.id),
    $widgetId: String(widget.id),
    $articleId: String(article.id),
    $brandId: '1',
    $providerId: String(provider),
  }
}

// In two halves, so that a slow machine has the time for each.
for (const half of ['first', 'second'] as const) {
  test(`every screen is clean for axe in light and dark, and fits a wide and a narrow window (${half} half)`, () =>
    walk(half))
}

async function walk(half: 'first' | 'second'): Promise<void> {
  const walked = paths().map((path) => path.replaceAll(/\$\w+/g, (name) => known[name] ?? '1'))
  const middle = Math.ceil(walked.length / 2)
  const mine = half === 'first' ? walked.slice(0, middle) : walked.slice(middle)
  const wrong: string[] = []
  // All in the light, then all in the dark: one window changes its colours once.
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.goto(`${desk.url}/inbox/all`)
    await page.locator('h1').first().waitFor({ state: 'attached' })
    for (const [at, path] of mine.entries())
      if (both || at % 6 === (colorScheme === 'light' ? 0 : 3))
        wrong.push(...(await faultsOf(path, colorScheme)))
  }
  assert.deepEqual(wrong, [])
}

async function faultsOf(path: string, colorScheme: string): Promise<string[]> {
  await page.setViewportSize({ width: 1440, height: 900 })
  await goTo(path)
  const wrong = (await axe(page)).map((violation) => `${path} ${colorScheme}: ${violation}`)
  for (const width of [1440, 320]) {
    await page.setViewportSize({ width, height: 900 })
    const over = Number(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth'))
    if (over > 0) wrong.push(`${path} is ${over} px too wide at ${width}`)
  }
  return wrong
}

/** As a click on a link goes there; from the beginning where nothing new appears. */
async function goTo(path: string): Promise<void> {
  const found = page.locator('h1').first()
  try {
    await page.evaluate(`document.querySelector('h1').dataset.left = ''
      history.pushState({}, '', ${JSON.stringify(path)})
      dispatchEvent(new PopStateEvent('popstate'))`)
    await page.locator('h1:not([data-left])').first().waitFor({ state: 'attached', timeout: 1_500 })
  } catch {
    await page.goto(`${desk.url}${path}`)
    await found.waitFor({ state: 'attached' }).catch(() => assert.fail(`${path} has no heading`))
  }
  await page.waitForTimeout(150)
}

test('who signs out in one tab is signed out in the other', async () => {
  const requester = { email: 'tab@customer.example' }
  await desk.api('POST', '/tickets', { subject: 'In both tabs', body: 'Hello', requester })
  const own = await browser.newPage(await desk.addAgent('Tia', 'agent'))
  const other = await own.context().newPage()
  await other.goto(`${desk.url}/inbox/all`)
  await other.getByRole('grid').waitFor()
  await own.getByRole('button', { name: /^Account of Tia/ }).click()
  await own.getByRole('menuitem', { name: 'Sign out' }).click()
  await own.getByLabel('Email address').waitFor()
  await other.getByLabel('Email address').waitFor()
})

test('the consoles stayed silent', () => {
  assert.deepEqual(browser.said, [])
})
