// Soft locks of play mode: who has a ticket in hand for the next minutes. They guard nothing but the choice of the next one.
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

type Span = { readonly now: Instant; readonly until: Instant }

/** Takes or renews the lock of the first of these tickets that nobody else holds; null when all are held. */
export async function lockFirst(
  db: Db,
  ticketIds: readonly number[],
  agentId: PersonId,
  { now, until }: Span,
): Promise<TicketId | null> {
  for (const id of ticketIds) if (await lock(db, id, agentId, { now, until })) return id as TicketId
  return null
}

/** Takes or renews a lock; false while somebody else holds it. */
export async function lock(
  db: Db,
  ticketId: number,
  agentId: PersonId,
  { now, until }: Span,
): Promise<boolean> {
  const row = await db.row(sql`insert into ticket_lock as l (ticket_id, agent_id, until)
    values (${ticketId}, ${agentId}, ${until})
    on conflict (ticket_id) do update set agent_id = excluded.agent_id, until = excluded.until
      where l.until < ${now} or l.agent_id = ${agentId} returning ticket_id`)
  return row !== null
}

/** Gives a lock back. */
export async function unlock(db: Db, ticketId: number, agentId: PersonId): Promise<void> {
  await db.rows(sql`delete from ticket_lock where ticket_id = ${ticketId} and agent_id = ${agentId}`)
}

/** Which of these tickets somebody else holds. */
export async function lockedByOthers(
  db: Db,
  ticketIds: readonly number[],
  agentId: PersonId,
  now: Instant,
): Promise<Set<number>> {
  const rows = await db.rows<{ id: number }>(sql`select ticket_id as id from ticket_lock
    where ticket_id = any(${ticketIds}) and agent_id <> ${agentId} and until >= ${now}`)
  return new Set(rows.map(({ id }) => id))
}
