// Conditions: the one language of rules, views, search, policies and forms, as a tree. Two-valued: a test of a missing value
// is false, so its `not` is true.

export type Cond = All | Any | Not | Leaf
export type All = { readonly all: readonly Cond[] }
export type Any = { readonly any: readonly Cond[] }
export type Not = { readonly not: Cond }

/** One test: `{ field: 'priority', op: 'is', value: 'high' }`. Teams, agents, categories and the like are meant by id. */
export type Leaf = {
  readonly field: string
  readonly op: Op
  readonly value?: Value
  /** For durations and `now`: a calendar's key; `always` unless said. */
  readonly calendar?: string
}

export type Scalar = string | number | boolean
export type Value = Scalar | readonly (string | number)[] | Span
/** Both ends belong to it; for `changed` a missing end is any value. */
export type Span = { readonly from?: Scalar | null; readonly to?: Scalar | null }

export const ops = [
  'is',
  'in',
  'not_in',
  'empty',
  'under',
  'changed',
  'not_changed',
  'changed_from',
  'changed_to',
  'has_any',
  'has_all',
  'has_none',
  'contains_word',
  'contains_phrase',
  'starts_with',
  'matches',
  'eq',
  'ne',
  'lt',
  'lte',
  'gt',
  'gte',
  'between',
  'within_hours',
  'on_holiday',
  'weekday_in',
] as const
export type Op = (typeof ops)[number]

export const MAX_DEPTH = 8
export const MAX_LEAVES = 200

/** Whether a condition is one test. */
export function isLeaf(cond: Cond): cond is Leaf {
  return 'field' in cond
}

/** Every test in a condition with its place, such as `all[2].not`. */
export function leavesOf(cond: Cond, place = ''): { readonly leaf: Leaf; readonly place: string }[] {
  if (isLeaf(cond)) return [{ leaf: cond, place }]
  return childrenOf(cond, place).flatMap(({ child, place: at }) => leavesOf(child, at))
}

/** The conditions directly inside, each with its place. */
export function childrenOf(cond: All | Any | Not, place: string) {
  const at = (step: string) => (place === '' ? step : `${place}.${step}`)
  if ('not' in cond) return [{ child: cond.not, place: at('not') }]
  const [word, children] = 'all' in cond ? (['all', cond.all] as const) : (['any', cond.any] as const)
  return children.map((child, index) => ({ child, place: at(`${word}[${index}]`) }))
}

/** The values of a test as a list, whether it holds one or many. */
export function valuesOf({ value }: Leaf): readonly (string | number)[] {
  if (Array.isArray(value)) return value
  return typeof value === 'string' || typeof value === 'number' ? [value] : []
}
