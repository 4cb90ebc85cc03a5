// Replies that did not arrive, for those who wrote them, until they have looked.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { aboutNoneOrInSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { sql } from '#store/sql.ts'

export type Undelivered = {
  readonly id: number
  readonly ticketId: number
  readonly recipient: string
  readonly detail: string
  readonly at: Instant
}

type AuthorOfLost = {
  readonly email: string
  readonly name: string
  readonly language: string | null
  readonly ticketId: number
}

/** Notes that a message did not reach somebody, for the agent who wrote it; null when that was known, or no agent wrote it. */
export async function noteUndelivered(
  db: Db,
  messageId: number,
  lost: { readonly recipient: string; readonly detail: string; readonly at: Instant },
): Promise<AuthorOfLost | null> {
  const row = await db.row<AuthorOfLost>(sql`with n as (
      insert into alert (agent_id, ticket_id, message_id, recipient, detail, at)
      select m.author_id, m.ticket_id, m.id, ${lost.recipient}, ${lost.detail.slice(0, 500)}, ${lost.at}
      from message m join agent a on a.person_id = m.author_id and a.deactivated_at is null
      where m.id = ${messageId} and m.author_type = 'agent'
      on conflict (message_id, recipient) do nothing returning agent_id, ticket_id)
    select p.email, p.name, p.language, n.ticket_id as "ticketId" from n join person p on p.id = n.agent_id`)
  if (row !== null) tell(db, { changed: 'alerts', id: null })
  return row
}

/** What an agent has not seen yet on tickets in sight, newest first. */
export async function undeliveredOf(db: Db, reader: Reader, limit: number): Promise<Undelivered[]> {
  return db.rows<Undelivered>(sql`select id, ticket_id as "ticketId", recipient, detail, at from alert
    where agent_id = ${reader.agentId} and seen_at is null and ${aboutNoneOrInSight(reader, sql`alert.ticket_id`)}
    order by id desc limit ${limit}`)
}

/** Marks an agent's own alert as seen; false when there is none. */
export async function markSeen(db: Db, agentId: PersonId, id: number, at: Instant): Promise<boolean> {
  const rows = await db.rows(sql`update alert set seen_at = ${at}
    where id = ${id} and agent_id = ${agentId} and seen_at is null returning id`)
  return rows.length > 0
}
