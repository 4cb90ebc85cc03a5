// Routing in a backtest: every time that a ticket came into line under either configuration is gathered while the tickets are lived again;
// then both days are played by the match that works live, some moments at a time.
import { arrivalsOf, type Arrived } from '#backtest/arrivals.ts'
import type { Configuration, PastTicket } from '#backtest/past-ticket.ts'
import type { Replay } from '#backtest/replay.ts'
import type { RoutingPresence, RoutingReport } from '#backtest/report.ts'
import { routingReportOf } from '#backtest/routing-report.ts'
import type { Desk } from '#desk/desk.ts'
import { pacesBy, roster } from '#desk/past/roster.ts'
import { stream } from '#kit/statistics.ts'
import { plus, type Instant } from '#kit/time.ts'
import { readyQueue, type RoutingBook } from '#routing/book.ts'
import { listConflicts } from '#routing/conflict-store.ts'
import { bookWith, presencesTried, staffWith, type TriedRouting } from '#routing/draft-book.ts'
import { pacesOfAnswers } from '#routing/history-store.ts'
import type { Agent, Presence } from '#routing/model.ts'
import type { PresenceChange } from '#routing/report.ts'
import { presencesSince } from '#routing/report-store.ts'
import { playSteps, type Arrival, type Play, type Scenario } from '#routing/simulate.ts'
import type { StaffRow } from '#routing/staff-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { giveWay } from '#store/live-work.ts'

/** More than that are not played: the newest are. */
const MOST_ARRIVALS = 10_000
const LEARNT_FROM_DAYS = 180
const MOST_CONFLICTS = 10_000
/** Moments in one step. */
const STEP = 200

export type RoutingAsked = {
  readonly presence: RoutingPresence
  readonly baseline: Way
  readonly candidate: Way
}

/** One way of routing: by which book, and whom it has; some of them tried as being there, or not, all the time. */
export type Way = {
  readonly book: RoutingBook
  readonly staff: readonly StaffRow[]
  readonly presences?: ReadonlyMap<number, Presence>
}

/** A way of routing with what is tried of it in its place. */
export function wayWith({ book, staff }: Way, tried: TriedRouting): Way {
  return { book: bookWith(book, tried), staff: staffWith(staff, tried), presences: presencesTried(tried) }
}

/** Both ways of routing on their way. */
export type RoutingPlay = {
  /** Takes in a ticket, as it was lived under both. */
  readonly note: (past: PastTicket, baseline: Replay, candidate: Replay) => void
  /** Plays on for a while; false when both have come to their end. */
  readonly next: () => Promise<boolean>
  readonly report: () => RoutingReport
}

/** Gathers who was there and how they work. */
export async function beginRouting(
  desk: Desk,
  asked: RoutingAsked,
  under: Under & { readonly seed: number },
): Promise<RoutingPlay> {
  const { window, seed } = under
  const learnt = await learn(desk, window.to)
  const sides = await sidesOf(desk, asked, under)
  const note = (past: PastTicket, ...lives: readonly [Replay, Replay]) => {
    for (const [index, { configuration, book, arrived }] of sides.entries()) {
      const life = lives[index]
      if (life === undefined) continue
      const workMs = (place: number, ending: Ticket) => learnt.workOf(ending, drawFor(place, seed))
      const how = { ...learnt, configuration, book, window, workMs }
      gather(arrived, arrivalsOf(past, life, lives[0].ticket, how))
    }
  }
  const plays: { scenario: Scenario; play: Play; withoutQueue: number }[] = []
  let running: { readonly scenario: Scenario; readonly steps: ReturnType<typeof playSteps> } | null = null
  const begin = ({ configuration, book, arrived, there: { agents, presences } }: Side) => {
    const scenario: Scenario = {
      queues: book.queues.map((row) => readyQueue(row, configuration.sla.calendars)),
      agents,
      presences,
      ...newest(arrived),
      until: Date.parse(window.to),
    }
    return { scenario, steps: playSteps(scenario, 'docket') }
  }
  const next = async () => {
    const side = sides[plays.length]
    if (side === undefined) return false
    running ??= begin(side)
    for (let moment = 1; moment <= STEP; moment++) {
      const { done, value } = running.steps.next()
      if (done === true) {
        plays.push({ scenario: running.scenario, play: value, withoutQueue: side.arrived.withoutQueue })
        running = null
        return true
      }
      // Live work comes first: where thousands wait, one moment takes long enough.
      await giveWay()
    }
    return true
  }
  const report = () => {
    const [baseline, candidate] = plays
    if (baseline === undefined || candidate === undefined) throw new Error('Bug: routing was not played')
    return routingReportOf(baseline, candidate, {
      presence: asked.presence,
      byHours: sides[0]?.there.byHours ?? 0,
      answers: learnt.answers,
      leftOut: Math.max(
        ...sides.map(({ arrived }) => arrived.leftOut + Math.max(0, arrived.arrivals.length - MOST_ARRIVALS)),
      ),
    })
  }
  return { note, next, report }
}

type Under = {
  readonly baseline: Configuration
  readonly candidate: Configuration
  readonly window: { readonly from: Instant; readonly to: Instant }
}

/** One of both: what it is played under, who was there, and what has come so far. */
type Side = {
  readonly configuration: Configuration
  readonly book: RoutingBook
  readonly there: There
  readonly arrived: Gathered
}

async function sidesOf(desk: Desk, asked: RoutingAsked, under: Under): Promise<readonly Side[]> {
  const kept = await presencesIn(desk, asked.presence, under.window)
  const sides: Side[] = []
  for (const which of ['baseline', 'candidate'] as const)
    sides.push({
      configuration: under[which],
      book: asked[which].book,
      there: await whoWasThere(desk, asked[which], kept),
      arrived: { arrivals: [], changes: [], withoutQueue: 0, leftOut: 0 },
    })
  return sides
}

type Gathered = {
  arrivals: Arrival[]
  changes: { readonly at: number; readonly id: number; readonly to: Arrival | null }[]
  withoutQueue: number
  /** Earlier ones, of which nothing is kept. */
  leftOut: number
}

function gather(all: Gathered, { arrivals, changes, withoutQueue }: Arrived): void {
  all.arrivals.push(...arrivals)
  all.changes.push(...changes)
  all.withoutQueue += withoutQueue
  // What will not be played is not kept: of a large desk it is most of it.
  if (all.arrivals.length <= 2 * MOST_ARRIVALS) return
  const kept = newest(all)
  all.leftOut += all.arrivals.length - kept.arrivals.length
  all.arrivals = [...kept.arrivals]
  all.changes = [...(kept.changes ?? [])]
}

function newest({ arrivals, changes }: Gathered): Pick<Scenario, 'arrivals' | 'changes'> {
  const kept = arrivals.toSorted((a, b) => a.at - b.at || a.id - b.id).slice(-MOST_ARRIVALS)
  const ids = new Set(kept.map(({ id }) => id))
  const meant = changes.filter(({ id }) => ids.has(id)).toSorted((a, b) => a.at - b.at || a.id - b.id)
  return { arrivals: kept, changes: meant }
}

/** The same draw for the same place under either configuration, whatever else is played. */
function drawFor(place: number, seed: number): number {
  return stream(Math.imul(seed + 1, 0x9e3779b1) + place)()
}

/** How agents work, as far as their answers tell; and whose tickets they must not have. */
async function learn(desk: Desk, until: Instant) {
  const db = desk.database
  const paces = await pacesOfAnswers(db, plus(until, -LEARNT_FROM_DAYS * 86_400), until)
  const paceOf = pacesBy(paces)
  const pairs = await listConflicts(db, { limit: MOST_CONFLICTS, after: null })
  return {
    answers: paces.length,
    workOf: ({ categoryId, replyCount }: Ticket, draw: number) =>
      paceOf(categoryId, draw) * Math.max(1, replyCount),
    usual: (categoryId: number | null) => (paces.length === 0 ? null : paceOf(categoryId, 0.5) / 1000),
    conflicts: ({ requesterId, organizationId }: Ticket) =>
      pairs
        .filter(
          ({ person, organization }) =>
            person?.id === requesterId || (organization !== null && organization.id === organizationId),
        )
        .map(({ agent }) => agent.id),
  }
}

/** What agents said themselves of when they were there, where it is asked for. */
async function presencesIn(
  desk: Desk,
  presence: RoutingPresence,
  window: { readonly from: Instant; readonly to: Instant },
): Promise<readonly PresenceChange[]> {
  const end = Date.parse(window.to)
  const kept = presence === 'synthetic' ? [] : await presencesSince(desk.database, window.from)
  return kept.filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at || a.agentId - b.agentId)
}

/** `byHours` counts those of whom nothing was kept. */
type There = {
  readonly agents: readonly Agent[]
  readonly presences: readonly PresenceChange[]
  readonly byHours: number
}

/** As they said themselves where that was kept, else by their hours; as it is tried where it is. */
async function whoWasThere(
  desk: Desk,
  { staff, presences: tried = new Map() }: Way,
  kept: readonly PresenceChange[],
): Promise<There> {
  const told = new Set(kept.map(({ agentId }) => agentId))
  const agents = await roster(desk, staff, told)
  return {
    agents: agents.map((agent) => ({ ...agent, presence: tried.get(agent.id) ?? agent.presence })),
    presences: kept.filter(({ agentId }) => !tried.has(agentId)),
    byHours: agents.filter(({ id }) => !told.has(id)).length,
  }
}
