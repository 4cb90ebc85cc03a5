// Where tickets stall: time in each status, ways between statuses, and the tickets that are stuck, each with a cause.
import type { Desk } from '#desk/desk.ts'
import { namesFor, type Question } from '#desk/reports/ask.ts'
import { weeksBefore } from '#desk/reports/report.ts'
import { stuckBoard, type StuckBoard } from '#desk/reports/stuck.ts'
import { apart, spreadOf } from '#reporting/difference.ts'
import { forecastOf, type Forecast } from '#reporting/stalls.ts'
import type { Interval } from '#kit/statistics.ts'
import {
  commonestPaths,
  pendingAtTheLast,
  teamWays,
  type LastMinute,
  type Path,
  type TeamWay,
} from '#reporting/path-store.ts'
import { flowOf, staysIn, type Way } from '#reporting/stall-store.ts'
import { medianOf, survivalOf, timeUntil, type Lasted, type Survival } from '#reporting/survival.ts'
import type { Db } from '#store/database.ts'
import { activeStatuses, type ActiveStatus } from '#tickets/vocabulary.ts'

export type Stalls = StuckBoard & {
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
  readonly forecast: Forecast
}

/** Answers within the scope of a question; what it asks besides does not matter. */
export async function stallsOf(desk: Desk, db: Db, { asked, scope }: Question): Promise<Stalls> {
  // What takes longest is asked side by side.
  const [{ times, timesBefore, ways }, board, [paths, hops]] = await Promise.all([
    staysIn(db, scope),
    stuckBoard(desk, db, scope),
    inTurn(
      () => commonestPaths(db, scope),
      () => teamWays(db, scope),
    ),
  ])
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
    teamWays: hops.map((way) => ({
      ...way,
      fromName: nameOf(String(way.from)),
      toName: nameOf(String(way.to)),
    })),
    ...paths,
    lastMinute: await pendingAtTheLast(db, scope),
    ...board,
    forecast: forecastOf(
      await flowOf(db, scope),
      spreadOf(await weeksBefore(db, { ...asked, key: 'netFlow' }, scope)),
    ),
  }
}

async function inTurn<One, Other>(
  one: () => Promise<One>,
  other: () => Promise<Other>,
): Promise<[One, Other]> {
  return [await one(), await other()]
}

const countOf = (all: readonly Lasted[]) => all.reduce((sum, { ended, lost }) => sum + ended + lost, 0)

/** No more points than a curve shows. */
function thinned(steps: readonly Survival[]): Survival[] {
  const every = Math.ceil(steps.length / 200)
  return steps.filter((_, index) => index % every === 0 || index === steps.length - 1)
}
