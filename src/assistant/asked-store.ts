// What customers ask for, by the subjects of their tickets, and which of them the assistant found no article for.
import type { TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type AskedTicket = {
  readonly id: TicketId
  readonly subject: string
  /** The requester's. */
  readonly language: string | null
  /** The assistant looked and found no article for it. */
  readonly unanswered: boolean
}

/** Tickets since a moment that a reader sees, the newest first, and some by number in any case. */
export async function askedTickets(
  db: Db,
  reader: Reader,
  since: Instant,
  also: readonly number[],
  limit: number,
): Promise<AskedTicket[]> {
  return db.rows<AskedTicket>(sql`select t.id, t.subject, p.language, exists (select from assistant_run r
      where r.ticket_id = t.id and r.reason = 'no_evidence') as unanswered
    from ticket t join person p on p.id = t.requester_id
    where not t.hidden and ${inSight(reader)} and (t.id = any(${also}::bigint[])
      or t.id in (select id from ticket where created_at >= ${since} order by id desc limit ${limit}))
    order by t.id desc`)
}
