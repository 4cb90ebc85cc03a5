// The pieces of a search text: words, phrases, terms such as `status:open,new`, and the marks between them.
import { spelledLength } from '#kit/spelled.ts'

export type Token =
  | { readonly kind: 'open' | 'close' | 'or' | 'and' | 'not'; readonly text: string; readonly at: number }
  | { readonly kind: 'word' | 'phrase'; readonly text: string; readonly value: string; readonly at: number }
  | TermToken

export type Sign = ':' | '>' | '>=' | '<' | '<='
export type TermToken = {
  readonly kind: 'term'
  readonly text: string
  readonly key: string
  readonly sign: Sign
  /** Each as written, without quotes. */
  readonly values: readonly string[]
  /** Both ends of `a..b`. */
  readonly range: readonly [string, string] | null
  readonly at: number
}

const KEY = /^([A-Za-z][A-Za-z_]*(?:\.\w+)?)(:(?:>=|<=|>|<)?|>=|<=|>|<)/
const BARE = /^[^\s()"]+/
const BARE_VALUE = /^[^\s(),"]+/
const QUOTED = /^"((?:[^"\\]|\\.)*)(?:"|$)/

/** So much of a text is read: nobody types more. */
const LONGEST = 2_000

/** The tokens of a text; never fails. */
export function tokensOf(whole: string): readonly Token[] {
  const text = whole.slice(0, LONGEST)
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const rest = text.slice(at)
    const space = /^\s+/.exec(rest)
    if (space !== null) {
      at += space[0].length
      continue
    }
    const token = tokenAt(rest, at)
    tokens.push(token)
    at += token.text.length
  }
  return tokens
}

function tokenAt(rest: string, at: number): Token {
  const spelled = rest.slice(0, spelledLength(rest))
  if (spelled !== '') return { kind: 'word', text: spelled, value: spelled, at }
  if (rest.startsWith('(')) return { kind: 'open', text: '(', at }
  if (rest.startsWith(')')) return { kind: 'close', text: ')', at }
  if (/^-[^\s-]/.test(rest)) return { kind: 'not', text: '-', at }
  const word = /^(OR|AND|NOT)(?=[\s()]|$)/.exec(rest)?.[1]
  if (word !== undefined) return { kind: word.toLowerCase() as 'or' | 'and' | 'not', text: word, at }
  const quoted = QUOTED.exec(rest)
  if (quoted !== null) return { kind: 'phrase', text: quoted[0], value: unquoted(quoted[1] ?? ''), at }
  const term = termAt(rest, at)
  if (term !== null) return term
  const bare = BARE.exec(rest)?.[0] ?? rest.slice(0, 1)
  return { kind: 'word', text: bare, value: bare, at }
}

function termAt(rest: string, at: number): TermToken | null {
  const found = KEY.exec(rest)
  if (found === null || rest.startsWith('//', found[0].length)) return null
  const [head, key = '', mark = ':'] = found
  const sign = (mark === ':' ? ':' : mark.replace(':', '')) as Sign
  const values: string[] = []
  let length = head.length
  let text = ''
  for (;;) {
    const value = valueAt(rest.slice(length))
    if (value === null) break
    values.push(value.value)
    length += value.length
    text = rest.slice(head.length, length)
    if (rest[length] !== ',' || valueAt(rest.slice(length + 1)) === null) break
    length++
  }
  const [first, last] = values.length === 1 && !text.startsWith('"') ? text.split('..') : []
  const range =
    first !== undefined && last !== undefined && first !== '' && last !== '' ? [first, last] : null
  return {
    kind: 'term',
    text: rest.slice(0, length),
    key: key.toLowerCase().startsWith('field.') ? `field.${key.slice(6)}` : key.toLowerCase(),
    sign,
    values,
    range: range as readonly [string, string] | null,
    at,
  }
}

function valueAt(rest: string): { value: string; length: number } | null {
  const quoted = QUOTED.exec(rest)
  if (quoted !== null) return { value: unquoted(quoted[1] ?? ''), length: quoted[0].length }
  const bare = BARE_VALUE.exec(rest)?.[0]
  return bare === undefined ? null : { value: bare, length: bare.length }
}

function unquoted(text: string): string {
  return text.replace(/\\(.)/gs, '$1')
}

/** A value as it is written: in quotes where it needs them. */
export function written(value: string): string {
  const isPlain = /^[^\s(),"\\]+$/.test(value) && !value.includes('..')
  return isPlain ? value : `"${value.replace(/[\\"]/g, '\\$&')}"`
}
