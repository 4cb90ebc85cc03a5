// /tickets/{id}/messages, /tickets/{id}/draft and /attachments: what people say on a ticket.
import { z } from 'zod'
import { directions, messageKinds } from '#tickets/vocabulary.ts'

import { email, id, instant, pageOf, pageQuery, personRef } from './shapes.ts'
import { channel, closeReason, macroChange, status, ticket } from './tickets.ts'

export const messageKind = z.enum(messageKinds)
export type MessageKind = z.infer<typeof messageKind>

export const address = z.object({ name: z.string(), email: z.string() })
export type Address = z.infer<typeof address>

/** `url` is signed and short-lived; it answers as a download unless the bytes are a raster image. */
export const attachment = z.object({
  id,
  name: z.string(),
  type: z.string(),
  size: z.number().int(),
  url: z.string(),
})
export type Attachment = z.infer<typeof attachment>

export const deliveryState = z.enum([
  'held',
  'queued',
  'sending',
  'sent',
  'delivered',
  'delayed',
  'bounced',
  'failed',
  'unknown',
])
export type DeliveryState = z.infer<typeof deliveryState>
/** `sendAt` lies ahead while the send can be undone or is scheduled. `held`: there is no relay to send it. */
export const delivery = z.object({
  state: deliveryState,
  detail: z.string().nullable(),
  sendAt: instant.nullable(),
})
export type Delivery = z.infer<typeof delivery>

export const message = z.object({
  id,
  kind: messageKind,
  direction: z.enum(directions),
  author: personRef.nullable(),
  at: instant,
  /** What was newly written, without quotes. */
  text: z.string(),
  /** Sanitised by the server, `cid:` rewritten to signed addresses, remote images taken out. Null: only text. */
  html: z.string().nullable(),
  /**
   * For html with layout (tables, styles): the same html as a page of its own for a sandboxed frame, same origin,
   * with its own CSP `sandbox allow-same-origin allow-popups; style-src 'unsafe-inline'; img-src 'self' data:`, without scripts.
   * Null: shown in line.
   */
  frameUrl: z.string().nullable(),
  /** How many remote images were taken out. */
  remoteImages: z.number().int(),
  /** They are shown, by the server's proxy, because the caller always wants this sender's: see /image-senders. */
  imagesChosen: z.boolean(),
  quotedText: z.string().nullable(),
  to: z.array(address),
  cc: z.array(address),
  attachments: z.array(attachment),
  delivery: delivery.nullable(),
  via: channel,
  thanks: z.boolean(),
  mergedFromTicketId: id.nullable(),
  /** Its text was taken away for good. */
  redactedAt: instant.nullable(),
  /** A calendar invitation that the mail carried. */
  invite: z
    .object({
      method: z.enum(['request', 'cancel', 'reply', 'other']),
      summary: z.string(),
      start: z.string().nullable(),
      end: z.string().nullable(),
      zone: z.string().nullable(),
      location: z.string(),
      organizer: z.string(),
    })
    .nullable(),
  /** How sure the desk is of the author of a mail: `failed` was held and let in by an agent. Null: not a mail. */
  senderCheck: z.enum(['verified', 'unverified', 'failed']).nullable(),
  /** Whom the mail was addressed to beside, and who gets no replies: to be taken into Cc by an agent (P4). */
  suggestedCc: z.array(address),
  /** The mail as it came, for the page that explains it. */
  rawMailId: id.nullable(),
})
export type Message = z.infer<typeof message>

/**
 * Oldest first. `before=end` is the last page, `before={messageId}` the page before that message;
 * `earlier` says how many lie before the first item. `cursor` goes towards newer ones.
 */
export const messagesQuery = pageQuery.extend({
  before: z.union([z.literal('end'), z.coerce.number().int().positive()]).optional(),
})
export const messagePage = pageOf(message).extend({
  earlier: z.number().int(),
  /** With `before=end`: the first message that is new since the caller last looked. */
  unreadFrom: id.nullable().optional(),
})
export type MessagePage = z.infer<typeof messagePage>

/** GET /tickets/{id}/messages/{messageId}?remoteImages=show: `html` and `frameUrl` with remote images through the server's proxy. */
export const messageQuery = z.strictObject({ remoteImages: z.literal('show').optional() })

/** 201; the caller's draft of that kind is gone with it. Without `cc` a reply goes to the requester and all cc; with it, to exactly these cc. Unknown addresses join the ticket. `to` chooses one of the requester's addresses. */
export const newMessage = z.strictObject({
  kind: messageKind,
  to: email.optional(),
  body: z.string().min(1).max(500_000),
  bodyFormat: z.enum(['text', 'html', 'markdown']).optional(),
  cc: z.array(email).max(50).optional(),
  attachments: z.array(id).max(50).optional(),
  status: status.exclude(['new']).optional(),
  closeReason: closeReason.optional(),
  sendAt: instant.optional(),
  expectedSeq: z.int32().optional(),
  sendAnyway: z.boolean().optional(),
  onBehalfOf: z.strictObject({ email }).optional(),
  /** Set in the same update; `status` beside it wins. */
  change: macroChange.optional(),
  /** The macro this came from, for the log. */
  macroId: id.optional(),
  /** Agents called in the text: they follow the ticket and are told. */
  mentions: z.array(id).max(50).optional(),
})
export type NewMessage = z.infer<typeof newMessage>

/** The message, and the ticket after it. */
export const postedMessage = message.extend({ ticket })
export type PostedMessage = z.infer<typeof postedMessage>

/** PATCH /tickets/{id}/messages/{messageId}: "not thanks" (or thanks after all). Answers the message. */
export const messagePatch = z.strictObject({ thanks: z.boolean() })

/** POST /tickets/{id}/messages/{messageId}/redact: takes these words out of it for good, or with none all that it says. Answers the message. */
export const redaction = z.strictObject({
  words: z.array(z.string().trim().min(2).max(500)).min(1).max(20).optional(),
})
export type Redaction = z.infer<typeof redaction>

/** GET /tickets/{id}/recipients: where a reply goes unless said otherwise, and every address of the requester. */
export const replyRecipients = z.object({
  to: z.string().nullable(),
  addresses: z.array(z.string()),
  cc: z.array(z.string()),
})
export type ReplyRecipients = z.infer<typeof replyRecipients>

/** GET always answers; without a draft `body` is empty and `updatedAt` null. DELETE answers 204. */
export const draftQuery = z.strictObject({ mode: messageKind })
/** What is set together with the message when it is sent. */
const staged = { change: macroChange.nullable(), macroId: id.nullable(), mentions: z.array(id) }
export const draft = z.object({
  /** HTML; pictures in it are `cid:up-<attachment id>`. */
  body: z.string(),
  /** Null: nobody chose; the default recipients apply. */
  cc: z.array(z.string()).nullable(),
  to: z.string().nullable(),
  attachments: z.array(attachment),
  ...staged,
  updatedAt: instant.nullable(),
  /** What is put under the reply when it leaves; it depends on the mailbox. */
  signature: z.string(),
})
export type Draft = z.infer<typeof draft>
export const draftPut = z.strictObject({
  body: z.string().max(500_000),
  cc: z.array(email).max(50).nullable().optional(),
  to: email.nullable().optional(),
  attachments: z.array(id).max(50).optional(),
  change: staged.change.optional(),
  macroId: staged.macroId.optional(),
  mentions: staged.mentions.max(50).optional(),
})
export type DraftPut = z.infer<typeof draftPut>

/** POST /tickets/{id}/messages/{messageId}/undo-send `{}`: refused `already_sent` when too late. */
export const undoneSend = z.object({ ticket, draft })
export type UndoneSend = z.infer<typeof undoneSend>

// POST /attachments takes multipart/form-data with one part `file` and answers 201 `attachment`.
