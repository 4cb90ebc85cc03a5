// The text form of a search: `status:open assignee:me tag:billing "exact phrase"`. Pure: text in, terms out.
import type { Instant } from '#kit/time.ts'
import { instant } from '#kit/time.ts'

export type Term =
  | { readonly key: 'status'; readonly not: boolean; readonly values: readonly string[] }
  | { readonly key: 'priority'; readonly not: boolean; readonly values: readonly string[] }
  | { readonly key: 'channel'; readonly not: boolean; readonly values: readonly string[] }
  | { readonly key: 'tag'; readonly not: boolean; readonly values: readonly string[] }
  /** A path, or `path/*` for the category and all below it. */
  | { readonly key: 'category'; readonly not: boolean; readonly values: readonly string[] }
  /** `me`, `none`, `any`, an id, an address or a name. */
  | {
      readonly key: 'assignee' | 'team' | 'requester'
      readonly not: boolean
      readonly values: readonly string[]
    }
  | { readonly key: 'is'; readonly not: boolean; readonly values: readonly Flag[] }
  | {
      readonly key: 'created' | 'updated' | 'resolved' | 'closed'
      readonly not: boolean
      readonly from: Instant | null
      readonly to: Instant | null
    }
  | { readonly key: 'number'; readonly not: boolean; readonly id: number }
  | { readonly key: 'text'; readonly not: boolean; readonly words: string; readonly phrase: boolean }

export const flags = ['unassigned', 'mine', 'unread', 'snoozed', 'spam', 'deleted', 'merged'] as const
export type Flag = (typeof flags)[number]

export type Query = {
  readonly terms: readonly Term[]
  /** What was not understood; the rest of the query still counts. */
  readonly ignored: readonly { readonly term: string; readonly suggestion: string | null }[]
}

const STATUSES = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed']
const ACTIVE = ['new', 'open', 'pending', 'on_hold']
const PRIORITIES = ['low', 'normal', 'high', 'urgent']
const CHANNELS = ['email', 'form', 'chat', 'portal', 'api', 'phone']
const KEYS = [
  'status',
  'priority',
  'channel',
  'tag',
  'category',
  'assignee',
  'team',
  'requester',
  'is',
  'created',
  'updated',
  'resolved',
  'closed',
]

/** Reads a query; `now` resolves relative dates. Never fails: what it cannot read is in `ignored`. */
export function parseQuery(text: string, now: Instant): Query {
  const terms: Term[] = []
  const ignored: { term: string; suggestion: string | null }[] = []
  for (const token of tokensOf(text)) {
    const term = termOf(token, now)
    if (term === null) ignored.push({ term: token.text, suggestion: suggestionFor(token) })
    else terms.push(term)
  }
  return { terms, ignored }
}

type Token = { text: string; not: boolean; key: string | null; sign: string; value: string; quoted: boolean }

const TOKEN = /(-)?(?:([A-Za-z_]+)(:>=|:<=|:>|:<|>=|<=|:|>|<))?(?:"((?:[^"\\]|\\.)*)"?|([^\s"]+))/g

function* tokensOf(text: string): Generator<Token> {
  for (const match of text.matchAll(TOKEN)) {
    const [whole, minus, key, sign = ':', phrase, word = ''] = match
    const value = phrase === undefined ? word : phrase.replace(/\\(.)/g, '$1')
    yield {
      text: whole,
      not: minus === '-',
      key: key?.toLowerCase() ?? null,
      sign,
      value,
      quoted: phrase !== undefined,
    }
  }
}

function termOf(token: Token, now: Instant): Term | null {
  const { not, key, value } = token
  if (key === null) return freeText(token)
  const values = token.quoted ? [value] : value.split(',').filter((each) => each !== '')
  switch (key) {
    case 'status':
      return among(
        key,
        not,
        values.flatMap((each) => (each === 'active' ? ACTIVE : [each])),
        STATUSES,
      )
    case 'priority':
      return among(key, not, prioritiesOf(token, values), PRIORITIES)
    case 'channel':
      return among(key, not, values, CHANNELS)
    case 'is':
      return values.length > 0 && values.every(isFlag) ? { key, not, values } : null
    case 'tag':
    case 'category':
    case 'assignee':
    case 'team':
    case 'requester':
      return values.length > 0 ? { key, not, values } : null
    case 'created':
    case 'updated':
    case 'resolved':
    case 'closed':
      return period(key, token, now)
    default:
      return null
  }
}

function freeText({ not, value, quoted }: Token): Term | null {
  const number = quoted ? null : /^#?(\d{1,15})$/.exec(value)?.[1]
  if (number != null) return { key: 'number', not, id: Number(number) }
  return value.trim() === '' ? null : { key: 'text', not, words: value, phrase: quoted }
}

function among<Key extends 'status' | 'priority' | 'channel'>(
  key: Key,
  not: boolean,
  values: readonly string[],
  known: readonly string[],
): Term | null {
  const lower = values.map((each) => each.toLowerCase())
  return lower.length > 0 && lower.every((each) => known.includes(each)) ? { key, not, values: lower } : null
}

function prioritiesOf({ sign }: Token, values: readonly string[]): readonly string[] {
  const at = PRIORITIES.indexOf(values[0]?.toLowerCase() ?? '')
  const compare = sign.replace(':', '')
  if (compare === '' || at === -1) return values
  const ranges = { '>': [at + 1, 4], '>=': [at, 4], '<': [0, at], '<=': [0, at + 1] } as const
  return PRIORITIES.slice(...ranges[compare as keyof typeof ranges])
}

function isFlag(value: string): value is Flag {
  return (flags as readonly string[]).includes(value)
}

const DAY_MS = 86_400_000

/** Days are UTC and include their end: `created:2026-01-01..2026-01-31`. */
function period(key: 'created' | 'updated' | 'resolved' | 'closed', token: Token, now: Instant): Term | null {
  const { not, value } = token
  const [first = '', last] = value.split('..')
  const start = momentOf(first, now)
  if (start === null) return null
  const compare = token.sign.replace(':', '')
  if (last !== undefined) {
    const end = momentOf(last, now)
    return end === null ? null : { key, not, from: instant(start.from), to: instant(end.to) }
  }
  if (compare === '>') return { key, not, from: instant(start.to), to: null }
  if (compare === '>=') return { key, not, from: instant(start.from), to: null }
  if (compare === '<') return { key, not, from: null, to: instant(start.from) }
  if (compare === '<=') return { key, not, from: null, to: instant(start.to) }
  return { key, not, from: instant(start.from), to: start.relative ? null : instant(start.to) }
}

function momentOf(text: string, now: Instant): { from: number; to: number; relative: boolean } | null {
  const ago = /^-(\d{1,5})([hdwm])$/.exec(text)
  if (ago !== null) {
    const unit = { h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS, m: 30 * DAY_MS }[ago[2] as 'h' | 'd' | 'w' | 'm']
    const at = Date.parse(now) - Number(ago[1]) * unit
    return { from: at, to: at, relative: true }
  }
  const today = Math.floor(Date.parse(now) / DAY_MS) * DAY_MS
  const day =
    text === 'today' ? today : /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN
  return Number.isNaN(day) ? null : { from: day, to: day + DAY_MS, relative: false }
}

function suggestionFor({ key, value }: Token): string | null {
  if (key === null) return null
  if (key === 'status') return `status: ${STATUSES.join(', ')}, active`
  if (key === 'priority') return `priority: ${PRIORITIES.join(', ')}`
  if (key === 'is') return `is: ${flags.join(', ')}`
  if (KEYS.includes(key)) return null
  const near = KEYS.find((each) => each.startsWith(key.slice(0, 3)))
  return near === undefined ? null : `${near}:${value}`
}
