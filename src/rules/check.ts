// Whether each test of a condition makes sense here and now: the path is known, takes the test, and its values exist.
import { isListable, opsOf, specOf, type PathSpec } from '#rules/paths.ts'
import { leavesOf, valuesOf, type Cond, type Leaf } from '#rules/condition.ts'
import { namesFor, type Directory } from '#rules/directory.ts'
import { boundsOf } from '#rules/evaluate.ts'
import type { Problem } from '#rules/problem.ts'
import { patternOf } from '#rules/regex.ts'
import { instant } from '#kit/time.ts'
import { wordsOf } from '#kit/words.ts'

/** Where the condition will stand: in rules there is no `me`, in lists there is no update. */
export type Use = 'rule' | 'list'

/** Everything wrong with a condition, each with its place. */
export function problemsOf(cond: Cond, directory: Directory, use: Use, place: string): readonly Problem[] {
  return leavesOf(cond, place).flatMap(({ leaf, place: at }) => problemOf(leaf, at, directory, use) ?? [])
}

function problemOf(leaf: Leaf, place: string, directory: Directory, use: Use): Problem | null {
  const wrong = (at: string, code: string, message: string): Problem => ({
    place: `${place}${at}`,
    code,
    level: 'error',
    message,
  })
  const spec = specOf(leaf.field, directory)
  if (spec === null) {
    const isField = leaf.field.startsWith('field.')
    return isField
      ? wrong('.field', 'dangling_reference', `There is no field "${leaf.field.slice(6)}"`)
      : wrong('.field', 'unknown_path', `"${leaf.field}" is nothing that can be asked about`)
  }
  if (spec.field?.archived === true)
    return wrong('.field', 'dangling_reference', `The field "${spec.field.label}" is archived`)
  if (spec.field?.personal === true)
    return wrong(
      '.field',
      'personal',
      `The field "${spec.field.label}" is personal and cannot be asked about`,
    )
  if (!opsOf(leaf.field, spec).includes(leaf.op))
    return wrong('.op', 'unknown_test', `"${leaf.field}" does not take the test "${leaf.op}"`)
  if (use === 'list' && !isListable(leaf.field, leaf.op, spec))
    return wrong('', 'not_in_lists', `"${leaf.field} ${leaf.op}" can be asked in rules only`)
  if (use === 'rule' && spec.where === 'list')
    return wrong('', 'not_in_rules', `"${leaf.field}" can be asked in views only`)
  if (use === 'list' && leaf.calendar !== undefined && leaf.calendar !== 'always')
    return wrong('.calendar', 'not_in_lists', 'Lists count every hour: working hours are for rules')
  if (leaf.calendar !== undefined && leaf.calendar !== 'always' && !directory.calendars.has(leaf.calendar))
    return wrong('.calendar', 'dangling_reference', `There is no calendar "${leaf.calendar}"`)
  return valueProblem(leaf, spec, place, directory, use)
}

function valueProblem(
  leaf: Leaf,
  spec: PathSpec,
  place: string,
  directory: Directory,
  use: Use,
): Problem | null {
  const wrong = (code: string, message: string): Problem => ({
    place: `${place}.value`,
    code,
    level: 'error',
    message,
  })
  const { op, value } = leaf
  if (op === 'changed' || op === 'not_changed' || op === 'within_hours' || op === 'on_holiday') return null
  if (op === 'empty')
    return value === undefined || typeof value === 'boolean' ? null : wrong('malformed', 'must be yes or no')
  if (op === 'between') return spanProblem(leaf, spec, wrong)
  const values = valuesOf(leaf)
  if (spec.type === 'yes_no')
    return typeof value === 'boolean' ? null : wrong('malformed', 'must be yes or no')
  if (values.length === 0) return wrong('malformed', 'needs a value')
  if ((op === 'is' || op === 'under') && values.length > 1) return wrong('malformed', 'takes one value')
  for (const each of values) {
    const problem = oneProblem(leaf, spec, each, directory, use)
    if (problem !== null) return wrong(...problem)
  }
  return null
}

const LATE = instant(Date.parse('2026-01-01T00:00:00Z'))

function spanProblem(
  leaf: Leaf,
  spec: PathSpec,
  wrong: (code: string, message: string) => Problem,
): Problem | null {
  const { value } = leaf
  const span = typeof value === 'object' && !Array.isArray(value) && 'from' in value && 'to' in value
  if (!span) return wrong('malformed', 'needs both from and to')
  if (spec.type === 'number')
    return typeof value.from === 'number' && typeof value.to === 'number'
      ? null
      : wrong('malformed', 'needs two numbers')
  return boundsOf(leaf, LATE, 'UTC') === null ? wrong('malformed', 'needs two dates') : null
}

function oneProblem(
  leaf: Leaf,
  spec: PathSpec,
  value: string | number,
  directory: Directory,
  use: Use,
): [code: string, message: string] | null {
  if (spec.refers !== undefined) return referenceProblem(leaf, spec, value, directory, use)
  if (spec.choices !== undefined)
    return spec.choices.includes(String(value)) ? null : ['unknown_value', unknownChoice(leaf, value, spec)]
  if (leaf.op === 'weekday_in')
    return typeof value === 'number' && value >= 1 && value <= 7
      ? null
      : ['malformed', 'Days are 1 (Monday) to 7 (Sunday)']
  switch (spec.type) {
    case 'number':
    case 'duration':
      return typeof value === 'number' ? null : ['malformed', `"${leaf.field}" is compared with a number`]
    case 'moment':
      return boundsOf({ ...leaf, op: 'is', value }, LATE, 'UTC') === null
        ? ['malformed', `"${value}" is no date: write 2026-01-31, today or -7d`]
        : null
    case 'text':
      return textProblem(leaf, String(value))
    default:
      return value === '' ? ['malformed', 'is empty'] : null
  }
}

function textProblem({ op }: Leaf, value: string): [string, string] | null {
  if (op === 'matches') {
    const pattern = patternOf(value)
    return typeof pattern === 'string' ? ['unsafe_regex', `The pattern ${pattern}`] : null
  }
  if (op.startsWith('contains') && wordsOf(value).length === 0)
    return ['malformed', `"${value}" has no word in it`]
  return value.trim() === '' ? ['malformed', 'is empty'] : null
}

function unknownChoice(leaf: Leaf, value: string | number, { choices = [] }: PathSpec): string {
  return `"${value}" is no ${leaf.field}: ${choices.slice(0, 12).join(', ')}`
}

function referenceProblem(
  { field }: Leaf,
  { refers }: PathSpec,
  value: string | number,
  directory: Directory,
  use: Use,
): [string, string] | null {
  if (refers === undefined) return null
  if (field === 'assignee' && value === 'me')
    return use === 'list' ? null : ['unknown_value', 'Nobody is "me" in a rule: name an agent']
  const found = namesFor(refers, directory).find(({ id }) => id === value)
  if (found === undefined) return ['dangling_reference', `There is no ${refers} ${value}`]
  return found.archived && use === 'rule'
    ? ['dangling_reference', `The ${refers} "${found.name}" is archived`]
    : null
}
