// How the live rules fared in the last 7, 30 and 90 days, with what is wrong with each.
import type { Setup } from '#desk/setup-cache.ts'
import { localDate } from '#hours/zone.ts'
import type { Instant } from '#kit/time.ts'
import {
  firedWithin,
  fights,
  occurrences,
  regretByRule,
  spans,
  type Span,
} from '#reporting/rule-health-store.ts'
import { occurredFor, regretOf, verdictsOn, type Fired, type Regret } from '#reporting/rule-health.ts'
import type { RuleVerdict } from '#reporting/vocabulary.ts'
import type { Rule } from '#rules/rule.ts'
import type { Db } from '#store/database.ts'

export type RuleFared = {
  readonly rule: Rule
  readonly ownerName: string
  readonly fired: Readonly<Record<Span, Fired>>
  readonly lastFiredAt: Instant | null
  readonly regret: Regret & ReturnType<typeof regretOf>
  readonly fight: { readonly ruleId: number; readonly count: number } | null
  readonly verdicts: readonly RuleVerdict[]
}

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
  const [conflicts, occurred] = [await fights(db, now, ids), await occurrences(db, now)]
  const today = localDate(desk.timeZone, Date.parse(now))
  const fared = live.map((rule): RuleFared => {
    const own = fired.filter(({ ruleId }) => ruleId === rule.id)
    const within = (days: Span): Fired => own.find((each) => each.days === days) ?? NOTHING
    const regret = regrets.find(({ ruleId }) => ruleId === rule.id) ?? { set: 0, regretted: 0 }
    const fight = conflicts.find(({ ruleId }) => ruleId === rule.id)
    const owner = directory.agents.find(({ id }) => id === rule.ownerId)
    return {
      rule,
      ownerName: owner?.name ?? `#${rule.ownerId}`,
      fired: { 7: within(7), 30: within(30), 90: within(90) },
      lastFiredAt: own.find(({ days }) => days === spans.at(-1))?.lastFiredAt ?? null,
      regret: { ...regret, ...regretOf(regret) },
      fight: fight === undefined ? null : { ruleId: fight.otherId, count: fight.count },
      verdicts: verdictsOn({
        rule,
        quarter: within(90),
        regret,
        conflicts: fight?.count ?? 0,
        occurred: occurredFor(rule, occurred),
        isOwnerActive: owner !== undefined && !owner.archived,
        today,
      }),
    }
  })
  return fared.toSorted(
    (a, b) => b.verdicts.length - a.verdicts.length || b.fired[90].fired - a.fired[90].fired,
  )
}
