// What became of our mail, as far as others told us: a bounce or an out-of-office answer is a fact on the ticket, never a
// message, and never reopens it.
import { act, bySystem } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import type { MessageId, PersonId, TicketId } from '#kit/ids.ts'
import { readBounce } from '#mail/bounce.ts'
import type { Mail } from '#mail/mail.ts'
import { peopleByEmail } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import { deliveredMessage } from '#channels/outbox-store.ts'
import type { DeliveryResult } from '#tickets/event.ts'

/** Notes a delivery report or an automatic answer on the ticket of the mail it is about; null when that is not known. */
export async function deliver(
  desk: Desk,
  tx: Transaction,
  mail: Mail,
  kind: 'bounce' | 'auto_reply',
  ticketId: TicketId | null,
): Promise<TicketId | null> {
  const bounce = kind === 'bounce' ? readBounce(mail) : null
  const about = bounce?.originalMessageId ?? mail.inReplyTo
  const sent = about === null ? null : await deliveredMessage(tx, about, ticketId)
  if (sent === null) return null
  const email = bounce?.recipient?.toLowerCase() ?? sent.recipients.to[0]?.email ?? ''
  const [person] = await peopleByEmail(tx, [email])
  const recipientId = person?.id ?? (await requesterOf(tx, sent.recipients.to[0]?.email ?? ''))
  if (recipientId === null || sent.messageId === null) return sent.ticketId
  const command = {
    kind: 'deliver',
    messageId: sent.messageId as MessageId,
    recipientId,
    result: resultOf(bounce),
  } as const
  await act(desk, tx, sent.ticketId, command, bySystem)
  return sent.ticketId
}

async function requesterOf(tx: Transaction, email: string): Promise<PersonId | null> {
  return (await peopleByEmail(tx, [email]))[0]?.id ?? null
}

function resultOf(bounce: ReturnType<typeof readBounce> | null): DeliveryResult {
  if (bounce === null || bounce.class === 2) return 'delivered'
  return bounce.hard || bounce.class === 5 ? 'bounced_permanent' : 'bounced_temporary'
}
