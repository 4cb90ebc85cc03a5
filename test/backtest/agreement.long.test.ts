// Policies and calendars are tried on the past before they are published: what would have been kept, and what must be answered for.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { backtestNext } from '#desk/past/backtest-lane.ts'
import { instant } from '#kit/time.ts'
import { createToken } from '#people/access-store.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'

const HOUR = 3_600
const TICKETS = 100
/** The past: so many of them are answered after three hours, the others after one. */
const SLOW = 40

let desk: TestDesk
before(async () => {
  desk = await startDesk({ work: false })
  desk.clock.set(instant(Date.parse('2026-03-02T08:00:00.000Z')))
})
after(() => desk.close())

const ok = async (method: string, path: string, body?: unknown) => {
  const answer = await desk.api(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path} ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const promising = (hours: number, calendar = 'always') => ({
  title: 'Everybody',
  q: '',
  options: { agentCreatedCounts: true },
  targets: ['urgent', 'high', 'normal', 'low'].map((priority) => ({
    metric: 'first_reply',
    priority,
    seconds: hours * HOUR,
    calendar,
  })),
})
const tried = async (agreement: object) => {
  const { id, agreement: named } = await ok('POST', '/backtests', { candidate: 'live', agreement, last: 90 })
  const round = backtestNext(desk.running.desk)
  while ((await round()) === 'more');
  const { report, state, failure } = await ok('GET', `/backtests/${id}`)
  assert.equal(state, 'done', failure)
  return { report, id, named }
}
const codesOf = ({ body }: { body: { problems: { code: string }[] } }) =>
  body.problems.map(({ code }) => code)

let policyId = 0

test('a desk with a short past is not asked; with a hundred tickets it is', async () => {
  policyId = (await ok('POST', '/policies', { ...promising(4), kind: 'customer' })).id
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  const ids: number[] = []
  for (let index = 0; index < TICKETS; index++)
    ids.push((await ok('POST', '/tickets', { subject: `Lamp ${index}`, body: 'It is dark', requester })).id)
  const answer = (id: number) => ok('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'We look' })
  desk.clock.pass(HOUR)
  for (const id of ids.slice(SLOW)) await answer(id)
  desk.clock.pass(2 * HOUR)
  for (const id of ids.slice(0, SLOW)) await answer(id)
  const refused = await desk.api('POST', `/policies/${policyId}/versions`, promising(2))
  assert.deepEqual(
    [refused.status, refused.body.refusal, codesOf(refused)],
    [409, 'needs_reason', ['backtest_missing']],
  )
  const { principal } = await desk.addAgent('Ann', 'admin')
  const { secret } = await createToken(desk.running.desk.database, {
    name: 'promises',
    agentId: principal.agentId,
    scopes: ['desk:write'],
    at: desk.clock.now(),
    expiresAt: null,
  })
  const shut = await desk.as(secret)('POST', `/policies/${policyId}/versions`, {
    ...promising(2),
    reason: 'because',
  })
  assert.deepEqual([shut.status, shut.body.refusal], [409, 'needs_backtest'])
})

test('its backtest lists the breaches it would have brought, and they must be answered for', async () => {
  const { report, id, named } = await tried({ policy: { ...promising(2), kind: 'customer', id: policyId } })
  assert.deepEqual(named, { type: 'policy', name: 'Everybody' })
  assert.equal(report.diffs, SLOW)
  assert.equal(report.fidelity.share, 1)
  assert.equal(report.sla.breached.length, SLOW)
  const [metric] = report.sla.metrics
  assert.deepEqual([metric.metric, metric.attainment], ['first_reply', { baseline: 1, candidate: 0.6 }])
  const { items } = await ok('GET', `/backtests/${id}/diffs?kind=breached&limit=100`)
  assert.equal(items.length, SLOW)
  const one = await ok('GET', `/backtests/${id}/diffs/${items[0].ticketId}`)
  assert.ok(one.candidate.some(({ events }: { events: string[] }) => events.includes('sla_breached')))
  const refused = await desk.api('POST', `/policies/${policyId}/versions`, promising(2))
  assert.deepEqual([refused.status, codesOf(refused)], [409, ['sla_worse']])
  const other = await desk.api('POST', `/policies/${policyId}/versions`, promising(3))
  assert.deepEqual(codesOf(other), ['backtest_missing'], 'another promise was not tried')
  const reason = 'Two hours are in the contract'
  assert.equal((await ok('POST', `/policies/${policyId}/versions`, { ...promising(2), reason })).version, 2)
  const [entry] = (await ok('GET', '/audit?limit=1')).items
  const told = entry.changes.find(({ field }: { field: string }) => field === 'acknowledged')
  assert.deepEqual([told.from, told.to], [['sla_worse'], reason])
})

test('what was live once comes back without a backtest; a gentler promise needs one and no reason', async () => {
  assert.equal((await ok('POST', `/policies/${policyId}/versions`, promising(4))).version, 3)
  await tried({ policy: { ...promising(6), kind: 'customer', id: policyId } })
  assert.equal((await ok('POST', `/policies/${policyId}/versions`, promising(6))).version, 4)
})

test('other working hours are tried as if they had always been there', async () => {
  const week = (from: string, to: string) => ({
    timeZone: 'UTC',
    weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [[from, to]]])),
  })
  const calendar = await ok('POST', '/calendars', { name: 'Office', hours: week('08:00', '10:00') })
  const terms = promising(2.5, String(calendar.id))
  const reason = 'tried in thought'
  await ok('POST', `/policies/${policyId}/versions`, { ...terms, reason })
  const hours = week('08:00', '18:00')
  const { report, named } = await tried({ calendar: { id: calendar.id, hours } })
  assert.deepEqual(named, { type: 'calendar', name: 'Office' })
  assert.equal(report.sla.breached.length, SLOW)
  const refused = await desk.api('POST', `/calendars/${calendar.id}/versions`, { hours })
  assert.deepEqual(codesOf(refused), ['sla_worse'])
  assert.equal((await desk.api('POST', `/calendars/${calendar.id}/versions`, { hours, reason })).status, 201)
})

test('hours that are to begin later are known again by what they say, not by when they begin', async () => {
  const hours = { timeZone: 'UTC', weekly: { mon: [['08:00', '12:00']] } }
  const effectiveFrom = '2026-04-01T00:00:00.000Z'
  const { items } = await ok('GET', '/calendars')
  const { id } = items.find(({ name }: { name: string }) => name === 'Office')
  await tried({ calendar: { id, hours, effectiveFrom } })
  const published = await desk.api('POST', `/calendars/${id}/versions`, { hours, effectiveFrom })
  const codes = published.status === 201 ? [] : codesOf(published)
  assert.ok(!codes.includes('backtest_missing'), codes.join())
})

test('an agreement that does not read is refused with its place', async () => {
  const bad = async (agreement: object) => {
    const { status, body } = await desk.api('POST', '/backtests', { candidate: 'live', agreement, last: 90 })
    return [status, body.errors?.[0]?.path]
  }
  assert.deepEqual(await bad({}), [400, 'agreement'])
  assert.deepEqual(await bad({ calendar: { id: 4_711, hours: { timeZone: 'UTC', weekly: {} } } }), [
    400,
    'agreement.calendar.id',
  ])
})
