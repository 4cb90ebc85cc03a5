// Messages as `tickets/write/write-store` writes them: a part of the one statement of an update.
import type { SideConversationId } from '#kit/ids.ts'
import { sql, type Sql } from '#store/sql.ts'
import type { Message } from '#tickets/message-store.ts'
import { rowsOf } from '#tickets/write/rows.ts'

/** A message as it is written: what of it is read back, with what comes along. */
export type NewMessageRow = Omit<
  Message,
  'ticketId' | 'invite' | 'senderCheck' | 'redactedAt' | 'sideConversationId'
> & {
  /** A calendar invitation that came with it. */
  readonly invite?: object | null
  /** How sure the desk is of the author, for mail. */
  readonly senderCheck?: Message['senderCheck']
  readonly sideConversationId?: SideConversationId
  /** The address that a customer wrote it from, as a key: answers go back there. */
  readonly fromEmail?: string
  readonly attachments: readonly NewAttachmentRow[]
  /** Uploads that become attachments of this message. */
  readonly uploadIds: readonly number[]
}

/** A message of plain text that came by no mail: what else it has is said beside it. */
export const plainText = {
  bodyHtml: null,
  quotedText: null,
  recipients: { to: [], cc: [] },
  rfcMessageId: null,
  rfcReferences: [],
  rawMailId: null,
  attachments: [],
  uploadIds: [],
} as const satisfies Partial<NewMessageRow>

export type NewAttachmentRow = {
  readonly sha256: string
  readonly name: string
  readonly type: string
  readonly size: number
  readonly contentId: string | null
  readonly inline: boolean
}

/** The parts of an update's statement that write its messages with their files. */
export function messageParts(writes: readonly { readonly messages: readonly NewMessageRow[] }[]): Sql[] {
  const rows = rowsOf(writes, ({ messages }) =>
    messages.map((each) => ({
      id: each.id,
      kind: each.kind,
      direction: each.direction,
      author_id: each.authorId,
      author_type: each.authorType,
      channel: each.channel,
      at: each.at,
      body_text: each.bodyText,
      body_html: each.bodyHtml,
      quoted_text: each.quotedText,
      recipients: each.recipients,
      rfc_message_id: each.rfcMessageId,
      rfc_references: each.rfcReferences,
      raw_mail_id: each.rawMailId,
      sender_check: each.senderCheck ?? null,
      invite: each.invite ?? null,
      side_conversation_id: each.sideConversationId ?? null,
      from_email: each.fromEmail ?? null,
    })),
  )
  if (rows.length === 0) return []
  const messages = writes.flatMap((write) => write.messages)
  const others = sql`kind, direction, author_id, author_type, channel, at, body_text, body_html, quoted_text, recipients,
    rfc_message_id, rfc_references, raw_mail_id, sender_check, invite, side_conversation_id, from_email`
  return [
    sql`m as (insert into message (ticket_id, id, ${others}) select t.id, x.id, ${others}
      from t join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(no integer, id bigint, kind text, direction text,
        author_id bigint, author_type text, channel text, at timestamptz, body_text text, body_html text,
        quoted_text text, recipients jsonb, rfc_message_id text, rfc_references text[], raw_mail_id bigint,
        sender_check text, invite jsonb, side_conversation_id bigint, from_email text) on x.no = t.no)`,
    ...attachmentParts(messages),
    ...uploadParts(messages),
  ]
}

function attachmentParts(messages: readonly NewMessageRow[]): Sql[] {
  const files = messages.flatMap(({ id, attachments }) =>
    attachments.map(({ contentId, ...file }) => ({ ...file, message_id: id, content_id: contentId })),
  )
  if (files.length === 0) return []
  return [
    sql`a as (insert into attachment (message_id, sha256, name, type, size, content_id, inline)
    select message_id, sha256, name, type, size, content_id, inline
    from jsonb_to_recordset(${JSON.stringify(files)}::jsonb) as x(message_id bigint, sha256 text, name text, type text,
      size integer, content_id text, inline boolean))`,
  ]
}

function uploadParts(messages: readonly NewMessageRow[]): Sql[] {
  const uploads = messages.flatMap(({ id, uploadIds }) =>
    uploadIds.map((upload) => ({ id: upload, message_id: id })),
  )
  if (uploads.length === 0) return []
  return [
    sql`u as (update attachment a set message_id = x.message_id
      from jsonb_to_recordset(${JSON.stringify(uploads)}::jsonb) as x(id bigint, message_id bigint)
      where a.id = x.id and a.message_id is null)`,
  ]
}
