// English turned into Arabic letters: long enough to break what is too tight, right to left, and nothing is left out unnoticed.
import type { Messages } from '@lingui/core'

type Token = string | readonly [name: string, kind?: string, forms?: unknown]

const letters = 'ابثدعفغهيجكلمنوپقرستثڤوخيز'

/** Every text of a compiled catalogue in Arabic letters; what stands in braces keeps its place. */
export function pseudo(messages: Messages): Messages {
  return Object.fromEntries(Object.entries(messages).map(([id, message]) => [id, turned(message) as never]))
}

function turned(message: unknown): unknown {
  if (typeof message === 'string') return written(message)
  return Array.isArray(message) ? message.map((token) => tokenTurned(token as Token)) : message
}

function tokenTurned(token: Token): unknown {
  if (typeof token === 'string') return written(token)
  const [name, kind, forms] = token
  if (forms === null || typeof forms !== 'object') return token
  return [name, kind, Object.fromEntries(Object.entries(forms).map(([form, text]) => [form, turned(text)]))]
}

function written(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) => letters[letter.toLowerCase().charCodeAt(0) - 97] ?? letter)
}
