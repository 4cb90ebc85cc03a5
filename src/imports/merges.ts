// Merges of another desk, made once both sides are here: like any other merge, and as undoable.
import type { Result } from '#imports/counts.ts'
import { openPairs, putRefs, refsOf, workedOn, type From, type Ref } from '#imports/import-store.ts'
import { merge } from '#desk/act-many.ts'
import { bySystem, type Outcome } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Transaction } from '#store/database.ts'
import { lockTickets } from '#tickets/ticket-store.ts'

const AT_ONCE = 50

/** Makes some merges that were told; one that cannot be (a circle, a ticket that never came) is said and asked for no more. */
export async function makeMerges(
  desk: Desk,
  tx: Transaction,
  from: From,
): Promise<{ more: boolean; results: readonly Result[] }> {
  const open = await openPairs(tx, from.source, 'merges', AT_ONCE)
  const refs = await refsOf(
    tx,
    from.source,
    'tickets',
    open.flatMap(({ id, into }) => [id, into]),
  )
  const worked = await workedOn(tx, [...refs.values()])
  const results: Result[] = []
  for (const { id, into } of open) {
    const why = await mergeOne(desk, tx, refs.get(id), refs.get(into))
    results.push({
      kind: 'merges',
      id,
      outcome: why === null ? 'created' : 'failed',
      ...(why === null ? {} : { reason: why }),
    })
    await putRefs(tx, from, [
      { kind: 'merges', sourceId: id, localId: why === null ? 1 : -1, version: into, made: false },
    ])
  }
  const untouched = [...refs.values()].filter(({ localId }) => !worked.has(localId))
  await noteSeqs(tx, from, untouched)
  return { more: open.length === AT_ONCE, results }
}

async function mergeOne(desk: Desk, tx: Transaction, source?: Ref, target?: Ref): Promise<string | null> {
  if (source === undefined || target === undefined) return 'the other ticket never came'
  const rows = await lockTickets(tx, [source.localId, target.localId])
  // Nobody knows when that was: at the last moment of both, so that neither is of today.
  const [at = desk.clock.now()] = [...rows.values()]
    .map(({ ticket }) => ticket.updatedAt)
    .toSorted()
    .toReversed()
  const merging = (acknowledgedNewReaders: readonly PersonId[]): Promise<Outcome> =>
    merge(
      desk,
      tx,
      {
        sourceIds: [source.localId as TicketId],
        targetId: target.localId as TicketId,
        acknowledgedNewReaders,
        evenClosed: true,
      },
      bySystem,
      { silent: true, via: 'import', at: at as Instant },
    )
  const first = await merging([])
  if (first.ok) return null
  if (first.refusal.name !== 'privacy_ack_required') return first.refusal.name
  // Whoever reads more by it did so there already.
  const second = await merging(first.refusal.newReaders)
  return second.ok ? null : second.refusal.name
}

/** What brings two tickets together is none of this desk's work: an undo of the import still takes back those that nobody has worked on. */
export async function noteSeqs(tx: Transaction, from: From, refs: readonly Ref[]): Promise<void> {
  const rows = await lockTickets(
    tx,
    refs.map(({ localId }) => localId),
  )
  await putRefs(
    tx,
    from,
    refs.map((ref) => ({
      ...ref,
      kind: 'tickets',
      seq: rows.get(ref.localId)?.ticket.seq ?? ref.seq,
      made: false,
    })),
  )
}
