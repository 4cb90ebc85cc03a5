// Moving on screen: another desk is looked at, brought in, and taken back.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { startBrowser } from '../support/browser.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { startOtherDesk, type Said } from '../support/other-desk.ts'

const at = '2024-05-06T10:00:00Z'
const people = [
  { id: 1, name: 'Ada', email: 'ada@old.example', role: 'agent', active: true, created_at: at },
  { id: 2, name: 'Cy', email: 'cy@customer.example', role: 'end-user', active: true, created_at: at },
]
const tickets = [1, 2].map((id) => ({
  id: 400 + id,
  subject: `An old question ${id}`,
  description: 'Help',
  status: id === 1 ? 'open' : 'deleted',
  requester_id: 2,
  assignee_id: 1,
  created_at: at,
  updated_at: at,
}))
const end = { end_of_stream: true, after_url: null }
const world: Readonly<Record<string, Said>> = {
  '/api/v2/groups': { status: 403, json: {} },
  '/api/v2/incremental/users/cursor.json?start_time=1': { json: { users: people, ...end } },
  '/api/v2/incremental/tickets/cursor.json?start_time=1': { json: { tickets, ...end } },
}

test('another desk is looked at, brought in and taken back on screen', { timeout: 300_000 }, async () => {
  const other = await startOtherDesk((path) => world[path] ?? null)
  const desk = await startDesk({ web: true })
  const requester = { email: 'here@customer.example' }
  await desk.api('POST', '/tickets', { subject: 'One that is here', body: 'Hello', requester })
  const browser = await startBrowser(desk.url)
  const page = await browser.newPage(await desk.addAgent('Ines', 'admin'), { at: '/admin/moving' })
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByLabel('Address of the desk').fill(other.url)
  await page.getByLabel('Address of the user').fill('ada@old.example')
  await page.getByLabel('API key').fill('a key')
  await page.getByRole('button', { name: 'Look, write nothing' }).click()
  await page.getByText('This would come. Nothing has been written yet.').waitFor()
  const count = async () => (await desk.api('GET', '/tickets?q=question')).body.items.length
  assert.equal(await count(), 0)
  await page.getByRole('button', { name: 'Import now' }).click()
  await page.getByText('All of it is here.').waitFor()
  assert.equal((await desk.api('GET', '/tickets/401')).body.subject, 'An old question 1')
  assert.deepEqual(
    other.asked.every(({ authorization }) => authorization?.startsWith('Basic ') === true),
    true,
  )
  await page.getByRole('button', { name: 'Take back' }).click()
  await page.getByRole('status').getByText('Taken back', { exact: true }).waitFor()
  assert.equal(await count(), 0)
  await theTable(page, desk)
  await theMails(page, desk)
  await theDatabase(page)
  assert.deepEqual(browser.said, [])
  await browser.close()
  await desk.close()
  await other.close()
})

const table = [
  'Ticketnummer;Betreff;Status;Angelegt am;E-Mail',
  '7001;Der Drucker;Erledigt;13.05.2024 10:00;cy@customer.example',
  '7002;Das Licht;Wackelig;14.05.2024 10:00;dee@customer.example',
].join('\n')

/** A table is mapped, looked at, mapped better and brought in. */
async function theTable(page: Page, desk: TestDesk): Promise<void> {
  await page.getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByLabel('From', { exact: true }).selectOption('CSV file')
  await page
    .getByLabel('CSV file')
    .setInputFiles({ name: 'alt.csv', mimeType: 'text/csv', buffer: Buffer.from(table) })
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('1 row has a value without a meaning and would be set aside.').waitFor()
  await page.getByRole('button', { name: 'Look, write nothing' }).click()
  await page.getByText('This would come. Nothing has been written yet.').waitFor()
  await page.getByText('the status “Wackelig” is not mapped').waitFor()
  await page.getByRole('button', { name: 'Change the mapping' }).click()
  await page.getByLabel('Wackelig (1)').selectOption('Pending')
  await page.getByRole('button', { name: 'Look, write nothing' }).click()
  await page.getByText('This would come. Nothing has been written yet.').waitFor()
  await page.getByRole('button', { name: 'Import now' }).click()
  await page.getByText('All of it is here.').waitFor()
  const ticket = (await desk.api('GET', '/tickets/7002')).body
  assert.deepEqual([ticket.subject, ticket.status], ['Das Licht', 'pending'])
}

const mails = [
  ['one', 'Gil <gil@customer.example>', 'help@old.example', 'Where is my parcel?', ''],
  ['two', 'Old Help <help@old.example>', 'gil@customer.example', 'On its way.', 'References: <one@x>\n'],
]
  .map(
    ([id, from, to, text, more], hour) =>
      `From x Mon May  6 10:00:00 2024\nMessage-ID: <${id}@x>\nFrom: ${from}\nTo: ${to}\nSubject: Parcel\n${more}` +
      `Date: Mon, 6 May 2024 1${hour}:00:00 +0000\n\n${text}\n\n`,
  )
  .join('')

/** Mails are told whose they are, looked at and brought in. */
async function theMails(page: Page, desk: TestDesk): Promise<void> {
  await page.getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByLabel('From', { exact: true }).selectOption('mbox file')
  await page
    .getByLabel('mbox file')
    .setInputFiles({ name: 'old.mbox', mimeType: 'application/mbox', buffer: Buffer.from(mails) })
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.getByText('2 mails in 1 conversation').waitFor()
  await page.getByLabel('gil@customer.example').selectOption('A customer')
  await page.getByLabel('help@old.example').selectOption('One of our mailboxes')
  await page.getByLabel('Conversations whose last word is ours').selectOption('Pending')
  await page.getByRole('button', { name: 'Look, write nothing' }).click()
  await page.getByText('This would come. Nothing has been written yet.').waitFor()
  await page.getByRole('button', { name: 'Import now' }).click()
  await page.getByText('All of it is here.').waitFor()
  // The search hears of it a moment later.
  const ticket = await until(async () => (await desk.api('GET', '/tickets?q=Parcel')).body.items[0] ?? null)
  assert.deepEqual([ticket.status, ticket.requester.email], ['pending', 'gil@customer.example'])
}

/** Of a database that is not there it is said under which name, and what the line said. */
async function theDatabase(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByLabel('From', { exact: true }).selectOption('osTicket')
  await page.getByLabel('Address of its database').fill('postgres://reader:x@127.0.0.1:1/old')
  await page.getByLabel('Time zone of its times').selectOption('Europe/Berlin')
  await page.getByLabel('Names of its tables begin with').fill('two_')
  await page.getByRole('button', { name: 'Look, write nothing' }).click()
  await page.getByText('a desk of this make lies in no such database').waitFor()
  // What the address says is not asked for beside it.
  await page.getByLabel('Address of its database').fill('mysql://reader:x@127.0.0.1:1/old?zone=UTC')
  await page.getByLabel('Time zone of its times').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Look, write nothing' }).click()
  await page.getByRole('heading', { name: 'osticket:127.0.0.1:1/old#two_' }).waitFor()
  await page.getByText(/The database says: .*ECONNREFUSED/).waitFor()
}
