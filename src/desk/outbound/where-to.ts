// Where mail to a person goes on a ticket: to the address they last wrote from on it, while it is theirs, else to their first one.
// Answers, rules' mails and the desk's own words all ask here.
import type { Recipient } from '#channels/outbox-store.ts'
import { addressesOf } from '#people/address-store.ts'
import { peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import { lastWrittenFrom } from '#tickets/message-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { NewMessageRow } from '#tickets/write/message-store.ts'

/** A message of the same update, which no query sees yet. */
type Unwritten = Pick<NewMessageRow, 'direction' | 'authorId' | 'fromEmail'>

/** Name and address of each of these people, by person; nobody without an address. */
export async function whereTo(
  db: Db,
  ticket: Pick<Ticket, 'id' | 'mergedIn'>,
  ids: readonly number[],
  unwritten: readonly Unwritten[] = [],
): Promise<ReadonlyMap<number, Recipient>> {
  const reachable = (await peopleById(db, ids)).filter(({ email }) => email !== null)
  const tickets = [ticket.id, ...ticket.mergedIn.map(({ sourceTicketId }) => sourceTicketId)]
  const written = await lastWrittenFrom(db, tickets, ids)
  const writing = await theirs(db, unwritten)
  return new Map(
    reachable.map(({ id, name, email }) => [
      id,
      { name, email: writing.get(id) ?? written.get(id) ?? email ?? '' },
    ]),
  )
}

/** The addresses that are being written from, as far as they belong to who writes. */
async function theirs(db: Db, unwritten: readonly Unwritten[]): Promise<ReadonlyMap<number, string>> {
  const from = unwritten.flatMap(({ direction, authorId, fromEmail }) =>
    direction === 'inbound' && authorId != null && fromEmail !== undefined
      ? [[authorId as number, fromEmail] as const]
      : [],
  )
  const known = await addressesOf(
    db,
    from.map(([id]) => id),
  )
  return new Map(from.filter(([id, address]) => known.get(id)?.includes(address) === true))
}
