// Data protection on screen: a hold is set and stands on the ticket, refuses the erasure, is lifted; then the person is erased; a rule of
// retention is looked at and turned on. And backups by a schedule.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { axe, deskInBrowser, type TestBrowser } from '../support/browser.ts'
import { until, type TestDesk } from '../support/desk.ts'
import { temporaryFolder } from '../support/ends.ts'

let desk: TestDesk
let browser: TestBrowser
deskInBrowser(async (started) => void ({ desk, browser } = started))

const shots = process.env['DOCKET_SHOTS']
const shoot = async (page: Page, name: string) => {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` })
}

test('a hold, an erasure and a rule, as an administrator works with them', async () => {
  const admin = await desk.addAgent('Ada', 'admin')
  const requester = { email: 'cy@customer.example', name: 'Cy Person' }
  const opened = await desk.api('POST', '/tickets', { subject: 'My invoice', body: 'Please help', requester })
  const { id } = opened.body
  const personId = opened.body.requester.id
  const old = await desk.api('POST', '/tickets', {
    subject: 'Long ago',
    body: 'Said once',
    requester: { email: 'bo@x.example', name: 'Bo X' },
  })
  for (const status of ['resolved', 'closed'])
    assert.equal((await desk.api('PATCH', `/tickets/${old.body.id}`, { status })).body.status, status)
  desk.clock.pass(800 * 86_400)
  const page = await browser.newPage(admin)
  page.setDefaultTimeout(45_000)

  await page.goto(`${desk.url}/inbox/all/${id}`)
  await page.getByRole('button', { name: 'More actions' }).first().click()
  await page.getByRole('menuitem', { name: 'Legal hold…' }).click()
  await page.getByLabel('Reason').fill('Lawsuit of last year')
  await page.getByRole('button', { name: 'Set the hold' }).click()
  await page.getByRole('list', { name: 'Legal hold' }).getByText('Lawsuit of last year').waitFor()
  await shoot(page, 'ticket')

  await page.goto(`${desk.url}/admin/people/${personId}`)
  await page.getByText('Lawsuit of last year').waitFor()
  await page.getByRole('button', { name: 'Erase this person' }).click()
  await page.getByText('A legal hold keeps it').waitFor()
  await shoot(page, 'hindered')
  assert.ok(await page.getByRole('button', { name: 'Erase for good' }).isDisabled())
  await page.getByRole('button', { name: 'Cancel' }).click()

  await page.goto(`${desk.url}/admin/privacy`)
  await page.getByRole('cell', { name: 'Lawsuit of last year' }).waitFor()
  await page.getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('button', { name: 'Lift the hold' }).click()
  await page.getByText('Nothing is held').waitFor()
  await page.getByRole('button', { name: 'Add rule' }).click()
  await page.getByLabel('Name').fill('After two years')
  await shoot(page, 'rule')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Look and turn on' }).click()
  await page.getByText('1 ticket is due today.').waitFor()
  await shoot(page, 'dry-run')
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Turn on and erase' }).click()
  await page.getByRole('cell', { name: 'On', exact: true }).waitFor()
  await until(async () => (await desk.api('GET', `/tickets/${old.body.id}`)).body.subject === '')

  await page.goto(`${desk.url}/admin/people/${personId}`)
  await page.getByRole('button', { name: 'Erase this person' }).click()
  await page.getByLabel('Type “Cy Person” to confirm').fill('Cy Person')
  await shoot(page, 'erase')
  assert.deepEqual(await axe(page), [])
  await page.getByRole('button', { name: 'Erase for good' }).click()
  await page.getByText(/Erased, asked for by Ada/).waitFor()
  await shoot(page, 'erased')
  await page.goto(`${desk.url}/inbox/all/${id}`)
  await page.getByText('erased what was said here').waitFor()
  await shoot(page, 'ticket-erased')
  await page.goto(`${desk.url}/admin/privacy`)
  await page.getByText('1 ticket, 1 message, 0 files').waitFor()
  assert.deepEqual(await axe(page), [])
  await shoot(page, 'privacy')
  if (shots !== undefined) await looks(admin, personId)
  assert.deepEqual(browser.said, [])
})

test('backups are planned, a place that is none is refused beside its field, one is made now and stands among the runs', async (t) => {
  const admin = await desk.addAgent('Bea', 'admin')
  const requester = { email: 'di@customer.example' }
  await desk.api('POST', '/tickets', { subject: 'Hello', body: 'Anybody there?', requester })
  const page = await browser.newPage(admin)
  page.setDefaultTimeout(20_000)
  await page.goto(`${desk.url}/admin/backups`)
  await page.getByText('There is no good backup yet.').waitFor()
  await page.getByLabel('Back up by itself').check()
  await page.getByLabel('Where').fill('backups')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('is no whole path').waitFor()
  await shoot(page, 'backups-refused')
  await page.getByLabel('Where').fill(temporaryFolder(t))
  await page.getByLabel('When').selectOption({ label: 'Each Sunday' })
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('The next one:').waitFor()
  await page.getByRole('button', { name: 'Back up now' }).click()
  await page.getByRole('cell', { name: 'Good', exact: false }).waitFor()
  await page.getByText('The last good backup is of').waitFor()
  assert.deepEqual(await axe(page), [])
  await shoot(page, 'backups')
  if (shots !== undefined)
    for (const [name, options] of [
      ['dark', { colorScheme: 'dark' }],
      ['narrow', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
      ['german', { locale: 'de-DE' }],
    ] as const) {
      const other = await browser.newPage(admin, { ...options, at: '/admin/backups' })
      await other.getByRole('cell').first().waitFor()
      assert.deepEqual(await axe(other), [])
      await other.screenshot({ path: `${shots}/backups-${name}.png`, fullPage: true })
    }
  assert.deepEqual(browser.said, [])
})

/** Dark, narrow and in German, to be looked at. */
async function looks(admin: Parameters<TestBrowser['newPage']>[0], personId: number) {
  for (const [name, options] of [
    ['dark', { colorScheme: 'dark' }],
    ['narrow', { viewport: { width: 390, height: 844 } }],
    ['german', { locale: 'de-DE' }],
  ] as const) {
    const page = await browser.newPage(admin, { ...options, at: '/admin/privacy' })
    await page.getByText('After two years').first().waitFor()
    await shoot(page, `privacy-${name}`)
    await page.getByRole('button', { name: /Add rule|Regel hinzu/ }).click()
    await page.waitForTimeout(400)
    await shoot(page, `rule-${name}`)
    await page.goto(`${desk.url}/admin/people/${personId}`)
    await page.waitForTimeout(700)
    await shoot(page, `person-${name}`)
  }
}
