// What rules of a version made of a ticket, as far as it stands: to be taken back.
import type { UpdateId } from '#kit/ids.ts'
import type { FiringsOf } from '#tickets/bulk-store.ts'
import type { EventOf, TicketEvent } from '#tickets/event.ts'
import { factKinds } from '#tickets/evolve/fact.ts'
import { voidedSeqs } from '#tickets/void.ts'

/** The events that firings made in one update, the firings among them. */
export type Made = { readonly updateId: UpdateId; readonly seqs: readonly number[]; readonly firings: number }

/** What no undo takes back: facts of other rooms, and what was said. */
export const staying: readonly string[] = [...factKinds, 'message_added']

/** What firings changed and nobody took back, the newest update first; firings that changed nothing are left out. */
export function madeByFirings(log: readonly TicketEvent[], of: FiringsOf): readonly Made[] {
  const voided = voidedSeqs(log)
  const byUpdate = new Map<UpdateId, Made>()
  for (const fired of firingsIn(log, of)) {
    const made = causedBy(fired, log).filter(({ seq }) => !voided.has(seq))
    if (voided.has(fired.seq) || made.every(({ kind }) => staying.includes(kind))) continue
    const known = byUpdate.get(fired.updateId) ?? { updateId: fired.updateId, seqs: [], firings: 0 }
    byUpdate.set(fired.updateId, {
      ...known,
      seqs: [...known.seqs, fired.seq, ...made.map(({ seq }) => seq)],
      firings: known.firings + 1,
    })
  }
  return [...byUpdate.values()].toReversed()
}

function firingsIn(
  log: readonly TicketEvent[],
  { version, ruleId }: FiringsOf,
): readonly EventOf<'rule_fired'>[] {
  return log.filter(
    (event): event is EventOf<'rule_fired'> =>
      event.kind === 'rule_fired' &&
      event.payload.rulebookVersion === version &&
      (ruleId === null || event.payload.ruleId === ruleId),
  )
}

function causedBy(fired: TicketEvent, log: readonly TicketEvent[]): readonly TicketEvent[] {
  return log.filter(({ causeEventId, actor }) => causeEventId === fired.id && actor.type === 'rule')
}
