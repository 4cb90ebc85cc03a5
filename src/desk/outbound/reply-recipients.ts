// Who gets a reply to everybody: the requester, and all who are in copy now.
import { whereTo } from '#desk/outbound/where-to.ts'
import type { Db } from '#store/database.ts'
import type { Address } from '#tickets/message-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** The recipients as they stand, and the ids of those in copy. */
export async function recipientsNow(db: Db, ticket: Ticket) {
  const copied = ticket.participants.filter(({ role }) => role === 'cc').map(({ personId }) => personId)
  const places = await whereTo(db, ticket, [ticket.requesterId, ...copied])
  const addressOf = (id: number): Address[] => {
    const place = places.get(id)
    return place === undefined ? [] : [place]
  }
  return { to: addressOf(ticket.requesterId), cc: copied.flatMap(addressOf), copied }
}
