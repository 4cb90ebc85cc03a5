// Which events count as never having happened: judgements read the log without them.
import type { TicketEvent } from '#tickets/event.ts'

/** Seqs that stand undone; an undo that was itself undone no longer voids anything. */
export function voidedSeqs(events: readonly TicketEvent[]): ReadonlySet<number> {
  const voided = new Set<number>()
  for (const event of events.toReversed()) {
    if (event.kind === 'undone' && !voided.has(event.seq))
      event.payload.seqs.forEach((seq) => voided.add(seq))
  }
  return voided
}
