// What goes by itself, and what is kept: rules of retention look first, then erase what was closed long ago, and change no number; a legal
// hold keeps tickets and people from every way of erasing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { measureKeys } from '#reporting/measures.ts'
import { eraseNext } from '#desk/privacy/erase.ts'
import type { TicketId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import { sql } from '#store/sql.ts'
import { indexTickets } from '#tickets/search-store.ts'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'
import { atEnd } from '../support/ends.ts'

let desk: TestDesk
let api: Call
before(async () => {
  desk = await startDesk()
  api = desk.api
})
after(() => desk.close())

let made = 0
async function closed(more: object = {}) {
  const requester = { email: `customer${++made}@customer.example`, name: `Customer ${made}` }
  const opened = await api('POST', '/tickets', {
    subject: `Words ${made}`,
    body: `Said ${made}`,
    requester,
    ...more,
  })
  assert.equal(opened.status, 201, JSON.stringify(opened.body))
  const id = Number(opened.body.id)
  desk.clock.pass(60)
  await api('POST', `/tickets/${id}/messages`, {
    kind: 'reply',
    body: `Answered ${made}`,
    status: 'resolved',
  })
  await api('PATCH', `/tickets/${id}`, { status: 'resolved' })
  const shut = await api('PATCH', `/tickets/${id}`, { status: 'closed' })
  assert.deepEqual([shut.status, shut.body.status], [200, 'closed'], JSON.stringify(shut.body))
  return { id, personId: Number(opened.body.requester.id) }
}

const bodies = async (id: number) =>
  (await api('GET', `/tickets/${id}/messages`)).body.items.map(({ text }: { text: string }) => text)
const numbers = async () => {
  const rows = await Promise.all(
    measureKeys.map((key) => api('GET', `/reports/${key}?from=2026-02-01&to=2026-12-01`)),
  )
  return rows.map(({ status, body }) => [status, body.rows])
}
const on = (id: number, count: number, seen: object) =>
  api('PUT', `/retention-rules/${id}/on`, { count, ...seen })

test('a rule looks, is turned on, erases what is due in portions, says what it did, and changes no number', async () => {
  const tagged = await closed({ tags: ['old'] })
  const held = await closed({ tags: ['old'] })
  const plain = await closed()
  const shop = await closed({ tags: ['old'] })
  assert.equal((await api('PUT', `/tickets/${held.id}/hold`, { reason: 'Case 4711' })).status, 200)
  desk.clock.pass(40 * 86_400)
  const young = await closed({ tags: ['old'] })
  const rule = { name: 'Old ones', days: 30, categoryIds: [], tags: ['old'] }
  const looked = (await api('POST', '/retention-rules/preview', rule)).status
  assert.equal(looked, 400)
  const { name: _, ...conditions } = rule
  const shown = (await api('POST', '/retention-rules/preview', conditions)).body
  assert.deepEqual(
    [shown.count, shown.held, shown.sample.map(({ id }: { id: number }) => id)],
    [2, 1, [tagged.id, shop.id]],
  )

  // Whatever is due has left: a mail that leaves meanwhile is one more.
  await until(async () => {
    const waiting = sql`select from outbox where state = 'sending'
      or state = 'queued' and send_at <= ${desk.clock.now()} and not held and kept_at is null limit 1`
    return (await desk.running.desk.database.rows(waiting)).length === 0
  })
  const before = await numbers()
  assert.ok(JSON.stringify(before).includes('"value":5'), 'there are numbers')
  const added = await api('POST', '/retention-rules', rule)
  assert.deepEqual([added.status, added.body.isOn], [201, false])
  assert.equal((await on(added.body.id, 1, conditions)).status, 409)
  assert.equal((await on(added.body.id, 2, { ...conditions, days: 31 })).status, 409)
  assert.equal((await on(added.body.id, shown.count, conditions)).status, 200)
  await until(
    async () => (await bodies(shop.id)).join('') === '' && (await bodies(tagged.id)).join('') === '',
  )
  for (const kept of [held, plain, young]) assert.notEqual((await bodies(kept.id)).join(''), '')
  assert.equal((await api('PATCH', `/retention-rules/${added.body.id}`, { days: 1 })).body.refusal, 'is_on')

  const [listed] = (await api('GET', '/retention-rules')).body.items
  assert.deepEqual(listed.did, [{ day: desk.clock.now().slice(0, 10), tickets: 2 }])
  await until(async () =>
    (await api('GET', '/audit')).body.items.some(
      ({ action }: { action: string }) => action === 'retention_erased',
    ),
  )
  // It has looked at all of them, and does not read them again at once; turned off and on it does.
  const rests = async () =>
    (
      await desk.running.desk.database.rows<{ rests: boolean }>(
        sql`select rested_until is not null as rests from retention_rule where id = ${added.body.id}`,
      )
    )[0]?.rests
  assert.equal(await rests(), true)
  assert.equal((await api('PUT', `/retention-rules/${added.body.id}/off`)).status, 200)
  assert.equal(await rests(), false)
  const events = (await api('GET', `/tickets/${shop.id}/events`)).body.items
  assert.equal(events.at(-1).kind, 'words_erased')
  assert.deepEqual(await numbers(), before)
  assert.deepEqual((await verifyAll(desk.running.desk.database)).differences, [])
  assert.equal((await api('GET', `/tickets/${shop.id}`)).body.subject, '')
})

test('what a legal hold keeps is neither redacted nor erased, and the no names the hold', async () => {
  const { id, personId } = await closed()
  await api('PUT', `/people/${personId}/hold`, { reason: 'Lawsuit Smith' })
  const [message] = (await api('GET', `/tickets/${id}/messages`)).body.items
  const redacted = await api('POST', `/tickets/${id}/messages/${message.id}/redact`, {})
  assert.deepEqual([redacted.status, redacted.body.refusal], [409, 'legal_hold'])
  assert.match(redacted.body.detail, /Lawsuit Smith/)
  const erased = await api('POST', `/people/${personId}/erasure`, { tickets: 1, otherTickets: 0 })
  assert.deepEqual([erased.status, erased.body.refusal], [409, 'legal_hold'])
  assert.match(erased.body.detail, /Lawsuit Smith.*Bo/)
  const preview = (await api('GET', `/people/${personId}/erasure`)).body
  assert.deepEqual([preview.hindrance, preview.holds.length], ['legal_hold', 1])
  assert.equal((await api('GET', `/tickets/${id}/holds`)).body.items[0].reason, 'Lawsuit Smith')

  assert.equal((await api('DELETE', `/people/${personId}/hold`)).status, 200)
  // A hold that comes while it is worked off holds its ticket still; the rest goes on.
  assert.equal(
    (await api('POST', `/people/${personId}/erasure`, { tickets: 1, otherTickets: 0 })).status,
    202,
  )
  await until(async () => (await api('GET', `/people/${personId}/erasure`)).body.erasure.finishedAt)
  assert.deepEqual(await bodies(id), ['', `Answered ${made}`])
  const actions = (await api('GET', '/audit')).body.items.map(({ action }: { action: string }) => action)
  for (const action of ['legal_hold_set', 'legal_hold_lifted', 'person_erasure_asked', 'person_erased'])
    assert.ok(actions.includes(action), action)
})

test('an erasure goes on where it was cut off, with whoever was joined; a hold that comes meanwhile keeps its ticket until it is lifted', async (t) => {
  const quiet = await startDesk({ work: false })
  atEnd(t, quiet.close)
  const { desk: inner } = quiet.running
  const ask = (email: string) =>
    quiet.api('POST', '/tickets', {
      subject: 'Q',
      body: `Secret of ${email}`,
      requester: { email, name: 'Cy Smith' },
    })
  const ids: number[] = []
  for (let n = 0; n < 11; n++) ids.push(Number((await ask('cy@customer.example')).body.id))
  const other = await ask('cy.two@customer.example')
  const personId = Number((await quiet.api('GET', `/tickets/${ids[0]}`)).body.requester.id)
  const joined = await quiet.api('POST', `/people/${personId}/join`, {
    otherId: other.body.requester.id,
    take: [],
  })
  assert.equal(joined.status, 200, JSON.stringify(joined.body))

  assert.equal(
    (await quiet.api('POST', `/people/${personId}/erasure`, { tickets: 12, otherTickets: 0 })).status,
    202,
  )
  const shown = async () => (await quiet.api('GET', `/people/${personId}/erasure`)).body.erasure
  assert.equal(await eraseNext(inner), 'more')
  assert.deepEqual(
    [(await shown()).done, (await shown()).total, (await shown()).personId],
    [10, 12, personId],
  )
  // What is written at them now would stay.
  assert.equal((await quiet.api('PATCH', `/people/${personId}`, { notes: 'n' })).body.refusal, 'being_erased')
  // Its ways to the desk were gone from the first moment.
  assert.equal((await quiet.api('GET', '/people?q=cy')).body.items.length, 0)

  assert.equal((await quiet.api('PUT', `/tickets/${ids[10]}/hold`, { reason: 'Late' })).status, 200)
  while ((await eraseNext(inner)) === 'more');
  assert.deepEqual([(await shown()).done, (await shown()).finishedAt], [11, null])
  const said = async () => (await quiet.api('GET', `/tickets/${ids[10]}/messages`)).body.items[0].text
  assert.match(await said(), /Secret/)
  await quiet.api('DELETE', `/tickets/${ids[10]}/hold`)
  quiet.clock.pass(3_600)
  while ((await eraseNext(inner)) === 'more');
  assert.notEqual((await shown()).finishedAt, null)
  assert.equal(await said(), '')

  // One that goes wrong waits and says why, and the next goes on.
  const erase = async (email: string) => {
    const { body } = await ask(email)
    const of = `/people/${body.requester.id}/erasure`
    const { tickets, otherTickets } = (await quiet.api('GET', of)).body
    assert.equal((await quiet.api('POST', of, { tickets, otherTickets })).status, 202)
    return async () => (await quiet.api('GET', of)).body.erasure
  }
  const failing = await erase('di@customer.example')
  await inner.database.rows(sql`update erasure set words = '{}' where finished_at is null`)
  const fine = await erase('ed@customer.example')
  while ((await eraseNext(inner)) === 'more');
  assert.notEqual((await fine()).finishedAt, null)
  const { finishedAt, failure } = await failing()
  assert.deepEqual([finishedAt, failure === null], [null, false])

  // What is on its way out when its ticket’s turn comes is waited for, and does not leave again.
  const rows = <Row>(text: ReturnType<typeof sql>) => inner.database.rows<Row>(text)
  const at = quiet.clock.now()
  const leaving = await erase('gil@customer.example')
  const [{ id: gilsTicket = 0 } = {}] = await rows<{ id: number }>(sql`select max(id) as id from ticket`)
  await rows(sql`insert into outbox (key, kind, ticket_id, update_id, recipients, to_email, rfc_message_id, state, claimed_until,
      send_at, created_at, subject)
    values ('gil', 'notification', ${gilsTicket}, 1, '{"to": [], "cc": []}', 'gil@customer.example', '<gil@y>', 'sending',
      ${plus(at, 100)}, ${at}, ${at}, 'gilsubject')`)
  await rows(sql`insert into webhook (key, name, url, key_id, sealed, enabled, created_at)
    values ('w', 'W', 'https://x.example', '', '', false, ${at})`)
  const delivery = sql`insert into webhook_delivery
    (key, webhook_id, ticket_id, update_id, rule_id, cause_seq, payload, state, claimed_until, next_try_at, created_at)
    select key, (select max(id) from webhook), ticket_id, 1, 1, 1, payload, state, claimed_until, ${at}, ${at}`
  await rows(sql`${delivery} from (values ('gil', ${gilsTicket}::bigint, '{"say": "gilpayload"}'::jsonb, 'sending', ${at}::timestamptz))
    v(key, ticket_id, payload, state, claimed_until)`)
  while ((await eraseNext(inner)) === 'more');
  const [words] = (await quiet.api('GET', `/tickets/${gilsTicket}/messages`)).body.items
  assert.deepEqual([words.text, (await leaving()).finishedAt], ['Secret of gil@customer.example', null])
  await rows(sql`update outbox set state = 'queued', claimed_until = null where key = 'gil'`)
  quiet.clock.pass(61)
  while ((await eraseNext(inner)) === 'more');
  assert.notEqual((await leaving()).finishedAt, null)
  assert.deepEqual(
    await rows(sql`select o.state, o.subject, d.state as hook, d.payload from outbox o, webhook_delivery d
      where o.ticket_id = ${gilsTicket} and o.rfc_message_id = '<gil@y>' and d.ticket_id = ${gilsTicket}`),
    [{ state: 'cancelled', subject: null, hook: 'cancelled', payload: {} }],
  )

  // A held ticket of somebody else that only speaks of them is not waited for, and stays with all that stands beside it. Elsewhere long
  // tables are worked off in portions.
  const speak = async () =>
    Number(
      (
        await quiet.api('POST', '/tickets', {
          subject: 'Lamp',
          body: 'Ask gus@customer.example',
          requester: { email: 'fay@friend.example', name: 'Fay' },
        })
      ).body.id,
    )
  const [heldId, freeId] = [await speak(), await speak()]
  await inner.database.transaction((tx) => indexTickets(tx, [heldId, freeId] as TicketId[]))
  assert.equal((await quiet.api('PUT', `/tickets/${heldId}/hold`, { reason: 'Case' })).status, 200)
  await rows(sql`${delivery} from (select 'gus' || n as key, case when n = 1 then ${heldId}::bigint else ${freeId}::bigint end as ticket_id,
    '{"say": ["ask GUS@customer.example"]}'::jsonb as payload, 'delivered' as state, null::timestamptz as claimed_until
    from generate_series(1, 1_100) n) v`)
  const spoken = await erase('gus@customer.example')
  while ((await eraseNext(inner)) === 'more');
  assert.notEqual((await spoken()).finishedAt, null)
  const first = async (id: number) => (await quiet.api('GET', `/tickets/${id}/messages`)).body.items[0].text
  assert.deepEqual([await first(heldId), await first(freeId)], ['Ask gus@customer.example', 'Ask █████'])
  assert.deepEqual(
    await rows(sql`select ticket_id = ${heldId} as held, payload->'say'->>0 as say, count(*) from webhook_delivery
      where key like 'gus%' group by 1, 2 order by 1`),
    [
      { held: false, say: 'ask █████', count: 1_099 },
      { held: true, say: 'ask GUS@customer.example', count: 1 },
    ],
  )
  assert.deepEqual((await verifyAll(inner.database)).differences, [])
})
