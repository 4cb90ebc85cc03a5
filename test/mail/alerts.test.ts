// Mail that does not work reaches people: on their screen and by mail, once, and never about itself.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { noteFetchFailure } from '#channels/fetch-store.ts'
import { watchMailboxes } from '#desk/inbound/watch-mailboxes.ts'
import { sql } from '#store/sql.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { signedIn } from '../support/session.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk()
})
after(() => desk.close())

const alertsOf = async (call = desk.api) => (await call('GET', '/alerts')).body.items

test('a mailbox that fails for too long is told to administrators, at most once in six hours', async () => {
  const { database } = desk.running.desk
  const ada = await desk.addAgent('Ada', 'agent')
  const { items } = (await desk.api('GET', '/mailboxes')).body
  const { id, address } = items[0]
  await noteFetchFailure(database, id, desk.clock.now(), 'NO [AUTHENTICATIONFAILED] Invalid credentials')
  await watchMailboxes(desk.running.desk)
  assert.deepEqual(await alertsOf(), [], 'not yet')
  desk.clock.pass(3 * 3_600)
  for (let round = 0; round < 3; round++) {
    await watchMailboxes(desk.running.desk)
    // It works for a moment and fails again, as flapping servers do.
    await database.rows(sql`update mailbox_health set alerted_at = null`)
  }
  const [alert] = await alertsOf()
  assert.deepEqual([alert.kind, alert.mailboxId, alert.address], ['mailbox', id, address])
  assert.match(alert.detail, /Invalid credentials/)
  assert.deepEqual(await alertsOf(desk.as(ada.token)), [], 'mailboxes are not everybody’s')
  const about = () => desk.sink.mails.filter(({ mail }) => mail.subject.includes(address))
  await until(async () => about().length > 0)
  const told = about()
  assert.deepEqual(
    told.map(({ to, mail }) => [to, mail.headers.get('auto-submitted')]),
    [[['bo@desk.example'], ['auto-generated']]],
  )
  await database.rows(sql`delete from mailbox_health`)
})

test('alerts speak the language of who reads them', async () => {
  const { database } = desk.running.desk
  const { items } = (await desk.api('GET', '/mailboxes')).body
  const { id, address } = items[0]
  const uli = await desk.addAgent('Uli', 'admin')
  const session = await signedIn(desk.url, uli)
  assert.equal((await session.call('PATCH', '/session', { language: 'de' })).status, 200)
  desk.clock.pass(7 * 3_600)
  await noteFetchFailure(database, id, desk.clock.now(), 'NO Invalid credentials')
  desk.clock.pass(3 * 3_600)
  // Those that were told before are told again: the mails of the test above are none of these.
  const before = desk.sink.mails.length
  await watchMailboxes(desk.running.desk)
  const told = (email: string) =>
    until(async () =>
      desk.sink.mails.slice(before).find(({ to, mail }) => to[0] === email && mail.subject.includes(address)),
    )
  const german = await told(uli.email)
  assert.equal(german.mail.subject, `Das Postfach ${address} ist gestört`)
  assert.match(german.mail.text ?? '', /ist gestört seit 02\.03\.2026, \d\d:\d\d\. Sein Server sagt:/)
  assert.match((await told('bo@desk.example')).mail.subject, /is failing$/)
  await database.rows(sql`delete from mailbox_health`)
})

test('a reply that cannot be delivered is told to its author alone, and a word about it that fails is the last', async () => {
  const { database } = desk.running.desk
  const eve = await desk.addAgent('Eve', 'agent')
  const requester = { email: 'gone@customer.example' }
  const { body: ticket } = await desk.api('POST', '/tickets', { subject: 'Gone', body: 'x', requester })
  await desk.as(eve.token)('POST', `/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'Hello?' })
  desk.sink.refuseWith(550)
  desk.clock.pass(11)
  const mine = () => alertsOf(desk.as(eve.token))
  const [alert] = await until(async () => {
    const found = await mine()
    return found.length > 0 && found
  })
  assert.deepEqual([alert.kind, alert.ticketId, alert.address], ['undelivered', ticket.id, requester.email])
  const failed = () =>
    database.rows<{ to: string }>(
      sql`select to_email as "to" from outbox where kind = 'alert' and state = 'failed'`,
    )
  const about = await until(async () => {
    const found = await failed()
    return found.length > 0 && found
  })
  desk.sink.refuseWith(null)
  assert.deepEqual(
    about,
    [{ to: eve.email }],
    'the word to its author was refused too, and nothing came of that',
  )
  assert.deepEqual(await alertsOf(), [], 'others are not told')
  assert.equal((await desk.api('POST', `/alerts/${alert.id}/seen`)).status, 404, 'nor can they wipe it away')
  assert.equal((await desk.as(eve.token)('POST', `/alerts/${alert.id}/seen`)).status, 204)
  assert.deepEqual(await mine(), [])
})
