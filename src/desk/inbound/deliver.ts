// What became of our mail, as far as others told us: a bounce or an out-of-office answer is a fact on the ticket, never a message, and
// never reopens it. Only a mail of ours that the report names, by its return address or Message-ID, is believed to be meant.
import {
  findOutbox,
  newestOutboxOf,
  noteReport,
  outboxByRfcId,
  type OutboxEntry,
  type Reported,
} from '#channels/outbox-store.ts'
import { suppress } from '#channels/sender-store.ts'
import { act } from '#desk/act.ts'
import { bySystem } from '#desk/update.ts'
import { tellAuthor } from '#desk/outbound/alerts.ts'
import type { Desk } from '#desk/desk.ts'
import type { Understood } from '#desk/inbound/understand.ts'
import type { TicketId } from '#kit/ids.ts'
import { readBounces } from '#mail/bounce.ts'
import { enclosedHeaders, feedbackReport } from '#mail/dsn.ts'
import type { Bounce } from '#mail/mail.ts'
import { messageIdOf } from '#mail/message-id.ts'
import { peopleByEmail } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import type { DeliveryResult } from '#tickets/event.ts'

/** Notes a delivery report on the ticket of the mail it is about; null when that is none of ours. */
export async function deliverBounce(
  desk: Desk,
  tx: Transaction,
  found: Understood,
): Promise<TicketId | null> {
  const bounces = readBounces(found.mail)
  const sent = await sentMail(tx, found.bouncedOutboxId, bounces[0]?.originalMessageId ?? null)
  if (sent === null) return null
  // What did not arrive is noted last: its words are the ones to show.
  for (const bounce of bounces.toSorted((one, other) => rank(one) - rank(other)))
    await noteBounce(desk, tx, sent, bounce)
  return sent.ticketId
}

const rank = (bounce: Bounce): number => (bounce.class === 2 ? 0 : bounce.class)

async function noteBounce(desk: Desk, tx: Transaction, sent: OutboxEntry, bounce: Bounce): Promise<void> {
  const email = recipientOf(sent, bounce.recipient)
  const result = resultOf(bounce)
  if (email !== null) await note(desk, tx, sent, email, result)
  const words = bounce.diagnostic ?? bounce.reason
  await noteReport(tx, sent.id, { words, reported: reportedOf(result) })
  if (result === 'bounced_permanent' && email !== null)
    await tellAuthor(desk, tx, sent, { recipient: email, detail: words })
  if (bounce.hard && email !== null)
    await suppress(tx, {
      email,
      reason: 'hard_bounce',
      detail: words,
      ticketId: sent.ticketId,
      at: desk.clock.now(),
    })
}

/** An out-of-office answer: the mail arrived. It may be told by the ticket's own address too. */
export async function deliverAutoReply(
  desk: Desk,
  tx: Transaction,
  found: Understood,
): Promise<TicketId | null> {
  const named = await sentMail(tx, found.bouncedOutboxId, found.mail.inReplyTo)
  const sent = named ?? (found.reference === null ? null : await newestOutboxOf(tx, found.reference.ticketId))
  if (sent === null) return found.reference?.ticketId ?? null
  const email = recipientOf(sent, found.author)
  if (email !== null) await note(desk, tx, sent, email, 'delivered')
  return sent.ticketId
}

/** A reader who called our mail spam (ARF): nothing automatic goes there again. */
export async function deliverComplaint(
  desk: Desk,
  tx: Transaction,
  found: Understood,
): Promise<TicketId | null> {
  const enclosed = enclosedHeaders(found.mail)
  const sent = await sentMail(tx, found.bouncedOutboxId, messageIdOf(enclosed?.get('message-id')))
  if (sent === null) return null
  const claimed = feedbackReport(found.mail)?.get('original-rcpt-to') ?? null
  const email = recipientOf(sent, claimed)
  if (email !== null)
    await suppress(tx, {
      email,
      reason: 'complaint',
      detail: 'Marked as spam by its reader',
      ticketId: sent.ticketId,
      at: desk.clock.now(),
    })
  return sent.ticketId
}

async function sentMail(
  tx: Transaction,
  outboxId: number | null,
  rfcMessageId: string | null,
): Promise<OutboxEntry | null> {
  const signed = outboxId === null ? null : await findOutbox(tx, outboxId)
  return signed ?? (rfcMessageId === null ? null : outboxByRfcId(tx, rfcMessageId))
}

/** Of a mail's own recipients the one that is meant; a report cannot name anybody else. */
function recipientOf(sent: OutboxEntry, claimed: string | null): string | null {
  const emails = [...sent.recipients.to, ...sent.recipients.cc].map(({ email }) => email)
  const wanted = claimed?.toLowerCase()
  return emails.find((email) => email === wanted) ?? (emails.length === 1 ? (emails[0] ?? null) : null)
}

async function note(
  desk: Desk,
  tx: Transaction,
  sent: OutboxEntry,
  email: string,
  result: DeliveryResult,
): Promise<void> {
  const [person] = await peopleByEmail(tx, [email])
  if (person === undefined || sent.messageId === null || sent.ticketId === null) return
  const command = { kind: 'deliver', messageId: sent.messageId, recipientId: person.id, result } as const
  await act(desk, tx, sent.ticketId, command, bySystem)
}

function reportedOf(result: DeliveryResult): Reported {
  return result === 'delivered' ? 'delivered' : result === 'bounced_temporary' ? 'delayed' : 'bounced'
}

function resultOf(bounce: Bounce): DeliveryResult {
  if (bounce.class === 2) return 'delivered'
  return bounce.hard || bounce.class === 5 ? 'bounced_permanent' : 'bounced_temporary'
}
