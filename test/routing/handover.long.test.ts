// The end of a shift on a real desk, and the list of conflicts of interest.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { instant } from '#kit/time.ts'
import { setRouteMarks } from '../support/route-world.ts'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let world: Awaited<ReturnType<typeof setRouteMarks>>
before(async () => {
  desk = await startDesk({ relay: false })
  world = await setRouteMarks(desk)
  const weekly = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]),
  )
  const calendar = await ok(desk.api, 'POST', '/calendars', {
    name: 'Office',
    hours: { timeZone: 'UTC', weekly },
  })
  for (const { id } of [world.ana, world.bo])
    await until(async () => {
      const set = { calendarId: calendar.id, presence: 'online' }
      return (await desk.api('PATCH', `/staff/${id}`, set)).status === 200
    })
})
after(() => desk.close())

async function ok(api: Call, method: string, path: string, body?: object) {
  const answer = await api(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
const cy = { email: 'cy@customer.example', name: 'Cy' }
const open = async (fields: object = {}): Promise<number> =>
  (await ok(desk.api, 'POST', '/tickets', { subject: 'Help', body: 'Please', requester: cy, ...fields })).id
const ticket = (id: number) => ok(desk.api, 'GET', `/tickets/${id}`)
const ownerOf = async (id: number) => (await ticket(id)).assignee?.name ?? null
const listOf = (call: Call, who = '') => ok(call, 'GET', `/handover${who}`)

test('at the end of a shift the agent sees what cannot wait, hands it over, and can take that back', async () => {
  await ok(world.bo.call, 'PUT', '/staff/me', { presence: 'transfers_only' })
  const [waits, quiet] = [await open({ subject: 'Waits' }), await open({ subject: 'Quiet' })]
  await until(async () => (await ownerOf(quiet)) === 'Ana' && (await ownerOf(waits)) === 'Ana')
  await ok(world.ana.call, 'POST', `/tickets/${quiet}/messages`, {
    kind: 'reply',
    body: 'Try',
    status: 'pending',
  })
  desk.clock.set(instant(Date.parse('2026-03-02T16:50:00Z')))
  const list = await listOf(world.ana.call)
  assert.equal(list.shiftEndsAt, '2026-03-02T17:00:00.000Z')
  assert.equal(list.backAt, '2026-03-03T09:00:00.000Z')
  assert.deepEqual(
    list.items.map(({ ticketId, why }: { ticketId: number; why: string }) => [ticketId, why]),
    [
      [waits, 'waiting'],
      [quiet, null],
    ],
  )
  assert.equal(list.urgent, 1)
  const { items } = await ok(world.ana.call, 'POST', '/handover', {
    ticketIds: [waits, quiet],
    to: world.bo.id,
  })
  assert.deepEqual(
    items.map(({ refusal }: { refusal: string | null }) => refusal),
    [null, null],
  )
  assert.equal(await ownerOf(waits), 'Bert')
  await ok(world.ana.call, 'POST', `/tickets/${waits}/undo`, { seq: items[0].seq })
  assert.equal(await ownerOf(waits), 'Ana')
  const again = await ok(world.ana.call, 'POST', '/handover', { ticketIds: [quiet], to: null })
  assert.equal(again.items[0].refusal, 'not_theirs', 'it is Bert’s by now')
})

test('what goes back to the queue waits for somebody else, in its old place', async () => {
  const [{ ticketId }] = (await listOf(world.ana.call)).items
  await ok(world.ana.call, 'POST', '/handover', { ticketIds: [ticketId], to: null })
  const waiting = await until(async () => (await ok(desk.api, 'GET', `/tickets/${ticketId}/routing`)).waiting)
  const ana = waiting.explanation.ineligible.find(
    ({ agentId }: { agentId: number }) => agentId === world.ana.id,
  )
  assert.deepEqual([ana.because, ana.why], ['excluded', 'given_back'])
  assert.equal(waiting.explanation.place.eligibleAt, (await ticket(ticketId)).createdAt)
})

test('leads see what others leave behind; agents, viewers and strangers do not', async () => {
  const path = `?agentId=${world.ana.id}`
  assert.equal((await listOf(desk.api, path)).agent.name, 'Ana')
  assert.equal((await world.bo.call('GET', `/handover${path}`)).status, 403)
  assert.equal((await world.viewer('GET', '/handover')).status, 403)
  assert.equal((await desk.as('none')('GET', '/handover')).status, 401)
  const handing = { agentId: world.ana.id, ticketIds: [1], to: null }
  assert.equal((await world.bo.call('POST', '/handover', handing)).status, 403)
})

test('a pair on the list of conflicts is never brought together, and by hand only after a question', async () => {
  await ok(world.ana.call, 'PUT', '/staff/me', { presence: 'online' })
  const pair = await ok(desk.api, 'POST', '/routing-conflicts', {
    agentId: world.ana.id,
    person: 'CY@customer.example',
    note: 'They are married',
  })
  assert.equal(pair.person.name, 'Cy')
  const id = await open()
  const waiting = await until(async () => (await ok(desk.api, 'GET', `/tickets/${id}/routing`)).waiting)
  const ana = waiting.explanation.ineligible.find(
    ({ agentId }: { agentId: number }) => agentId === world.ana.id,
  )
  assert.deepEqual([ana.because, ana.why], ['excluded', 'conflict'])
  const byHand = await desk.api('PATCH', `/tickets/${id}`, { assignee: world.ana.id })
  assert.deepEqual([byHand.status, byHand.body.refusal], [409, 'conflict_of_interest'])
  const handed = await desk.api('POST', '/queues/hand', { ticketId: id, agentId: world.ana.id })
  assert.equal(handed.body.refusal, 'conflict_of_interest')
  const withNote = { kind: 'note', body: 'For Ana', change: { assignee: world.ana.id } }
  const noted = await desk.api('POST', `/tickets/${id}/messages`, withNote)
  assert.equal(noted.body.refusal, 'conflict_of_interest')
  const fresh = {
    subject: 'Lamp',
    body: 'It is dark',
    requester: { email: cy.email },
    assignee: world.ana.id,
  }
  assert.equal((await desk.api('POST', '/tickets', fresh)).body.refusal, 'conflict_of_interest')
  const job = await ok(desk.api, 'POST', '/tickets/bulk', { ids: [id], change: { assignee: world.ana.id } })
  await until(async () => (await ok(desk.api, 'GET', `/jobs/${job.id}`)).state === 'done')
  const [item] = (await ok(desk.api, 'GET', `/jobs/${job.id}/items`)).items
  assert.deepEqual([item.state, item.reason], ['skipped', 'conflict_of_interest'])
  assert.equal(await ownerOf(id), null)
  await ok(desk.api, 'PATCH', `/tickets/${id}`, { assignee: world.ana.id, despiteConflict: true })
  assert.equal(await ownerOf(id), 'Ana', 'who knows what they do may')
  await ok(desk.api, 'DELETE', `/routing-conflicts/${pair.id}`)
})

test('when everybody who could is in conflict, the ticket waits and says why; off the list, it finds somebody', async () => {
  await ok(world.bo.call, 'PUT', '/staff/me', { presence: 'online' })
  await ok(desk.api, 'PATCH', `/staff/${world.bo.id}`, { maxUnits: 50 })
  const pairs = []
  for (const { id: agentId } of [world.ana, world.bo])
    pairs.push(await ok(desk.api, 'POST', '/routing-conflicts', { agentId, person: cy.email }))
  const id = await open()
  const waits = async () => (await ok(desk.api, 'GET', `/tickets/${id}/routing`)).waiting
  const waiting = await until(waits)
  assert.deepEqual(waiting.unroutable, ['conflict'])
  const next = await ok(world.bo.call, 'POST', '/queues/next')
  assert.notEqual(next.ticketId, id, 'not by taking the next one either')
  for (const { id: pairId } of pairs) await ok(desk.api, 'DELETE', `/routing-conflicts/${pairId}`)
  await until(async () => (await ownerOf(id)) !== null)
})

test('only leads keep the list; who and what is not there is refused with its place', async () => {
  for (const call of [world.ana.call, world.viewer]) {
    assert.equal((await call('GET', '/routing-conflicts')).status, 403)
    assert.equal((await call('POST', '/routing-conflicts', { agentId: 1, person: cy.email })).status, 403)
  }
  const refused = async (body: object) => (await desk.api('POST', '/routing-conflicts', body)).body.detail
  assert.match(await refused({ agentId: world.ana.id }), /either a person or an organization/)
  assert.match(
    await refused({ agentId: world.ana.id, person: 'no@body.example' }),
    /nobody with this address/,
  )
  assert.match(await refused({ agentId: world.ana.id, organization: 'Nowhere' }), /no such organization/)
  assert.match(await refused({ agentId: 999_999, person: cy.email }), /agentId/)
})
