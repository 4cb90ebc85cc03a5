// Mail that nothing could carry away is kept, and leaves by a person's word alone; nobody of the demo ever gets one.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newestPersonId, noteInvented } from '#setup/sample-store.ts'
import { sql } from '#store/sql.ts'
import { freshDatabase } from '../support/database.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

const open = (call: TestDesk['api'], n: number) =>
  call('POST', '/tickets', {
    subject: `Question ${n}`,
    body: 'Hello',
    requester: { email: `c${n}@customer.example`, name: `C${n}` },
  })
const states = async (call: TestDesk['api'], state = '') =>
  (await call('GET', `/outbox?limit=200${state === '' ? '' : `&state=${state}`}`)).body.items as {
    id: number
    state: string
    to: { email: string }[]
  }[]

test('kept mails do not leave the moment a relay is set: they are sent, discarded or chosen', async (t) => {
  const { url, drop } = await freshDatabase()
  const without = await startDesk({ databaseUrl: url, relay: false })
  for (const n of [1, 2, 3, 4]) assert.equal((await open(without.api, n)).status, 201)
  const kept = sql`select count(*) as kept from outbox where kept_at is not null`
  await until(async () => (await without.running.desk.database.row<{ kept: number }>(kept))?.kept === 4)
  assert.deepEqual(
    (await states(without.api)).map(({ state }) => state),
    ['held', 'held', 'held', 'held'],
  )
  assert.equal((await without.api('GET', '/outbox/kept')).body.count, 0, 'nothing could carry them yet')
  const looker = await without.addAgent('Lo', 'viewer')
  const [warning] = (await without.as(looker.token)('GET', '/alerts')).body.items
  assert.deepEqual([warning.kind, warning.address, warning.mailboxId], ['no_way_out', '', null])
  // A mailbox that somebody is still setting up, and which rests until it is turned on, is no way out for the others.
  const { body: begun } = await without.api('POST', '/mailboxes', { address: 'begun@docket.example' })
  const smtp = { auth: 'password', host: '127.0.0.1', port: 1, security: 'none', user: 'u' }
  const rests = { paused: true, smtp, smtpPassword: 'p' }
  assert.equal((await without.api('PATCH', `/mailboxes/${begun.id}`, rests)).status, 200)
  const [still] = (await without.as(looker.token)('GET', '/alerts')).body.items
  assert.deepEqual([still.kind, still.address], ['no_way_out', ''])
  const { token } = without
  await without.close()

  const desk = await startDesk({ databaseUrl: url, isNew: true })
  t.after(async () => {
    await desk.close()
    await drop()
  })
  const api = desk.as(token)
  assert.equal((await open(api, 5)).status, 201)
  await until(async () => desk.sink.mails.length === 1)
  await new Promise((done) => setTimeout(done, 300))
  assert.equal(desk.sink.mails.length, 1, 'only what was written since')
  assert.equal((await api('GET', '/outbox/kept')).body.count, 4)
  const [alert] = (await api('GET', '/alerts')).body.items
  assert.deepEqual([alert.kind, alert.address], ['kept', '4'])
  const held = await states(api, 'held')
  assert.equal(held.length, 4)
  const [first, second] = held
  assert.deepEqual((await api('POST', '/outbox/kept', { do: 'discard', ids: [first?.id] })).body, {
    count: 1,
  })
  assert.deepEqual((await api('POST', '/outbox/kept', { do: 'send', ids: [second?.id] })).body, { count: 1 })
  await until(async () => desk.sink.mails.length === 2)
  assert.deepEqual((await api('POST', '/outbox/kept', { do: 'send' })).body, { count: 2 })
  await until(async () => desk.sink.mails.length === 4)
  await new Promise((done) => setTimeout(done, 300))
  assert.equal(desk.sink.mails.length, 4, 'each once, and the discarded one never')
  assert.ok(desk.sink.mails.every(({ raw }) => !raw.toString().includes(first?.to[0]?.email ?? '?')))
  const viewer = await desk.addAgent('Vi', 'viewer')
  assert.equal((await desk.as(viewer.token)('POST', '/outbox/kept', { do: 'send' })).status, 403)
})

test('people of the demo get no mail, whoever writes it', async (t) => {
  const desk = await startDesk()
  t.after(() => desk.close())
  const { database } = desk.running.desk
  const newest = await newestPersonId(database)
  const ticket = (await open(desk.api, 1)).body
  await until(async () => desk.sink.mails.length === 1)
  await noteInvented(database, newest)
  await desk.api('POST', `/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'Hello' })
  desk.clock.pass(60)
  await open(desk.api, 2)
  await until(async () => desk.sink.mails.length === 2)
  await until(async () => (await states(desk.api)).some(({ state }) => state === 'failed'))
  assert.equal(desk.sink.mails.length, 2)
  assert.ok(!desk.sink.mails.slice(1).some(({ raw }) => raw.toString().includes('c1@customer.example')))
})
