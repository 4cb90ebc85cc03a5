// Whose a stretch of a ticket's life is, and of what rank, as reports tell them apart: a row each, for what is kept of every stretch and
// fact. Another row asks for its columns in report_span and report_fact, and for its word in reporting/vocabulary.ts.
import type { Ticket } from '#tickets/ticket.ts'

type Row = {
  /** What reports call it. */
  readonly by: string
  readonly column: string
  readonly type: 'bigint' | 'text'
  /** The event that changes it. */
  readonly event: `${string}_changed`
}

const rows = {
  teamId: { by: 'team', column: 'team_id', type: 'bigint', event: 'team_changed' },
  assigneeId: { by: 'assignee', column: 'assignee_id', type: 'bigint', event: 'assignee_changed' },
  categoryId: { by: 'category', column: 'category_id', type: 'bigint', event: 'category_changed' },
  priority: { by: 'priority', column: 'priority', type: 'text', event: 'priority_changed' },
} as const satisfies Partial<Record<keyof Ticket, Row>>

type Key = keyof typeof rows
export type StandingField = (typeof rows)[Key]['by']
type Plain<T> = T extends number ? number : T
export type ReportStanding = { readonly [K in Key]: Plain<Ticket[K]> }

export const standingKeys = Object.keys(rows) as Key[]
export const standingEvents = standingKeys.map((key) => rows[key].event)

/** Their columns with their types. */
export const standingColumns: Readonly<Record<string, Row['type']>> = Object.fromEntries(
  standingKeys.map((key) => [rows[key].column, rows[key].type]),
)
/** The columns of a row, each called as its field. */
export const standingSelected = standingKeys.map((key) => `${rows[key].column} as "${key}"`).join(', ')

const keyBy = new Map<string, Key>(standingKeys.map((key) => [rows[key].by, key]))

/** Whether a report tells by what is kept of every stretch and fact. */
export function isOfStanding(by: string): by is StandingField {
  return keyBy.has(by)
}

/** The field that a report calls so, and its column. */
export function standingCalled(by: StandingField): { readonly key: Key; readonly column: string } {
  const key = keyBy.get(by) as Key
  return { key, column: rows[key].column }
}

/** How a ticket stands. */
export function standingOf(ticket: ReportStanding): ReportStanding {
  return Object.fromEntries(standingKeys.map((key) => [key, ticket[key]])) as ReportStanding
}

/** The same by columns. */
export function standingRow(standing: ReportStanding): Readonly<Record<string, unknown>> {
  return Object.fromEntries(standingKeys.map((key) => [rows[key].column, standing[key]]))
}

/** What a fact has besides its kind, moment and standing, unless it says so. */
export const plainFact = {
  sinceAt: null,
  workingMs: null,
  untilAt: null,
  authorId: null,
  spentMs: null,
  spentWorkingMs: null,
  oneTouch: null,
  score: null,
  configVersion: null,
} as const
