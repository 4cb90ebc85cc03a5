// /tickets/{id}/side-conversations: threads with outside parties beside a ticket. Its requester never sees them.
import { z } from 'zod'

import { address, attachment, message } from './messages.ts'
import { email, id, instant, pageOf } from './shapes.ts'

export const sideStatus = z.enum(['open', 'done'])
export const sideConversation = z.object({
  id,
  subject: z.string(),
  participants: z.array(address),
  status: sideStatus,
  createdAt: instant,
  /** How many messages it has, and when and from where the newest came. */
  messages: z.number().int(),
  lastAt: instant.nullable(),
  lastDirection: z.enum(['inbound', 'outbound']).nullable(),
})
export type SideConversation = z.infer<typeof sideConversation>
export const sidePage = pageOf(sideConversation)
/** Pages go back in time: `nextCursor` leads to what was said before; each page reads oldest first. */
export const sideMessagePage = pageOf(message)

const body = z.string().max(200_000)
const bodyFormat = z.enum(['text', 'html', 'markdown']).optional()
const attachments = z.array(id).max(20).optional()
/** POST: `forward` puts a message of the ticket, with its files, under the text; the text may then be empty. */
export const newSideConversation = z.strictObject({
  subject: z.string().trim().min(1).max(300),
  to: z.array(email).min(1).max(20),
  body,
  bodyFormat,
  attachments,
  forward: id.optional(),
})
export type NewSideConversation = z.infer<typeof newSideConversation>
export const newSideMessage = z.strictObject({ body, bodyFormat, attachments })
/** A side conversation's number, `new`, or `forward-` with the number of the message to be forwarded. */
export const sideThread = z.string().regex(/^(new|(forward-)?[1-9]\d{0,15})$/)
/** GET /tickets/{id}/side-drafts; PUT and DELETE …/{thread}. Each agent has one draft a thread; sending it throws it away. */
export const sideDraftPut = z.strictObject({
  /** As it was typed: perhaps no address yet. */
  to: z.string().max(2_000),
  subject: z.string().max(300),
  body,
  attachments: z.array(id).max(20).default([]),
})
export const sideDraft = z.object({
  thread: z.string(),
  to: z.string(),
  subject: z.string(),
  body: z.string(),
  attachments: z.array(attachment),
  updatedAt: instant,
})
export type SideDraft = z.infer<typeof sideDraft>
export const sideDraftPage = pageOf(sideDraft)
export const sidePatch = z.strictObject({ status: sideStatus })
