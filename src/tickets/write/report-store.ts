// The rows that reports read, as parts of the statement that writes an update. What they mean says reporting/rows.ts.
import type { Instant } from '#kit/time.ts'
import { join, raw, sql, type Sql } from '#store/sql.ts'
import {
  plainFact,
  standingColumns,
  standingOf,
  standingRow,
  type ReportStanding,
} from '#tickets/report-standing.ts'
import type { Ticket } from '#tickets/ticket.ts'
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

type Written = { readonly fresh: boolean; readonly report: ReportChanges | null; readonly ticket?: Ticket }

/** The parts of a statement that write the rows of its tickets; fresh ones it gives back as `tn`, with `openedColumns`. */
export function reportParts(writes: readonly Written[]): Sql[] {
  if (writes.length > 0 && writes.every(isOpening)) return openingParts()
  const mayBeThere = writes.some(({ fresh }) => !fresh)
  return [...goneParts(writes), ...spanParts(writes, mayBeThere), ...factParts(writes, mayBeThere)]
}

/** What `openingParts` reads of fresh tickets. */
export const openedColumns = raw(['id', 'created_at', 'status', ...Object.keys(standingColumns)].join(', '))

/** Whether a fresh ticket has been opened and nothing else: most of them. */
function isOpening({ fresh, report, ticket }: Written): boolean {
  if (!fresh || report === null || ticket === undefined) return false
  const { spans, facts, goneSpans, goneFacts } = report
  const [span, fact] = [spans[0], facts[0]]
  if (span === undefined || fact === undefined) return false
  if (spans.length + facts.length + goneSpans.length + goneFacts.length !== 2) return false
  const { openedAt: at, status } = ticket
  const standing = standingOf(ticket)
  return (
    isSame(span, { ...NO_SPAN, ...standing, fromAt: at, sinceAt: at, status }) &&
    isSame(fact, { ...NO_FACT, ...standing, at })
  )
}

const NO_SPAN = { nth: 1, toAt: null, workingMs: null, censored: false, nextStatus: null }
const NO_FACT = { ...plainFact, kind: 'opened', nth: 1 } as const

function isSame<Row extends object>(one: Row, other: Row): boolean {
  return (Object.keys(other) as (keyof Row)[]).every((key) => one[key] === other[key])
}

/** All that such rows say stands in the ticket's own: nothing is told twice. */
function openingParts(): Sql[] {
  const standing = raw(Object.keys(standingColumns).join(', '))
  return [
    sql`rs as (insert into report_span (ticket_id, nth, from_at, since_at, status, censored, ${standing})
      select id, ${raw(String(NO_SPAN.nth))}, created_at, created_at, status, ${raw(String(NO_SPAN.censored))}, ${standing} from tn)`,
    sql`rf as (insert into report_fact (ticket_id, kind, nth, at, ${standing})
      select id, ${raw(`'${NO_FACT.kind}'`)}, ${raw(String(NO_FACT.nth))}, created_at, ${standing} from tn)`,
  ]
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
  rows: readonly (Readonly<Record<string, unknown>> & { readonly no: number })[],
  mayBeThere: boolean,
): Sql[] {
  if (rows.length === 0) return []
  const columns = raw(Object.keys(types).join(', '))
  const given = rows.every(({ no }) => no === 1) ? valuesOf(types, rows) : null
  const typed = raw(
    Object.entries(types)
      .map(([column, type]) => `${column} ${type}`)
      .join(', '),
  )
  const changed = Object.keys(types).filter((column) => !key.includes(column))
  const excluded = raw(changed.map((column) => `excluded.${column}`).join(', '))
  const again = sql`on conflict (${raw(key)}) do update set (${raw(changed.join(', '))}) = (${excluded})`
  return [
    sql`${raw(name)} as (insert into ${raw(table)} (ticket_id, ${columns}) select t.id, ${columns}
      from ${given ?? sql`t join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(no integer, ${typed}) on x.no = t.no`}
      ${mayBeThere ? again : raw('')})`,
  ]
}

/** What most updates write at most, of stretches and of facts. */
const PAIR = 2

/**
 * A pair of rows of the first ticket, mostly the only one, as values, which costs a third of the same as JSON; where it is one row the other is
 * empty, so that the statement is the same one. Null of more rows.
 */
function valuesOf(
  types: Readonly<Record<string, string>>,
  rows: readonly Readonly<Record<string, unknown>>[],
): Sql | null {
  if (rows.length > PAIR) return null
  const columns = Object.entries(types)
  const row = (values: Readonly<Record<string, unknown>>) =>
    join(columns.map(([column, type]) => sql`${values[column] ?? null}::${raw(type)}`))
  const names = raw(columns.map(([column]) => column).join(', '))
  const both = Array.from({ length: PAIR }, (_, place) => sql`(${row(rows[place] ?? {})})`)
  return sql`t join (values ${join(both)}) as x(${names}) on t.no = 1 and x.nth is not null`
}
