// Where a message is shown: on its own ticket unless it was split away, on what it was split into, and on what that was merged into.
import type { MessageId, SideConversationId, TicketId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'
import { hiddenMessages, messagesByReference } from '#tickets/merge.ts'
import { findTicket } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type Placed = {
  readonly id: MessageId
  readonly ticketId: TicketId
  readonly sideConversationId: SideConversationId | null
}

/** Whether a ticket's conversation shows a message. */
export function showsMessage(ticket: Ticket, { id, ticketId }: Placed): boolean {
  return (
    (ticketId === ticket.id || messagesByReference(ticket).includes(id)) && !hiddenMessages(ticket).has(id)
  )
}

/** Every ticket that shows this message: whoever sees one of them may have its bytes, and nobody else. */
export async function ticketsShowing(db: Db, message: Placed): Promise<Ticket[]> {
  const showing: Ticket[] = []
  const next = [message.ticketId]
  const visited = new Set<TicketId>()
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (visited.has(id)) continue
    visited.add(id)
    const ticket = (await findTicket(db, id))?.ticket
    if (ticket === undefined) continue
    // A merged ticket's side conversations are shown whole on the other; those are never split.
    if (message.sideConversationId !== null || showsMessage(ticket, message)) showing.push(ticket)
    for (const split of ticket.splitOff) if (split.messageIds.includes(message.id)) next.push(split.ticketId)
    if (ticket.flags.mergedInto !== null) next.push(ticket.flags.mergedInto)
  }
  return showing
}
