// For how long somebody had a ticket before them, as sums; what of it is no event of the ticket.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/**
 * Adds to it, no more than has passed since it was last added to, and since the same person last had any other ticket before them: nobody
 * has two at once. Whole seconds alone count, and a part of one stays for the next time, however often it is told; the sum.
 */
export async function addTouch(
  db: Db,
  of: { ticketId: number; agentId: PersonId; seconds: number; at: Instant },
): Promise<number> {
  await db.rows(sql`select pg_advisory_xact_lock(hashtext('touch'), ${of.agentId}::integer)`)
  const row = await db.row<{
    seconds: number
  }>(sql`with passed as (select floor(extract(epoch from ${of.at}::timestamptz - max(last_at))) as seconds, max(last_at) as since
      from touch_time where agent_id = ${of.agentId}),
    told as (select case when since is null then ${of.seconds} else greatest(0, least(${of.seconds}, seconds)) end::int as seconds,
      case when seconds < ${of.seconds} then since + greatest(0, seconds) * interval '1 second' else ${of.at}::timestamptz end as last_at
      from passed)
    insert into touch_time (ticket_id, agent_id, seconds, last_at)
    select ${of.ticketId}, ${of.agentId}, seconds, last_at from told where seconds > 0
    on conflict (ticket_id, agent_id) do update set last_at = greatest(touch_time.last_at, excluded.last_at),
      seconds = touch_time.seconds + excluded.seconds
    returning seconds`)
  return row?.seconds ?? touchOf(db, of.ticketId, of.agentId)
}

/** What somebody spent on a ticket so far. */
export async function touchOf(db: Db, ticketId: number, agentId: PersonId): Promise<number> {
  const row = await db.row<{ seconds: number }>(
    sql`select seconds from touch_time where ticket_id = ${ticketId} and agent_id = ${agentId}`,
  )
  return row?.seconds ?? 0
}
