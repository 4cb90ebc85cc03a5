// Due moments of tickets: written with each update, read by desk/wake.
import type { TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import type { DueMoment } from '#tickets/due.ts'

/** A ticket's own moments, those of its clocks, and that at which its customer is asked whether it helped. */
export type TimerKind = DueMoment['kind'] | 'survey'
export type Timer = { readonly ticketId: TicketId; readonly kind: TimerKind }

/** The timers due at a moment, oldest first. */
export async function dueTimers(db: Db, at: Instant, limit: number): Promise<Timer[]> {
  return db.hot<Timer>(sql`select ticket_id as "ticketId", kind from timer
    where due_at <= ${at} order by due_at, ticket_id limit ${limit}`)
}

/** Whether a timer is still due: it may have been moved or fired since it was read. */
export async function isDue(db: Db, timer: Timer, at: Instant): Promise<boolean> {
  const rows = await db.hot(sql`select from timer
    where ticket_id = ${timer.ticketId} and kind = ${timer.kind} and due_at <= ${at}`)
  return rows.length > 0
}

/** When a timer of a ticket is due; null when it has none of this kind. */
export async function timerOf(db: Db, ticketId: TicketId, kind: TimerKind): Promise<Instant | null> {
  const row = await db.row<{ dueAt: Instant }>(sql`select due_at as "dueAt" from timer
    where ticket_id = ${ticketId} and kind = ${kind}`)
  return row?.dueAt ?? null
}

/** Removes a timer that has nothing to do. */
export async function dropTimer(db: Db, timer: Timer): Promise<void> {
  await db.rows(sql`delete from timer where ticket_id = ${timer.ticketId} and kind = ${timer.kind}`)
}

/** When the next timer is due. */
export async function nextTimerAt(db: Db): Promise<Instant | null> {
  const [row] = await db.hot<{ at: Instant | null }>(sql`select min(due_at) as at from timer`)
  return row?.at ?? null
}
