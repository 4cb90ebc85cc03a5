// Routing on a real desk: tickets find queues, queues find people, offers run out, the absent hand over, and one wins.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { routeNext } from '#desk/routing/lane.ts'
import { setRouteMarks } from '../support/route-world.ts'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let world: Awaited<ReturnType<typeof setRouteMarks>>
before(async () => {
  desk = await startDesk({ relay: false })
  world = await setRouteMarks(desk)
})
after(() => desk.close())

const open = async (fields: object = {}): Promise<number> => {
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  const { status, body } = await desk.api('POST', '/tickets', {
    subject: 'Help',
    body: 'Please',
    requester,
    ...fields,
  })
  assert.equal(status, 201, JSON.stringify(body))
  return body.id
}
const ticket = async (id: number) => (await desk.api('GET', `/tickets/${id}`)).body
const ownerOf = (id: number) => until(async () => (await ticket(id)).assignee?.name)
const routing = async (id: number) => (await desk.api('GET', `/tickets/${id}/routing`)).body
const present = (call: Call, presence: string) => call('PUT', '/staff/me', { presence })
const resolve = (id: number) => desk.api('PATCH', `/tickets/${id}`, { status: 'resolved' })
const kinds = async (id: number): Promise<string[]> =>
  (await desk.api('GET', `/tickets/${id}/events?limit=200`)).body.items.map(
    ({ kind }: { kind: string }) => kind,
  )

test('a ticket waits until somebody is there, who then gets it, and the reasons are kept', async () => {
  const id = await open()
  const { waiting } = await until(async () => {
    const found = await routing(id)
    return found.waiting === null ? null : found
  })
  assert.equal(waiting.queue.name, 'General')
  assert.deepEqual(waiting.explanation.candidates, [])
  assert.ok(
    waiting.explanation.ineligible.every(({ because }: { because: string }) =>
      ['presence', 'not_in_team'].includes(because),
    ),
  )
  await present(world.ana.call, 'online')
  assert.equal(await ownerOf(id), 'Ana')
  const { decisions } = await routing(id)
  assert.equal(decisions.length, 1)
  assert.equal(decisions[0].kind, 'assigned')
  assert.equal(decisions[0].explanation.candidates[0].agentId, world.ana.id)
  assert.deepEqual(
    (await kinds(id)).filter((kind) => kind.startsWith('route_')),
    ['route_entered', 'route_left'],
  )
  await resolve(id)
})

test('conditions choose the queue, a skill the person; nobody with the skill leaves it visible as unroutable', async () => {
  await present(world.bo.call, 'online')
  const id = await open({ tags: ['german'] })
  assert.equal(await ownerOf(id), 'Bert', 'only Bert speaks it')
  const { decisions } = await routing(id)
  const why = decisions[0].explanation.ineligible.find(
    ({ agentId }: { agentId: number }) => agentId === world.ana.id,
  )
  assert.deepEqual([why.because, why.level, why.minLevel], ['skill', 0, 3])
  const lost = await open({ tags: ['klingon'] })
  const { waiting } = await until(async () => {
    const found = await routing(lost)
    return found.waiting === null ? null : found
  })
  assert.deepEqual(waiting.unroutable, ['Klingon'])
  const { body } = await desk.api('GET', '/queues/board')
  assert.equal(body.queues.find(({ title }: { title: string }) => title === 'General').unroutable, 1)
  await resolve(id)
  await resolve(lost)
})

test('who is full gets nothing until something is done; what they take by hand is counted', async () => {
  await present(world.bo.call, 'away')
  await desk.api('PATCH', `/staff/${world.ana.id}`, { maxUnits: 1 })
  const [first, second] = [await open(), await open()]
  assert.equal(await ownerOf(first), 'Ana')
  const { waiting } = await until(async () =>
    (await routing(second)).waiting === null ? null : routing(second),
  )
  assert.deepEqual(
    waiting.explanation.ineligible.find(({ agentId }: { agentId: number }) => agentId === world.ana.id)
      .because,
    'capacity',
  )
  const next = await world.ana.call('POST', '/queues/next')
  assert.deepEqual(next.body, { ticketId: second })
  assert.equal((await routing(second)).decisions[0].overCapacity, true)
  const third = await open()
  await resolve(second)
  await resolve(first)
  assert.equal(await ownerOf(third), 'Ana', 'room again')
  await resolve(third)
  await desk.api('PATCH', `/staff/${world.ana.id}`, { maxUnits: 10 })
})

test('an offer runs out and goes to the next; two in a row and the desk takes the agent for away', async () => {
  await present(world.ana.call, 'online')
  await present(world.bo.call, 'offline')
  const id = await open({ tags: ['offered'] })
  const offered = async (call: Call) =>
    until(async () =>
      (await call('GET', '/offers')).body.items.find(({ ticketId }: { ticketId: number }) => ticketId === id),
    )
  const offer = await offered(world.ana.call)
  assert.equal(offer.expiresAt, '2026-03-02T09:01:00.000Z', 'a minute, as the queue says')
  await present(world.bo.call, 'online')
  desk.clock.pass(61)
  const second = await offered(world.bo.call)
  const other = await world.ana.call('POST', `/offers/${second.id}/accept`)
  assert.equal(other.body.refusal, 'offer_over', "nobody accepts another's offer")
  assert.equal((await world.bo.call('POST', `/offers/${second.id}/decline`)).status, 200)
  const before = await routing(id)
  assert.ok(
    before.waiting.explanation.ineligible.every(({ because }: { because: string }) =>
      ['excluded', 'not_in_team', 'presence'].includes(because),
    ),
  )
  desk.clock.pass(1_800)
  const third = await offered(world.ana.call)
  desk.clock.pass(61)
  const ana = await until(async () => {
    const { body } = await desk.api('GET', `/staff/${world.ana.id}`)
    return body.presence === 'away' ? body : null
  })
  assert.equal(ana.reason, 'offers_expired')
  assert.notEqual(third.id, offer.id)
  const last = await offered(world.bo.call)
  assert.equal((await world.bo.call('POST', `/offers/${last.id}/accept`)).status, 200)
  assert.equal((await ticket(id)).assignee.name, 'Bert')
  const told = (await kinds(id)).filter((kind) => kind.startsWith('route_'))
  assert.deepEqual(
    told.filter((kind) => kind !== 'route_relaxed'),
    [
      'route_entered',
      'route_offered',
      'route_expired',
      'route_offered',
      'route_declined',
      'route_offered',
      'route_expired',
      'route_offered',
      'route_accepted',
    ],
  )
  await resolve(id)
})

test('customers do not wait for somebody who is away; what waits for them goes back', async () => {
  await present(world.bo.call, 'online')
  await present(world.ana.call, 'offline')
  const id = await open()
  const quiet = await open()
  assert.equal(await ownerOf(id), 'Bert')
  assert.equal(await ownerOf(quiet), 'Bert')
  await world.bo.call('POST', `/tickets/${quiet}/messages`, {
    kind: 'reply',
    body: 'Try this',
    status: 'pending',
  })
  await present(world.bo.call, 'away')
  await present(world.ana.call, 'online')
  desk.clock.pass(1_801)
  await until(async () => (await ticket(id)).assignee?.name === 'Ana')
  assert.equal((await ticket(quiet)).assignee.name, 'Bert', 'it waits for the customer, not for Bert')
  const back = (await desk.api('GET', `/tickets/${id}/events?limit=200`)).body.items.find(
    ({ payload }: { payload: { reason?: string } }) => payload.reason === 'away',
  )
  assert.equal(back.kind, 'assignee_changed')
  await desk.api('POST', `/tickets/${quiet}/messages`, {
    kind: 'reply',
    body: 'No luck',
    onBehalfOf: { email: 'cy@customer.example' },
  })
  await until(async () => (await ticket(quiet)).assignee?.name === 'Ana')
  await resolve(id)
  await resolve(quiet)
})

test('fifty who pull at once get one ticket each, and no ticket two owners', async () => {
  await present(world.ana.call, 'offline')
  await present(world.bo.call, 'offline')
  const ids = await Promise.all(Array.from({ length: 52 }, () => open({ tags: ['pulled'] })))
  await until(async () => {
    const { body } = await desk.api('GET', '/queues/board')
    return body.queues.find(({ title }: { title: string }) => title === 'Pulled').waiting === 52
  })
  const taken = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const call = index % 2 === 0 ? world.ana.call : world.bo.call
      return (await call('POST', '/queues/next')).body.ticketId as number
    }),
  )
  assert.equal(new Set(taken).size, 50)
  assert.ok(taken.every((id) => ids.includes(id)))
  for (const id of taken.slice(0, 5)) {
    const { body } = await desk.api('GET', `/tickets/${id}/events?limit=200`)
    assert.equal(body.items.filter(({ kind }: { kind: string }) => kind === 'assignee_changed').length, 1)
  }
})

test('what is taken from the list is written down too, and the report tells leads who did how much', async () => {
  await open({ tags: ['pulled'] })
  desk.clock.pass(1_200)
  const last = await open({ tags: ['pulled'] })
  await until(async () => (await routing(last)).waiting !== null)
  assert.equal((await world.ana.call('PATCH', `/tickets/${last}`, { assignee: world.ana.id })).status, 200)
  const [taken] = await until(async () => {
    const { decisions } = await routing(last)
    return decisions.length === 0 ? null : decisions
  })
  assert.deepEqual([taken.kind, taken.agentId, taken.passedOver], ['taken', world.ana.id, true])
  const { body } = await desk.api('GET', '/reports/routing?days=1')
  assert.ok(body.cherryPickShare > 0 && body.decisions > 50)
  assert.ok(body.agents.some(({ agentId }: { agentId: number }) => agentId === world.ana.id))
  assert.deepEqual([body.offers.expired, body.offers.declined, body.offers.accepted], [2, 1, 1])
  assert.equal((await world.ana.call('GET', '/reports/routing')).body.agents, null)
})

test('two workers that match at the same moment give each ticket to one', async () => {
  await desk.api('PATCH', `/staff/${world.ana.id}`, { maxUnits: 500, presence: 'online' })
  await desk.api('PATCH', `/staff/${world.bo.id}`, { maxUnits: 500, presence: 'online' })
  const ids = await Promise.all(Array.from({ length: 12 }, () => open()))
  await Promise.all(Array.from({ length: 4 }, () => routeNext(desk.running.desk)))
  for (const id of ids) {
    await ownerOf(id)
    const given = (await kinds(id)).filter((kind) => kind === 'assignee_changed')
    assert.equal(given.length, 1)
    assert.equal((await routing(id)).decisions.length, 1)
  }
})

test('viewers take nothing, agents set nobody else, and only administrators change queues', async () => {
  assert.equal((await world.viewer('POST', '/queues/next')).status, 403)
  assert.equal((await world.viewer('PUT', '/staff/me', { presence: 'online' })).status, 403)
  assert.equal((await world.ana.call('PATCH', `/staff/${world.bo.id}`, { presence: 'away' })).status, 403)
  assert.equal(
    (await world.ana.call('POST', '/queues', { title: 'X', primaryTeams: [world.teamId] })).status,
    403,
  )
  assert.equal(
    (await world.ana.call('POST', '/queues/hand', { ticketId: 1, agentId: world.bo.id })).status,
    403,
  )
})

test('somebody who is walled in sees neither lines nor reasons of other teams', async () => {
  const { body: other } = await desk.api('POST', '/teams', { name: 'South', members: [] })
  const id = await open({ team: other.name, tags: ['pulled'] })
  await until(async () => (await routing(id)).waiting !== null)
  const { token, principal } = await desk.addAgent('Wanda', 'agent')
  assert.equal((await desk.api('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams' })).status, 200)
  const wanda = desk.as(token)
  assert.equal((await wanda('GET', `/tickets/${id}/routing`)).status, 404)
  const { body: queues } = await desk.api('GET', '/queues')
  const pulled = queues.items.find(({ title }: { title: string }) => title === 'Pulled').id
  const seen = (await wanda('GET', `/queues/${pulled}/tickets`)).body.items
  assert.ok(!seen.some(({ ticketId }: { ticketId: number }) => ticketId === id))
  assert.equal((await wanda('POST', '/queues/next')).body.ticketId, null)
})

test('a queue whose teams are empty says so at once, and forgets it when somebody joins', async () => {
  const { body: team } = await desk.api('POST', '/teams', { name: 'East', members: [] })
  await desk.api('POST', '/tags', { name: 'east' })
  const added = await desk.api('POST', '/queues', { title: 'East', q: 'tag:east', primaryTeams: [team.id] })
  await desk.api('PATCH', `/queues/${added.body.id}`, { position: 1 })
  const id = await open({ tags: ['east'] })
  const waits = async () => (await routing(id)).waiting
  await until(async () => (await waits())?.unroutable[0] === 'team')
  await desk.api('PATCH', `/teams/${team.id}`, { members: [world.bo.id] })
  await until(async () => (await ownerOf(id)) === 'Bert')
  await until(async () => (await waits()) === null)
})

test('a queue that points at itself, an unknown team and a condition nobody understands are refused with their place', async () => {
  const { body: queues } = await desk.api('GET', '/queues')
  const own = queues.items[0].id
  const itself = await desk.api('PATCH', `/queues/${own}`, { overflowQueueId: own })
  assert.equal(itself.body.errors[0].path, 'overflowQueueId')
  const team = await desk.api('POST', '/queues', { title: 'X', primaryTeams: [9_999] })
  assert.equal(team.body.errors[0].message, 'there is no team 9999')
  const words = await desk.api('POST', '/queues', {
    title: 'X',
    primaryTeams: [world.teamId],
    q: 'priority:purple',
  })
  assert.equal(words.body.errors[0].path, 'q')
})

test('the staffing hint tells leads what each hour needs, and nobody else', async () => {
  const { status, body } = await desk.api('GET', '/reports/staffing?promiseHours=2')
  assert.equal(status, 200)
  assert.equal(body.hours.length, 168)
  const came = body.hours.reduce((sum: number, each: { came: number }) => sum + each.came, 0)
  const { items } = (await desk.api('GET', '/tickets?limit=200')).body
  assert.ok(Math.abs(came - items.length / body.weeks) < 1, 'all that came')
  assert.ok(body.hours.some(({ needed }: { needed: number }) => needed > 0))
  assert.equal((await world.ana.call('GET', '/reports/staffing')).status, 403)
  assert.equal((await desk.api('GET', '/reports/staffing?queueId=999999')).status, 404)
  const report = (await desk.api('GET', '/reports/routing')).body
  const kinds = new Set(report.waits.map(({ by }: { by: string }) => by))
  for (const by of ['tier', 'language', 'channel']) assert.ok(kinds.has(by), by)
})
