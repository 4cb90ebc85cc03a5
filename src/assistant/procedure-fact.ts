// What procedures know of a ticket: read from a customer's words as the kind of thing it is, compared, and put into a template. What
// could be read in two ways is not read. Pure.
import type { FactKind, FactTest } from '#assistant/words.ts'
import { folded } from '#kit/words.ts'

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
const DAY_MS = 86_400_000
/** A mail address by itself. */
const ADDRESS = /(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[\w-]{2,63}(?![\w-])/g
const SIGN = '[\\p{L}\\p{N}]'

/** What a text says of what was asked for; null where it says nothing, or more than one thing. */
export function readFact(wanted: Wanted, text: string): string | null {
  const [first = null, ...more] = allOf(wanted, text)
  return more.length === 0 && first !== '' ? first : null
}

/** Each thing that a text says of what was asked for; `''` is one that could be read in two ways. */
export function allOf(wanted: Wanted, text: string): string[] {
  switch (wanted.as) {
    case 'code':
      return different(matches(text, codePattern(wanted.example)).map((each) => each.toUpperCase()))
    case 'number':
      return different(matches(text, NUMBER).map(plain))
    case 'date':
      return different(datesIn(text))
    case 'email':
      return different(matches(text, ADDRESS).map((each) => each.toLowerCase()))
    case 'choice': {
      const isSaid = sayer(text)
      return wanted.choices.filter(({ words }) => words.some(isSaid)).map(({ value }) => value)
    }
    case 'text':
      return [line(text) ?? '']
  }
}

/** With a sign it may be a range, a part of a code, or less than nothing. */
const NUMBER = /(?<![\p{L}\p{N}.,+\-−–]|\d[:/])\d{1,12}(?:[.,]\d{1,4})?(?![\p{L}\p{N}]|[.,:/+\-−–]\d)/gu

/** Whether a fact is recognised wherever it stands: then it is read from any message, and not asked for. */
export function isDistinct({ as, example }: Wanted): boolean {
  return as === 'code' && /\d/.test(example) && /[^\d*]/.test(example)
}

/** Says of words whether a text has them, side by side. */
export function sayer(text: string): (words: string) => boolean {
  const said = folded(text)
  return (words) => {
    const asked = folded(words).trim()
    if (asked === '' || !said.includes(asked)) return false
    return new RegExp(`(?<!${SIGN})${RegExp.escape(asked)}(?!${SIGN})`, 'u').test(said)
  }
}

/** Whether all that a step asks for holds. What is not known is neither this nor another. */
export function holds(
  asked: readonly Only[],
  facts: ReadonlyMap<string, string | null>,
  today: string,
): boolean {
  return asked.every(({ fact, is, value }) => {
    const known = facts.get(fact) ?? null
    if (is === 'known') return known !== null
    if (is === 'unknown') return known === null
    if (known === null) return false
    if (is === 'equal') return folded(known).trim() === folded(value).trim()
    if (is === 'other') return folded(known).trim() !== folded(value).trim()
    const size = sizeOf(known, today)
    const than = Number(value)
    if (size === null || !Number.isFinite(than)) return false
    return is === 'more' ? size > than : size < than
  })
}

/** A number as it is, a day as the days that have passed since. */
function sizeOf(value: string, today: string): number | null {
  if (/^\d{4}-\d{2}-\d{2}/.test(value))
    return Math.round((Date.parse(today) - Date.parse(value.slice(0, 10))) / DAY_MS)
  const number = Number(value)
  return value.trim() === '' || Number.isNaN(number) ? null : number
}

export const PLACEHOLDER = /\{\{\s*([^{}]{1,60}?)\s*\}\}/g

/** The facts that a template names. */
export function namedIn(template: string): string[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name]) => (name ?? '').toLowerCase())
}

/** A template with its facts put in; null where one is not known, or may not be said: nothing is sent with a hole in it. */
export function filled(template: string, facts: ReadonlyMap<string, string | null>): string | null {
  const value = (name: string) => line(facts.get(name.toLowerCase()) ?? '')
  if (namedIn(template).some((name) => value(name) === null)) return null
  return template.replace(PLACEHOLDER, (_, name: string) => value(name) ?? '')
}

function different(found: readonly string[]): string[] {
  return [...new Set(found)]
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

/** Three digits after a comma or a full stop are thousands to some and a part to others; a leading nought is a code's. */
function plain(number: string): string {
  return /[.,]\d{3}$|^0\d/.test(number) ? '' : number.replace(',', '.')
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

/** One line without addresses to follow, be it a mail address alone: it may be said in the desk's own mail. */
function line(text: string): string | null {
  const said = text.replace(/\s+/g, ' ').trim()
  if (said === '' || said.length > LONGEST) return null
  const read = said.normalize('NFKC')
  if (read.replace(ADDRESS, '') === '') return said
  return /\/\/|www\.|\{\{|[<>@]|[\p{L}\p{N}-][.。]\p{L}{2,}/iu.test(read) ? null : said
}
