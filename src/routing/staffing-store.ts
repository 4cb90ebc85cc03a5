// What a staffing hint is made of: who came when, how long work took, what was promised.
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { QueueRow } from '#routing/book.ts'
import { queueOfTicket } from '#routing/map-store.ts'
import type { Compiling } from '#rules/condition-store.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** How many came within a quarter of an hour from `at` (ms): no zone's hours begin within one. */
export type Came = { readonly at: number; readonly isChat: boolean; readonly count: number }

/** Tickets opened since a moment that a queue takes by today's conditions (or any queue), by quarter of an hour. */
export async function cameByQuarter(
  db: Db,
  queues: readonly QueueRow[],
  { queueId, since }: { queueId: number | null; since: Instant },
  compiling: Compiling,
  reader: Reader,
): Promise<Came[]> {
  return db.rows<Came>(sql`select at, "isChat", count(*)::int as count from (
      select (floor(extract(epoch from t.created_at) / 900) * 900000)::float8 as at, t.channel = 'chat' as "isChat", ${queueOfTicket(queues, compiling)} as "queueId"
      from ticket t where t.created_at >= ${since} and not t.hidden and ${inSight(reader)}) came
    where ${queueId}::bigint is null or "queueId" = ${queueId} group by 1, 2`)
}

export type WorkSeen = {
  /** Since when there are tickets to learn from. */
  readonly firstAt: Instant | null
  /** Mean seconds of an answer; null when there are too few. */
  readonly answerSeconds: number | null
  readonly answersPerTicket: number | null
  /** Median of what was promised for a first reply. */
  readonly promisedSeconds: number | null
}

/** How much work tickets were since a moment, and what was promised for them. */
export async function workSeen(db: Db, since: Instant, reader: Reader): Promise<WorkSeen> {
  const row = await db.row<WorkSeen>(sql`select
    (select min(t.created_at) from ticket t where t.created_at >= ${since} and ${inSight(reader)}) as "firstAt",
    (select case when count(*) >= 10 then avg(seconds) end from (
      select extract(epoch from m.at - lag(m.at) over (partition by m.author_id order by m.at))::float8 as seconds
      from message m join ticket t on t.id = m.ticket_id where ${inSight(reader)} and m.direction = 'outbound' and m.author_type = 'agent' and m.at >= ${since}) answers
      where seconds between 60 and 3600) as "answerSeconds",
    (select avg(greatest(1, t.reply_count))::float8 from ticket t
      where t.created_at >= ${since} and t.status in ('resolved', 'closed') and not t.hidden and ${inSight(reader)}) as "answersPerTicket",
    (select percentile_cont(0.5) within group (order by c.target_seconds) from ticket_clock c
      join ticket t on t.id = c.ticket_id where t.created_at >= ${since} and ${inSight(reader)} and c.metric = 'first_reply'
        and c.kind = 'customer') as "promisedSeconds"`)
  return row ?? { firstAt: null, answerSeconds: null, answersPerTicket: null, promisedSeconds: null }
}
