// Where tickets stall: time in each status, ways between statuses, and the tickets that are stuck, each with a cause.
import { standingProposal } from '#assistant/run-store.ts'
import type { Desk } from '#desk/desk.ts'
import { namesFor, type Question } from '#desk/reports/ask.ts'
import { weeksBefore } from '#desk/reports/report.ts'
import { apart, spreadOf } from '#reporting/difference.ts'
import { causeOf, forecastOf, LEARNT_DAYS, type Forecast } from '#reporting/stalls.ts'
import type { Interval } from '#kit/statistics.ts'
import { plus } from '#kit/time.ts'
import {
  commonestPaths,
  pendingAtTheLast,
  teamWays,
  type LastMinute,
  type Path,
  type TeamWay,
} from '#reporting/path-store.ts'
import type { StallCause } from '#reporting/vocabulary.ts'
import { readAgents, readStaff } from '#routing/staff-store.ts'
import { flowOf, staysIn, stuckTickets, type StuckTicket, type Way } from '#reporting/stall-store.ts'
import { medianOf, survivalOf, timeUntil, type Lasted, type Survival } from '#reporting/survival.ts'
import type { Db } from '#store/database.ts'
import { activeStatuses, type ActiveStatus } from '#tickets/vocabulary.ts'

const MOST_STUCK = 500

export type Stalls = {
  readonly inStatus: readonly {
    readonly status: ActiveStatus
    readonly n: number
    readonly running: number
    /** Null: not reached. */
    readonly median: number | null
    readonly p95: number | null
    readonly steps: readonly Survival[]
    /** As it stood at the begin of what this is learnt from, of as many days. */
    readonly before: { readonly n: number; readonly median: number | null; readonly change: Interval | null }
  }[]
  readonly ways: readonly Way[]
  readonly teamWays: readonly (TeamWay & { readonly fromName: string; readonly toName: string })[]
  /** The commonest of the ways of all that ended. */
  readonly paths: readonly Path[]
  readonly ended: number
  readonly lastMinute: readonly LastMinute[]
  readonly stuck: readonly (StuckTicket & { readonly cause: StallCause })[]
  readonly forecast: Forecast
  /** There are more than are listed. */
  readonly more: boolean
}

/** Answers within the scope of a question; what it asks besides does not matter. */
export async function stallsOf(desk: Desk, db: Db, { asked, scope }: Question): Promise<Stalls> {
  const then = { ...scope, now: plus(scope.now, -LEARNT_DAYS * 86_400) }
  // What takes longest is asked side by side.
  const [[{ times, ways }, { times: timesBefore }], found, paths] = await Promise.all([
    inTurn(
      () => staysIn(db, scope),
      () => staysIn(db, then),
    ),
    stuckTickets(db, scope, MOST_STUCK + 1),
    commonestPaths(db, scope),
  ])
  const overloaded = await overloadedAgents(desk, db)
  const proposing = await withProposals(db, found)
  const nameOf = namesFor(await desk.setup.now(), 'team')
  return {
    inStatus: activeStatuses.map((status) => {
      const own = times.filter((each) => each.status === status)
      const past = timesBefore.filter((each) => each.status === status)
      const [steps, stepsBefore] = [survivalOf(own), survivalOf(past)]
      const [median, medianBefore] = [medianOf(steps), medianOf(stepsBefore)]
      return {
        status,
        n: countOf(own),
        running: own.reduce((sum, { lost }) => sum + lost, 0),
        median: timeUntil(steps, 0.5),
        p95: timeUntil(steps, 0.95),
        steps: thinned(steps),
        before: {
          n: countOf(past),
          median: timeUntil(stepsBefore, 0.5),
          change: median === null || medianBefore === null ? null : apart(median, medianBefore),
        },
      }
    }),
    ways,
    teamWays: (await teamWays(db, scope)).map((way) => ({
      ...way,
      fromName: nameOf(String(way.from)),
      toName: nameOf(String(way.to)),
    })),
    ...paths,
    lastMinute: await pendingAtTheLast(db, scope),
    stuck: found.slice(0, MOST_STUCK).map((each) => ({
      ...each,
      cause: causeOf({
        ...each,
        overloaded: overloaded.has(each.assigneeId ?? 0),
        proposes: proposing.has(each.ticketId),
      }),
    })),
    forecast: forecastOf(
      await flowOf(db, scope),
      spreadOf(await weeksBefore(db, { ...asked, key: 'netFlow' }, scope)),
    ),
    more: found.length > MOST_STUCK,
  }
}

async function inTurn<One, Other>(
  one: () => Promise<One>,
  other: () => Promise<Other>,
): Promise<[One, Other]> {
  return [await one(), await other()]
}

const countOf = (all: readonly Lasted[]) => all.reduce((sum, { ended, lost }) => sum + ended + lost, 0)

/** Those on which what a procedure proposes still waits for a yes. Few have ever had one: each is asked for itself. */
async function withProposals(db: Db, found: readonly StuckTicket[]): Promise<Set<number>> {
  const proposing = new Set<number>()
  for (const { ticketId, proposalSeq } of found)
    if (proposalSeq !== null && (await standingProposal(db, ticketId, proposalSeq)) !== null)
      proposing.add(ticketId)
  return proposing
}

/** Those who have more in hand than they are to have. */
async function overloadedAgents(desk: Desk, db: Db): Promise<Set<number>> {
  const { routing, sla } = await desk.setup.now()
  const agents = await readAgents(db, await readStaff(db), routing.units, sla.calendars, desk.clock.now())
  return new Set(agents.flatMap(({ id, used, maxUnits }) => (used > maxUnits ? [id] : [])))
}

/** No more points than a curve shows. */
function thinned(steps: readonly Survival[]): Survival[] {
  const every = Math.ceil(steps.length / 200)
  return steps.filter((_, index) => index % every === 0 || index === steps.length - 1)
}
