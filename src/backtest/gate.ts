// What a backtest must be so that rules may go live on it, and what somebody must still answer for.
import type { Finding } from '#backtest/report.ts'
import type { RuleProblem } from '#rules/problem.ts'

/** A backtest of the rules that are to go live, as far as the gate asks. */
export type Trial = {
  readonly id: number
  readonly days: number
  readonly tickets: number
  /** It begins before the first ticket of the desk. */
  readonly isWhole: boolean
  readonly findings: readonly Finding[]
}

/** Trials are good for so long. */
export const GOOD_FOR_SECONDS = 7 * 86_400
const DAYS = 30
const TICKETS = 1_000

export const UNTESTED = 'backtest_missing'

/** The newest trial that is long enough; trials come newest first. */
export function trialFor(trials: readonly Trial[]): Trial | undefined {
  return trials.find(isEnough)
}

/** What must be answered for with a name and a reason before what was tried goes live. */
export function gateProblems(trial: Trial | undefined): readonly RuleProblem[] {
  if (trial === undefined)
    return [problem(UNTESTED, 'No backtest of the last 7 days tried exactly this on enough tickets.')]
  return trial.findings
    .filter(({ isWarning }) => !isWarning)
    .map(({ code, about, baseline, candidate }) =>
      problem(
        code,
        `The backtest found: ${code}${about === null ? '' : ` ${about}`} (${baseline} → ${candidate}).`,
      ),
    )
}

function isEnough({ days, tickets, isWhole }: Trial): boolean {
  return tickets > 0 && (days >= DAYS || tickets >= TICKETS || isWhole)
}

function problem(code: string, message: string): RuleProblem {
  return { ruleId: null, place: 'backtest', code, level: 'warning', message }
}
