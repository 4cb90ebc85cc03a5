// What an agent made of the answer that the assistant had suggested, told by their first reply after it: a fact of the ticket, from which
// the assistant learns and by which it is measured.
import { useOf } from '#assistant/draft-use.ts'
import { newestOffer } from '#assistant/run-store.ts'
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import type { By } from '#desk/update.ts'
import type { TicketId } from '#kit/ids.ts'
import type { Transaction } from '#store/database.ts'

/** Notes it beside a reply that was just written; nothing where nothing had been suggested, or somebody has answered before. */
export async function noteDraftUse(
  desk: Desk,
  tx: Transaction,
  ticketId: TicketId,
  reply: string,
  by: By,
): Promise<void> {
  if ((await desk.setup.now()).assistant.config === null) return
  const offer = await newestOffer(tx, ticketId)
  if (offer === null) return
  const payload = { runId: offer.id, configVersion: offer.configVersion, ...useOf(offer.words, reply) }
  await act(desk, tx, ticketId, { kind: 'record', facts: [{ kind: 'assistant_used', payload }] }, by)
}
