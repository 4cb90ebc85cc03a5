// A rule in plain words, English or German: its condition, its actions, and the whole as one sentence. For people; nothing reads it back.
import { actionWords } from '#rules/action.ts'
import { isLeaf, valuesOf, type Cond, type Leaf, type Span } from '#rules/condition.ts'
import { namesFor, type Told } from '#rules/directory.ts'
import { germanDays, germanEvents, germanPaths, germanTests, germanValues } from '#rules/german.ts'
import { durationText } from '#rules/moment.ts'
import { specOf } from '#rules/paths.ts'
import type { Rule } from '#rules/rule.ts'

const english = {
  when: (events: string) => `When ${events}`,
  nothingHappens: 'nothing happens',
  macro: 'When another rule runs it',
  held: (span: string) => `Once it has been so for ${span}`,
  again: (span: string) => `, and every ${span} after`,
  dayIn: (field: string) => `On the day in ${field}`,
  before: (span: string, field: string) => `${span} before the day in ${field}`,
  after: (span: string, field: string) => `${span} after the day in ${field}`,
  if: (cond: string) => `, if ${cond}`,
  doNothing: 'do nothing',
  nothing: 'nothing',
  stop: ', and stop',
  and: 'and',
  or: 'or',
  not: (cond: string) => `not (${cond})`,
  never: 'never',
  isSet: (path: string) => `${path} is set`,
  isNotSet: (path: string) => `${path} is not set`,
  changes: (path: string, from: string, to: string) =>
    `${path} changes${from === '' ? '' : ` from ${from}`}${to === '' ? '' : ` to ${to}`}`,
  stays: (path: string) => `${path} does not change`,
  withinHours: 'it is within working hours',
  holiday: 'it is a holiday',
  between: (path: string, from: string, to: string) => `${path} is between ${from} and ${to}`,
  yes: (path: string) => `${path} is yes`,
  no: (path: string) => `${path} is no`,
}

const german: typeof english = {
  when: (events) => `Wenn ${events}`,
  nothingHappens: 'nichts geschieht',
  macro: 'Wenn eine andere Regel sie ausführt',
  held: (span) => `Sobald es seit ${span} so ist`,
  again: (span) => `, und danach alle ${span}`,
  dayIn: (field) => `Am Tag in ${field}`,
  before: (span, field) => `${span} vor dem Tag in ${field}`,
  after: (span, field) => `${span} nach dem Tag in ${field}`,
  if: (cond) => `, falls gilt: ${cond}`,
  doNothing: 'nichts tun',
  nothing: 'nichts',
  stop: ', und hier aufhören',
  and: 'und',
  or: 'oder',
  not: (cond) => `nicht (${cond})`,
  never: 'nie',
  isSet: (path) => `${path} ist gesetzt`,
  isNotSet: (path) => `${path} ist leer`,
  changes: (path, from, to) =>
    `${path} ändert sich${from === '' ? '' : ` von ${from}`}${to === '' ? '' : ` zu ${to}`}`,
  stays: (path) => `${path} ändert sich nicht`,
  withinHours: 'es ist Arbeitszeit',
  holiday: 'es ist ein Feiertag',
  between: (path, from, to) => `${path} liegt zwischen ${from} und ${to}`,
  yes: (path) => `${path}: ja`,
  no: (path) => `${path}: nein`,
}

const wordsFor = ({ language }: Told) => (language === 'de' ? german : english)

/** The rule as one sentence: "When a ticket is created, if priority is high: assign Ada." */
export function sentenceOf(rule: Rule, directory: Told): string {
  const say = wordsFor(directory)
  const when =
    rule.kind === 'timer'
      ? timerWords(rule, directory)
      : rule.kind === 'macro'
        ? say.macro
        : eventWords(rule, directory)
  const cond = conditionWords(rule.if, directory)
  const what = rule.do.map((action) => actionWords(action, directory)).join(', ')
  const stop = rule.stop ? say.stop : ''
  return `${when}${cond === '' ? '' : say.if(cond)}: ${what === '' ? say.doNothing : what}${stop}.`
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

function eventWords({ on }: Rule, directory: Told): string {
  const say = wordsFor(directory)
  const known: typeof events = directory.language === 'de' ? germanEvents : events
  return say.when(on.map((kind) => known[kind] ?? kind).join(` ${say.or} `) || say.nothingHappens)
}

function timerWords({ timer }: Rule, directory: Told): string {
  const say = wordsFor(directory)
  const again = timer?.repeatEvery === undefined ? '' : say.again(durationText(timer.repeatEvery))
  if (timer?.at === undefined) return `${say.held(durationText(timer?.hold ?? 0))}${again}`
  const label = directory.fields.find(({ key }) => key === timer.at)?.label ?? timer.at
  const { offset = 0 } = timer
  const span = durationText(Math.abs(offset))
  const when = offset === 0 ? say.dayIn(label) : (offset < 0 ? say.before : say.after)(span, label)
  return `${when}${again}`
}

/** A condition in words; empty when it always holds. */
export function conditionWords(cond: Cond, directory: Told, inside = false): string {
  const say = wordsFor(directory)
  if (isLeaf(cond)) return leafWords(cond, directory)
  if ('not' in cond) return say.not(conditionWords(cond.not, directory))
  const [parts, word] = 'all' in cond ? ([cond.all, say.and] as const) : ([cond.any, say.or] as const)
  if (parts.length === 0) return 'all' in cond ? '' : say.never
  const text = parts.map((part) => conditionWords(part, directory, true)).join(` ${word} `)
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
export function leafWords(leaf: Leaf, directory: Told): string {
  const say = wordsFor(directory)
  const path = pathWords(leaf.field, directory)
  const { value } = leaf
  const spoken = (each: Span['from']) => {
    if (each === undefined) return ''
    return typeof each === 'string' || typeof each === 'number'
      ? valueWords(leaf, each, directory)
      : String(each ?? say.nothing)
  }
  switch (leaf.op) {
    case 'empty':
      return value === false ? say.isSet(path) : say.isNotSet(path)
    case 'changed': {
      const { from, to } = (typeof value === 'object' && !Array.isArray(value) ? value : {}) as Span
      return say.changes(path, spoken(from), spoken(to))
    }
    case 'not_changed':
      return say.stays(path)
    case 'within_hours':
      return say.withinHours
    case 'on_holiday':
      return say.holiday
    case 'between': {
      const { from, to } = value as Span
      return say.between(path, spoken(from), spoken(to))
    }
    default: {
      if (typeof value === 'boolean') return value ? say.yes(path) : say.no(path)
      const known = directory.language === 'de' ? germanTests : tests
      return `${path} ${known[leaf.op] ?? leaf.op} ${listed(leaf, directory)}`
    }
  }
}

/** Several values: one is enough, unless all must be there. */
function listed(leaf: Leaf, directory: Told): string {
  const say = wordsFor(directory)
  const words = valuesOf(leaf).map((each) => valueWords(leaf, each, directory))
  const last = words.at(-1) ?? '?'
  if (words.length < 2) return last
  return `${words.slice(0, -1).join(', ')} ${leaf.op === 'has_all' ? say.and : say.or} ${last}`
}

const germanNames: Readonly<Record<string, string>> = germanPaths

/** A path in words: `count.publicReplies` as "count public replies". */
export function pathWords(path: string, { fields, language }: Told): string {
  if (path.startsWith('field.'))
    return fields.find(({ key }) => key === path.slice('field.'.length))?.label ?? path
  const known = language === 'de' ? germanNames[`rulePath.${path}`] : undefined
  return (
    known ??
    path
      .replaceAll('.', ' ')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase()
  )
}

const germanOf: Readonly<Record<string, string>> = germanValues

function valueWords(leaf: Leaf, value: string | number, directory: Told): string {
  const spec = specOf(leaf.field, directory)
  const isGerman = directory.language === 'de'
  if (spec?.refers !== undefined)
    return namesFor(spec.refers, directory).find(({ id }) => id === value)?.name ?? `${spec.refers} ${value}`
  if (leaf.op === 'weekday_in') return (isGerman ? germanDays : days)[Number(value)] ?? String(value)
  if (spec?.type === 'duration' && typeof value === 'number') return durationText(value)
  if (spec?.type === 'text') return isGerman ? `„${value}“` : `“${value}”`
  const isChoice = isGerman && spec?.choices !== undefined && spec.field === undefined
  return (isChoice ? germanOf[String(value)] : undefined) ?? String(value)
}
