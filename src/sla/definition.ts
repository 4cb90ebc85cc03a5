// What an administrator writes in a policy, and what can be wrong with it.
import type { PolicyVersion, Target } from '#sla/policy.ts'
import { priorities } from '#tickets/vocabulary.ts'

/** The kept form of a policy's version. */
export type PolicyDefinition = Pick<
  PolicyVersion,
  'filter' | 'targets' | 'options' | 'onPolicyChange' | 'customs'
>

/** What is wrong with a set of targets: each metric must speak of all four priorities, once. */
export function problemsOfTargets(targets: readonly Target[]): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = []
  const seen = new Set<string>()
  targets.forEach(({ metric, priority }, index) => {
    const key = `${metric} ${priority}`
    if (seen.has(key))
      problems.push({ path: `targets.${index}`, message: `repeats ${metric} for ${priority}` })
    seen.add(key)
  })
  for (const metric of new Set(targets.map((each) => each.metric))) {
    const missing = priorities.filter((priority) => !seen.has(`${metric} ${priority}`))
    if (missing.length === 0) continue
    const message = `${metric} says nothing for ${missing.join(', ')}: give seconds, or null for no target`
    problems.push({ path: 'targets', message })
  }
  return problems
}
