// Makes the rows of reports anew from the logs, a batch of tickets at a time, while the desk works: after an upgrade, after the
// calendars have changed, or when somebody asks for it. A crash goes on where the last batch ended.
import { isDeepStrictEqual } from 'node:util'
import type { Desk } from '#desk/desk.ts'
import { changesOf } from '#reporting/changes.ts'
import {
  advanceFill,
  askFill,
  rowsOfTickets,
  takeFill,
  ticketsToFill,
  writeFolds,
  writeRows,
} from '#reporting/fill-store.ts'
import { folded } from '#reporting/rows.ts'
import { workedBy } from '#reporting/worked.ts'
import type { SlaBook } from '#sla/book.ts'
import type { Db, Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'
import { eventsOfTickets, lockTickets } from '#tickets/ticket-store.ts'
import type { ReportFold } from '#tickets/write/report-fold.ts'
import type { ReportChanges } from '#tickets/write/report-store.ts'

const AT_ONCE = 100

/** Has all rows made anew, from within the transaction of what made them wrong. */
export async function askReportFill(desk: Desk, db: Db): Promise<number> {
  const id = await askFill(db, desk.clock.now())
  tell(db, { lane: 'reports' })
  return id
}

/** The next batch; null when there is nothing to do, or somebody else does it. */
export async function fillNext(desk: Desk): Promise<Round> {
  return desk.database.transaction(async (tx) => {
    const fill = await takeFill(tx)
    if (fill === null) return null
    desk.setup.forget()
    const { sla } = await desk.setup.now()
    const ids = await ticketsToFill(tx, fill.afterTicketId, AT_ONCE)
    const changed = await fillTickets(tx, ids, sla)
    await advanceFill(tx, {
      ...fill,
      afterTicketId: ids.at(-1) ?? fill.afterTicketId,
      done: fill.done + ids.length,
      changed: fill.changed + changed,
      finishedAt: ids.length < AT_ONCE ? desk.clock.now() : null,
    })
    return 'more'
  })
}

/** How many of these tickets had other rows than their logs make. The lock keeps updates from coming in between. */
async function fillTickets(tx: Transaction, ids: readonly number[], sla: SlaBook): Promise<number> {
  const locked = await lockTickets(tx, ids)
  const logs = await eventsOfTickets(tx, ids)
  const had = await rowsOfTickets(tx, ids)
  const worked = workedBy(sla)
  const [changes, folds] = [new Map<number, ReportChanges>(), new Map<number, ReportFold | null>()]
  for (const id of ids) {
    const { rows, fold } = folded(logs.get(id) ?? [], worked)
    const found = changesOf(had.get(id) ?? { spans: [], facts: [] }, rows)
    if (found !== null) changes.set(id, found)
    const kept = locked.get(id)?.fold ?? null
    if (!isDeepStrictEqual(kept, fold)) folds.set(id, fold)
  }
  await writeRows(tx, changes)
  await writeFolds(tx, folds)
  return changes.size
}
