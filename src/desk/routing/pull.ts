// Work taken by hand: the next ticket that an agent can do, and one that a lead gives to somebody.
import type { By } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { give, stillWaits } from '#desk/routing/claim.ts'
import { snapshotOf } from '#desk/routing/snapshot.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import { connectedQueues } from '#routing/book.ts'
import { explain, nextFor } from '#routing/route.ts'
import { lockQueues, waitingOf } from '#routing/waiting-store.ts'
import type { Transaction } from '#store/database.ts'
import { lockTickets } from '#tickets/ticket-store.ts'

/** Gives an agent the first waiting ticket they can do; null when there is none. Fifty who ask at once get fifty tickets. */
export async function takeNext(
  desk: Desk,
  tx: Transaction,
  agentId: PersonId,
  by: By,
): Promise<TicketId | null> {
  const { routing } = await desk.setup.now()
  for (const ids of connectedQueues(routing.queues)) {
    await lockQueues(tx, ids[0] ?? 0)
    const live = await snapshotOf(desk, tx, ids)
    for (const { ticketId, queueId } of nextFor(live.snapshot, agentId)) {
      const ticket = (await lockTickets(tx, [ticketId])).get(ticketId)?.ticket
      const explanation = explain(live.snapshot, ticketId)
      if (ticket === undefined || explanation === null || !stillWaits(ticket, queueId)) continue
      if (await give(desk, tx, live, { kind: 'take', ticket, queueId, agentId, explanation, by }))
        return ticket.id
    }
  }
  return null
}

/** Gives a waiting ticket to an agent, whatever they have in hand; false when it no longer waits. */
export async function handTo(
  desk: Desk,
  tx: Transaction,
  { ticketId, agentId, by }: { ticketId: number; agentId: PersonId; by: By },
): Promise<boolean> {
  const { routing } = await desk.setup.now()
  const row = (await waitingOf(tx, [ticketId])).get(ticketId)
  const ids = connectedQueues(routing.queues).find((set) => row !== undefined && set.includes(row.queueId))
  if (row === undefined || ids === undefined) return false
  await lockQueues(tx, ids[0] ?? 0)
  const live = await snapshotOf(desk, tx, ids, { withOffered: true })
  const ticket = (await lockTickets(tx, [ticketId])).get(ticketId)?.ticket
  const explanation = explain(live.snapshot, ticketId)
  if (ticket === undefined || explanation === null || !stillWaits(ticket, row.queueId)) return false
  return give(desk, tx, live, { kind: 'hand', ticket, queueId: row.queueId, agentId, explanation, by })
}
