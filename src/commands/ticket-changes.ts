// What is typed after `ticket set`: `priority=high tag+=vip field.order=4711`, read into a change of a ticket.
import type { z } from 'zod'
import { ticketPatch, type TicketPatch } from '#api/contract/tickets.ts'

const PAIR = /^([a-z][\w.]*?)(\+|-)?=(.*)$/is

/** What each word sets; an empty value clears. */
const plain = ['subject', 'status', 'priority', 'category'] as const
const numbered = ['assignee', 'team'] as const

export type Read =
  | { readonly ok: true; readonly change: TicketPatch }
  | { readonly ok: false; readonly problem: string }

/** Reads the words; the first that is not understood is named. */
export function readChanges(words: readonly string[]): Read {
  const change: Record<string, unknown> = {}
  const fields: Record<string, unknown> = {}
  const tags: Record<'+' | '-', string[]> = { '+': [], '-': [] }
  for (const word of words) {
    const [, key = '', sign, value = ''] = PAIR.exec(word) ?? []
    const cleared = value === '' ? null : value
    if (key === 'tag' && (sign === '+' || sign === '-')) tags[sign].push(value)
    else if (sign !== undefined || key === '') return no(word)
    else if (key.startsWith('field.')) fields[key.slice('field.'.length)] = valueOf(value)
    else if (key === 'snooze') change['snoozedUntil'] = cleared
    else if (isOneOf(plain, key)) change[key] = cleared
    else if (isOneOf(numbered, key)) change[key] = /^\d+$/.test(value) ? Number(value) : cleared
    else return no(word)
  }
  const asked = {
    ...change,
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(tags['+'].length === 0 ? {} : { addTags: tags['+'] }),
    ...(tags['-'].length === 0 ? {} : { removeTags: tags['-'] }),
  }
  const read = ticketPatch.safeParse(asked)
  return read.success ? { ok: true, change: read.data } : { ok: false, problem: problemOf(read.error) }
}

const no = (word: string): Read => ({
  ok: false,
  problem: `"${word}" is not understood. What can be set: ${[...plain, ...numbered].join(', ')}, snooze, tag+, tag-, field.KEY, each with = and a value.`,
})

function isOneOf<T extends string>(list: readonly T[], key: string): key is T {
  return (list as readonly string[]).includes(key)
}

/** Numbers and yes or no as such, several values with commas between in brackets, empty to clear. */
function valueOf(value: string): unknown {
  if (value === '') return null
  if (value === 'true' || value === 'false') return value === 'true'
  if (/^-?\d{1,15}(?:\.\d{1,6})?$/.test(value)) return Number(value)
  const list = /^\[(.*)\]$/s.exec(value)
  return list === null ? value : (list[1] ?? '').split(',').map((each) => each.trim())
}

function problemOf({ issues: [first] }: z.ZodError): string {
  return first === undefined ? 'is not understood' : `${first.path.join('.')}: ${first.message}`
}
