// What was said in public on a ticket, in the order of its log: what a chat shows, and by whom it was said.
import type { TicketId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { messageColumns, type Message } from '#tickets/message-store.ts'

/** A public message at its place in its ticket's log, with its author's name. */
export type Placed = Message & {
  readonly seq: number
  readonly authorName: string
  /** The picture of the agent who wrote it. */
  readonly authorPicture: string | null
  readonly clientId: string | null
}

/** What was said in public on a ticket after a place, in the order of its log; split away and voided ones left out. */
export async function saidAfter(
  db: Db,
  ticket: { readonly id: TicketId; readonly without: readonly number[] },
  page: { readonly after: number; readonly limit: number },
): Promise<Placed[]> {
  return db.hot<Placed>(sql`select e.seq, coalesce(nullif(p.name, ''), '') as "authorName", s.client_id as "clientId",
      case when m.direction = 'outbound' then a.picture_sha256 end as "authorPicture", m.*
    from ticket_event e
      join (select ${messageColumns} from message where ticket_id = ${ticket.id} and kind = 'reply' and voided_at is null
        and side_conversation_id is null and not (id = any(${[...ticket.without]}::bigint[]))) m
        on m.id = (e.payload->>'messageId')::bigint
      left join person p on p.id = m."authorId" left join agent a on a.person_id = p.id
      left join chat_message s on s.message_id = m.id
    where e.ticket_id = ${ticket.id} and e.seq > ${page.after} and e.kind in ('ticket_opened', 'message_added')
    order by e.seq limit ${page.limit}`)
}

/** The picture of whoever has a ticket or has answered on it in public, by how it begins; null where it is nobody's of these. */
export async function pictureOn(db: Db, ticketId: number, beginning: string): Promise<string | null> {
  const [row] = await db.hot<{ sha256: string }>(sql`select picture_sha256 as sha256 from agent
    where left(picture_sha256, ${beginning.length}) = ${beginning} and person_id in (
      select assignee_id from ticket where id = ${ticketId} union all
      select author_id from message where ticket_id = ${ticketId} and kind = 'reply' and direction = 'outbound'
        and voided_at is null and side_conversation_id is null)
    limit 1`)
  return row?.sha256 ?? null
}

/** Whether a message was said in public on a ticket, and not taken back or erased. */
export async function isSaid(db: Db, ticketId: number, messageId: number): Promise<boolean> {
  const rows = await db.hot(sql`select from message where id = ${messageId} and ticket_id = ${ticketId}
    and kind = 'reply' and voided_at is null and redacted_at is null and side_conversation_id is null`)
  return rows.length > 0
}

/** Public messages of a ticket that were erased. */
export async function erasedOf(db: Db, ticketId: number): Promise<number[]> {
  const rows = await db.hot<{ id: number }>(sql`select id from message where ticket_id = ${ticketId}
    and kind = 'reply' and redacted_at is not null and side_conversation_id is null order by id`)
  return rows.map(({ id }) => id)
}

/** How far anybody of the desk has read a ticket. */
export async function readByDesk(db: Db, ticketId: number): Promise<number> {
  const [row] = await db.hot<{ seq: number | null }>(
    sql`select max(seq) as seq from ticket_read where ticket_id = ${ticketId}`,
  )
  return row?.seq ?? 0
}
