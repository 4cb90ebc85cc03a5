// The administration driven in a real browser: settings found and focused, a change put back from the side of its page, a form's
// conditional question for customers with and without script, keys of one's own, and the palette's signs.
import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { SMTPServer } from 'smtp-server'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { until, type TestDesk } from '../support/desk.ts'
import { startDovecot, withoutDovecot } from '../support/dovecot.ts'

let desk: TestDesk
let browser: TestBrowser
let page: Page
deskInBrowser(async (started) => {
  ;({ desk, browser } = started)
  const requester = { email: 'cy@customer.example', name: 'Cy Customer' }
  await desk.api('POST', '/tickets', { subject: 'A lamp hums', body: 'It hums.', requester })
  page = await browser.newPage(await desk.addAgent('Una', 'admin'), { reducedMotion: 'reduce' })
  page.setDefaultTimeout(20_000)
})

test('a setting is found by its label and by another word for it, and has the keyboard', async () => {
  await page.goto(`${desk.url}/admin/agents`)
  const search = page.getByRole('searchbox', { name: 'Find a setting' })
  await search.fill('undo sending')
  await search.press('Enter')
  await untilFocused('undo sending')
  await search.fill('phishing')
  await page.getByRole('link', { name: 'Mail safety' }).click()
  await page.getByRole('heading', { name: 'Mail safety', level: 1 }).waitFor()
  await search.fill('bulk mail')
  await search.press('Enter')
  await untilFocused('bulk mail')

  // A phone begins at the menu; a page leaves it above itself.
  const before = page.viewportSize()
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${desk.url}/admin`)
  await page.getByRole('link', { name: 'Tags', exact: true }).waitFor()
  assert.ok(((await search.boundingBox())?.y ?? -1) >= 0, 'the search is on the screen')
  await page.getByRole('link', { name: 'Tags', exact: true }).click()
  await page.getByRole('heading', { name: 'Tags', level: 1 }).waitFor()
  await until(async () => ((await search.boundingBox())?.y ?? 0) < 0)
  await page.setViewportSize(before ?? { width: 1440, height: 900 })
})

test('archiving a team shows what feeds it, with links, and gives it to another one in the same act', async () => {
  const made = async (path: string, body: object) => (await desk.api('POST', path, body)).body
  const [from, to] = [await made('/teams', { name: 'Old line' }), await made('/teams', { name: 'New line' })]
  const mailbox = await made('/mailboxes', { address: 'line@desk.example' })
  await desk.api('PATCH', `/mailboxes/${mailbox.id}`, { team: from.id })
  await page.goto(`${desk.url}/admin/teams`)
  await page
    .getByRole('row', { name: /Old line/ })
    .getByRole('button', { name: 'Archive' })
    .click()
  const dialog = page.getByRole('dialog', { name: 'Archive Old line' })
  await dialog.getByRole('link', { name: 'line@desk.example' }).waitFor()
  assert.deepEqual(await axe(page), [])
  const both = dialog.getByRole('button', { name: 'Move all and archive' })
  assert.equal(await both.isDisabled(), true)
  await dialog.getByLabel('Give everything to').selectOption('New line')
  await both.click()
  await dialog.waitFor({ state: 'hidden' })
  assert.equal((await desk.api('GET', `/mailboxes/${mailbox.id}`)).body.team.id, to.id)
  assert.equal((await desk.api('GET', `/teams/${from.id}`)).body.archived, true)
})

test('who changed what stands at the side of its page, and Restore puts it back', async () => {
  const team = (await desk.api('POST', '/teams', { name: 'North', members: [] })).body
  await page.goto(`${desk.url}/admin/teams`)
  await page.getByRole('row', { name: /North/ }).getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('Name').fill('South')
  await page.getByRole('button', { name: 'Save' }).click()
  const beside = page.getByRole('complementary', { name: 'Last changes' })
  await beside.getByText('Name: North → South').waitFor()
  await beside.getByRole('button', { name: /^Restore South/ }).click()
  await page.getByRole('row', { name: /North/ }).waitFor()
  assert.equal((await desk.api('GET', `/teams/${team.id}`)).body.name, 'North')
  await beside.getByRole('link', { name: 'All changes' }).click()
  await page.getByText('Only: Teams').waitFor()
  await page.getByRole('row', { name: /Name: North → South/ }).waitFor()
})

test('a question is built to be shown for one answer, and is so for customers with and without script', async () => {
  const field = (label: string, rest: object) => desk.api('POST', '/fields', { label, ...rest })
  await field('Topic', { type: 'select', options: ['Order', 'Refund'] })
  await field('Account number', { type: 'text' })
  const { id, key } = (await desk.api('GET', '/forms')).body.items[0]
  await page.goto(`${desk.url}/admin/forms/${id}`)
  for (const label of ['Topic', 'Account number']) {
    await page.getByRole('button', { name: 'Add a question' }).click()
    await page.getByRole('option', { name: label }).click()
  }
  const account = page.getByRole('listitem').filter({ hasText: 'Account number' }).last()
  await account.getByLabel('Asked of').selectOption({ label: 'Only with an answer' })
  await account.getByLabel('Refund').check()
  await account.getByLabel('Order').uncheck()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Forms', level: 1 }).waitFor()

  const customer = await browser.newVisitor()
  await customer.goto(`${desk.url}/forms/${key}`)
  const asked = customer.getByLabel(/Account number/)
  assert.equal(await asked.isVisible(), false)
  await customer.getByLabel(/Topic/).selectOption('Refund')
  await asked.waitFor()
  await customer.getByLabel(/Topic/).selectOption('Order')
  await asked.waitFor({ state: 'hidden' })
  await customer.close()

  const bare = await browser.newVisitor({ javaScriptEnabled: false })
  await bare.goto(`${desk.url}/forms/${key}`)
  await bare.getByLabel(/Account number/).waitFor()
  await bare.close()
})

test('a key of one’s own works, is listed by ?, and goes back; keys can be switched off', async () => {
  await page.goto(`${desk.url}/me`)
  await page.getByRole('button', { name: 'Change the key of New ticket' }).click()
  await page.keyboard.press('y')
  await page.goto(`${desk.url}/inbox/all`)
  await page.getByRole('grid').waitFor()
  await page.keyboard.press('y')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await page.getByRole('dialog').getByText('y', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.goto(`${desk.url}/me`)
  await page.getByRole('button', { name: 'Back to the usual keys' }).click()
  await page.getByRole('checkbox', { name: /single/i }).uncheck()
  await page.goto(`${desk.url}/inbox/all`)
  await page.getByRole('grid').waitFor()
  await page.keyboard.press('c')
  await page.waitForTimeout(300)
  assert.equal(await page.getByRole('dialog').count(), 0)
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox')
  await box.fill('>me')
  await page.getByRole('option').first().waitFor()
  assert.equal(await page.getByRole('option', { name: /A lamp hums/ }).count(), 0)
  await box.fill('@cy')
  await page.getByRole('option', { name: /Cy Customer/ }).waitFor()
  await box.fill('#1')
  await page.getByRole('option', { name: /A lamp hums/ }).waitFor()
})

test(
  'a new mailbox is led from its address to a mail there and back',
  { skip: withoutDovecot() },
  async () => {
    const dovecot = await startDovecot()
    // A provider's two servers: what is handed to one by who signed in lies in the other.
    const outgoing = new SMTPServer({
      allowInsecureAuth: true,
      logger: false,
      onAuth: ({ username, password }, _session, done) =>
        username === 'support' && password === 'secret'
          ? done(null, { user: 'support' })
          : done(new Error('5.7.8 no')),
      onData: (stream, _session, done) =>
        void buffer(stream).then((raw) => {
          dovecot.deliver(raw)
          done()
        }),
    })
    await new Promise<void>((ready) => outgoing.listen(0, '127.0.0.1', ready))
    const { port } = outgoing.server.address() as AddressInfo
    await page.goto(`${desk.url}/admin/mailboxes`)
    await page.getByRole('button', { name: 'Add mailbox' }).click()
    await page.getByRole('dialog').getByLabel('Address').fill('help@guided.example')
    await page.getByRole('dialog').getByRole('button', { name: 'Add mailbox' }).click()
    const steps = page.getByRole('region', { name: 'Sign in' })
    await steps.getByText('Provider not known').waitFor()
    assert.equal(await steps.getByLabel('Server').first().inputValue(), 'imap.guided.example')
    assert.deepEqual(await axe(page), [])
    await steps.getByLabel('User', { exact: true }).fill('support')
    await steps.getByLabel('Password', { exact: true }).fill('wrong')
    for (const [at, where] of [dovecot.port, port].entries()) {
      await steps.getByLabel('Server').nth(at).fill('127.0.0.1')
      await steps.getByLabel('Port').nth(at).fill(String(where))
      await steps.getByLabel('Encryption').nth(at).selectOption('None')
    }
    await steps.getByRole('button', { name: 'Save and check' }).click()
    await steps.getByText('✗').waitFor()
    assert.equal(
      await page.getByRole('button', { name: 'Turn on' }).count(),
      0,
      'only what works is turned on',
    )
    await steps.getByLabel('Password', { exact: true }).fill('secret')
    await steps.getByRole('button', { name: 'Save and check' }).click()
    await page.getByRole('button', { name: 'Turn on and send a test mail' }).click()
    await page.getByText(/^It came back after/).waitFor({ timeout: 60_000 })
    await new Promise<void>((done) => outgoing.close(done))
    await desk.api('PATCH', `/mailboxes/${page.url().split('/').at(-1)}`, { paused: true })
    await dovecot.close()
  },
)

test('what is only for administrators is refused to others in words, and the consoles stayed silent', async () => {
  const other = await browser.newPage(await desk.addAgent('Abe', 'agent'), { at: '/admin/settings' })
  await other.getByText('This page is not open to you').waitFor()
  assert.equal(await other.getByRole('button', { name: 'Save' }).count(), 0)
  await other.goto(`${desk.url}/admin/macros`)
  await other.getByRole('button', { name: 'Add macro' }).waitFor()
  assert.deepEqual(browser.said, [])
})

/** Waits until the field whose label has these words has the keyboard. */
async function untilFocused(words: string): Promise<void> {
  const label = `document.activeElement?.labels?.[0]?.textContent.toLowerCase() ?? ''`
  // Asked from here: what a page runs over and over by itself, its CSP refuses.
  await until(() => page.evaluate<boolean>(`(${label}).includes('${words}')`))
}
