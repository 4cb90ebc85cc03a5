// What goes by itself, and what is kept: rules of retention look first, then erase what was closed long ago, and change no number; a legal
// hold keeps tickets and people from every way of erasing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { measureKeys } from '#reporting/measures.ts'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'

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
const on = (id: number, count: number) => api('PUT', `/retention-rules/${id}/on`, { count })

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

  const before = await numbers()
  const added = await api('POST', '/retention-rules', rule)
  assert.deepEqual([added.status, added.body.isOn], [201, false])
  assert.equal((await on(added.body.id, 1)).status, 409)
  assert.equal((await on(added.body.id, shown.count)).status, 200)
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
  const erased = await api('POST', `/people/${personId}/erasure`, { tickets: 1 })
  assert.deepEqual([erased.status, erased.body.refusal], [409, 'legal_hold'])
  assert.match(erased.body.detail, /Lawsuit Smith.*Bo/)
  const preview = (await api('GET', `/people/${personId}/erasure`)).body
  assert.deepEqual([preview.hindrance, preview.holds.length], ['legal_hold', 1])
  assert.equal((await api('GET', `/tickets/${id}/holds`)).body.items[0].reason, 'Lawsuit Smith')

  assert.equal((await api('DELETE', `/people/${personId}/hold`)).status, 200)
  // A hold that comes while it is worked off holds its ticket still; the rest goes on.
  assert.equal((await api('POST', `/people/${personId}/erasure`, { tickets: 1 })).status, 202)
  await until(async () => (await api('GET', `/people/${personId}/erasure`)).body.erasure.finishedAt)
  assert.deepEqual(await bodies(id), ['', `Answered ${made}`])
  const actions = (await api('GET', '/audit')).body.items.map(({ action }: { action: string }) => action)
  for (const action of ['legal_hold_set', 'legal_hold_lifted', 'person_erasure_asked', 'person_erased'])
    assert.ok(actions.includes(action), action)
})
