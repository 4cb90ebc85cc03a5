// Routing in a backtest: the times that tickets come into line, played twice.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { arrivalsOf, type Arrived } from '#backtest/arrivals.ts'
import { always } from '#backtest/configuration.ts'
import type { Configuration, PastTicket } from '#backtest/past-ticket.ts'
import { replay } from '#backtest/replay.ts'
import type { RoutingReport } from '#backtest/report.ts'
import { routingReportOf } from '#backtest/routing-report.ts'
import { days, lived, saying, under } from '#backtest/sentences.ts'
import { plus } from '#kit/time.ts'
import { emptyRouting, type QueueRow, type RoutingBook } from '#routing/book.ts'
import { bookWithQueue, FRESH } from '#routing/draft-book.ts'
import type { Agent } from '#routing/model.ts'
import type { PresenceChange } from '#routing/report.ts'
import { readyQueue } from '#routing/book.ts'
import { agent, office, queue } from '#routing/sentences.ts'
import { play, type Scenario } from '#routing/simulate.ts'
import { is, rule } from '#rules/sentences.ts'
import { hashOf } from '#rules/rulebook.ts'
import { ada, agentAda, does, mail, monday, opened, requesterCy, set } from '#tickets/sentences.ts'

const [hour, minute] = [3_600, 60]
const window = { from: plus(monday, -hour), to: plus(monday, days(2)) }
const { id: _, title: __, calendar: ___, ...terms } = queue()
const row = (id: number, more: Partial<QueueRow['definition']> = {}): QueueRow => ({
  id,
  title: `Queue ${id}`,
  position: id,
  version: 1,
  definition: { ...terms, filter: null, calendarId: 'always', needs: [], vip: null, sticky: false, ...more },
})
const bookOf = (...queues: QueueRow[]): RoutingBook => ({
  ...emptyRouting,
  queues,
  skills: [{ id: 1, name: 'German', needs: [] }],
})
const plain = bookOf(row(1))
const staff: readonly Agent[] = [
  agent(1, { calendar: office, maxUnits: 2 }),
  agent(2, { calendar: office, maxUnits: 2, skills: { 1: 4 } }),
]
const past = (count: number): readonly PastTicket[] =>
  Array.from({ length: count }, (___, index) =>
    lived(index + 1, under([]), [{ ...opened(), at: index * 5 * minute }]),
  )

function arrivedIn(pasts: readonly PastTicket[], configuration: Configuration, book: RoutingBook): Arrived[] {
  return pasts.map((each) => {
    const life = replay(each, always(configuration), window.to)
    assert.ok(life)
    return arrivalsOf(each, life, life.ticket, {
      configuration,
      book,
      window,
      workMs: (place) => (10 + (place % 7)) * 60_000,
      usual: () => null,
      conflicts: () => [],
    })
  })
}

type Way = { readonly configuration?: Configuration; readonly book: RoutingBook }

function played(
  pasts: readonly PastTicket[],
  ways: { readonly baseline: Way; readonly candidate: Way },
  presences: readonly PresenceChange[] = [],
): RoutingReport {
  const side = ({ configuration = under([]), book }: Way) => {
    const arrived = arrivedIn(pasts, configuration, book)
    const scenario: Scenario = {
      queues: book.queues.map((each) => readyQueue(each, new Map())),
      agents: staff,
      presences,
      arrivals: arrived.flatMap(({ arrivals }) => arrivals),
      changes: arrived.flatMap(({ changes }) => changes).toSorted((a, b) => a.at - b.at),
      until: Date.parse(window.to),
    }
    const withoutQueue = arrived.reduce((sum, each) => sum + each.withoutQueue, 0)
    return { scenario, play: play(scenario, 'docket'), withoutQueue }
  }
  const about = { presence: 'synthetic', byHours: 2, answers: 0, leftOut: 0 } as const
  return routingReportOf(side(ways.baseline), side(ways.candidate), about)
}

test('the candidate is the baseline: nobody gets anything else, and twice the same bytes', () => {
  const same = { baseline: { book: plain }, candidate: { book: bookOf(row(1)) } }
  const report = played(past(30), same)
  const nothing = { otherwise: 0, cells: [] }
  assert.deepEqual([report.agents, report.queues], [nothing, nothing])
  const pairs = [report.arrivals, report.left, report.inLine.p90Seconds, report.begun.p50Seconds]
  for (const { baseline, candidate } of [...pairs, ...report.byAgent.map(({ workHours }) => workHours)])
    assert.equal(candidate, baseline)
  assert.equal(report.arrivals.baseline, 30)
  assert.ok(report.byAgent.every(({ tickets, fullHours }) => tickets.baseline > 0 && fullHours.baseline > 0))
  assert.equal(hashOf(played(past(30), same)), hashOf(report))
})

test('a queue that asks for a skill gives its tickets to who has it, and they wait longer', () => {
  const german = row(1, { needs: [{ skillId: 1, minLevel: 3, tier: 0 }] })
  const report = played(past(20), {
    baseline: { book: plain },
    candidate: { book: bookWithQueue(plain, german) },
  })
  assert.deepEqual(
    report.agents.cells.map(({ from, to }) => [from, to]),
    [[1, 2]],
  )
  assert.ok(report.agents.otherwise > 0)
  assert.ok(report.begun.p90Seconds.candidate > report.begun.p90Seconds.baseline)
})

test('a queue that is not there yet stands behind the others and takes what they leave', () => {
  const high = bookOf(row(1, { filter: is('priority', 'high') }))
  const candidate = bookWithQueue(high, { id: null, title: 'Rest', definition: row(2).definition })
  const report = played(past(4), { baseline: { book: high }, candidate: { book: candidate } })
  assert.deepEqual(report.withoutQueue, { baseline: 4, candidate: 0 })
  assert.deepEqual(report.queues.cells, [{ from: null, to: FRESH, count: 4 }])
})

test('rules decide about queues, too: what they set at the opening is what the queue sees', () => {
  const book = bookOf(row(1, { filter: is('priority', 'high') }), row(2))
  const raises = under([rule(1, { on: ['created'], do: [{ setPriority: 'high' }] })])
  const report = played(past(3), { baseline: { book }, candidate: { book, configuration: raises } })
  assert.deepEqual(report.queues.cells, [{ from: 2, to: 1, count: 3 }])
})

test('a reopening is another time in line; who is settled without anybody leaves it; what people did is played anew', () => {
  const answered = [set(agentAda, { status: 'resolved', assigneeId: ada }, { at: hour })]
  const back = [...answered, set(agentAda, { assigneeId: null }, { at: 2 * hour }), mail({ at: 3 * hour })]
  const solved = [does(requesterCy, { kind: 'press', button: 'solved' }, { at: 20 * minute })]
  const at = (id: number, steps: readonly Parameters<typeof saying>[2][]) =>
    saying(id, 'Hello', steps.flat() as never)
  const [twice, gone, once] = arrivedIn([at(1, [back]), at(2, [solved]), at(3, [answered])], under([]), plain)
  assert.deepEqual(
    twice?.arrivals.map(({ id, at: moment }) => [id, moment - Date.parse(monday)]),
    [
      [1_000, 0],
      [1_001, 3 * hour * 1_000],
    ],
  )
  assert.deepEqual(gone?.changes, [{ at: Date.parse(plus(monday, 20 * minute)), id: 2_000, to: null }])
  assert.deepEqual([once?.arrivals.length, once?.changes], [1, []])
})

test('who said that they were away gets nothing while they were', () => {
  const away = [{ agentId: 1, at: Date.parse(monday), presence: 'away' as const }]
  const report = played(past(6), { baseline: { book: plain }, candidate: { book: plain } }, away)
  assert.deepEqual(
    report.byAgent.map(({ tickets }) => tickets.baseline > 0),
    [false, true],
  )
})
