// Routing knows the whole desk; what it shows of it ends at the wall of who looks: board, line, map, report, staffing.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let outside: Call
let inside: Call
let team: number
let queueId: number
const of = (call: Call) => async (path: string) => (await call('GET', path)).body

before(async () => {
  desk = await startDesk()
  const [out, within] = [await desk.addAgent('Otto', 'lead'), await desk.addAgent('Ina', 'lead')]
  const ids = [within.principal.agentId]
  team = (await desk.api('POST', '/teams', { name: 'Private', members: ids })).body.id
  for (const [{ principal }, teams] of [
    [out, []],
    [within, [team]],
  ] as const)
    await desk.api('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams', teams })
  outside = desk.as(out.token)
  inside = desk.as(within.token)
  const queue = await desk.api('POST', '/queues', { title: 'All', mode: 'pull', primaryTeams: [team] })
  assert.equal(queue.status, 201)
  queueId = queue.body.id
})
after(() => desk.close())

const numbers = async (call: Call) => {
  const read = of(call)
  const board = await read('/queues/board')
  const map = await read('/queues/map')
  const staffing = await read('/reports/staffing?days=28')
  return {
    waiting: board.queues[0].waiting,
    atRisk: board.queues[0].atRisk,
    line: (await read(`/queues/${queueId}/tickets`)).items.length,
    flows: map.flows.reduce((sum: number, { count }: { count: number }) => sum + count, 0),
    report: JSON.stringify(await read('/reports/routing?days=30')),
    came: staffing.hours.some(({ came }: { came: number }) => came > 0),
  }
}

test('board, line, map, report and staffing count nothing across the wall', async () => {
  const before = await numbers(outside)
  const asked = {
    subject: 'Behind',
    body: 'x',
    requester: { email: 'cy@customer.example' },
    team,
    channel: 'email',
  }
  for (let n = 0; n < 3; n++) assert.equal((await desk.api('POST', '/tickets', asked)).status, 201)
  await until(async () => (await numbers(inside)).waiting === 3)
  assert.equal((await numbers(inside)).flows, 3)
  assert.deepEqual(await numbers(outside), before)
  const taken = (await inside('POST', '/queues/next')).body.ticketId
  assert.ok(taken !== null)
  assert.deepEqual(await numbers(outside), before)
  assert.equal((await outside('GET', '/queues/board')).body.noQueue, 0)
})

test('tickets of a team that was put away stay behind its wall', async () => {
  const asked = { subject: 'Left', body: 'x', requester: { email: 'cy@customer.example' }, team }
  const { id } = (await desk.api('POST', '/tickets', asked)).body
  const away = (await desk.api('POST', '/teams', { name: 'Away' })).body.id
  await desk.api('PATCH', `/tickets/${id}`, { team: away })
  await desk.api('PATCH', `/teams/${away}`, { archived: true })
  await desk.api('POST', `/tickets/${id}/messages`, { kind: 'note', body: 'Another matter' })
  const note = (await desk.api('GET', `/tickets/${id}/messages`)).body.items.at(-1)
  const split = await desk.api('POST', `/tickets/${id}/split`, { messageIds: [note.id] })
  assert.equal(split.status, 201, JSON.stringify(split.body))
  for (const each of [id, split.body.id]) {
    assert.equal((await outside('GET', `/tickets/${each}`)).status, 404)
    assert.equal((await desk.api('GET', `/tickets/${each}`)).body.team?.id, away)
  }
})
