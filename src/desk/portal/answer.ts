// A customer writes or presses a button, at the portal or by a link in a mail: what a mail of theirs does, without the mail.
import { act } from '#desk/act.ts'
import { begin } from '#desk/begin.ts'
import type { Desk } from '#desk/desk.ts'
import { roleOn } from '#desk/word.ts'
import { thanksOf } from '#desk/inbound/thanks.ts'
import { asRequester, bySystem, type By } from '#desk/update.ts'
import type { MessageId, PersonId, TicketId } from '#kit/ids.ts'
import type { Transaction } from '#store/database.ts'
import { followUpOf } from '#tickets/decide/follow-up.ts'
import type { Refusal } from '#tickets/refusal.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { plainText, type NewAttachmentRow, type NewMessageRow } from '#tickets/write/message-store.ts'

export type Written = {
  readonly personId: PersonId
  readonly email: string
  readonly text: string
  readonly attachments: readonly NewAttachmentRow[]
}

/** The message of somebody who writes at the portal. */
export async function writtenByCustomer(desk: Desk, written: Written): Promise<NewMessageRow> {
  return {
    ...plainText,
    id: (await desk.ids.next()) as MessageId,
    kind: 'reply',
    direction: 'inbound',
    authorId: written.personId,
    authorType: 'requester',
    fromEmail: written.email,
    channel: 'portal',
    at: desk.clock.now(),
    bodyText: written.text.replace(/\r\n?/g, '\n'),
    attachments: written.attachments,
  }
}

export type Answered = { readonly ticketId: TicketId } | { readonly refusal: Refusal }

/** Adds an answer to a ticket on which its author takes part; one that comes too late opens a follow-up. */
export async function answerAsCustomer(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  written: Written,
  subject: string,
): Promise<Answered> {
  const message = await writtenByCustomer(desk, written)
  const { attachments, bodyText: text } = message
  const outcome = await act(
    desk,
    tx,
    ticket.id,
    {
      kind: 'receive',
      authorId: written.personId,
      messageId: message.id,
      channel: 'portal',
      thanks: thanksOf({ text, attachmentCount: attachments.length }),
      attachmentCount: attachments.length,
      recipientCount: 0,
    },
    byCustomer(ticket, written.personId),
    { messages: [message] },
  )
  if (outcome.ok) return { ticketId: ticket.id }
  return outcome.refusal.name === 'reopen_window_passed'
    ? followUp(desk, tx, ticket, { message, personId: written.personId, subject })
    : { refusal: outcome.refusal }
}

async function followUp(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  { message, personId, subject }: { message: NewMessageRow; personId: PersonId; subject: string },
): Promise<Answered> {
  const { set, requesterId, ...from } = followUpOf(ticket)
  const outcome = await begin(desk, tx, {
    requesterId,
    message,
    subject,
    by: asRequester(personId),
    ...(set === undefined ? {} : { set }),
    from: { ...from, ...(ticket.mailboxId === null ? {} : { mailboxId: ticket.mailboxId }) },
  })
  if (!outcome.ok) return { refusal: outcome.refusal }
  const { id } = outcome.ticket
  await act(desk, tx, ticket.id, { kind: 'link', linkType: 'followed_by', ticketId: id }, bySystem)
  return { ticketId: id }
}

/** Presses the requester's own button. */
export async function pressAsCustomer(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  personId: PersonId,
  button: 'solved' | 'not_solved',
): Promise<Answered> {
  const outcome = await act(desk, tx, ticket.id, { kind: 'press', button }, byCustomer(ticket, personId))
  return outcome.ok ? { ticketId: ticket.id } : { refusal: outcome.refusal }
}

function byCustomer(ticket: Ticket, personId: PersonId): By {
  const type = roleOn(ticket, personId) ?? 'requester'
  return { ...asRequester(personId), actor: { type, id: personId } }
}
