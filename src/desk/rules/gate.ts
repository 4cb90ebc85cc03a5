// The gate before anything goes live that judges tickets by itself: what its backtest must answer for, and who may go without.
import { gateProblems, GOOD_FOR_SECONDS, trialFor, UNTESTED } from '#backtest/gate.ts'
import { countHistory, trialsOf } from '#backtest/gate-store.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'
import { can, type Principal } from '#people/can.ts'
import type { RuleProblem } from '#rules/problem.ts'
import { liveVersion } from '#rules/rulebook-store.ts'
import type { Db } from '#store/database.ts'

export type Gate = {
  /** What somebody must answer for with a reason. */
  readonly problems: readonly RuleProblem[]
  readonly isUntested: boolean
  /** It was not tried, and whoever asks may not go without. */
  readonly isShut: boolean
  /** The backtest that it passes on; null without one. */
  readonly backtestId: number | null
}

/** The gate for what has this hash, on a desk with at least so many tickets; open on one with fewer. */
export async function gateOf(
  desk: Desk,
  db: Db,
  asked: { readonly hash: string; readonly by: Principal | null; readonly fromTickets: number },
): Promise<Gate> {
  const { hash, by, fromTickets } = asked
  if ((await countHistory(db, fromTickets)) < fromTickets)
    return { problems: [], isUntested: false, isShut: false, backtestId: null }
  const since = plus(desk.clock.now(), -GOOD_FOR_SECONDS)
  const trial = trialFor(await trialsOf(db, { hash, baselineVersion: await liveVersion(db), since }))
  const problems = gateProblems(trial)
  const isUntested = problems.some(({ code }) => code === UNTESTED)
  const isShut = isUntested && by !== null && !can(by, 'config.publish_without_backtest')
  return { problems, isUntested, isShut, backtestId: trial?.id ?? null }
}
