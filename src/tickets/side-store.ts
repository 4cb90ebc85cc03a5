// Side conversations: threads with outside parties inside a ticket, hidden from its requester.
import type { PersonId, SideConversationId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { messageColumns, type Address, type Message } from '#tickets/message-store.ts'

export type SideThread = {
  readonly id: SideConversationId
  readonly ticketId: TicketId
  readonly subject: string
  readonly participants: readonly Address[]
  readonly createdAt: Instant
}

const columns = sql`id, ticket_id as "ticketId", subject, participants, created_at as "createdAt"`

/** Begins a thread; its first message is written by `desk/act`. */
export async function addSideThread(
  db: Db,
  thread: Omit<SideThread, 'id'> & { readonly createdBy: PersonId },
): Promise<SideConversationId> {
  const row = await db.row<{ id: SideConversationId }>(sql`
    insert into side_conversation (ticket_id, subject, participants, created_by, created_at)
    values (${thread.ticketId}, ${thread.subject}, ${JSON.stringify(thread.participants)}, ${thread.createdBy},
      ${thread.createdAt}) returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** One thread. */
export async function findSideThread(db: Db, id: number): Promise<SideThread | null> {
  return db.row<SideThread>(sql`select ${columns} from side_conversation where id = ${id}`)
}

export type SideSummary = SideThread & {
  readonly messages: number
  readonly lastAt: Instant | null
  readonly lastDirection: 'inbound' | 'outbound' | null
}

/** The threads of a ticket and of those merged into it, the newest first. */
export async function sideThreadsOf(
  db: Db,
  ticketIds: readonly number[],
  page: { limit: number; before: number | null },
): Promise<SideSummary[]> {
  return db.rows<SideSummary>(sql`select s.*, coalesce(m.count, 0) as messages, m.at as "lastAt",
      m.direction as "lastDirection"
    from (select ${columns} from side_conversation where ticket_id = any(${ticketIds})
      and id < ${page.before ?? Number.MAX_SAFE_INTEGER} order by id desc limit ${page.limit}) s
    left join lateral (select count(*) over () as count, at, direction from message
      where side_conversation_id = s.id and voided_at is null order by id desc limit 1) m on true
    order by s.id desc`)
}

/** Somebody who answers joins the thread: the next mail goes to them too. */
export async function joinSideThread(db: Db, id: number, who: Address): Promise<void> {
  await db.rows(sql`update side_conversation set participants = participants || ${JSON.stringify([who])}::jsonb
    where id = ${id} and not exists (select from jsonb_array_elements(participants) p where p->>'email' = ${who.email})`)
}

/** The messages of a thread before a place, the newest of them last. */
export async function sideMessages(
  db: Db,
  id: number,
  page: { limit: number; before: number | null },
): Promise<Message[]> {
  const rows = await db.rows<Message>(sql`select ${messageColumns} from message
    where side_conversation_id = ${id} and voided_at is null and id < ${page.before ?? Number.MAX_SAFE_INTEGER}
    order by id desc limit ${page.limit}`)
  return rows.toReversed()
}

/** The thread that the first known of these Message-IDs belongs to. */
export async function sideThreadOfRfcIds(
  db: Db,
  rfcIds: readonly string[],
): Promise<SideConversationId | null> {
  if (rfcIds.length === 0) return null
  const row = await db.row<{ id: SideConversationId | null }>(sql`
    select side_conversation_id as id from message where rfc_message_id = any(${rfcIds})
    order by array_position(${rfcIds}::text[], rfc_message_id) limit 1`)
  return row?.id ?? null
}
