// What an administrator writes in a policy: parsed once, with everything that is wrong and where.
import { z } from 'zod'
import { METRICS, type PolicyVersion } from '#sla/policy.ts'
import type { Cond } from '#rules/condition.ts'

/** The kept form of a policy's version. */
export type PolicyDefinition = Pick<PolicyVersion, 'targets' | 'options' | 'onPolicyChange'> & {
  readonly filter: Cond
}

const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
const YEAR = 366 * 86_400

export const targetSchema = z.strictObject({
  metric: z.enum(METRICS),
  priority: z.enum(PRIORITIES),
  /** Null says openly that there is no target. */
  seconds: z.number().int().min(1).max(YEAR).nullable(),
  /** `always`, `inherit`, or the number of a calendar. */
  calendar: z.string().regex(/^(always|inherit|\d{1,15})$/, 'is "always", "inherit" or the number of a calendar'),
  warnAt: z
    .array(
      z.union([
        z.strictObject({ percent: z.number().int().min(1).max(99) }),
        z.strictObject({ secondsLeft: z.number().int().min(1).max(YEAR) }),
      ]),
    )
    .max(5)
    .default([]),
})

export const optionsSchema = z.strictObject({
  agentCreatedCounts: z.boolean().optional(),
  noteFulfils: z.boolean().optional(),
  assistantReplyFulfils: z.boolean().optional(),
  onHoldPausesRequesterWait: z.boolean().optional(),
  ownershipPausesInPending: z.boolean().optional(),
  totalCountsResolvedGap: z.boolean().optional(),
  mergeInheritsEarliest: z.boolean().optional(),
})

type Target = z.output<typeof targetSchema>

/** What is wrong with a set of targets: each metric must speak of all four priorities, once. */
export function problemsOfTargets(targets: readonly Target[]): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = []
  const seen = new Map<string, number>()
  targets.forEach(({ metric, priority }, index) => {
    const key = `${metric} ${priority}`
    if (seen.has(key)) problems.push({ path: `targets.${index}`, message: `repeats ${metric} for ${priority}` })
    seen.set(key, index)
  })
  for (const metric of new Set(targets.map((each) => each.metric))) {
    const missing = PRIORITIES.filter((priority) => !seen.has(`${metric} ${priority}`))
    if (missing.length > 0)
      problems.push({
        path: 'targets',
        message: `${metric} says nothing for ${missing.join(', ')}: give seconds, or null for no target`,
      })
  }
  return problems
}
