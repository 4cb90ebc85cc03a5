// What people said on tickets: messages, their attachments, drafts, and who has read how far.
import type { AttachmentId, MessageId, PersonId, SideConversationId, TicketId } from '#kit/ids.ts'
import type { Body } from '#mail/mail.ts'
import type { Invite } from '#mail/invite.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import type { Channel, Direction } from '#tickets/vocabulary.ts'

export type Address = { readonly name: string; readonly email: string }

export type Message = {
  readonly id: MessageId
  readonly ticketId: TicketId
  readonly kind: 'reply' | 'note'
  readonly direction: Direction
  readonly authorId: PersonId | null
  readonly authorType: string
  readonly channel: Channel
  readonly at: Instant
  readonly bodyText: string
  readonly bodyHtml: string | null
  readonly quotedText: string | null
  readonly recipients: { readonly to: readonly Address[]; readonly cc: readonly Address[] }
  readonly rfcMessageId: string | null
  readonly rfcReferences: readonly string[]
  readonly rawMailId: number | null
  readonly invite: Invite | null
  readonly senderCheck: 'verified' | 'unverified' | 'failed' | null
  readonly redactedAt: Instant | null
  /** Said beside the ticket, to others than its requester. */
  readonly sideConversationId: SideConversationId | null
}

/** The columns of a `Message`. */
export const messageColumns = sql`id, ticket_id as "ticketId", kind, direction, author_id as "authorId", author_type as "authorType",
  channel, at, body_text as "bodyText", body_html as "bodyHtml", quoted_text as "quotedText", recipients,
  rfc_message_id as "rfcMessageId", rfc_references as "rfcReferences", raw_mail_id as "rawMailId",
  redacted_at as "redactedAt", sender_check as "senderCheck", invite, side_conversation_id as "sideConversationId"`

/** Which messages a ticket shows: its own, those of merged sources, without those split away; none of its side conversations. */
export type Shown = {
  readonly ticketId: number
  readonly with: readonly number[]
  readonly without: readonly number[]
}

const shownIn = (shown: Shown) => sql`(ticket_id = ${shown.ticketId} or id = any(${shown.with}))
  and not (id = any(${shown.without})) and voided_at is null and side_conversation_id is null`

/** Messages in order of time, from after a place. */
export async function messagesAfter(
  db: Db,
  shown: Shown,
  page: { limit: number; after: { at: string; id: number } | null },
): Promise<Message[]> {
  const after = page.after ?? { at: '-infinity', id: 0 }
  return db.hot<Message>(sql`select ${messageColumns} from message where ${shownIn(shown)}
    and (at, id) > (${after.at}::timestamptz, ${after.id}) order by at, id limit ${page.limit}`)
}

/** The messages before a place, the newest of them last. */
export async function messagesBefore(
  db: Db,
  shown: Shown,
  page: { limit: number; before: { at: string; id: number } | null },
): Promise<Message[]> {
  const before = page.before ?? { at: 'infinity', id: Number.MAX_SAFE_INTEGER }
  const rows = await db.hot<Message>(sql`select ${messageColumns} from message where ${shownIn(shown)}
    and (at, id) < (${before.at}::timestamptz, ${before.id}) order by at desc, id desc limit ${page.limit}`)
  return rows.toReversed()
}

/** How many messages lie before a place. */
export async function countMessagesBefore(
  db: Db,
  shown: Shown,
  before: { at: string; id: number },
): Promise<number> {
  const [row] = await db.hot<{ count: number }>(sql`select count(*) from message where ${shownIn(shown)}
    and (at, id) < (${before.at}::timestamptz, ${before.id})`)
  return row?.count ?? 0
}

/** The first message that others have added since an agent last looked; null for who has seen all, or has never looked. */
export async function firstUnread(db: Db, ticketId: TicketId, agentId: PersonId): Promise<number | null> {
  const [row] = await db.hot<{ id: number }>(sql`select (e.payload->>'messageId')::bigint as id
    from ticket_read r join ticket_event e on e.ticket_id = r.ticket_id and e.seq > r.seq
    where r.ticket_id = ${ticketId} and r.agent_id = ${agentId} and r.seq > 0 and e.kind = 'message_added'
      and e.actor_id is distinct from ${agentId} order by e.seq limit 1`)
  return row?.id ?? null
}

/** Messages by id, without those that were taken back. */
export async function messagesById(db: Db, ids: readonly number[]): Promise<Message[]> {
  if (ids.length === 0) return []
  return db.hot<Message>(sql`select ${messageColumns} from message
    where id = any(${ids}) and voided_at is null order by at, id`)
}

/** The newest public messages of a ticket, newest first: what a reply refers to. */
export async function newestPublic(db: Db, ticketId: number, limit: number): Promise<Message[]> {
  return db.hot<Message>(sql`select ${messageColumns} from message
    where ticket_id = ${ticketId} and kind = 'reply' and voided_at is null and side_conversation_id is null order by id desc limit ${limit}`)
}

/** Where each of these people last wrote from on these tickets, if that is still an address of theirs; by person. */
export async function lastWrittenFrom(
  db: Db,
  ticketIds: readonly number[],
  people: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await db.hot<{ id: number; address: string }>(sql`
    select distinct on (a.person_id) a.person_id as id, a.address
    from message m join person_address a on a.address = m.from_email
    where m.ticket_id = any(${[...ticketIds]}) and a.person_id = any(${[...people]}) and m.direction = 'inbound'
      and m.voided_at is null and m.side_conversation_id is null
    order by a.person_id, m.id desc`)
  return new Map(rows.map(({ id, address }) => [id, address]))
}

export type ListDetail = {
  readonly ticketId: number
  /** The start of what the customer said last, in one line; of what they were told while they have said nothing. Never of a note. */
  readonly snippet: string | null
  readonly lastMessageAt: Instant | null
  readonly readSeq: number
  readonly drafted: boolean
}

/** What a list shows of tickets besides their state, for one agent. */
export async function listDetails(
  db: Db,
  agentId: PersonId,
  ticketIds: readonly number[],
): Promise<ListDetail[]> {
  return db.hot<ListDetail>(sql`select t.id as "ticketId",
      left(regexp_replace(regexp_replace(coalesce(heard.body_text, told.body_text), '[*_\\x60#>]+', '', 'g'),
        '\\s+', ' ', 'g'), 160) as snippet,
      m.at as "lastMessageAt",
      coalesce((select seq from ticket_read r where r.ticket_id = t.id and r.agent_id = ${agentId}), 0) as "readSeq",
      exists (select from draft d where d.ticket_id = t.id and d.agent_id = ${agentId}) as drafted
    from (select id::bigint from jsonb_array_elements_text(${JSON.stringify(ticketIds)}::jsonb) id) t left join lateral (
      select at from message
      where ticket_id = t.id and voided_at is null and side_conversation_id is null order by id desc limit 1) m on true
    left join lateral (select left(body_text, 600) as body_text from message
      where ticket_id = t.id and voided_at is null and side_conversation_id is null and kind = 'reply'
        and direction = 'inbound' order by id desc limit 1) heard on true
    left join lateral (select left(body_text, 600) as body_text from message
      where heard.body_text is null and ticket_id = t.id and voided_at is null and side_conversation_id is null
        and kind = 'reply' order by id desc limit 1) told on true`)
}

/** The ids of a ticket's own messages, in order. */
export async function messageIdsOf(db: Db, ticketId: number): Promise<MessageId[]> {
  const rows = await db.rows<{ id: MessageId }>(sql`select id from message
    where ticket_id = ${ticketId} and voided_at is null order by at, id`)
  return rows.map(({ id }) => id)
}

/** Gives messages to another ticket, as when a merge is taken apart. */
export async function moveMessages(db: Db, ids: readonly number[], ticketId: number): Promise<void> {
  if (ids.length > 0) await db.rows(sql`update message set ticket_id = ${ticketId} where id = any(${ids})`)
}

/** Hides a message that was taken back before it left. */
export async function voidMessage(db: Db, id: number, at: Instant): Promise<void> {
  await db.rows(sql`update message set voided_at = ${at} where id = ${id}`)
}

/** Takes from a message all that it says and carries. */
export async function eraseMessage(db: Db, id: number, at: Instant): Promise<void> {
  await db.rows(sql`delete from attachment where message_id = ${id}`)
  await db.rows(sql`update message set body_text = '', body_html = null, quoted_text = null, invite = null,
    redacted_at = ${at} where id = ${id}`)
}

/** Lets a message say something else. */
export async function rewriteMessage(
  db: Db,
  id: number,
  { bodyText, bodyHtml, quotedText }: Pick<Message, 'bodyText' | 'bodyHtml' | 'quotedText'>,
): Promise<void> {
  await db.rows(sql`update message set body_text = ${bodyText}, body_html = ${bodyHtml}, quoted_text = ${quotedText}
    where id = ${id}`)
}

/** The tickets that messages with these Message-IDs belong to, the first id's first. */
export async function ticketsByRfcIds(db: Db, rfcIds: readonly string[]): Promise<TicketId[]> {
  if (rfcIds.length === 0) return []
  const rows = await db.hot<{ ticketId: TicketId; rfcId: string }>(sql`
    select ticket_id as "ticketId", rfc_message_id as "rfcId" from message where rfc_message_id = any(${rfcIds})
    union all
    select ticket_id, rfc_message_id from outbox where rfc_message_id = any(${rfcIds})`)
  const order = new Map(rfcIds.map((rfcId, index) => [rfcId, index]))
  const sorted = rows.toSorted((a, b) => (order.get(a.rfcId) ?? 0) - (order.get(b.rfcId) ?? 0))
  return [...new Set(sorted.map(({ ticketId }) => ticketId))]
}

/** Which of these Message-IDs a ticket has, on its messages or on mails that went out from it. */
export async function rfcIdsOn(db: Db, ticketId: TicketId, rfcIds: readonly string[]): Promise<string[]> {
  const rows = await db.hot<{ id: string }>(sql`
    select rfc_message_id as id from message where ticket_id = ${ticketId} and rfc_message_id = any(${rfcIds})
    union select rfc_message_id from outbox where ticket_id = ${ticketId} and rfc_message_id = any(${rfcIds})`)
  return rows.map(({ id }) => id)
}

/** What was last written on a ticket to or by its customers, newest first. */
export async function textsOf(db: Db, ticketId: TicketId): Promise<string[]> {
  const rows = await db.hot<{ text: string }>(sql`select body_text as text from message
    where ticket_id = ${ticketId} and direction = 'outbound' and redacted_at is null
    order by id desc limit 20`)
  return rows.map(({ text }) => text)
}

/** The messages that came in under one Message-ID, and through which mailboxes. Whoever asks next waits for this transaction. */
export async function copiesOf(
  tx: Db,
  rfcId: string,
): Promise<{ ticketId: TicketId; mailboxId: number | null; bodyText: string }[]> {
  await tx.hot(sql`select pg_advisory_xact_lock(hashtext('copies of a mail'), hashtext(${rfcId}))`)
  return tx.hot(sql`select m.ticket_id as "ticketId", r.mailbox_id as "mailboxId", m.body_text as "bodyText"
    from message m join raw_mail r on r.id = m.raw_mail_id
    where m.rfc_message_id = ${rfcId} and m.direction = 'inbound' order by m.id limit 20`)
}

export type Attachment = {
  readonly id: AttachmentId
  readonly messageId: MessageId | null
  readonly sha256: string
  readonly name: string
  readonly type: string
  readonly size: number
  readonly contentId: string | null
  readonly inline: boolean
  readonly uploadedBy: PersonId | null
}

const attachmentColumns = sql`id, message_id as "messageId", sha256, name, type, size, content_id as "contentId",
  inline, uploaded_by as "uploadedBy"`

/** Attachments of messages, in the order they came. */
export async function attachmentsOf(db: Db, messageIds: readonly number[]): Promise<Attachment[]> {
  if (messageIds.length === 0) return []
  return db.hot<Attachment>(
    sql`select ${attachmentColumns} from attachment where message_id = any(${messageIds}) order by id`,
  )
}

/** One attachment. */
export async function findAttachment(db: Db, id: number): Promise<Attachment | null> {
  return db.row<Attachment>(sql`select ${attachmentColumns} from attachment where id = ${id}`)
}

/** Uploads of one agent that are on no message yet. */
export async function uploadsOf(db: Db, ids: readonly number[], agentId: PersonId): Promise<Attachment[]> {
  if (ids.length === 0) return []
  return db.rows<Attachment>(sql`select ${attachmentColumns} from attachment
    where id = any(${ids}) and message_id is null and uploaded_by = ${agentId}`)
}

/** Notes an upload; its bytes are in the blobs already. */
export async function addUpload(
  db: Db,
  file: { sha256: string; name: string; type: string; size: number; uploadedBy: PersonId },
): Promise<AttachmentId> {
  const row = await db.row<{
    id: AttachmentId
  }>(sql`insert into attachment (sha256, name, type, size, uploaded_by)
    values (${file.sha256}, ${file.name}, ${file.type}, ${file.size}, ${file.uploadedBy}) returning id`)
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** Notes which uploads stand inside the text, under the Content-ID that the text names them by. */
export async function markInline(db: Db, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await db.rows(sql`update attachment set inline = true, content_id = 'up-' || id
    where id = any(${ids}) and message_id is null`)
}

/** Gives the files of a message that was taken back to its author again, as uploads; answers their ids. */
export async function freeUploads(db: Db, messageId: number, agentId: PersonId): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`update attachment set message_id = null
    where message_id = ${messageId} and uploaded_by = ${agentId} returning id`)
  return rows.map(({ id }) => id)
}

export type Draft = {
  readonly body: string
  readonly cc: readonly string[] | null
  /** The requester's address that was chosen; null for the one they wrote from. */
  readonly to: string | null
  readonly attachments: readonly number[]
  /** What is set with the message, as asked for on the wire. */
  readonly change: object | null
  readonly macroId: number | null
  readonly mentions: readonly number[]
  readonly updatedAt: Instant
}

type DraftKey = { readonly ticketId: number; readonly agentId: PersonId; readonly mode: 'reply' | 'note' }

/** An agent's draft on a ticket, or null. */
export async function findDraft(db: Db, key: DraftKey): Promise<Draft | null> {
  return db.row<Draft>(sql`select body, cc, to_email as "to", attachments, change, macro_id as "macroId", mentions,
      updated_at as "updatedAt" from draft
    where ticket_id = ${key.ticketId} and agent_id = ${key.agentId} and mode = ${key.mode}`)
}

/** Keeps a draft in place of the one before; a macro that is gone does not cost the text. */
export async function putDraft(db: Db, key: DraftKey, draft: Draft): Promise<void> {
  const cc = draft.cc === null ? null : JSON.stringify(draft.cc)
  const change = draft.change === null ? null : JSON.stringify(draft.change)
  await db.rows(sql`insert into draft (ticket_id, agent_id, mode, body, cc, to_email, attachments, change, macro_id,
      mentions, updated_at)
    values (${key.ticketId}, ${key.agentId}, ${key.mode}, ${draft.body}, ${cc}, ${draft.to}, ${draft.attachments}, ${change},
      (select id from macro where id = ${draft.macroId}), ${draft.mentions}, ${draft.updatedAt})
    on conflict (ticket_id, agent_id, mode) do update
      set body = excluded.body, cc = excluded.cc, to_email = excluded.to_email, attachments = excluded.attachments, change = excluded.change,
        macro_id = excluded.macro_id, mentions = excluded.mentions, updated_at = excluded.updated_at`)
}

/** Throws a draft away. */
export async function dropDraft(db: Db, key: DraftKey): Promise<void> {
  await db.rows(sql`delete from draft
    where ticket_id = ${key.ticketId} and agent_id = ${key.agentId} and mode = ${key.mode}`)
}

/** Notes how far an agent has read; a lower seq marks the ticket unread again. */
export async function markRead(db: Db, agentId: PersonId, ticketId: number, seq: number): Promise<void> {
  await db.hot(sql`insert into ticket_read (ticket_id, agent_id, seq) values (${ticketId}, ${agentId}, ${seq})
    on conflict (ticket_id, agent_id) do update set seq = excluded.seq`)
}

/** Messages that came by mail and still show their text, in order of id. */
export async function mailMessagesAfter(
  db: Db,
  page: { after: number; ticketId: number | null; limit: number },
): Promise<{ id: number; rawMailId: number | null }[]> {
  return db.rows(sql`select id, raw_mail_id as "rawMailId" from message
    where id > ${page.after} and raw_mail_id is not null and redacted_at is null
      and (${page.ticketId}::bigint is null or ticket_id = ${page.ticketId}) order by id limit ${page.limit}`)
}

/** Replaces the text of a message that came by mail, and names its ticket; null when it says the same already. */
export async function replaceBody(db: Db, id: number, body: Body): Promise<TicketId | null> {
  const row = await db.row<{
    ticketId: TicketId
  }>(sql`update message set body_text = ${body.text}, body_html = ${body.html},
      quoted_text = ${body.quoted}
    where id = ${id} and redacted_at is null
      and (body_text, body_html, quoted_text) is distinct from (${body.text}, ${body.html}, ${body.quoted})
    returning ticket_id as "ticketId"`)
  return row?.ticketId ?? null
}
