// Mentions: a colleague wrote @somebody in a message. They are read in one list and marked read together.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Notes whom a message mentions. */
export async function addMentions(
  db: Db,
  mention: {
    readonly messageId: number
    readonly ticketId: number
    readonly byId: PersonId
    readonly at: Instant
  },
  agentIds: readonly number[],
): Promise<void> {
  await db.rows(sql`insert into mention (message_id, agent_id, ticket_id, by_id, at)
    select ${mention.messageId}, person_id, ${mention.ticketId}, ${mention.byId}, ${mention.at} from agent
    where person_id = any(${agentIds}) and deactivated_at is null and person_id <> ${mention.byId} on conflict do nothing`)
}

export type Mention = {
  readonly messageId: number
  readonly ticketId: number
  readonly subject: string
  readonly byId: PersonId
  readonly byName: string
  readonly byEmail: string
  readonly at: Instant
  readonly read: boolean
  readonly snippet: string
}

/** Where an agent was mentioned, newest first, on tickets of these walls. */
export async function mentionsOf(db: Db, reader: Reader, limit: number): Promise<Mention[]> {
  return db.rows<Mention>(sql`select n.message_id as "messageId", t.id as "ticketId", t.subject, p.id as "byId",
      p.name as "byName", coalesce(p.email, '') as "byEmail", n.at, n.read_at is not null as read,
      left(regexp_replace(m.body_text, '\\s+', ' ', 'g'), 160) as snippet
    from mention n join ticket t on t.id = n.ticket_id join message m on m.id = n.message_id
      join person p on p.id = n.by_id
    where n.agent_id = ${reader.agentId} and m.voided_at is null and m.redacted_at is null and ${inSight(reader)}
    order by n.at desc limit ${limit}`)
}

/** Marks everything that was mentioned to an agent as read. */
export async function readMentions(db: Db, agentId: PersonId, at: Instant): Promise<void> {
  await db.rows(sql`update mention set read_at = ${at} where agent_id = ${agentId} and read_at is null`)
}
