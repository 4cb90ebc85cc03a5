// Takes a whole import back: its tickets are deleted and purged, their words erased, its people hidden, unless somebody has worked on
// them here or a legal hold keeps them. The log keeps that they were there and went.
import { changeImport, findImport, madeBy, workedOn } from '#imports/import-store.ts'
import { forgetClocks, forgetRefs, forgetWords, hideIdlePeople } from '#imports/undo-store.ts'
import { undoTexts, type Texts } from '#imports/undo-texts.ts'
import { act } from '#desk/act.ts'
import { bySystem } from '#desk/update.ts'
import { underHoldAmong, keepHoldsStill } from '#desk/privacy/hold-store.ts'
import type { Desk } from '#desk/desk.ts'
import { Fault } from '#kit/fault.ts'
import type { TicketId } from '#kit/ids.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { lockTickets } from '#tickets/ticket-store.ts'

const AT_ONCE = 50

export type Undone = { readonly taken: number; readonly kept: number; readonly texts: Texts }

/** Takes an import back; null when there is none to take back. What was cut off goes on when it is asked for again. */
export async function undoImport(desk: Desk, id: number): Promise<Undone | null> {
  const run = await findImport(desk.database, id)
  if (run === null || run.state === 'undone') return null
  if (run.state === 'running' || run.state === 'waiting')
    throw new Fault('The import runs still: pause it first', { retryable: false, code: 'RUNNING' })
  await changeImport(desk.database, id, { state: 'undoing' })
  let [taken, kept] = [0, 0]
  for (let after = 0; ;) {
    const some = await madeBy(desk.database, id, 'tickets', { after, limit: AT_ONCE })
    const gone = await desk.database.transaction((tx) => takeBack(desk, tx, some))
    taken += gone
    kept += some.length - gone
    after = some.at(-1)?.localId ?? after
    if (some.length < AT_ONCE) break
  }
  const texts = await undoTexts(desk, run)
  await desk.database.transaction(async (tx) => {
    await hideIdlePeople(tx, id)
    await forgetClocks(tx, run.source)
    await changeImport(tx, id, { state: 'undone', sealed: null, endedAt: desk.clock.now() })
    tell(tx, { changed: 'imports', id })
  })
  return { taken, kept, texts }
}

async function takeBack(
  desk: Desk,
  tx: Transaction,
  some: readonly { localId: number; seq: number | null }[],
): Promise<number> {
  await keepHoldsStill(tx)
  await lockTickets(
    tx,
    some.map(({ localId }) => localId),
  )
  const worked = await workedOn(tx, some)
  const held = await underHoldAmong(
    tx,
    some.map(({ localId }) => localId),
  )
  const untouched = some.filter(({ localId }) => !worked.has(localId) && !held.has(localId))
  for (const { localId } of untouched) {
    const content = { silent: true, via: 'import' } as const
    const id = localId as TicketId
    await act(desk, tx, id, { kind: 'delete', reason: 'import undone' }, bySystem, content)
    await act(desk, tx, id, { kind: 'purge', reason: 'import undone' }, bySystem, content)
  }
  const ids = untouched.map(({ localId }) => localId)
  await forgetWords(tx, ids)
  await forgetRefs(tx, ids)
  return ids.length
}
