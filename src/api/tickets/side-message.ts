// A mail to outside parties: what an agent wrote and, when a message is forwarded, that message with its files under it.
import { randomBytes } from 'node:crypto'
import { shownOn } from '#api/tickets/messages.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { byOf } from '#api/http/ticket-access.ts'
import { writtenMessage } from '#api/tickets/written-message.ts'
import { act } from '#desk/act.ts'
import type { Outcome } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { mailboxOf } from '#desk/outbound/mails.ts'
import { plus } from '#kit/time.ts'
import { forwardedHtml, forwardedText, plainHtml } from '#mail/forward.ts'
import { mintMessageId } from '#mail/token.ts'
import type { Principal } from '#people/can.ts'
import { peopleById } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import { attachmentsOf, messagesById } from '#tickets/message-store.ts'
import type { SideThread } from '#tickets/side-store.ts'
import { findTicket } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { NewMessageRow } from '#tickets/write/message-store.ts'

export type SideText = {
  readonly body: string
  readonly bodyFormat?: 'text' | 'html' | 'markdown' | undefined
  readonly attachments?: readonly number[] | undefined
  readonly forward?: number | undefined
}

/** Writes a message of ours to a side conversation and puts its mail into the outbox. */
export async function sendAside(
  desk: Desk,
  tx: Transaction,
  {
    ticket,
    thread,
    text,
    principal,
  }: { ticket: Ticket; thread: SideThread; text: SideText; principal: Principal },
): Promise<Outcome> {
  const mailbox = mailboxOf(ticket, await desk.rules.now())
  const domain = mailbox?.address.split('@')[1] ?? 'docket.localhost'
  const recipients = { to: thread.participants, cc: [] }
  const rfcMessageId = mintMessageId(domain, randomBytes(20))
  const isForward = text.forward !== undefined
  const message = await writtenMessage(desk, tx, {
    kind: 'reply',
    direction: 'outbound',
    authorType: 'agent',
    channel: 'email',
    body: text.body.trim() === '' && isForward ? 'For your information.' : text.body,
    format: text.bodyFormat ?? 'text',
    uploads: text.attachments ?? [],
    uploader: principal.agentId,
    authorId: principal.agentId,
    recipients,
    rfcMessageId,
  })
  const whole = text.forward === undefined ? message : await withForwarded(tx, ticket, message, text.forward)
  const command = {
    kind: 'reply',
    messageId: message.id,
    channel: 'email',
    attachmentCount: whole.uploadIds.length + whole.attachments.length,
    recipientCount: recipients.to.length,
    sideConversationId: thread.id,
  } as const
  const sendAt = plus(desk.clock.now(), principal.sendDelaySeconds)
  return act(desk, tx, ticket.id, command, byOf(principal), {
    messages: [{ ...whole, sideConversationId: thread.id }],
    reply: { recipients, sendAt, rfcMessageId },
  })
}

async function withForwarded(
  tx: Transaction,
  ticket: Ticket,
  message: NewMessageRow,
  forwardId: number,
): Promise<NewMessageRow> {
  const [original] = await messagesById(tx, [forwardId])
  const shown = shownOn(ticket)
  const isHere = original?.ticketId === ticket.id || shown.with.includes(forwardId)
  if (original === undefined || !isHere || shown.without.includes(forwardId) || original.redactedAt !== null)
    return declineInput('forward', 'is not a message of this ticket')
  const [author] = await peopleById(tx, original.authorId === null ? [] : [original.authorId])
  const row = (await findTicket(tx, ticket.id)) ?? decline('not-found')
  const head = {
    from: { name: author?.name ?? '', email: author?.email ?? '' },
    at: original.at,
    subject: row.subject,
    to: original.recipients.to,
  }
  const files = await attachmentsOf(tx, [original.id])
  return {
    ...message,
    bodyText: `${message.bodyText}\n\n${forwardedText(head, original.bodyText)}`,
    bodyHtml:
      (message.bodyHtml ?? plainHtml(message.bodyText)) +
      forwardedHtml(head, original.bodyHtml ?? plainHtml(original.bodyText)),
    attachments: files.map(({ sha256, name, type, size, contentId, inline }) => ({
      sha256,
      name,
      type,
      size,
      contentId,
      inline,
    })),
  }
}
