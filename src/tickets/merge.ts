// Following merges and splits: where a number leads, what a ticket shows, who asked.
import type { MessageId, PersonId } from '#kit/ids.ts'
import type { MessageFact } from '#tickets/context.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** Messages that were split off and are shown elsewhere. */
export function hiddenMessages(ticket: Ticket): ReadonlySet<MessageId> {
  return new Set(ticket.splitOff.flatMap((split) => split.messageIds))
}

/** Messages of other tickets that this one shows, by merge or as the product of a split. */
export function messagesByReference(ticket: Ticket): readonly MessageId[] {
  return [...(ticket.splitFrom?.messageIds ?? []), ...ticket.mergedIn.flatMap((merged) => merged.messageIds)]
}

/** Who asks on the new ticket of a split: the first message's author, or else the old requester. */
export function requesterOfSplit(old: Ticket, messages: readonly MessageFact[]): PersonId {
  const [first] = messages
  return first?.direction === 'inbound' && first.authorId !== null ? first.authorId : old.requesterId
}
