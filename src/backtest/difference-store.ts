// The tickets of a backtest that would have gone otherwise, each with what differs.
import type { Difference } from '#backtest/compare.ts'
import type { Verdict } from '#backtest/verdict.ts'
import type { Instant } from '#kit/time.ts'
import { inSight } from '#people/wall-store.ts'
import type { Reader } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { join, sql, type Sql } from '#store/sql.ts'

/** What is kept of a verdict. */
export type KeptVerdict = {
  readonly divergesAt: Instant | null
  readonly differences: readonly Difference[]
  readonly marks: Verdict['marks']
}

/** Keeps what a backtest found of some tickets. */
export async function addDifferences(
  db: Db,
  backtestId: number,
  verdicts: readonly Verdict[],
): Promise<void> {
  if (verdicts.length === 0) return
  const kept = verdicts.map(({ comparison, marks }): string =>
    JSON.stringify({ ...comparison, marks } satisfies KeptVerdict),
  )
  await db.rows(sql`insert into backtest_difference (backtest_id, ticket_id, verdict)
    select ${backtestId}, ticket_id, verdict from unnest(${verdicts.map(({ ticketId }) => ticketId)}::bigint[], ${kept}::jsonb[])
      as found (ticket_id, verdict)`)
}

/** Puts what was found in the place of what was found before. */
export async function replaceDifferences(
  db: Db,
  backtestId: number,
  verdicts: readonly Verdict[],
): Promise<void> {
  await db.rows(sql`delete from backtest_difference where backtest_id = ${backtestId}`)
  await addDifferences(db, backtestId, verdicts)
}

/** Asks for tickets of which one difference is all of this. */
export type DifferenceFilter = {
  readonly kind?: Difference['kind'] | undefined
  readonly rule?: number | undefined
  readonly certain?: boolean | undefined
  /** A recipient, a metric or a field, with the values before and after. */
  readonly what?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

export type KeptDifference = {
  readonly ticketId: number
  /** Null when the ticket is gone. */
  readonly subject: string | null
  readonly verdict: KeptVerdict
}

/** Differing tickets that the reader sees, by number. */
export async function listDifferences(
  db: Db,
  backtestId: number,
  page: { readonly limit: number; readonly after: number } & DifferenceFilter,
  reader: Reader,
): Promise<KeptDifference[]> {
  return db.rows<KeptDifference>(sql`select f.ticket_id as "ticketId", t.subject, f.verdict
    from backtest_difference f left join ticket t on t.id = f.ticket_id
    where f.backtest_id = ${backtestId} and f.ticket_id > ${page.after} and ${inSight(reader)} and ${fitting(page)}
    order by f.ticket_id limit ${page.limit}`)
}

function fitting({ kind, rule, certain, what, from, to }: DifferenceFilter): Sql {
  const asked = [
    ...(kind === undefined ? [] : [sql`d ->> 'kind' = ${kind}`]),
    ...(rule === undefined ? [] : [sql`(d ->> 'ruleId')::bigint = ${rule}`]),
    ...(certain === undefined ? [] : [sql`(d ->> 'certain')::boolean = ${certain}`]),
    ...(what === undefined ? [] : [sql`d ->> 'what' = ${what}`]),
    ...(from === undefined ? [] : [sql`d ->> 'from' = ${from}`]),
    ...(to === undefined ? [] : [sql`d ->> 'to' = ${to}`]),
  ]
  if (asked.length === 0) return sql`true`
  return sql`exists (select from jsonb_array_elements(f.verdict -> 'differences') d where ${join(asked, ' and ')})`
}

/** What differs of one ticket that the reader sees. */
export async function findDifference(
  db: Db,
  backtestId: number,
  ticketId: number,
  reader: Reader,
): Promise<KeptDifference | null> {
  return db.row<KeptDifference>(sql`select f.ticket_id as "ticketId", t.subject, f.verdict
    from backtest_difference f left join ticket t on t.id = f.ticket_id
    where f.backtest_id = ${backtestId} and f.ticket_id = ${ticketId} and ${inSight(reader)}`)
}
