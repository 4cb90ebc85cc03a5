// Whether a condition can hold at all, and whether one implies another, as far as can be told without asking any ticket: by
// the finite values of choices, by ranges of numbers, by tags, and by tests that contradict each other. What cannot be told is
// taken as possible.
import { isLeaf, valuesOf, type Cond, type Leaf, type Span } from '#rules/condition.ts'
import { specOf } from '#rules/paths.ts'
import type { Directory } from '#rules/directory.ts'

type Literal = { readonly leaf: Leaf; readonly yes: boolean }
type Case = readonly Literal[]

/** More cases than this are not looked at: then everything counts as possible. */
const MOST_CASES = 400

/** Whether there can be a ticket for which the condition holds. */
export function canHold(cond: Cond, directory: Directory): boolean {
  const cases = casesOf(cond, true)
  return cases === null || cases.some((each) => isPossible(each, directory))
}

/** Whether every ticket for which `one` holds is one for which `other` holds. */
export function implies(one: Cond, other: Cond, directory: Directory): boolean {
  return !canHold({ all: [one, { not: other }] }, directory)
}

/** The condition as cases, of which one must be; null when there are too many. */
function casesOf(cond: Cond, yes: boolean): readonly Case[] | null {
  if (isLeaf(cond)) return [[{ leaf: cond, yes }]]
  if ('not' in cond) return casesOf(cond.not, !yes)
  const parts = 'all' in cond ? cond.all : cond.any
  const together = 'all' in cond === yes
  const each: (readonly Case[])[] = []
  for (const part of parts) {
    const cases = casesOf(part, yes)
    if (cases === null) return null
    each.push(cases)
  }
  return together ? product(each) : sum(each)
}

function sum(parts: readonly (readonly Case[])[]): readonly Case[] | null {
  const cases = parts.flat()
  return cases.length > MOST_CASES ? null : cases
}

function product(parts: readonly (readonly Case[])[]): readonly Case[] | null {
  let cases: readonly Case[] = [[]]
  for (const part of parts) {
    if (cases.length * part.length > MOST_CASES) return null
    cases = cases.flatMap((one) => part.map((other) => [...one, ...other]))
  }
  return cases
}

function isPossible(literals: Case, directory: Directory): boolean {
  const byField = new Map<string, Literal[]>()
  for (const literal of literals) {
    const list = byField.get(literal.leaf.field) ?? []
    list.push(literal)
    byField.set(literal.leaf.field, list)
  }
  return [...byField.values()].every((list) => !contradict(list) && fieldIsPossible(list, directory))
}

/** The same test asked for and refused. */
function contradict(list: readonly Literal[]): boolean {
  const asked = new Set(list.filter(({ yes }) => yes).map(({ leaf }) => sign(leaf)))
  return list.some(({ leaf, yes }) => !yes && asked.has(sign(leaf)))
}

function sign({ op, value, calendar }: Leaf): string {
  return JSON.stringify([op, value, calendar])
}

function fieldIsPossible(list: readonly Literal[], directory: Directory): boolean {
  const [first] = list
  const spec = first === undefined ? null : specOf(first.leaf.field, directory)
  switch (spec?.type) {
    case 'choice':
    case 'reference':
    case 'word':
      return valueIsPossible(list, spec.choices ?? null, spec.present === true)
    case 'set':
      return setIsPossible(list)
    case 'number':
    case 'duration':
      return numberIsPossible(list)
    case 'yes_no':
      return yesNoIsPossible(list)
    default:
      return true
  }
}

/** Tests of one value, as what they allow: null is the missing value. */
function allowedBy({ leaf, yes }: Literal, value: string | number | null): boolean | null {
  const values = valuesOf(leaf)
  const has = values.some((each) => String(each) === String(value))
  switch (leaf.op) {
    case 'is':
    case 'in':
      return (value !== null && has) === yes
    case 'not_in':
      return (value !== null && !has) === yes
    case 'empty':
      return ((value === null) === (leaf.value !== false)) === yes
    case 'changed_to':
      return yes ? has : null
    default:
      return null
  }
}

/** Some value passes all tests: one of the choices, one that a test names, one that none names, or none at all. */
function valueIsPossible(
  list: readonly Literal[],
  choices: readonly string[] | null,
  isPresent: boolean,
): boolean {
  const named = list.flatMap(({ leaf }) => valuesOf(leaf))
  if (named.includes('me')) return true
  const candidates: (string | number | null)[] = [...(choices ?? [...named, '\u0000another'])]
  if (!isPresent) candidates.push(null)
  return candidates.some((value) => list.every((literal) => allowedBy(literal, value) !== false))
}

function setIsPossible(list: readonly Literal[]): boolean {
  const must = new Set<string>()
  const mustNot = new Set<string>()
  let isEmpty = false
  let hasSome = false
  const anyOf: (readonly string[])[] = []
  for (const { leaf, yes } of list) {
    const values = valuesOf(leaf).map(String)
    const asks = leaf.op === 'has_none' ? !yes : yes
    if (leaf.op === 'has_all') {
      if (yes) values.forEach((each) => must.add(each))
      else if (values.length === 1) values.forEach((each) => mustNot.add(each))
    } else if (leaf.op === 'has_any' || leaf.op === 'has_none') {
      if (asks) anyOf.push(values)
      else values.forEach((each) => mustNot.add(each))
    } else if (leaf.op === 'empty') {
      if ((leaf.value !== false) === yes) isEmpty = true
      else hasSome = true
    }
  }
  if (isEmpty && (hasSome || must.size > 0 || anyOf.length > 0)) return false
  return (
    ![...must].some((each) => mustNot.has(each)) &&
    anyOf.every((some) => some.some((each) => !mustNot.has(each)))
  )
}

type Range = { low: number; high: number; openLow: boolean; openHigh: boolean }

function numberIsPossible(list: readonly Literal[]): boolean {
  const range: Range = { low: -Infinity, high: Infinity, openLow: false, openHigh: false }
  let isMissing = false
  let isThere = false
  for (const { leaf, yes } of list) {
    if (leaf.op === 'empty') {
      if ((leaf.value !== false) === yes) isMissing = true
      else isThere = true
    } else if (yes) {
      isThere = true
      narrow(range, leaf)
    }
  }
  if (isMissing) return !isThere
  return range.low < range.high || (range.low === range.high && !range.openLow && !range.openHigh)
}

function narrow(range: Range, leaf: Leaf): void {
  const numbers = valuesOf(leaf).map(Number)
  const [value = NaN] = numbers
  const atLeast = (low: number, open: boolean) => {
    if (low > range.low || (low === range.low && open)) Object.assign(range, { low, openLow: open })
  }
  const atMost = (high: number, open: boolean) => {
    if (high < range.high || (high === range.high && open)) Object.assign(range, { high, openHigh: open })
  }
  switch (leaf.op) {
    case 'gt':
      return atLeast(value, true)
    case 'gte':
      return atLeast(value, false)
    case 'lt':
      return atMost(value, true)
    case 'lte':
      return atMost(value, false)
    case 'is':
    case 'in':
    case 'eq':
      atLeast(Math.min(...numbers), false)
      return atMost(Math.max(...numbers), false)
    case 'between': {
      const { from, to } = leaf.value as Span
      atLeast(Number(from), false)
      return atMost(Number(to), false)
    }
    default:
  }
}

function yesNoIsPossible(list: readonly Literal[]): boolean {
  return [true, false, null].some((value) =>
    list.every(({ leaf, yes }) => {
      if (leaf.op === 'is') return (value === leaf.value) === yes
      return leaf.op !== 'empty' || ((value === null) === (leaf.value !== false)) === yes
    }),
  )
}
