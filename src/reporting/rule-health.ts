// What is wrong with a rule, by how it fared: judged only on enough of its firings.
import { wilson, type Bounds } from '#kit/statistics.ts'
import type { RuleVerdict } from '#reporting/vocabulary.ts'
import type { Rule } from '#rules/rule.ts'
import type { UpdateKind } from '#rules/scene.ts'

/** Firings of so many days, by what became of them. */
export type Fired = {
  readonly fired: number
  readonly noOp: number
  readonly refused: number
  readonly suppressed: number
  readonly conflicts: number
}

export const spans = [7, 30, 90] as const
export type Span = (typeof spans)[number]

export const NOTHING: Fired = { fired: 0, noOp: 0, refused: 0, suppressed: 0, conflicts: 0 }

/** The sum of those days that were from so many days ago on, and before so many. */
export function firedIn(
  days: readonly (Fired & { readonly daysAgo: number })[],
  from: number,
  before: number,
): Fired {
  return days
    .filter(({ daysAgo }) => daysAgo >= from && daysAgo < before)
    .reduce<Fired>(
      (sum, each) => ({
        fired: sum.fired + each.fired,
        noOp: sum.noOp + each.noOp,
        refused: sum.refused + each.refused,
        suppressed: sum.suppressed + each.suppressed,
        conflicts: sum.conflicts + each.conflicts,
      }),
      NOTHING,
    )
}

/** Of the firings that set a field, those whose value a person changed to another within a day. */
export type Regret = { readonly set: number; readonly regretted: number }

/** What it takes a person to do by hand what a rule does at once: assumed, and said beside it. */
export const BY_HAND_SECONDS = 15

/** The seconds that a rule saved: each firing that did something, but for the share that people took back. */
export function savedBy({ fired, noOp, refused }: Fired, { set, regretted }: Regret): number {
  const kept = set === 0 ? 1 : 1 - regretted / set
  return Math.round(Math.max(0, fired - noOp - refused) * kept * BY_HAND_SECONDS)
}

export type RuleFacts = {
  readonly rule: Pick<Rule, 'kind' | 'on' | 'do' | 'tests' | 'reviewBy'>
  readonly quarter: Fired
  readonly regret: Regret
  /** The most conflicts in 30 days with any one other rule. */
  readonly conflicts: number
  /** At least so often something it listens to happened in 90 days. */
  readonly occurred: number
  readonly isOwnerActive: boolean
  /** It is what it was a year ago. */
  readonly isOld: boolean
  /** It sends tickets to a team or queue that was put away. */
  readonly leadsNowhere: boolean
  /** A day. */
  readonly today: string
}

const OCCURRED_ENOUGH = 100
const CONFLICTS = 10
const REGRET = 0.2
const REGRET_SURE = 0.1
const ROUTE_REGRET = 0.1

/** The verdicts on a rule, in the order in which they are told. */
export function verdictsOn(facts: RuleFacts): RuleVerdict[] {
  const { rule, quarter, regret, conflicts, occurred, isOwnerActive, isOld, leadsNowhere, today } = facts
  const { share, low } = regretOf(regret)
  const found: Readonly<Record<RuleVerdict, boolean>> = {
    dead: quarter.fired === 0 && occurred >= OCCURRED_ENOUGH,
    orphan: !isOwnerActive || rule.reviewBy < today,
    noisy: quarter.fired > 100 && quarter.noOp / quarter.fired > 0.5,
    fighting: conflicts >= CONFLICTS,
    wrong: share > REGRET && low > REGRET_SURE,
    risky: reachesOut(rule) && (rule.tests ?? []).length === 0,
    stale_route: targetsOf(rule).length > 0 && isOld && (share >= ROUTE_REGRET || leadsNowhere),
  }
  return (Object.keys(found) as RuleVerdict[]).filter((verdict) => found[verdict])
}

/** The share of regretted firings with Wilson's interval; nothing of none. */
export function regretOf({ set, regretted }: Regret): Bounds & { readonly share: number } {
  const bounds = wilson(regretted, set) ?? { low: 0, high: 0 }
  return { share: set === 0 ? 0 : regretted / set, ...bounds }
}

/** Mails somebody outside, or says that a ticket is done. */
function reachesOut({ do: actions }: Pick<Rule, 'do'>): boolean {
  return actions.some((action) => {
    const { setStatus } = action as { setStatus?: unknown }
    return 'reply' in action || 'notify' in action || JSON.stringify(setStatus ?? '').includes('resolved')
  })
}

/** Where a rule sends tickets to. */
export function targetsOf({ do: actions }: Pick<Rule, 'do'>): { teamId?: number; queueId?: number }[] {
  return actions.flatMap((action) => [
    ...('setTeam' in action && action.setTeam !== null ? [{ teamId: action.setTeam }] : []),
    ...('setQueue' in action && action.setQueue !== null ? [{ queueId: action.setQueue }] : []),
  ])
}

/** How often things happened in 90 days, as far as reports count them. */
export type Occurred = Readonly<Partial<Record<UpdateKind, number>>>

/** How often at least something happened that a rule listens to; a timer looks at every ticket. */
export function occurredFor({ kind, on }: Pick<Rule, 'kind' | 'on'>, counts: Occurred): number {
  if (kind === 'macro') return 0
  if (kind === 'timer') return counts.any ?? 0
  return Math.max(0, ...on.map((each) => counts[each] ?? 0))
}
