// What a procedure asks of another system of the company's: the address with what is known put in, and what comes back read as the kind of
// thing that it is said to be. What comes from there is data like a customer's words: typed, short, and obeyed by nobody. Pure.
import { isInjected } from '#assistant/injection.ts'
import { deskFacts, type AnswerKind, type LookUpProblem } from '#assistant/words.ts'

export type LookUpAnswer = {
  readonly name: string
  /** Where it stands, as `order.items.0.state`. */
  readonly path: string
  readonly as: AnswerKind
  /** Of a choice: what it may be. */
  readonly choices: readonly string[]
}

export type LookUp = {
  readonly key: string
  readonly url: string
  readonly answers: readonly LookUpAnswer[]
}

/** One look-up that was done: with what, and what came of it. Kept with the run, so that it is never asked again for the same. */
export type LookedUp = {
  readonly key: string
  readonly given: Readonly<Record<string, string>>
  readonly answers: Readonly<Record<string, string | null>>
  readonly failed: LookUpProblem | null
}

/** What is known when a procedure wants a look-up done. */
export type Wish = { readonly key: string; readonly known: Readonly<Record<string, string | null>> }

const PARAMETER = /\{([^{}]{1,60})\}/g
const [LONGEST, DEEPEST] = [200, 20]
/** Whatever shows text in another order than it stands, or does not show it. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** Whether a place to look up lies in another system; the key of the look-up and the name of its answer. */
export function outsideOf(from: string): { readonly key: string; readonly name: string } | null {
  const [room, key = '', name = ''] = from.split('.')
  return room === 'outside' ? { key, name } : null
}

/** What its address asks to be known, in order. */
export function parametersOf({ url }: Pick<LookUp, 'url'>): string[] {
  return [...new Set([...url.matchAll(PARAMETER)].map(([, name]) => (name ?? '').trim().toLowerCase()))]
}

/** Those that a procedure must know by itself; the desk knows the others. */
export function factsAskedBy(lookUp: Pick<LookUp, 'url'>): string[] {
  return parametersOf(lookUp).filter((name) => !isDeskPlace(name))
}

/** Whether the desk knows something by this name of every ticket. */
export function isDeskPlace(name: string): boolean {
  return name.startsWith('field.') || (deskFacts as readonly string[]).includes(name)
}

/** What is wrong with an address as somebody wrote it; null: nothing. */
export function addressProblem(url: string): string | null {
  const host = /^https?:\/\/([^/?#]*)/i.exec(url)?.[1] ?? ''
  if (host === '' || /[{}@]/.test(host)) return 'names one system: nothing is put into that part'
  if (url.includes('#')) return 'has nothing after a #'
  if (/[{}]/.test(url.replace(PARAMETER, ''))) return 'has each { with its }'
  return URL.canParse(url.replace(PARAMETER, 'x')) ? null : 'is no address'
}

/** What is sent along, of what is known; null where something is not, or could lead elsewhere. */
export function givenTo(lookUp: Pick<LookUp, 'url'>, known: Wish['known']): LookedUp['given'] | null {
  const given = parametersOf(lookUp).map((name) => [name, (known[name] ?? '').trim()] as const)
  const isFine = given.every(([, value]) => value !== '' && value.length <= LONGEST && staysInPlace(value))
  return isFine ? Object.fromEntries(given) : null
}

/** How often a chain of proxies may decode a path before somebody reads it. */
const DECODED = 3

/** Whether a value leads nowhere else, also for a system that decodes its path again before it looks for the way up in it. */
function staysInPlace(value: string): boolean {
  let read = value
  for (let times = 0; times <= DECODED; times++) {
    // A parameter of a step (`..;x`) is no part of its name to some servers.
    const steps = read.split(/[/\\]/).map((step) => step.split(';')[0]?.trim() ?? '')
    if (HIDDEN.test(read) || steps.some((step) => /^\.+$/.test(step))) return false
    read = read.replace(/%([0-7][\da-f])/gi, (_, code: string) =>
      String.fromCodePoint(Number.parseInt(code, 16)),
    )
  }
  return true
}

/** The address with what is given in it; each value stays in its place. */
export function addressOf({ url }: Pick<LookUp, 'url'>, given: LookedUp['given']): string {
  return url.replace(PARAMETER, (_, name: string) =>
    encodeURIComponent((given[name.trim().toLowerCase()] ?? '').toWellFormed()),
  )
}

/** Reads an answer; why not, where it is not what it is said to be. What is not there is not known. */
export function readAnswers(
  { answers }: Pick<LookUp, 'answers'>,
  body: string,
): Readonly<Record<string, string | null>> | LookUpProblem {
  let whole: unknown
  try {
    // Some systems put a mark of their byte order before it (RFC 8259, 8.1).
    whole = JSON.parse(body.replace(/^\uFEFF/, ''), asWritten)
  } catch {
    return 'unreadable'
  }
  const read: Record<string, string | null> = {}
  for (const answer of answers) {
    const value = valueAt(whole, answer.path)
    const said = value === null || value === undefined ? null : valueOf(answer, value)
    if (said === undefined) return 'shape'
    if (said !== null && isInjected(said)) return 'commands'
    read[answer.name] = said
  }
  return read
}

/** A number as it stands there where JavaScript would say it otherwise: a long parcel number loses its last digits, 12.50 its nought. */
function asWritten(_: string, value: unknown, { source = '' }: { source?: string } = {}): unknown {
  return typeof value === 'number' && /^-?\d+(?:\.\d+)?$/.test(source) ? new Written(source) : value
}

class Written {
  readonly #source: string
  constructor(source: string) {
    this.#source = source
  }
  toString(): string {
    return this.#source
  }
}

/** The same where there is no such thing over there. */
export function nothingFound({ answers }: Pick<LookUp, 'answers'>): LookedUp['answers'] {
  return Object.fromEntries(answers.map(({ name }) => [name, null]))
}

function valueAt(whole: unknown, path: string): unknown {
  let at = whole
  for (const name of path.split('.').slice(0, DEEPEST)) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined
    at = (at as Record<string, unknown>)[name]
  }
  return at
}

/** A value as the kind that it is; undefined: it is another. */
function valueOf({ as, choices }: LookUpAnswer, value: unknown): string | null | undefined {
  const text = textIn(value)
  switch (as) {
    case 'yes_no':
      return typeof value === 'boolean' ? (value ? 'yes' : 'no') : undefined
    case 'number':
      return text !== null && text !== '' && /^-?\d{1,15}(\.\d{1,10})?$/.test(text) ? text : undefined
    case 'date':
      return dayIn(text ?? '')
    case 'choice':
      return text === null ? undefined : choices.find((each) => each.toLowerCase() === text.toLowerCase())
    case 'text':
      if (text === '') return null
      return text !== null && text.length <= LONGEST && !HIDDEN.test(text) ? text : undefined
  }
}

function textIn(value: unknown): string | null {
  if (value instanceof Written) return value.toString()
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : null
}

function dayIn(text: string): string | undefined {
  const day = /^(\d{4}-\d{2}-\d{2})(?:[T ][\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(text)?.[1]
  const moment = new Date(`${day}T00:00:00Z`)
  return day !== undefined && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day)
    ? day
    : undefined
}
