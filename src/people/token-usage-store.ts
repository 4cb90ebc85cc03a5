// What tokens did, by day: counted in memory, written in one statement for all.
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Counted = { readonly tokenId: number; readonly day: string; requests: number; refusals: number }

/** Adds what was counted since the last time. A token that is gone by now counts no more. */
export async function addUsage(db: Db, counted: readonly Counted[]): Promise<void> {
  if (counted.length === 0) return
  await db.rows(sql`insert into token_usage (token_id, day, requests, refusals)
    select c."tokenId", c.day, c.requests, c.refusals
      from jsonb_to_recordset(${JSON.stringify(counted)}::jsonb) as c("tokenId" bigint, day date, requests bigint, refusals bigint)
      join api_token t on t.id = c."tokenId"
    on conflict (token_id, day) do update
      set requests = token_usage.requests + excluded.requests, refusals = token_usage.refusals + excluded.refusals`)
}

export type DayOfUse = { readonly day: string; readonly requests: number; readonly refusals: number }

/** What some tokens did since a moment, by day, the newest first. */
export async function usageOf(
  db: Db,
  tokenIds: readonly number[],
  since: Instant,
): Promise<ReadonlyMap<number, DayOfUse[]>> {
  const rows = await db.rows<
    DayOfUse & { tokenId: number }
  >(sql`select token_id as "tokenId", day::text, requests, refusals
    from token_usage where token_id = any(${[...tokenIds]}::bigint[]) and day > (${since}::timestamptz at time zone 'UTC')::date
    order by token_id, day desc`)
  const byToken = Map.groupBy(rows, ({ tokenId }) => tokenId)
  const dayOf = ({ day, requests, refusals }: DayOfUse) => ({ day, requests, refusals })
  return new Map([...byToken].map(([id, days]) => [id, days.map(dayOf)]))
}

/** Forgets the days before. */
export async function dropOldUsage(db: Db, before: Instant): Promise<void> {
  await db.rows(sql`delete from token_usage where day <= (${before}::timestamptz at time zone 'UTC')::date`)
}
