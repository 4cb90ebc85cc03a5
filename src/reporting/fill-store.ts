// The rows that reports read, as they stand: read for comparison with the log, and written where they are made anew.
import type { Instant } from '#kit/time.ts'
import type { ReportRows } from '#reporting/rows.ts'
import type { Db, Transaction } from '#store/database.ts'
import { join, raw, sql } from '#store/sql.ts'
import { standingSelected } from '#tickets/report-standing.ts'
import type { ReportFold } from '#tickets/write/report-fold.ts'
import {
  reportParts,
  type ReportChanges,
  type ReportFact,
  type ReportSpan,
} from '#tickets/write/report-store.ts'

const standing = raw(standingSelected)

/** The rows of some tickets, as the fold makes them. */
export async function rowsOfTickets(db: Db, ids: readonly number[]): Promise<Map<number, ReportRows>> {
  const spans = await db.rows<ReportSpan & { ticketId: number }>(sql`select ticket_id as "ticketId", nth,
      from_at as "fromAt", to_at as "toAt", since_at as "sinceAt", status, ${standing}, working_ms as "workingMs", censored,
      next_status as "nextStatus"
    from report_span where ticket_id = any(${ids}::bigint[]) order by ticket_id, nth`)
  const facts = await db.rows<
    ReportFact & { ticketId: number }
  >(sql`select ticket_id as "ticketId", kind, nth, at,
      since_at as "sinceAt", working_ms as "workingMs", until_at as "untilAt", ${standing}, author_id as "authorId",
      spent_ms as "spentMs", spent_working_ms as "spentWorkingMs", one_touch as "oneTouch", score,
      config_version as "configVersion"
    from report_fact where ticket_id = any(${ids}::bigint[]) order by ticket_id, at, kind, nth`)
  const without = (each: { ticketId: number }) => {
    const { ticketId: _, ...row } = each
    return row
  }
  const [spansBy, factsBy] = [
    Map.groupBy(spans, ({ ticketId }) => ticketId),
    Map.groupBy(facts, ({ ticketId }) => ticketId),
  ]
  return new Map(
    ids.map((id) => [
      id,
      {
        spans: (spansBy.get(id) ?? []).map(without) as ReportSpan[],
        facts: (factsBy.get(id) ?? []).map(without) as ReportFact[],
      },
    ]),
  )
}

/** Writes what is different of the rows of some tickets. */
export async function writeRows(db: Db, changes: ReadonlyMap<number, ReportChanges>): Promise<void> {
  const ids = [...changes.keys()]
  const parts = reportParts([...changes.values()].map((report) => ({ fresh: false, report })))
  if (parts.length === 0) return
  await db.rows(sql`with t as materialized (select id, no from unnest(${ids}::bigint[]) with ordinality as x (id, no)),
    ${join(parts, ',\n')} select`)
}

/** Keeps where the folds of some tickets have come to. */
export async function writeFolds(db: Db, folds: ReadonlyMap<number, ReportFold | null>): Promise<void> {
  if (folds.size === 0) return
  const rows = [...folds].map(([id, fold]) => ({ id, fold }))
  await db.rows(sql`update ticket_state s set report_fold = nullif(x.fold, 'null')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id bigint, fold jsonb) where s.ticket_id = x.id`)
}

export type Fill = {
  readonly id: number
  readonly afterTicketId: number
  readonly done: number
  readonly changed: number
  readonly finishedAt: Instant | null
}
const columns = sql`id, after_ticket_id as "afterTicketId", done, changed, finished_at as "finishedAt"`

/** Has the rows of all tickets made anew; returns the number of this round. */
export async function askFill(db: Db, at: Instant): Promise<number> {
  const row = await db.row<{ id: number }>(
    sql`insert into report_fill (created_at) values (${at}) returning id`,
  )
  return row?.id ?? 0
}

/** Whether nothing is being made anew. */
export async function isFilled(db: Db): Promise<boolean> {
  return (await db.row(sql`select from report_fill where finished_at is null limit 1`)) === null
}

/** The oldest that is not finished, locked; null when there is none, or somebody else is at it. */
export async function takeFill(tx: Transaction): Promise<Fill | null> {
  return tx.row(
    sql`select ${columns} from report_fill where finished_at is null order by id limit 1 for update skip locked`,
  )
}

/** How far one has come. */
export async function findFill(db: Db, id: number): Promise<Fill | null> {
  return db.row(sql`select ${columns} from report_fill where id = ${id}`)
}

/** The next tickets in order of number. */
export async function ticketsToFill(db: Db, after: number, limit: number): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(
    sql`select id from ticket where id > ${after} order by id limit ${limit}`,
  )
  return rows.map(({ id }) => id)
}

/** Notes how far it has come. */
export async function advanceFill(db: Db, fill: Fill): Promise<void> {
  await db.rows(sql`update report_fill set after_ticket_id = ${fill.afterTicketId}, done = ${fill.done},
    changed = ${fill.changed}, finished_at = ${fill.finishedAt}::timestamptz where id = ${fill.id}`)
}
