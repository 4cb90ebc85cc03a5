// A change of routing is tried on the desk's own past before it is saved: who would have got what, by the API and by the command.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { backtestNext } from '#desk/past/backtest-lane.ts'
import { docket as runDocket } from '../support/command.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { setRouteMarks } from '../support/route-world.ts'
import { publishRules } from '../support/rulebook.ts'

const TICKETS = 24
let desk: TestDesk
let world: Awaited<ReturnType<typeof setRouteMarks>>
const folder = mkdtempSync(join(tmpdir(), 'docket-routing-'))
before(async () => {
  desk = await startDesk({ work: false })
  world = await setRouteMarks(desk)
  await publishRules(desk, [])
  for (const { call } of [world.ana, world.bo]) await call('PUT', '/staff/me', { presence: 'online' })
  desk.clock.pass(60)
  for (let number = 1; number <= TICKETS; number++) {
    const requester = { email: `c${number}@customer.example`, name: `Customer ${number}` }
    const tags = number % 2 === 0 ? ['pulled'] : []
    await ok('POST', '/tickets', { subject: 'Help', body: 'Please', requester, tags })
    desk.clock.pass(120)
  }
  desk.clock.pass(86_400)
  await ok('POST', '/tickets', { subject: 'The last', body: 'Please', requester: { email: 'l@x.example' } })
})
after(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const ok = async (method: string, path: string, body?: unknown) => {
  const answer = await desk.api(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path} ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const tried = async (routing: object) => {
  const { id } = await ok('POST', '/backtests', { candidate: 'live', routing, last: 30 })
  const round = backtestNext(desk.running.desk)
  while ((await round()) === 'more');
  const found = await ok('GET', `/backtests/${id}`)
  assert.equal(found.state, 'done', found.failure)
  return found
}
const queueCalled = async (title: string) =>
  (await ok('GET', '/queues')).items.find((each: { title: string }) => each.title === title)
const asSaved = (queue: Record<string, unknown>) => {
  const { position: _, version: __, ...saved } = queue
  return saved
}

test('a queue as it is gives no difference; with a skill that one person has, the others get nothing of it', async () => {
  const general = asSaved(await queueCalled('General'))
  const same = await tried({ queue: general })
  assert.deepEqual(same.routing, {
    presence: 'recorded_presence',
    tried: [{ kind: 'queue', name: 'General' }],
  })
  const { routing } = same.report
  assert.deepEqual(
    [routing.agents.otherwise, routing.queues.otherwise, routing.arrivals],
    [0, 0, { baseline: TICKETS + 1, candidate: TICKETS + 1 }],
  )
  assert.ok(routing.begun.p90Seconds.baseline > 0)
  const { items } = await ok('GET', '/skills')
  const german = items.find((each: { name: string }) => each.name === 'German')
  const needs = [{ skillId: german.id, minLevel: 3, tier: 0 }]
  const { report } = await tried({ queue: { ...general, needs } })
  const { agents, byAgent } = report.routing
  assert.ok(agents.otherwise > 0)
  const [most] = agents.cells
  assert.deepEqual([most.from.name, most.to.name], ['Ana', 'Bert'])
  const ana = byAgent.find(({ agent }: { agent: { name: string } }) => agent.name === 'Ana')
  assert.ok(ana.tickets.candidate < ana.tickets.baseline)
  const queue = await queueCalled('General')
  assert.deepEqual(queue.needs, [], 'nothing was changed')
})

test('a queue that is not there yet has its name, and the same bytes come of the same', async () => {
  const fresh = { title: 'Pulled too', q: 'tag:pulled', primaryTeams: [world.teamId] }
  const [one, other] = [await tried({ queue: fresh }), await tried({ queue: fresh })]
  assert.equal(one.report.hash, other.report.hash)
  assert.ok(
    one.report.routing.byQueue.some(({ queue }: { queue: { name: string } }) => queue.name === 'Pulled too'),
  )
})

test('everybody by their hours; who was away by their own word gets nothing', async () => {
  const byHours = (await tried({ presence: 'synthetic' })).report.routing
  assert.ok(byHours.byHours >= 2)
  await world.ana.call('PUT', '/staff/me', { presence: 'away' })
  desk.clock.pass(60)
  await ok('POST', '/tickets', { subject: 'Later', body: 'Please', requester: { email: 'm@x.example' } })
  const { byAgent } = (await tried({})).report.routing
  assert.ok(byAgent.every(({ tickets }: { tickets: { baseline: number } }) => tickets.baseline < TICKETS + 2))
})

test('whatever else routing goes by is tried as well: a queue’s place, a skill, units, people, a team, and all of it together', async () => {
  const general = asSaved(await queueCalled('General'))
  const { items: queues } = await ok('GET', '/queues')
  const { items: skills } = await ok('GET', '/skills')
  const german = skills.find(({ name }: { name: string }) => name === 'German')
  const played = async (routing: object) => {
    const found = await tried({ presence: 'synthetic', ...routing })
    const ticketsOf = (name: string) =>
      found.report.routing.byAgent.find(({ agent }: { agent: { name: string } }) => agent.name === name)
        ?.tickets
    return { ...found.report.routing, tried: found.routing.tried, ticketsOf }
  }
  const first = await played({ queue: { ...general, position: 1 } })
  assert.ok(first.queues.otherwise > 0, 'what others took goes to the first')
  const gone = await played({ queue: { ...general, archived: true } })
  assert.ok(gone.withoutQueue.candidate > gone.withoutQueue.baseline)
  const needs = [{ q: 'tag:pulled', minLevel: 3, tier: 0 }]
  const skill = await played({ skill: { id: german.id, name: 'German', needs } })
  assert.deepEqual(skill.tried, [{ kind: 'skill', name: 'German' }])
  assert.ok(skill.ticketsOf('Ana').candidate < skill.ticketsOf('Ana').baseline)
  const units = await played({ units: { channels: { api: 10 }, complexity: [], pending: 0 } })
  assert.ok(units.inLine.p90Seconds.candidate > units.inLine.p90Seconds.baseline, 'one at a time')
  const away = await played({ staff: [{ id: world.ana.id, presence: 'offline' }] })
  assert.equal(away.ticketsOf('Ana').candidate, 0)
  const idle = await played({ staff: [{ id: world.ana.id, maxUnits: 0 }] })
  assert.deepEqual(idle.ticketsOf('Ana'), away.ticketsOf('Ana'))
  const out = await played({ team: { id: world.teamId, members: [world.bo.id] } })
  assert.deepEqual([out.tried[0].kind, out.ticketsOf('Ana').candidate], ['team', 0])
  const levels = [
    [world.ana.id, 5],
    [world.bo.id, 0],
  ] as const
  const staff = levels.map(([id, level]) => ({ id, skills: [{ skillId: german.id, level }] }))
  const both = await played({ skill: { id: german.id, name: 'German', needs }, staff })
  const all = [both.ticketsOf('Ana').candidate, both.ticketsOf('Bert').candidate]
  assert.deepEqual(all, [TICKETS / 2, TICKETS / 2 + 2], 'what asks for German goes to Ana alone')
  assert.deepEqual((await ok('GET', '/queues')).items, queues, 'nothing was changed')
  for (const [routing, path] of [
    [{ staff: [{ id: 999 }] }, 'routing.staff.0.id'],
    [{ staff: [{ id: world.ana.id, skills: [{ skillId: 999, level: 1 }] }] }, 'routing.staff.0.skills'],
    [{ team: { id: 999, members: [] } }, 'routing.team.id'],
    [{ team: { id: world.teamId, members: [999] } }, 'routing.team.members'],
    [{ skill: { id: 999, name: 'None' } }, 'routing.skill.id'],
  ] as const) {
    const refused = await desk.api('POST', '/backtests', { candidate: 'live', last: 7, routing })
    assert.deepEqual([refused.status, refused.body.errors[0].path], [400, path], JSON.stringify(refused.body))
  }
})

test('what would say nothing is refused: a part of the tickets, days to come, a queue that is none', async () => {
  const body = { candidate: 'live', routing: {} }
  for (const [more, path] of [
    [{ last: 7, filter: 'tag:pulled' }, 'filter'],
    [{ last: 7, sample: 3 }, 'sample'],
    [{ shadow: 3 }, 'shadow'],
    [
      { last: 7, routing: { queue: { id: 999, title: 'None', primaryTeams: [world.teamId] } } },
      'routing.queue.id',
    ],
  ] as const) {
    const refused = await desk.api('POST', '/backtests', { ...body, ...more })
    assert.deepEqual([refused.status, refused.body.errors[0].path], [400, path], JSON.stringify(refused.body))
  }
})

test('what is tried is measured against what was live when it was asked for', async () => {
  const general = await queueCalled('General')
  const { items } = await ok('GET', '/skills')
  const german = items.find((each: { name: string }) => each.name === 'German')
  const needs = [{ skillId: german.id, minLevel: 3, tier: 0 }]
  const routing = { queue: { ...asSaved(general), needs } }
  const { id } = await ok('POST', '/backtests', { candidate: 'live', routing, last: 30 })
  await ok('PATCH', `/queues/${general.id}`, { needs })
  const round = backtestNext(desk.running.desk)
  while ((await round()) === 'more');
  assert.ok((await ok('GET', `/backtests/${id}`)).report.routing.agents.otherwise > 0)
  await ok('PATCH', `/queues/${general.id}`, { needs: [] })
})

test('once there is a past, a queue goes live on its backtest, or with a reason', async () => {
  await Promise.all(
    Array.from({ length: 80 }, (_, number) =>
      ok('POST', '/tickets', {
        subject: 'More',
        body: 'Please',
        requester: { email: `n${number}@x.example` },
      }),
    ),
  )
  const general = await queueCalled('General')
  const change = { sticky: !general.sticky }
  const refused = await desk.api('PATCH', `/queues/${general.id}`, change)
  assert.deepEqual([refused.status, refused.body.refusal], [409, 'needs_reason'])
  await ok('PATCH', `/queues/${general.id}`, { title: 'General' })
  const { report } = await tried({ queue: { ...asSaved(general), ...change } })
  const isClean = report.findings.every(({ isWarning }: { isWarning: boolean }) => isWarning)
  const after = await desk.api('PATCH', `/queues/${general.id}`, change)
  assert.equal(after.status, isClean ? 200 : 409, JSON.stringify(after.body))
  await ok('PATCH', `/queues/${general.id}`, { sticky: general.sticky, reason: 'Back to how it was' })
  const [told] = (await ok('GET', '/audit?thing=queue')).items
  assert.ok(told.changes.some(({ to }: { to: unknown }) => to === 'Back to how it was'))
  // Its way back needs no reason of anybody's: it was live before.
  await ok(told.back.method, told.back.path, told.back.body)
  assert.equal((await queueCalled('General')).sticky, change.sticky)
})

test('a place in the order, a skill and units go live on their backtest, or with a reason, as a queue does', async () => {
  const { items: queues } = await ok('GET', '/queues')
  const last = queues.at(-1)
  const { items: skills } = await ok('GET', '/skills')
  const german = skills.find(({ name }: { name: string }) => name === 'German')
  const units = await ok('GET', '/queues/units')
  const needs = [{ q: 'tag:pulled', minLevel: 3, tier: 0 }]
  const changes = [
    ['PATCH', `/queues/${last.id}`, { position: 1 }, { queue: { ...asSaved(last), position: 1 } }],
    ['PATCH', `/skills/${german.id}`, { needs }, { skill: { id: german.id, name: 'Deutsch', needs } }],
    ['PUT', '/queues/units', { ...units, pending: 0.5 }, { units: { ...units, pending: 0.5 } }],
  ] as const
  for (const [method, path, body, change] of changes) {
    const refused = await desk.api(method, path, body)
    assert.deepEqual([refused.status, refused.body.refusal], [409, 'needs_reason'], path)
    const { report } = await tried(change)
    const isClean = report.findings.every(({ isWarning }: { isWarning: boolean }) => isWarning)
    const after = await desk.api(method, path, body)
    assert.equal(after.status, isClean ? 200 : 409, `${path} ${JSON.stringify(after.body)}`)
    await ok(method, path, { ...body, reason: 'The lead wants it' })
    // As it is now needs no try, and what was live before comes back without one.
    await ok(method, path, body)
    const { items } = await ok('GET', '/audit')
    const told = items.find(
      (each: { back: { path: string; body: { reason?: string } } | null }) => each.back?.path === path,
    )
    await ok(told.back.method, told.back.path, told.back.body)
  }
  const fresh = await desk.api('POST', '/skills', { name: 'Latin', needs })
  assert.equal(fresh.body.refusal, 'needs_reason')
  await ok('POST', '/skills', { name: 'Latin' })
  const archived = await desk.api('PATCH', `/queues/${last.id}`, { archived: true })
  assert.equal(archived.body.refusal, 'needs_reason')
})

test('a change of routing in a file is tried by the command, in the words of the API', async () => {
  const file = join(folder, 'change.json')
  writeFileSync(file, JSON.stringify({ staff: [{ id: world.ana.id, presence: 'offline' }] }))
  const one = await runDocket(desk, folder, [
    'backtest',
    '--try',
    file,
    '--last',
    '30d',
    '--routing',
    'hours',
  ])
  assert.deepEqual([one.code, /to somebody else: [1-9]/.test(one.out)], [0, true], one.err + one.out)
  writeFileSync(file, '{ "units": 7 }')
  assert.equal((await runDocket(desk, folder, ['backtest', '--try', file])).code, 65)
  assert.equal((await runDocket(desk, folder, ['backtest', '--try', join(folder, 'none.json')])).code, 66)
})

test('a routing file is tried by the command, and is not applied', async () => {
  const file = join(folder, 'routing.yaml')
  writeFileSync(
    file,
    `apiVersion: docket/v1\nkind: Routing\nqueues:\n  - { title: All, primaryTeams: [North], needs: [{ skill: German, minLevel: 3, tier: 0 }] }\n`,
  )
  const one = await runDocket(desk, folder, ['backtest', file, '--last', '30d', '--routing', 'hours'])
  assert.equal(one.code, 0, one.err)
  assert.match(one.out, /Routing, all of it assumed: 106 times in line/)
  assert.match(one.out, /to somebody else: [1-9]/)
  assert.equal((await ok('GET', '/queues')).items.length, 3)
  assert.equal((await runDocket(desk, folder, ['backtest', file, '--sample', '3'])).code, 64)
})
