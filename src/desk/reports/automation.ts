// How the live rules fared in the last 7, 30 and 90 days, with what is wrong with each.
import type { Setup } from '#desk/setup-cache.ts'
import { localDate } from '#hours/zone.ts'
import type { Interval } from '#kit/statistics.ts'
import { plus, type Instant } from '#kit/time.ts'
import { countDifference, shareDifference, SPREAD_WEEKS, spreadOf } from '#reporting/difference.ts'
import {
  firedByDay,
  fights,
  occurrences,
  regretByRule,
  unchangedSince,
  type FiredOn,
} from '#reporting/rule-health-store.ts'
import {
  firedIn,
  occurredFor,
  regretOf,
  savedBy,
  targetsOf,
  verdictsOn,
  type Fired,
  type Regret,
  type Span,
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
  /** What 90 days of it saved, by `BY_HAND_SECONDS`. */
  readonly savedSeconds: number
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
/** Days that are read of what rules did: the weeks that say how restless they are, two quarters among them. */
const READ_DAYS = SPREAD_WEEKS * 7

/** Those with something wrong first, then by how often they fired. */
export async function rulesFared(
  db: Db,
  rules: readonly Rule[],
  { directory, desk }: Setup,
  now: Instant,
): Promise<RuleFared[]> {
  const live = rules.filter(({ enabled, kind }) => enabled && kind !== 'macro')
  const ids = live.map(({ id }) => id)
  const [fired, regrets, regretsBefore] = await Promise.all([
    firedByDay(db, now, READ_DAYS, ids),
    regretByRule(db, now, ids),
    regretByRule(db, plus(now, -QUARTER_SECONDS), ids),
  ])
  const [conflicts, occurred] = [await fights(db, now, ids), await occurrences(db, now)]
  const old = await unchangedSince(db, plus(now, -YEAR_SECONDS))
  const today = localDate(desk.timeZone, Date.parse(now))
  const fared = live.map((rule): RuleFared => {
    const own = fired.filter(({ ruleId }) => ruleId === rule.id)
    const within = (days: Span): Fired => firedIn(own, 0, days)
    const regret = regrets.find(({ ruleId }) => ruleId === rule.id) ?? { set: 0, regretted: 0 }
    const past = {
      fired: firedIn(own, 90, 180),
      regret: regretsBefore.find(({ ruleId }) => ruleId === rule.id) ?? { set: 0, regretted: 0 },
    }
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
      lastFiredAt: lastFired(own),
      regret: { ...regret, ...regretOf(regret) },
      savedSeconds: savedBy(within(90), regret),
      before: { ...past, change: changesOf({ fired: within(90), regret }, past, own) },
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

/** When it last fired in 90 days. */
function lastFired(days: readonly FiredOn[]): Instant | null {
  const moments = days.flatMap(({ daysAgo, lastFiredAt }) => (daysAgo < 90 ? (lastFiredAt ?? []) : []))
  return moments.toSorted().at(-1) ?? null
}

type Quarter = { readonly fired: Fired; readonly regret: Regret }

/** How firings, the share of those that did nothing and regret changed; how restless its firings are, the rule's own weeks say. */
function changesOf(now: Quarter, past: Quarter, days: readonly FiredOn[]): RuleFared['before']['change'] {
  const counted = (value: number) => ({ value, things: value })
  const spread = spreadOf(
    Array.from({ length: SPREAD_WEEKS }, (_, week) => {
      const before = READ_DAYS - week * 7
      return counted(firedIn(days, before - 7, before).fired)
    }),
  )
  const idle = ({ fired: { noOp, fired } }: Quarter) => ({ hits: noOp, n: fired })
  const regretted = ({ regret }: Quarter) => ({ hits: regret.regretted, n: regret.set })
  return {
    fired: spread && countDifference(counted(now.fired.fired), counted(past.fired.fired), spread),
    noOp: shareDifference(idle(now), idle(past)),
    regret: shareDifference(regretted(now), regretted(past)),
  }
}
