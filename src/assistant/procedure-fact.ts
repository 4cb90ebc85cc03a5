// What procedures know of a ticket: read from a customer's words as the kind of thing it is, compared, and put into a template. What
// could be read in two ways is not read. Pure.
import type { FactKind, FactTest } from '#assistant/words.ts'
import { folded } from '#kit/words.ts'
import { secondsBetween, type Instant } from '#kit/time.ts'

/** What is asked for, and how it looks. */
export type Wanted = {
  readonly as: FactKind
  /** Of a code: letters and signs stand for themselves, digits for any digit, `*` for any letter or digit. */
  readonly example: string
  /** Of a choice: each value, with the words that say it. */
  readonly choices: readonly { readonly value: string; readonly words: readonly string[] }[]
}

export type Only = { readonly fact: string; readonly is: FactTest; readonly value: string }

/** A longer text is a story, not a fact. */
const LONGEST = 200
const DAY_SECONDS = 86_400
const SIGN = '[\\p{L}\\p{N}]'

/** What a text says of what was asked for; null where it says nothing, or more than one thing. */
export function readFact(wanted: Wanted, text: string): string | null {
  switch (wanted.as) {
    case 'code':
      return only(matches(text, codePattern(wanted.example)).map((each) => each.toUpperCase()))
    case 'number':
      return only(
        matches(text, /(?<![\p{L}\p{N}.,])\d{1,12}(?:[.,]\d{1,4})?(?![\p{L}\p{N}]|[.,]\d)/gu).map(plain),
      )
    case 'date':
      return only(datesIn(text))
    case 'email':
      return only(matches(text, /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu).map((each) => each.toLowerCase()))
    case 'choice':
      return only(
        wanted.choices
          .filter(({ words }) => words.some((word) => says(text, word)))
          .map(({ value }) => value),
      )
    case 'text':
      return line(text)
  }
}

/** Whether a fact is recognised wherever it stands: then it is read from any message, and not asked for. */
export function isDistinct({ as, example }: Wanted): boolean {
  return as === 'code' && /\d/.test(example) && /[^\d*]/.test(example)
}

/** Whether a text says some words, side by side. */
export function says(text: string, words: string): boolean {
  const asked = folded(words).trim()
  if (asked === '') return false
  return new RegExp(`(?<!${SIGN})${RegExp.escape(asked)}(?!${SIGN})`, 'u').test(folded(text))
}

/** Whether all that a step asks for holds. What is not known is neither this nor another. */
export function holds(
  asked: readonly Only[],
  facts: ReadonlyMap<string, string | null>,
  at: Instant,
): boolean {
  return asked.every(({ fact, is, value }) => {
    const known = facts.get(fact) ?? null
    if (is === 'known') return known !== null
    if (is === 'unknown') return known === null
    if (known === null) return false
    if (is === 'equal') return folded(known).trim() === folded(value).trim()
    if (is === 'other') return folded(known).trim() !== folded(value).trim()
    const size = sizeOf(known, at)
    const than = Number(value)
    if (size === null || !Number.isFinite(than)) return false
    return is === 'more' ? size > than : size < than
  })
}

/** A number as it is, a day as the days that have passed since. */
function sizeOf(value: string, at: Instant): number | null {
  if (/^\d{4}-\d{2}-\d{2}/.test(value))
    return Math.floor(secondsBetween(`${value.slice(0, 10)}T00:00:00.000Z` as Instant, at) / DAY_SECONDS)
  const number = Number(value)
  return value.trim() === '' || Number.isNaN(number) ? null : number
}

export const PLACEHOLDER = /\{\{\s*([^{}]{1,60}?)\s*\}\}/g

/** The facts that a template names. */
export function namedIn(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name]) => (name ?? '').toLowerCase())
}

/** A template with its facts put in; null where one of them is not known: nothing is sent with a hole in it. */
export function filled(template: string, facts: ReadonlyMap<string, string | null>): string | null {
  if (namedIn(template).some((name) => (facts.get(name) ?? null) === null)) return null
  return template.replace(PLACEHOLDER, (_, name: string) => facts.get(name.toLowerCase()) ?? '')
}

function only(found: readonly string[]): string | null {
  const different = [...new Set(found)]
  return different.length === 1 ? (different[0] ?? null) : null
}

function matches(text: string, pattern: RegExp | null): string[] {
  return pattern === null ? [] : (text.match(pattern) ?? [])
}

function codePattern(example: string): RegExp | null {
  const trimmed = example.trim()
  if (trimmed === '') return null
  const body = [...trimmed]
    .map((sign) => (/\d/.test(sign) ? '\\d' : sign === '*' ? SIGN : RegExp.escape(sign)))
    .join('')
  return new RegExp(`(?<!${SIGN})${body}(?!${SIGN})`, 'giu')
}

/** Three digits after a comma or a full stop are thousands, others a part. */
function plain(number: string): string {
  const said = number.replace(',', '.')
  return /\.\d{3}$/.test(said) ? said.replace('.', '') : said
}

/** Days as they are written in full; one where day and month could change places is not read. */
function datesIn(text: string): string[] {
  const days: string[] = []
  for (const [, year, month, day] of text.matchAll(/(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)/g))
    days.push(...dayOf(year, month, day))
  for (const [, day, month, year] of text.matchAll(/(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)/g))
    days.push(...dayOf(year, month, day))
  for (const [, first, second, year] of text.matchAll(/(?<!\d)(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/g))
    days.push(
      ...(Number(first) > 12
        ? dayOf(year, second, first)
        : Number(second) > 12
          ? dayOf(year, first, second)
          : first === second
            ? dayOf(year, first, second)
            : ['', ' ']),
    )
  return days
}

function dayOf(year = '', month = '', day = ''): string[] {
  const said = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const moment = new Date(`${said}T00:00:00Z`)
  return Number.isNaN(moment.getTime()) || !moment.toISOString().startsWith(said) ? [] : [said]
}

/** One line without addresses to follow: it may be said back. */
function line(text: string): string | null {
  const said = text.replace(/\s+/g, ' ').trim()
  return said === '' || said.length > LONGEST || /https?:|www\.|\{\{|[<>]/i.test(said) ? null : said
}
