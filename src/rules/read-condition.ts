// A condition from outside: parsed once, with its limits, before anything else looks at it.
import { MAX_DEPTH, MAX_LEAVES, ops, type Cond, type Leaf, type Op, type Value } from '#rules/condition.ts'
import type { Problem } from '#rules/problem.ts'

/** A tree may have so many nodes in all, groups included. */
const MAX_NODES = 1_000
const LONGEST_VALUE = 2_000
const MOST_VALUES = 500

type Reading = { readonly problems: Problem[]; leaves: number; nodes: number }

/** The condition that a piece of JSON is, or what is wrong with it and where. */
export function readCondition(
  input: unknown,
  place: string,
): { readonly cond: Cond } | { readonly problems: readonly Problem[] } {
  const reading: Reading = { problems: [], leaves: 0, nodes: 0 }
  const cond = read(input, place, 1, reading)
  if (reading.leaves > MAX_LEAVES) reading.problems.push(tooLarge(place, `has more than ${MAX_LEAVES} tests`))
  return cond === null || reading.problems.length > 0 ? { problems: reading.problems.slice(0, 20) } : { cond }
}

function tooLarge(place: string, message: string): Problem {
  return { place, code: 'too_large', level: 'error', message }
}

function read(input: unknown, place: string, depth: number, reading: Reading): Cond | null {
  const refuse = (message: string) => {
    reading.problems.push({ place, code: 'malformed', level: 'error', message })
    return null
  }
  if (++reading.nodes > MAX_NODES || reading.problems.length > 20) {
    if (reading.nodes === MAX_NODES + 1)
      reading.problems.push(tooLarge(place, `has more than ${MAX_NODES} parts`))
    return null
  }
  if (depth > MAX_DEPTH) {
    reading.problems.push(tooLarge(place, `is nested more than ${MAX_DEPTH} deep`))
    return null
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return refuse('is no condition')
  const keys = Object.keys(input)
  const [key = ''] = keys
  if ('field' in input) return readLeaf(input, place, reading)
  if (keys.length !== 1) return refuse('must have exactly one of all, any, not, field')
  const inside: unknown = (input as Record<string, unknown>)[key]
  if (key === 'not') {
    const child = read(inside, `${place}.not`, depth + 1, reading)
    return child === null ? null : { not: child }
  }
  if (key !== 'all' && key !== 'any') return refuse(`does not know "${key.slice(0, 40)}"`)
  if (!Array.isArray(inside)) return refuse(`"${key}" must be a list`)
  const children: Cond[] = []
  for (const [index, each] of inside.entries()) {
    const child = read(each, `${place}.${key}[${index}]`, depth + 1, reading)
    if (child !== null) children.push(child)
    if (reading.nodes > MAX_NODES) break
  }
  return key === 'all' ? { all: children } : { any: children }
}

const LEAF_KEYS = ['field', 'op', 'value', 'calendar']

function readLeaf(input: object, place: string, reading: Reading): Leaf | null {
  reading.leaves++
  const { field, op, value, calendar } = input as Record<string, unknown>
  const refuse = (at: string, message: string) => {
    reading.problems.push({ place: `${place}${at}`, code: 'malformed', level: 'error', message })
    return null
  }
  const extra = Object.keys(input).find((key) => !LEAF_KEYS.includes(key))
  if (extra !== undefined) return refuse('', `does not know "${extra.slice(0, 40)}"`)
  if (typeof field !== 'string' || field.length > 100) return refuse('.field', 'must be a path')
  if (!ops.includes(op as Op)) return refuse('.op', `is no test: ${String(op).slice(0, 40)}`)
  if (calendar !== undefined && (typeof calendar !== 'string' || calendar.length > 100))
    return refuse('.calendar', 'must be the key of a calendar')
  if (value !== undefined && !isValue(value))
    return refuse('.value', 'must be a text, a number, yes or no, a list of them, or { from, to }')
  return {
    field,
    op: op as Op,
    ...(value === undefined ? {} : { value }),
    ...(calendar === undefined ? {} : { calendar }),
  }
}

function isValue(value: unknown): value is Value {
  if (Array.isArray(value)) {
    return value.length <= MOST_VALUES && value.every((each) => typeof each !== 'boolean' && isScalar(each))
  }
  if (typeof value !== 'object' || value === null) return isScalar(value)
  return Object.entries(value).every(
    ([key, end]) => (key === 'from' || key === 'to') && (end === null || isScalar(end)),
  )
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= LONGEST_VALUE
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
}
