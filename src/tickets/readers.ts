// Who sees a ticket's public messages from outside, and who would see more after a merge.
import type { PersonId } from '#kit/ids.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** Requester and cc; followers are agents and see by permission. */
function readersOf({ requesterId, participants }: Ticket): ReadonlySet<PersonId> {
  const cc = participants.filter((one) => one.role === 'cc').map((one) => one.personId)
  return new Set([requesterId, ...cc])
}

/**
 * The people who would newly see one of the threads if `sources` went into `target`, sorted. Those `leftOut` see
 * nothing new, unless they are on the target already.
 */
export function newReaders(
  target: Ticket,
  sources: readonly Ticket[],
  leftOut: readonly PersonId[],
): readonly PersonId[] {
  const staying = readersOf(target)
  const threads = [staying, ...sources.map(readersOf)]
  const everyone = new Set(threads.flatMap((readers) => [...readers]))
  const isOut = (personId: PersonId) => leftOut.includes(personId) && !staying.has(personId)
  const seesNew = (personId: PersonId) => threads.some((readers) => !readers.has(personId))
  return [...everyone]
    .filter((personId) => seesNew(personId) && !isOut(personId))
    .toSorted((one, other) => one - other)
}
