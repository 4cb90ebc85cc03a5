// After a policy or a calendar was published every ticket that is not closed is judged again, a batch at a time, by whoever has
// time; a crash goes on where the last batch ended.
import { judgeAgain } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import { askReportFill } from '#desk/reports/fill.ts'
import {
  advanceRecompute,
  startRecompute,
  takeRecompute,
  ticketsToJudge,
  type RecomputeCause,
} from '#sla/recompute-store.ts'
import type { Db } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'

const AT_ONCE = 50

/** Has all tickets judged again, from within the transaction of the publication. */
export async function askRecompute(
  desk: Desk,
  db: Db,
  cause: RecomputeCause,
  agentId: number,
): Promise<void> {
  await startRecompute(db, cause, desk.clock.now(), agentId)
  // Working time is kept beside what it measures.
  if (cause === 'calendar_change') await askReportFill(desk, db)
  tell(db, { changed: 'policies', id: 0 })
  tell(db, { lane: 'recompute' })
}

/** Judges the next batch again. */
export async function recomputeNext(desk: Desk): Promise<Round> {
  return desk.database.transaction(async (tx) => {
    const job = await takeRecompute(tx)
    if (job === null) return null
    desk.setup.forget()
    const ids = await ticketsToJudge(tx, job.afterTicketId, AT_ONCE)
    let changed = 0
    for (const id of ids) {
      const outcome = await judgeAgain(
        desk,
        tx,
        id,
        job.cause === 'calendar_change' ? { cause: job.cause } : {},
      )
      if (outcome.ok && outcome.events.length > 0) changed++
    }
    await advanceRecompute(tx, job.id, {
      afterTicketId: ids.at(-1) ?? job.afterTicketId,
      done: ids.length,
      changed,
      finishedAt: ids.length < AT_ONCE ? desk.clock.now() : null,
    })
    tell(tx, { changed: 'policies', id: 0 })
    return 'more'
  })
}
