// What was said in a chat, as a mail to whom it is shown to belong.
import { postChatMail } from '#channels/outbox-store.ts'
import type { Desk } from '#desk/desk.ts'
import { mailboxOf, newMessageId } from '#desk/outbound/mails.ts'
import type { UpdateId } from '#kit/ids.ts'
import type { Visitor } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** Writes the mail, once for each state of the chat; where it goes, or null when there is no address to believe. */
export async function mailTranscript(
  desk: Desk,
  db: Db,
  ticket: Ticket,
  visitor: Visitor,
): Promise<string | null> {
  const mailbox = mailboxOf(ticket, await desk.setup.now())
  if (visitor.kind !== 'verified' || visitor.email === null || mailbox === null) return null
  await postChatMail(db, {
    key: `transcript:${ticket.id}:${ticket.seq}`,
    kind: 'notification',
    ticketId: ticket.id,
    updateId: (await desk.ids.next()) as UpdateId,
    messageId: null,
    sinceSeq: 0,
    mailboxId: mailbox.id,
    recipients: { to: [{ name: visitor.name, email: visitor.email }], cc: [] },
    rfcMessageId: newMessageId(mailbox),
    at: desk.clock.now(),
  })
  return visitor.email
}
