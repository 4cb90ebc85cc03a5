// Nobody can have this desk write a stranger's mailbox full: automatic mail has a budget for each recipient, whatever mailbox it came
// to, whatever ticket it is about, and however many mails come at the same moment.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from '#store/sql.ts'
import { storeRawMails } from '#channels/raw-mail-store.ts'
import { tell } from '#store/listen.ts'
import { letter } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

const VICTIM = 'victim@home.example'
const MAILS = 60
const MOST = 5

/** All stored in one commit, so that they are read in groups as large as groups get. */
async function bomb(desk: TestDesk, mailboxes: readonly string[], from: (n: number) => string) {
  const { database } = desk.running.desk
  const mails = Array.from({ length: MAILS }, (_, n) => {
    const to = mailboxes[n % mailboxes.length] ?? ''
    const bytes = letter({ from: from(n), to, subject: `Number ${n}` })
    const envelope = { from: `sender${n}@elsewhere.example`, to: [to], remoteAddress: null }
    return { bytes, envelope, source: 'smtp', mailboxId: null, at: desk.clock.now() }
  })
  await database.transaction((tx) => storeRawMails(tx, mails))
  tell(database, { lane: 'inbound' })
}

const automaticTo = async (desk: TestDesk, email: string): Promise<number> =>
  (
    await desk.running.desk.database.rows(sql`select from outbox
      where kind <> 'reply' and not to_agent and lower(to_email) = ${email}`)
  ).length

const settled = (desk: TestDesk, count: number) =>
  until(async () => {
    const rows = await desk.running.desk.database.rows<{ left: number; all: number }>(
      sql`select count(*) filter (where state = 'waiting')::int as left, count(*)::int as all from raw_mail`,
    )
    return rows[0]?.left === 0 && rows[0].all >= count
  }, 60_000)

test('F2: sixty forged mails at once to three mailboxes stay within the budget of an address', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.close())
  const others = ['sales@docket.localhost', 'billing@docket.localhost']
  for (const address of others)
    assert.equal((await desk.api('POST', '/mailboxes', { address, name: address })).status, 201)
  await bomb(desk, ['support@docket.localhost', ...others], (n) => `"Someone ${n}" <${VICTIM}>`)
  await settled(desk, MAILS)
  assert.equal((await desk.api('GET', '/tickets?limit=100')).body.items.length, MAILS, 'every mail arrived')
  const sent = await automaticTo(desk, VICTIM)
  assert.ok(sent > 0 && sent <= MOST, `${sent} automatic mails at once`)
})

test('F2: tickets opened at the same moment for one requester stay within the budget of an address', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.close())
  const requester = { email: VICTIM, name: 'V' }
  const open = (n: number) =>
    desk.api('POST', '/tickets', { subject: `Number ${n}`, body: 'x', requester, channel: 'email' })
  await Promise.all(Array.from({ length: MAILS }, (_, n) => open(n)))
  const { items } = (await desk.api('GET', '/tickets?limit=100')).body
  const ids = items.map(({ id }: { id: number }) => id)
  await desk.api('POST', '/tickets/bulk', { ids, change: { status: 'resolved' } })
  await until(async () => (await desk.api('GET', '/jobs')).body.items[0].state === 'done', 60_000)
  const sent = await automaticTo(desk, VICTIM)
  assert.ok(sent <= MOST, `${sent} automatic mails in ten minutes`)
})
