// Chats: which tickets are whose, how far each side has read, and the next moment at which one is looked at.
import type { MessageId, PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Chat = {
  readonly ticketId: TicketId
  readonly visitorId: number
  readonly begunAt: Instant
  readonly page: string | null
  readonly referrer: string | null
  /** How far the visitor has read in the widget, and what went out by mail. */
  readonly readSeq: number
  readonly mailedSeq: number
  readonly askedAt: Instant | null
}

const columns = sql`c.ticket_id as "ticketId", c.visitor_id as "visitorId", c.begun_at as "begunAt", c.page, c.referrer,
  c.read_seq as "readSeq", c.mailed_seq as "mailedSeq", c.asked_at as "askedAt"`

/** The chat that a ticket is; null when it is none. */
export async function findChat(db: Db, ticketId: number): Promise<Chat | null> {
  const [row] = await db.hot<Chat>(sql`select ${columns} from chat c where c.ticket_id = ${ticketId}`)
  return row ?? null
}

/** Whether a ticket is a chat whose visitor is its requester. */
export async function isReadByRequester(db: Db, ticketId: number, requesterId: PersonId): Promise<boolean> {
  const rows = await db.hot(sql`select from chat c join visitor v on v.id = c.visitor_id
    where c.ticket_id = ${ticketId} and v.person_id = ${requesterId}`)
  return rows.length > 0
}

/** The chat that a ticket is, with its row held until the transaction ends. */
export async function lockChat(tx: Transaction, ticketId: number): Promise<Chat | null> {
  return tx.row<Chat>(sql`select ${columns} from chat c where c.ticket_id = ${ticketId} for update`)
}

/** The newest chat of a visitor that is still theirs; of one who is shown to be somebody also what this person began elsewhere, in the same brand. */
export async function newestChat(
  db: Db,
  who: { visitorId: number; personId: PersonId | null; isShown: boolean; brandId: number },
): Promise<Chat | null> {
  const [row] = await db.hot<Chat>(sql`select * from (
      (select ${columns} from chat c join ticket t on t.id = c.ticket_id
        where c.visitor_id = ${who.visitorId} and t.requester_id = ${who.personId}::bigint
        order by c.ticket_id desc limit 1)
      union all
      (select ${columns} from chat c join ticket t on t.id = c.ticket_id
        where ${who.isShown} and t.requester_id = ${who.personId}::bigint and t.brand_id = ${who.brandId}
        order by c.ticket_id desc limit 1)) both_of
    order by "ticketId" desc limit 1`)
  return row ?? null
}

/** A ticket is a chat from now on. */
export async function addChat(
  tx: Transaction,
  chat: Pick<Chat, 'ticketId' | 'visitorId' | 'page' | 'referrer'> & { readonly at: Instant },
): Promise<void> {
  await tx.rows(sql`insert into chat (ticket_id, visitor_id, begun_at, page, referrer, read_seq)
    values (${chat.ticketId}, ${chat.visitorId}, ${chat.at}, ${chat.page}, ${chat.referrer}, 1)`)
}

/** The chats that a visitor has begun. */
export async function chatsOf(db: Db, visitorId: number): Promise<TicketId[]> {
  const rows = await db.rows<{ id: TicketId }>(
    sql`select ticket_id as id from chat where visitor_id = ${visitorId} order by ticket_id`,
  )
  return rows.map(({ id }) => id)
}

/** How much a visitor has begun, said and, where nobody was there, left since these moments. */
export async function countSaid(
  db: Db,
  visitorId: number,
  since: { chats: Instant; messages: Instant },
): Promise<{ chats: number; messages: number; left: number }> {
  const row = await db.row<{ chats: number; messages: number; left: number }>(sql`select
    (select count(*) from chat where visitor_id = ${visitorId} and begun_at > ${since.chats})::int as chats,
    (select count(*) from chat_message where visitor_id = ${visitorId} and at > ${since.messages})::int as messages,
    (select count(*) from chat_message c join message m on m.id = c.message_id
      where c.visitor_id = ${visitorId} and c.at > ${since.chats} and m.channel = 'form')::int as left`)
  return row ?? { chats: 0, messages: 0, left: 0 }
}

/** Whether anything that a visitor began or left was marked as spam. */
export async function hasSpam(db: Db, visitorId: number): Promise<boolean> {
  const rows = await db.rows(sql`select from chat_message c join message m on m.id = c.message_id
    join ticket t on t.id = m.ticket_id where c.visitor_id = ${visitorId} and t.hidden_as = 'spam' limit 1`)
  return rows.length > 0
}

/** The message that a browser called by this id before; null for a new one. */
export async function saidBefore(
  tx: Transaction,
  visitorId: number,
  clientId: string,
): Promise<MessageId | null> {
  const row = await tx.row<{ id: MessageId }>(sql`select message_id as id from chat_message
    where visitor_id = ${visitorId} and client_id = ${clientId}`)
  return row?.id ?? null
}

/** Keeps what a browser called a message. */
export async function keepSaid(
  tx: Transaction,
  said: { visitorId: number; clientId: string; messageId: MessageId; at: Instant },
): Promise<void> {
  await tx.rows(sql`insert into chat_message (visitor_id, client_id, message_id, at)
    values (${said.visitorId}, ${said.clientId}, ${said.messageId}, ${said.at})`)
}

/** Notes how far the visitor has read; false when they had read as far before. */
export async function noteRead(db: Db, ticketId: number, seq: number): Promise<boolean> {
  const rows = await db.rows(sql`update chat set read_seq = ${seq}
    where ticket_id = ${ticketId} and read_seq < ${seq} returning ticket_id`)
  return rows.length > 0
}

/** Notes what was done with a chat, and when it is looked at again. */
export async function noteLook(
  tx: Transaction,
  ticketId: number,
  next: { dueAt: Instant | null; askedAt: Instant | null; mailedSeq: number },
): Promise<void> {
  await tx.rows(sql`update chat set due_at = ${next.dueAt}, asked_at = ${next.askedAt}, mailed_seq = ${next.mailedSeq}
    where ticket_id = ${ticketId}`)
}

/** Chats to be looked at: those whose moment has come, and those in which the desk has said something. */
export async function dueChats(db: Db, at: Instant, limit: number): Promise<TicketId[]> {
  const rows = await db.hot<{ id: TicketId }>(sql`select ticket_id as id from chat_due
    union select ticket_id from chat where due_at <= ${at} limit ${limit}`)
  return rows.map(({ id }) => id)
}

/** Takes a chat off the list; the ticket is locked before, as it is by those who add to the list. */
export async function takeChatDue(tx: Transaction, ticketId: number): Promise<void> {
  await tx.rows(sql`delete from chat_due where ticket_id = ${ticketId}`)
}

/** The next moment at which a chat is looked at. */
export async function nextChatAt(db: Db): Promise<Instant | null> {
  const row = await db.row<{ at: Instant | null }>(
    sql`select min(due_at) as at from chat where due_at is not null`,
  )
  return row?.at ?? null
}
