// For how long somebody had a ticket before them, as sums; what of it is no event of the ticket.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Adds to it, no more than has passed since it was last added to; the sum. */
export async function addTouch(
  db: Db,
  of: { ticketId: number; agentId: PersonId; seconds: number; at: Instant },
): Promise<number> {
  const row = await db.row<{
    seconds: number
  }>(sql`insert into touch_time (ticket_id, agent_id, seconds, last_at)
    values (${of.ticketId}, ${of.agentId}, ${of.seconds}, ${of.at})
    on conflict (ticket_id, agent_id) do update set last_at = greatest(touch_time.last_at, excluded.last_at),
      seconds = touch_time.seconds
        + least(excluded.seconds, greatest(0, ceil(extract(epoch from excluded.last_at - touch_time.last_at)))::int)
    returning seconds`)
  return row?.seconds ?? 0
}

/** What somebody spent on a ticket so far. */
export async function touchOf(db: Db, ticketId: number, agentId: PersonId): Promise<number> {
  const row = await db.row<{ seconds: number }>(
    sql`select seconds from touch_time where ticket_id = ${ticketId} and agent_id = ${agentId}`,
  )
  return row?.seconds ?? 0
}
