// A mail that answers a side conversation: it joins that thread and never what the requester reads.
import type { HoldReason } from '#channels/quarantine-store.ts'
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import type { MailOutcome } from '#desk/inbound/outcome.ts'
import {
  disproved,
  historyOf,
  livingTicket,
  messageOf,
  type Incoming,
} from '#desk/inbound/receive-message.ts'
import { asParticipant } from '#desk/update.ts'
import type { SideConversationId, TicketId } from '#kit/ids.ts'
import { domainOf, type Address } from '#mail/address.ts'
import type { Transaction } from '#store/database.ts'
import type { MailPolicy } from '#setup/settings-store.ts'
import { findSideThread, joinSideThread, type SideThread } from '#tickets/side-store.ts'

type Joining = {
  readonly id: SideConversationId
  /** It came to the thread's signed address: a colleague of a participant may then answer, too. */
  readonly bySignedAddress: boolean
  readonly policy: MailPolicy
  readonly holdFor: (reason: HoldReason, detail: string, ticketId: TicketId | null) => Promise<MailOutcome>
}

/** Adds a mail to the side conversation it answers; a stranger's is held. */
export async function joinAside(
  desk: Desk,
  tx: Transaction,
  incoming: Incoming,
  { id, bySignedAddress, policy, holdFor }: Joining,
): Promise<MailOutcome> {
  const { author, authorId, mail } = incoming
  const thread = await findSideThread(tx, id)
  const found = thread === null ? null : await livingTicket(tx, thread.ticketId)
  if (thread === null || found === null)
    return holdFor('unknown_author_update', 'It answers a side conversation that is gone.', null)
  const { ticket } = found
  const isKnown = incoming.recovered === true || takesPart(thread, author, bySignedAddress)
  if (!isKnown)
    return holdFor(
      'unknown_author_update',
      `${author} takes no part in the side conversation "${thread.subject}".`,
      ticket.id,
    )
  const doubt = incoming.recovered === true ? null : disproved(incoming, policy)
  if (doubt !== null) return holdFor(doubt.reason, doubt.detail, ticket.id)
  const message = {
    ...(await messageOf(desk, incoming)),
    authorType: 'participant',
    sideConversationId: id,
  }
  const command = {
    kind: 'receive',
    authorId,
    messageId: message.id,
    channel: 'email',
    thanks: false,
    attachmentCount: message.attachments.length,
    recipientCount: message.recipients.to.length + message.recipients.cc.length,
    sideConversationId: id,
    ...(ticket.id === thread.ticketId ? {} : { viaTicketId: thread.ticketId }),
  } as const
  const content = { messages: [message], ...historyOf(incoming.raw) }
  const outcome = await act(desk, tx, ticket.id, command, asParticipant(authorId), content)
  if (!outcome.ok)
    return holdFor(
      'unverified_sender',
      `Ticket ${ticket.id} did not take it: ${outcome.refusal.name}.`,
      ticket.id,
    )
  await joinSideThread(tx, id, { name: mail.from?.name ?? '', email: author })
  return { joined: ticket.id }
}

/** Who was written to; with the signed address in hand also who writes from the same domain, as other desks do. */
function takesPart({ participants }: SideThread, author: Address, bySignedAddress: boolean): boolean {
  return participants.some(
    ({ email }) => email === author || (bySignedAddress && domainOf(email as Address) === domainOf(author)),
  )
}
