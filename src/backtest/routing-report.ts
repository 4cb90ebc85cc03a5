// What two plays of the same past under two ways of routing say: who would have got what, how long it waited, what each had to do. All of
// it is assumed, since both are played; nobody in them reacts to anything.
import type { Matrix, Pair, RoutingReport, Waits } from '#backtest/report.ts'
import { ALWAYS } from '#hours/calendar.ts'
import { workingTime } from '#hours/working-time.ts'
import { quantile } from '#kit/statistics.ts'
import { shiftsOf } from '#routing/report.ts'
import type { Play, Scenario } from '#routing/simulate.ts'

type PlayedSide = { readonly scenario: Scenario; readonly play: Play; readonly withoutQueue: number }
type About = Pick<RoutingReport, 'presence' | 'byHours' | 'answers' | 'leftOut'>

/** The most cells of a matrix that are told. */
const CELLS = 200
const HOUR = 3_600_000

/** Puts two plays side by side. */
export function routingReportOf(baseline: PlayedSide, candidate: PlayedSide, about: About): RoutingReport {
  const of = (what: (side: PlayedSide) => number): Pair => ({
    baseline: what(baseline),
    candidate: what(candidate),
  })
  const ids = (what: (scenario: Scenario) => readonly { readonly id: number }[]) =>
    [...new Set([...what(baseline.scenario), ...what(candidate.scenario)].map(({ id }) => id))].toSorted(
      (a, b) => a - b,
    )
  const [agentThen, agentNow] = [agentsOf(baseline), agentsOf(candidate)]
  const queues = { baseline: queuesOf(baseline), candidate: queuesOf(candidate) }
  const queuesIn = (side: PlayedSide) => (side === baseline ? queues.baseline : queues.candidate)
  return {
    ...about,
    arrivals: of(({ scenario }) => scenario.arrivals.length),
    withoutQueue: of(({ withoutQueue }) => withoutQueue),
    agents: matrixOf(agentThen, agentNow),
    queues: matrixOf(queues.baseline, queues.candidate),
    inLine: spread(of, (side) => waitsInLine(side, () => true)),
    begun: spread(of, waitsToBegin),
    left: of(({ play }) => play.left.length),
    byQueue: ids((scenario) => scenario.queues).map((queueId) => {
      const isIn = (side: PlayedSide) => (id: number) => queuesIn(side).get(id) === queueId
      return {
        queueId,
        tickets: of((side) => side.scenario.arrivals.filter(({ id }) => isIn(side)(id)).length),
        left: of((side) => side.play.left.filter(({ id }) => isIn(side)(id)).length),
        ...spread(of, (side) => waitsInLine(side, isIn(side))),
      }
    }),
    byAgent: ids((scenario) => scenario.agents).map((agentId) => ({
      agentId,
      tickets: of(({ play }) => [...play.given.values()].filter((each) => each.agentId === agentId).length),
      workHours: of(({ play }) => hours(workOf(play, agentId))),
      fullHours: of((side) => hours(fullOf(side, agentId))),
    })),
  }
}

type Of = (what: (side: PlayedSide) => number) => Pair

function spread(of: Of, waits: (side: PlayedSide) => readonly number[]): Waits {
  return {
    p50Seconds: of((side) => Math.round(quantile(waits(side), 0.5))),
    p90Seconds: of((side) => Math.round(quantile(waits(side), 0.9))),
  }
}

/** Who waits at the end has waited until then at least: to leave them out would praise a queue that leaves people waiting. */
function waitsInLine({ scenario, play }: PlayedSide, isMeant: (id: number) => boolean): number[] {
  const inLine = new Map(play.left.map(({ id }) => [id, scenario.until]))
  return scenario.arrivals.flatMap(({ id, at }) => {
    const until = play.given.get(id)?.at ?? inLine.get(id)
    return until === undefined || !isMeant(id) ? [] : [(until - at) / 1000]
  })
}

function waitsToBegin({ scenario, play }: PlayedSide): number[] {
  const { until } = scenario
  return [
    ...play.started.map(({ arrival, at }) => (at - arrival.at) / 1000),
    ...(until === undefined ? [] : play.left.map(({ at }) => (until - at) / 1000)),
  ]
}

/** Whom each place in line went to. */
function agentsOf({ scenario, play }: PlayedSide): Map<number, number | null> {
  return new Map(scenario.arrivals.map(({ id }) => [id, play.given.get(id)?.agentId ?? null]))
}

/** The queue that each place was given out of, else the one it waits in at the end, else the one it came into. */
function queuesOf({ scenario, play }: PlayedSide): Map<number, number | null> {
  const last = new Map(play.left.map(({ id, queueId }) => [id, queueId]))
  return new Map(
    scenario.arrivals.map(({ id, queueId }) => [id, play.given.get(id)?.queueId ?? last.get(id) ?? queueId]),
  )
}

function matrixOf(then: ReadonlyMap<number, number | null>, now: ReadonlyMap<number, number | null>): Matrix {
  const cells = new Map<string, { from: number | null; to: number | null; count: number }>()
  for (const id of new Set([...then.keys(), ...now.keys()])) {
    const [from, to] = [then.get(id) ?? null, now.get(id) ?? null]
    if (from === to) continue
    const key = `${from} ${to}`
    const cell = cells.get(key) ?? { from, to, count: 0 }
    cells.set(key, cell)
    cell.count++
  }
  const all = [...cells.values()].toSorted(
    (a, b) => b.count - a.count || (a.from ?? 0) - (b.from ?? 0) || (a.to ?? 0) - (b.to ?? 0),
  )
  return { otherwise: all.reduce((sum, { count }) => sum + count, 0), cells: all.slice(0, CELLS) }
}

function workOf({ started }: Play, agentId: number): number {
  return started
    .filter((each) => each.agentId === agentId)
    .reduce((sum, { arrival }) => sum + arrival.workMs, 0)
}

/** How long somebody was there with all the units they can have. */
function fullOf({ scenario, play }: PlayedSide, agentId: number): number {
  const agent = scenario.agents.find(({ id }) => id === agentId)
  if (agent === undefined) return 0
  const end = scenario.until ?? Infinity
  const ends = new Map(play.started.map(({ arrival, endsAt }) => [arrival.id, Math.min(endsAt, end)]))
  const units = new Map(scenario.arrivals.map((arrival) => [arrival.id, arrival.units]))
  const turns = [...play.given].flatMap(([id, given]) => {
    if (given.agentId !== agentId) return []
    const held = units.get(id) ?? 0
    return [
      { at: given.at, units: held },
      { at: ends.get(id) ?? end, units: -held },
    ]
  })
  let [used, full] = [0, 0]
  let since: number | null = null
  for (const turn of turns.toSorted((a, b) => a.at - b.at || a.units - b.units)) {
    used += turn.units
    const isFull = used >= agent.maxUnits - 1e-9
    if (isFull) since ??= turn.at
    else if (since !== null) {
      full += there(scenario, agentId, since, turn.at)
      since = null
    }
  }
  return full
}

function there({ agents, presences = [] }: Scenario, agentId: number, from: number, to: number): number {
  if (to === Infinity) return 0
  const own = presences.filter((each) => each.agentId === agentId)
  const calendar = agents.find(({ id }) => id === agentId)?.calendar ?? ALWAYS
  const stretches = own.length === 0 ? [{ from, to }] : shiftsOf(own, from, to)
  return stretches.reduce((sum, each) => sum + workingTime(calendar, each.from, each.to), 0)
}

/** To a tenth: more would look as if it were known. */
function hours(ms: number): number {
  return Math.round((ms / HOUR) * 10) / 10
}
