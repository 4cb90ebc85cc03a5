// Rules, templates and whole rulebooks from outside: the engine's types, or what is wrong and where.
import type { z } from 'zod'
import type { Problem } from '#rules/problem.ts'
import { readCondition } from '#rules/read-condition.ts'
import { rule as ruleSchema, section, template } from '#rules/rule-schema.ts'
import type { Rule, Section, Template } from '#rules/rule.ts'

export const MOST_TRIGGERS = 2_000
export const MOST_TIMERS = 500
export const MOST_MACROS = 5_000
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
  return { ok: true, value: { ...(read.data as unknown as Omit<Rule, 'if'>), if: condition.cond } }
}

/** One template. */
export function readTemplate(input: unknown): Read<Template> {
  const read = template.safeParse(input)
  return read.success ? { ok: true, value: read.data as Template } : bad(problemsIn(read.error))
}

/** One section. */
export function readSection(input: unknown): Read<Section> {
  const read = section.safeParse(input)
  return read.success ? { ok: true, value: read.data } : bad(problemsIn(read.error))
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
