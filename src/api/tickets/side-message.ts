// A mail to outside parties: what an agent wrote and, when a message is forwarded, that message with its files under it.
import { answerOf } from '#desk/answer.ts'
import { type Writing, wordsFrom } from '#api/tickets/written-message.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { byOf, type Outcome } from '#desk/update.ts'
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'
import { forwardedHtml, forwardedText, plainHtml } from '#mail/forward.ts'
import type { Principal } from '#people/can.ts'
import { peopleById } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import { attachmentsOf, messagesById } from '#tickets/message-store.ts'
import type { SideThread } from '#tickets/side-store.ts'
import { findTicket } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { NewMessageRow } from '#tickets/write/message-store.ts'
import { shownOn } from '#tickets/shown.ts'

export type SideText = Writing & { readonly forward?: number | undefined }

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
  const body = text.body.trim() === '' && text.forward !== undefined ? 'For your information.' : text.body
  const own = await wordsFrom(tx, { ...text, body }, principal.agentId)
  const at = desk.clock.now()
  const { command, content } = await answerOf(desk, {
    ticket,
    kind: 'reply',
    author: { authorId: principal.agentId, authorType: 'agent' },
    channel: 'email',
    at,
    words: text.forward === undefined ? own : await withForwarded(tx, ticket, own, text.forward),
    recipients: { to: thread.participants, cc: [] },
    sendAt: plus(at, principal.sendDelaySeconds),
    also: { sideConversationId: thread.id },
  })
  return act(desk, tx, ticket.id, command, byOf(principal), content)
}

type Words = Awaited<ReturnType<typeof wordsFrom>>

async function withForwarded(
  tx: Transaction,
  ticket: Ticket,
  own: Words,
  forwardId: number,
): Promise<Words & Pick<NewMessageRow, 'attachments'>> {
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
    ...own,
    bodyText: `${own.bodyText}\n\n${forwardedText(head, original.bodyText)}`,
    bodyHtml:
      (own.bodyHtml ?? plainHtml(own.bodyText)) +
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
