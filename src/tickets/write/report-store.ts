// The rows that reports read, as parts of the statement that writes an update. What they mean says reporting/rows.ts.
import type { Instant } from '#kit/time.ts'
import { raw, sql, type Sql } from '#store/sql.ts'
import { standingColumns, standingRow, type ReportStanding } from '#tickets/report-standing.ts'
import type { Status } from '#tickets/vocabulary.ts'
import { rowsOf } from '#tickets/write/rows.ts'

export const reportKinds = [
  'opened',
  'first_reply',
  'next_reply',
  'further_reply',
  'assistant_first_reply',
  'resolved',
  'reopened',
  'closed_unresolved',
  'handoff',
  'team_hop',
  'ping_pong',
  'surveyed',
  'rated',
  'confirmed',
  'assistant_answered',
  'assistant_escalated',
  'held_out',
  'draft_accepted',
  'draft_edited',
  'draft_rejected',
] as const
export type ReportKind = (typeof reportKinds)[number]

export type ReportSpan = ReportStanding & {
  /** Its place among the ticket's, from 1. */
  readonly nth: number
  readonly fromAt: Instant
  readonly toAt: Instant | null
  readonly sinceAt: Instant
  readonly status: Status
  /** Null while it lasts. */
  readonly workingMs: number | null
  readonly censored: boolean
  /** What its status went over to at its end; null while it lasts, where another stretch goes on in it, and of one that did not end. */
  readonly nextStatus: Status | null
}

export type ReportFact = ReportStanding & {
  readonly kind: ReportKind
  /** Its place among the ticket's of this kind; of replies, among all that were given in public by a person or the assistant. */
  readonly nth: number
  readonly at: Instant
  readonly sinceAt: Instant | null
  readonly workingMs: number | null
  readonly untilAt: Instant | null
  readonly authorId: number | null
  /** By new, open, pending, on hold. */
  readonly spentMs: readonly number[] | null
  readonly spentWorkingMs: readonly number[] | null
  readonly oneTouch: boolean | null
  /** Of a rating: 1 to 5. */
  readonly score: number | null
  /** The version under which the assistant did it, and 0 where none is known; null of what people did. Of an opening: that looked first. */
  readonly configVersion: number | null
}

/** What an update makes of the rows of its ticket: those that are new or different, and the keys of those that are gone. */
export type ReportChanges = {
  readonly spans: readonly ReportSpan[]
  readonly facts: readonly ReportFact[]
  readonly goneSpans: readonly number[]
  readonly goneFacts: readonly { readonly kind: ReportKind; readonly nth: number }[]
}

type Written = { readonly fresh: boolean; readonly report: ReportChanges | null }

/** The parts of a statement that write the rows of its tickets. */
export function reportParts(writes: readonly Written[]): Sql[] {
  const mayBeThere = writes.some(({ fresh }) => !fresh)
  return [...goneParts(writes), ...spanParts(writes, mayBeThere), ...factParts(writes, mayBeThere)]
}

function goneParts(writes: readonly Written[]): Sql[] {
  const spans = rowsOf(writes, ({ report }) => (report?.goneSpans ?? []).map((nth) => ({ nth })))
  const facts = rowsOf(writes, ({ report }) => report?.goneFacts ?? [])
  const parts: Sql[] = []
  if (spans.length > 0)
    parts.push(sql`rg as (delete from report_span r using t
      join jsonb_to_recordset(${JSON.stringify(spans)}::jsonb) as x(no integer, nth integer) on x.no = t.no
      where r.ticket_id = t.id and r.nth = x.nth)`)
  if (facts.length > 0)
    parts.push(sql`rh as (delete from report_fact r using t
      join jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as x(no integer, kind text, nth integer) on x.no = t.no
      where r.ticket_id = t.id and r.kind = x.kind and r.nth = x.nth)`)
  return parts
}

/** Columns with their types, the key first; `no` is the place of the update in the statement. */
const SPAN = {
  nth: 'integer',
  from_at: 'timestamptz',
  to_at: 'timestamptz',
  since_at: 'timestamptz',
  status: 'text',
  ...standingColumns,
  working_ms: 'bigint',
  censored: 'boolean',
  next_status: 'text',
}
const FACT = {
  kind: 'text',
  nth: 'integer',
  at: 'timestamptz',
  since_at: 'timestamptz',
  working_ms: 'bigint',
  until_at: 'timestamptz',
  ...standingColumns,
  author_id: 'bigint',
  spent_ms: 'bigint[]',
  spent_working_ms: 'bigint[]',
  one_touch: 'boolean',
  score: 'smallint',
  config_version: 'integer',
}

function spanParts(writes: readonly Written[], mayBeThere: boolean): Sql[] {
  const rows = rowsOf(writes, ({ report }) =>
    (report?.spans ?? []).map((each) => ({
      nth: each.nth,
      from_at: each.fromAt,
      to_at: each.toAt,
      since_at: each.sinceAt,
      status: each.status,
      ...standingRow(each),
      working_ms: each.workingMs,
      censored: each.censored,
      next_status: each.nextStatus,
    })),
  )
  return inserted('rs', 'report_span', 'ticket_id, nth', SPAN, rows, mayBeThere)
}

function factParts(writes: readonly Written[], mayBeThere: boolean): Sql[] {
  const rows = rowsOf(writes, ({ report }) =>
    (report?.facts ?? []).map((each) => ({
      kind: each.kind,
      nth: each.nth,
      at: each.at,
      since_at: each.sinceAt,
      working_ms: each.workingMs,
      until_at: each.untilAt,
      ...standingRow(each),
      author_id: each.authorId,
      spent_ms: each.spentMs,
      spent_working_ms: each.spentWorkingMs,
      one_touch: each.oneTouch,
      score: each.score,
      config_version: each.configVersion,
    })),
  )
  return inserted('rf', 'report_fact', 'ticket_id, kind, nth', FACT, rows, mayBeThere)
}

function inserted(
  name: string,
  table: string,
  key: string,
  types: Readonly<Record<string, string>>,
  rows: readonly object[],
  mayBeThere: boolean,
): Sql[] {
  if (rows.length === 0) return []
  const columns = raw(Object.keys(types).join(', '))
  const typed = raw(
    Object.entries(types)
      .map(([column, type]) => `${column} ${type}`)
      .join(', '),
  )
  const changed = Object.keys(types).filter((column) => !key.includes(column))
  const given = raw(changed.map((column) => `excluded.${column}`).join(', '))
  const again = sql`on conflict (${raw(key)}) do update set (${raw(changed.join(', '))}) = (${given})`
  return [
    sql`${raw(name)} as (insert into ${raw(table)} (ticket_id, ${columns}) select t.id, ${columns}
      from t join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(no integer, ${typed}) on x.no = t.no
      ${mayBeThere ? again : raw('')})`,
  ]
}
