// What an agent made of the answer that the assistant had suggested, told by their first reply after it: a fact of the ticket, from which
// the assistant learns and by which it is measured.
import { useOf } from '#assistant/draft-use.ts'
import { newestOffer } from '#assistant/run-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { TicketId } from '#kit/ids.ts'
import type { Transaction } from '#store/database.ts'
import type { NewFact } from '#tickets/event.ts'
import { lockTickets } from '#tickets/ticket-store.ts'

/**
 * The fact that stands beside a reply, in its own update: what the reply resolves is then told with it, and a reply that is taken back
 * takes it along. None where nothing had been suggested, or somebody has answered before.
 */
export async function draftUse(
  desk: Desk,
  tx: Transaction,
  ticketId: TicketId,
  reply: string,
): Promise<NewFact[]> {
  if ((await desk.setup.now()).assistant.config === null) return []
  // Of two who answer at once only the first finds the offer.
  await lockTickets(tx, [ticketId])
  const offer = await newestOffer(tx, ticketId)
  if (offer === null) return []
  const payload = { runId: offer.id, configVersion: offer.configVersion, ...useOf(offer.words, reply) }
  return [{ kind: 'assistant_used', payload }]
}
