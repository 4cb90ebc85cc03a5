// What people could have seen of a ticket or acted on. Counters and places in the log are not part of it: two replays that differ in
// these alone have not gone apart.
import type { Ticket } from '#tickets/ticket.ts'

/** The plain fields that reports compare, by the ticket's own names. */
export const SEEN = [
  'status',
  'labelId',
  'priority',
  'type',
  'categoryId',
  'tags',
  'fields',
  'requesterId',
  'organizationId',
  'participants',
  'assigneeId',
  'teamId',
  'queueId',
  'brandId',
  'formId',
  'snoozedUntil',
  'subjectRevisionId',
  'closeReason',
  'flags',
  'links',
] as const satisfies readonly (keyof Ticket)[]
export type SeenField = (typeof SEEN)[number]

/** Names of the fields in which two states of a ticket differ to people. */
export function differing(a: Ticket, b: Ticket): readonly SeenField[] {
  return SEEN.filter((field) => !isSame(a[field], b[field]))
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  // Nearly always they are written alike.
  if (JSON.stringify(a) === JSON.stringify(b)) return true
  return textOf(a) === textOf(b)
}

/** A value of a field as text, the same whatever the order of its keys. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(textOf).toSorted().join(', ')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, each]) => `${key}=${textOf(each)}`)
    .join(', ')
}
