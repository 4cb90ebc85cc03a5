// The log of all tickets in the order in which it became final: by the number of the transaction, and within it by id. What a transaction
// that still runs has written, or one that began after it, waits: every event is told once, however long it took to commit.
import type { Reader } from '#people/can.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { eventColumns, eventOf, type EventRow } from '#tickets/ticket-store.ts'

/** A place in the log: after this event, which happened then (no cursor from before it was said has it). */
export type LogPlace = { readonly tx: string; readonly id: number; readonly at?: string | undefined }

export const LOG_BEGIN: LogPlace = { tx: '0', id: 0 }

/** Whether there is such a place in this log: not where it was restored from a time before, though numbers are given out again. */
export async function isPlace(db: Db, { tx, id, at }: LogPlace): Promise<boolean> {
  if (id === 0) return true
  const found = await db.row<{ at: string }>(
    sql`select at from ticket_event where id = ${id} and tx = ${tx}::xid8`,
  )
  return found !== null && (at === undefined || found.at === at)
}

/** At most `most` events in sight among the next `count` of the log, with the place after what was looked at; null at its end. */
export async function nextOfLog(
  db: Db,
  reader: Reader,
  after: LogPlace,
  { count, most }: { readonly count: number; readonly most: number },
): Promise<{
  readonly events: readonly TicketEvent[]
  readonly looked: number
  readonly place: LogPlace
} | null> {
  const rows = await db.rows<EventRow & { tx: string; seen: boolean }>(sql`
    select ${eventColumns}, tx, exists (select from ticket t where t.id = ticket_id and ${inSight(reader)}) as seen from (
      select * from ticket_event where (tx, id) > (${after.tx}::xid8, ${after.id}) and tx < pg_snapshot_xmin(pg_current_snapshot())
      order by tx, id limit ${count}) next
    order by next.tx, next.id`)
  let told = 0
  const cut = rows.findIndex(({ seen }) => seen && ++told === most)
  const looked = cut === -1 ? rows : rows.slice(0, cut + 1)
  const last = looked.at(-1)
  if (last === undefined) return null
  const events = looked.flatMap(({ tx: _tx, seen, ...row }) => (seen ? [eventOf(row)] : []))
  return { events, looked: looked.length, place: { tx: last.tx, id: last.id, at: last.at } }
}
