// What keeps rules from running away: chains of causes by mail, the circuit breaker with word to the owner, the brake on mail.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '#store/sql.ts'
import { letter, post } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

type Logged = { kind: string; payload: Record<string, any> } // eslint-disable-line typescript/no-explicit-any
const eventsOf = async (id: number): Promise<Logged[]> =>
  (await desk.api('GET', `/tickets/${id}/events?limit=200`)).body.items
const firings = (events: readonly Logged[]) => events.filter(({ kind }) => kind === 'rule_fired').length

async function open(email: string) {
  const body = { subject: 'Late', body: 'Where is it?', requester: { email, name: 'Cy' } }
  return (await desk.api('POST', '/tickets', body)).body
}

test('a mail that answers a rule’s mail is not answered by that rule', async () => {
  const on = ['created', 'inbound_message'] as const
  await publishRules(
    desk,
    [aRule(1, { on, do: [{ reply: { template: 'hello' } }] })],
    [{ key: 'hello', body: 'Hello again' }],
  )
  const ticket = await open('cy@customer.example')
  const ours = await until(async () => desk.sink.mails.find(({ mail }) => mail.text?.includes('Hello again')))
  const address = ours.mail.replyTo[0]?.email ?? ''
  const raw = letter({
    from: 'cy@customer.example',
    to: address,
    text: 'And?',
    inReplyTo: ours.mail.messageId ?? '',
  })
  assert.match(await post(desk.smtpPort, raw, { from: 'cy@customer.example', to: [address] }), /^250/)
  const events = await until(async () => {
    const found = await eventsOf(ticket.id)
    return found.some(({ kind }) => kind === 'rule_suppressed') && found
  })
  assert.equal(firings(events), 1)
  assert.equal(events.find(({ kind }) => kind === 'rule_suppressed')?.payload['detail'].why, 'self_caused')
})

test('the 21st firing on a ticket within an hour opens the circuit, and the rule’s owner hears of it once', async () => {
  await publishRules(desk, [aRule(2, { title: 'Eager', on: ['field_change'], do: [{ addTags: ['x'] }] })])
  const { id } = await open('dee@customer.example')
  for (let count = 0; count < 23; count++)
    await desk.api('PATCH', `/tickets/${id}`, { priority: count % 2 === 0 ? 'high' : 'low' })
  const events = await eventsOf(id)
  assert.equal(firings(events), 20)
  assert.equal(events.filter(({ kind }) => kind === 'rule_circuit_opened').length, 1)
  await until(async () =>
    desk.sink.mails.some(
      ({ mail, to }) => to[0] === 'bo@desk.example' && mail.subject.includes('“Eager” was switched off'),
    ),
  )
  desk.clock.pass(3_601)
  await desk.api('PATCH', `/tickets/${id}`, { priority: 'urgent' })
  assert.equal(firings(await eventsOf(id)), 21)
})

test('beyond 500 mails in ten minutes a rule’s mails are held; an administrator lets them go', async () => {
  await publishRules(
    desk,
    [aRule(3, { on: ['created'], do: [{ reply: { template: 'hello' } }] })],
    [{ key: 'hello', body: 'Braked' }],
  )
  const { database, clock } = desk.running.desk
  await database.rows(sql`insert into outbox (key, kind, ticket_id, update_id, recipients, to_email, rfc_message_id, state, send_at,
      created_at, rule_id)
    select 'filler ' || n, 'notification', 1, 1, '{"to": [], "cc": []}', 'x@example.org', 'filler' || n, 'sent', ${clock.now()},
      ${clock.now()}, 3 from generate_series(1, 500) n`)
  const { id } = await open('eve@customer.example')
  const { items } = (await desk.api('GET', `/outbox?ticketId=${id}`)).body
  assert.equal(
    items.find(({ kind, state }: { kind: string; state: string }) => kind === 'email' && state === 'held')
      ?.state,
    'held',
  )
  const sentTo = () =>
    desk.sink.mails.some(({ mail, to }) => to[0] === 'eve@customer.example' && mail.text?.includes('Braked'))
  await desk.running.desk.database.rows(sql`select 1`)
  assert.equal(sentTo(), false)
  const released = await desk.api('POST', '/rules/3/held-mails', { decision: 'release' })
  assert.equal(released.body.mails, 1)
  await until(async () => sentTo())
})
