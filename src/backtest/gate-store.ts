// What the gate before publishing asks of the backtests that were run.
import type { Trial } from '#backtest/gate.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** How many tickets there are to try anything on, counted up to a number. */
export async function countHistory(db: Db, upTo: number): Promise<number> {
  return (await db.rows(sql`select id from ticket limit ${upTo}`)).length
}

/**
 * Trials of all tickets, not of chosen ones, of a candidate with this content against the version that is live, which ended since an instant and reach to the last days
 * before they were asked for; newest first.
 */
export async function trialsOf(
  db: Db,
  asked: { readonly hash: string; readonly baselineVersion: number; readonly since: Instant },
): Promise<Trial[]> {
  return db.rows<Trial>(sql`select id, extract(epoch from window_to - window_from)::float8 / 86400 as days, total as tickets,
      window_from <= (select min(created_at) from ticket) as "isWhole", report -> 'findings' as findings
    from backtest where state = 'done' and filter is null and sample is null and candidate_hash = ${asked.hash} and baseline_version = ${asked.baselineVersion}
      and finished_at >= ${asked.since}
      and (window_to >= created_at - interval '7 days' or window_to >= (select max(updated_at) from ticket))
    order by id desc`)
}
