// Which messages stand on a ticket: its own, those it shows by reference, without those that stand on another now.
import type { Message, Shown } from '#tickets/message-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** A ticket's own messages, those it shows by reference, and without those that were split away or voided. */
export function shownOn(ticket: Ticket): Shown {
  const merged = ticket.mergedIn.flatMap(({ messageIds }) => messageIds)
  return {
    ticketId: ticket.id,
    with: [...merged, ...(ticket.splitFrom?.messageIds ?? [])],
    without: ticket.splitOff.flatMap(({ messageIds }) => messageIds),
  }
}

/** Whether a message stands on a ticket. */
export function isShownOn(ticket: Ticket, { id: messageId, ticketId }: Message): boolean {
  const shown = shownOn(ticket)
  const isHere = ticketId === ticket.id || shown.with.includes(messageId)
  return isHere && !shown.without.includes(messageId)
}
