// A rule from outside: the engine's type, or what is wrong and where.
import type { z } from 'zod'
import { isLeaf } from '#rules/condition.ts'
import type { Problem } from '#rules/problem.ts'
import { readCondition } from '#rules/read-condition.ts'
import { rule as ruleSchema } from '#rules/rule-schema.ts'
import type { Rule } from '#rules/rule.ts'

const LARGEST_RULE = 64 * 1_024

export type Read<Thing> = { readonly ok: true; readonly value: Thing } | Bad
type Bad = { readonly ok: false; readonly problems: readonly Problem[] }

/** One rule. Refuses what has the wrong shape, is larger than 64 KB, or whose condition is no condition. */
export function readRule(input: unknown): Read<Rule> {
  if ((JSON.stringify(input) ?? '').length > LARGEST_RULE)
    return bad([{ place: '', code: 'too_large', level: 'error', message: 'is larger than 64 KB' }])
  const read = ruleSchema.safeParse(input)
  if (!read.success) return bad(problemsIn(read.error))
  const condition = readCondition(read.data.if ?? { all: [] }, 'if')
  if ('problems' in condition) return bad(condition.problems)
  // One test stands in a group too: there is one way to write it, and one place to name.
  const cond = isLeaf(condition.cond) ? { all: [condition.cond] } : condition.cond
  return { ok: true, value: { ...(read.data as unknown as Omit<Rule, 'if'>), if: cond } }
}

function bad(problems: readonly Problem[]): Bad {
  return { ok: false, problems }
}

/** Where zod found something, as a place such as `do[2].notify.to[0]`. */
function problemsIn(error: z.ZodError): readonly Problem[] {
  return error.issues.slice(0, 20).map(({ path, message }) => ({
    place: path.map((step, index) => stepText(step, index)).join(''),
    code: 'malformed',
    level: 'error',
    message,
  }))
}

function stepText(step: PropertyKey, index: number): string {
  return typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`
}
