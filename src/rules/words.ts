// A rule in plain English: its condition, its actions, and the whole as one sentence. For people; nothing reads it back.
import { isLeaf, valuesOf, type Cond, type Leaf, type Span } from '#rules/condition.ts'
import { namesFor, type Directory } from '#rules/directory.ts'
import { durationText } from '#rules/moment.ts'
import { specOf } from '#rules/paths.ts'
import { actionWords } from '#rules/action.ts'
import type { Rule } from '#rules/rule.ts'

/** The rule as one sentence: "When a ticket is created, if priority is high: assign Ada." */
export function sentenceOf(rule: Rule, directory: Directory): string {
  const when =
    rule.kind === 'timer'
      ? timerWords(rule, directory)
      : rule.kind === 'macro'
        ? 'When another rule runs it'
        : eventWords(rule)
  const cond = conditionWords(rule.if, directory)
  const what = rule.do.map((action) => actionWords(action, directory)).join(', ')
  const stop = rule.stop ? ', and stop' : ''
  return `${when}${cond === '' ? '' : `, if ${cond}`}: ${what === '' ? 'do nothing' : what}${stop}.`
}

const events: Readonly<Record<string, string>> = {
  created: 'a ticket is created',
  inbound_message: 'a customer writes',
  outbound_message: 'a reply is sent',
  note: 'a note is added',
  field_change: 'a field changes',
  status_change: 'the status changes',
  assignment: 'the ticket is assigned',
  reopened: 'the ticket is reopened',
  merged: 'tickets are merged',
  sla_warning: 'a clock runs low',
  sla_breached: 'a clock is breached',
  csat: 'a customer rates',
  assistant_run: 'the assistant has run',
  delivery_failed: 'a mail cannot be delivered',
  any: 'anything happens',
}

function eventWords({ on }: Rule): string {
  return `When ${on.map((kind) => events[kind] ?? kind).join(' or ') || 'nothing happens'}`
}

function timerWords({ timer }: Rule, directory: Directory): string {
  const repeat =
    timer?.repeatEvery === undefined ? '' : `, and every ${durationText(timer.repeatEvery)} after`
  if (timer?.at === undefined) return `Once it has been so for ${durationText(timer?.hold ?? 0)}${repeat}`
  const label = directory.fields.find(({ key }) => key === timer.at)?.label ?? timer.at
  const { offset = 0 } = timer
  const when = offset === 0 ? 'On' : `${durationText(Math.abs(offset))} ${offset < 0 ? 'before' : 'after'}`
  return `${when} the day in ${label}${repeat}`
}

/** A condition in words; empty when it always holds. */
export function conditionWords(cond: Cond, directory: Directory, inside = false): string {
  if (isLeaf(cond)) return leafWords(cond, directory)
  if ('not' in cond) return `not (${conditionWords(cond.not, directory)})`
  const [parts, word] = 'all' in cond ? ([cond.all, ' and '] as const) : ([cond.any, ' or '] as const)
  if (parts.length === 0) return 'all' in cond ? '' : 'never'
  const text = parts.map((part) => conditionWords(part, directory, true)).join(word)
  return inside && parts.length > 1 ? `(${text})` : text
}

const tests: Readonly<Record<string, string>> = {
  is: 'is',
  in: 'is one of',
  not_in: 'is none of',
  under: 'is under',
  changed_from: 'changes from',
  changed_to: 'changes to',
  has_any: 'has any of',
  has_all: 'has all of',
  has_none: 'has none of',
  contains_word: 'contains',
  contains_phrase: 'contains the phrase',
  starts_with: 'starts with',
  matches: 'matches the pattern',
  eq: 'is',
  ne: 'is not',
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  weekday_in: 'is on',
}

const days = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** One test in words. */
export function leafWords(leaf: Leaf, directory: Directory): string {
  const path = pathWords(leaf.field, directory)
  const { value } = leaf
  switch (leaf.op) {
    case 'empty':
      return value === false ? `${path} is set` : `${path} is not set`
    case 'changed': {
      const { from, to } = (typeof value === 'object' && !Array.isArray(value) ? value : {}) as Span
      const ends = [from === undefined ? '' : ` from ${from}`, to === undefined ? '' : ` to ${to}`]
      return `${path} changes${ends.join('')}`
    }
    case 'not_changed':
      return `${path} does not change`
    case 'within_hours':
      return 'it is within working hours'
    case 'on_holiday':
      return 'it is a holiday'
    case 'between': {
      const { from, to } = value as Span
      return `${path} is between ${from} and ${to}`
    }
    default:
      if (typeof value === 'boolean') return `${path} is ${value ? 'yes' : 'no'}`
      return `${path} ${tests[leaf.op] ?? leaf.op} ${listed(leaf, directory)}`
  }
}

/** Several values: one is enough, unless all must be there. */
function listed(leaf: Leaf, directory: Directory): string {
  const words = valuesOf(leaf).map((each) => valueWords(leaf, each, directory))
  const last = words.at(-1) ?? '?'
  if (words.length < 2) return last
  return `${words.slice(0, -1).join(', ')} ${leaf.op === 'has_all' ? 'and' : 'or'} ${last}`
}

/** A path in words: `count.publicReplies` as "count public replies". */
export function pathWords(path: string, { fields }: Directory): string {
  if (path.startsWith('field.'))
    return fields.find(({ key }) => key === path.slice('field.'.length))?.label ?? path
  return path
    .replaceAll('.', ' ')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
}

function valueWords(leaf: Leaf, value: string | number, directory: Directory): string {
  const spec = specOf(leaf.field, directory)
  if (spec?.refers !== undefined)
    return namesFor(spec.refers, directory).find(({ id }) => id === value)?.name ?? `${spec.refers} ${value}`
  if (leaf.op === 'weekday_in') return days[Number(value)] ?? String(value)
  if (spec?.type === 'duration' && typeof value === 'number') return durationText(value)
  return spec?.type === 'text' ? `“${value}”` : String(value)
}
