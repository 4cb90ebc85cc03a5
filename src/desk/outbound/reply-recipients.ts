// Who gets a reply to everybody: the requester, and all who are in copy now; each where they last wrote from on this ticket.
import { peopleById } from '#people/person-store.ts'
import { lastWrittenFrom } from '#tickets/message-store.ts'
import type { Db } from '#store/database.ts'
import type { Address } from '#tickets/message-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** The recipients as they stand, and the ids of those in copy. */
export async function recipientsNow(db: Db, ticket: Ticket) {
  const copied = ticket.participants.filter(({ role }) => role === 'cc').map(({ personId }) => personId)
  const all = [ticket.requesterId, ...copied]
  const people = await peopleById(db, all)
  const tickets = [ticket.id, ...ticket.mergedIn.map(({ sourceTicketId }) => sourceTicketId)]
  const lastFrom = await lastWrittenFrom(db, tickets, all)
  const addressOf = (id: number): Address[] =>
    people
      .filter((person) => person.id === id && person.email !== null)
      .map(({ name, email }) => ({ name, email: lastFrom.get(id) ?? email ?? '' }))
  return { to: addressOf(ticket.requesterId), cc: copied.flatMap(addressOf), copied }
}
