// How the live rules fared in the last 7, 30 and 90 days, with what is wrong with each.
import type { Setup } from '#desk/setup-cache.ts'
import { localDate } from '#hours/zone.ts'
import type { Interval } from '#kit/statistics.ts'
import { plus, type Instant } from '#kit/time.ts'
import { countDifference, shareDifference, SPREAD_WEEKS, spreadOf } from '#reporting/difference.ts'
import {
  firedByWeek,
  firedWithin,
  fights,
  occurrences,
  regretByRule,
  spans,
  unchangedSince,
  type Span,
} from '#reporting/rule-health-store.ts'
import {
  occurredFor,
  regretOf,
  targetsOf,
  verdictsOn,
  type Fired,
  type Regret,
} from '#reporting/rule-health.ts'
import type { RuleVerdict } from '#reporting/vocabulary.ts'
import type { Rule } from '#rules/rule.ts'
import type { Db } from '#store/database.ts'

export type RuleFared = {
  readonly rule: Rule
  readonly ownerName: string
  readonly isOwnerActive: boolean
  readonly fired: Readonly<Record<Span, Fired>>
  readonly lastFiredAt: Instant | null
  readonly regret: Regret & ReturnType<typeof regretOf>
  /** Of the 90 days before, with what changed since; no change where there is too little to tell one by. */
  readonly before: {
    readonly fired: Fired
    readonly regret: Regret
    readonly change: Readonly<Record<'fired' | 'noOp' | 'regret', Interval | null>>
  }
  readonly fight: { readonly ruleId: number; readonly count: number } | null
  readonly verdicts: readonly RuleVerdict[]
}

const QUARTER_SECONDS = 90 * 86_400
const YEAR_SECONDS = 365 * 86_400
const NOTHING: Fired = { fired: 0, noOp: 0, refused: 0, suppressed: 0, conflicts: 0 }

/** Those with something wrong first, then by how often they fired. */
export async function rulesFared(
  db: Db,
  rules: readonly Rule[],
  { directory, desk }: Setup,
  now: Instant,
): Promise<RuleFared[]> {
  const live = rules.filter(({ enabled, kind }) => enabled && kind !== 'macro')
  const ids = live.map(({ id }) => id)
  const [fired, regrets] = [await firedWithin(db, now, ids), await regretByRule(db, now, ids)]
  const then = plus(now, -QUARTER_SECONDS)
  const [firedBefore, regretsBefore] = [await firedWithin(db, then, ids), await regretByRule(db, then, ids)]
  const weekly = await firedByWeek(db, now, SPREAD_WEEKS, ids)
  const [conflicts, occurred] = [await fights(db, now, ids), await occurrences(db, now)]
  const old = await unchangedSince(db, plus(now, -YEAR_SECONDS))
  const today = localDate(desk.timeZone, Date.parse(now))
  const fared = live.map((rule): RuleFared => {
    const own = fired.filter(({ ruleId }) => ruleId === rule.id)
    const within = (days: Span): Fired => own.find((each) => each.days === days) ?? NOTHING
    const regret = regrets.find(({ ruleId }) => ruleId === rule.id) ?? { set: 0, regretted: 0 }
    const past = {
      fired: firedBefore.find(({ ruleId, days }) => ruleId === rule.id && days === 90) ?? NOTHING,
      regret: regretsBefore.find(({ ruleId }) => ruleId === rule.id) ?? { set: 0, regretted: 0 },
    }
    const weeks = weekly.filter(({ ruleId }) => ruleId === rule.id)
    const fight = conflicts.find(({ ruleId }) => ruleId === rule.id)
    const owner = directory.agents.find(({ id }) => id === rule.ownerId)
    const isOwnerActive = owner !== undefined && !owner.archived
    const isGone = (list: typeof directory.teams, wanted: number | undefined) =>
      list.some(({ id, archived }) => archived && id === wanted)
    return {
      rule,
      ownerName: owner?.name ?? `#${rule.ownerId}`,
      isOwnerActive,
      fired: { 7: within(7), 30: within(30), 90: within(90) },
      lastFiredAt: own.find(({ days }) => days === spans.at(-1))?.lastFiredAt ?? null,
      regret: { ...regret, ...regretOf(regret) },
      before: { ...past, change: changesOf({ fired: within(90), regret }, past, weeks) },
      fight: fight === undefined ? null : { ruleId: fight.otherId, count: fight.count },
      verdicts: verdictsOn({
        rule,
        quarter: within(90),
        regret,
        conflicts: fight?.count ?? 0,
        occurred: occurredFor(rule, occurred),
        isOwnerActive,
        isOld: old.includes(rule.id),
        leadsNowhere: targetsOf(rule).some(
          ({ teamId, queueId }) => isGone(directory.teams, teamId) || isGone(directory.queues, queueId),
        ),
        today,
      }),
    }
  })
  return fared.toSorted(
    (a, b) => b.verdicts.length - a.verdicts.length || b.fired[90].fired - a.fired[90].fired,
  )
}

type Quarter = { readonly fired: Fired; readonly regret: Regret }

/** How firings, the share of those that did nothing and regret changed; how restless its firings are, the rule's own weeks say. */
function changesOf(
  now: Quarter,
  past: Quarter,
  weeks: readonly { readonly week: number; readonly fired: number }[],
): RuleFared['before']['change'] {
  const counted = (value: number) => ({ value, things: value })
  const spread = spreadOf(
    Array.from({ length: SPREAD_WEEKS }, (_, week) =>
      counted(weeks.find((each) => each.week === week)?.fired ?? 0),
    ),
  )
  const idle = ({ fired: { noOp, fired } }: Quarter) => ({ hits: noOp, n: fired })
  const regretted = ({ regret }: Quarter) => ({ hits: regret.regretted, n: regret.set })
  return {
    fired: spread && countDifference(counted(now.fired.fired), counted(past.fired.fired), spread),
    noOp: shareDifference(idle(now), idle(past)),
    regret: shareDifference(regretted(now), regretted(past)),
  }
}
