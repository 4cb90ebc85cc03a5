// Gathers what decides about some queues at one instant: queues, agents with what they have in hand, and who waits.
import type { Desk } from '#desk/desk.ts'
import { handleTimes, type HandleTimes } from '#desk/routing/handle-times.ts'
import { workingTime } from '#hours/working-time.ts'
import { ALWAYS, type Calendar } from '#hours/calendar.ts'
import type { Instant } from '#kit/time.ts'
import { readyQueue } from '#routing/book.ts'
import type { Agent, Snapshot } from '#routing/model.ts'
import { secondsToShiftEnd } from '#routing/shift.ts'
import { readAgents, readStaff, type StaffRow } from '#routing/staff-store.ts'
import { readWaiting, toWaiting, type WaitingTicket } from '#routing/waiting-store.ts'
import type { Db } from '#store/database.ts'

export type LiveSnapshot = {
  readonly snapshot: Snapshot
  readonly rows: ReadonlyMap<number, WaitingTicket>
  readonly staff: readonly StaffRow[]
}

/** The snapshot of some queues. Tickets that are on offer wait for the answer and are left out, unless asked for. */
export async function snapshotOf(
  desk: Desk,
  db: Db,
  queueIds: readonly number[],
  { at = desk.clock.now(), withOffered = false }: { at?: Instant; withOffered?: boolean } = {},
): Promise<LiveSnapshot> {
  const { routing, sla } = await desk.setup.now()
  const staff = await readStaff(db)
  const agents = await readAgents(db, staff, routing.units, sla.calendars, at)
  const rows = await readWaiting(db, queueIds, at)
  const usual = await usualTimes(desk, db, agents, Date.parse(at))
  const waiting = rows.filter(({ offered }) => withOffered || !offered)
  return {
    staff,
    rows: new Map(waiting.map((row) => [row.ticketId, row])),
    snapshot: {
      at: Date.parse(at),
      agents,
      queues: routing.queues
        .filter(({ id }) => queueIds.includes(id))
        .map((row) => readyQueue(row, sla.calendars)),
      tickets: waiting.map((row) =>
        toWaiting(row, {
          ...clocksAt(row, sla.calendars, Date.parse(at)),
          handleSeconds: usual(row.categoryId),
        }),
      ),
    },
  }
}

/** How long work usually takes matters only while somebody's shift ends. */
async function usualTimes(desk: Desk, db: Db, agents: readonly Agent[], at: number): Promise<HandleTimes> {
  const anyLeaves = agents.some(
    ({ presence, shiftEndsAt }) => presence === 'online' && secondsToShiftEnd(shiftEndsAt, at) !== null,
  )
  return anyLeaves ? handleTimes(desk, db) : () => null
}

/** The least working time left on a ticket's live clocks, and how much of the fullest is used. */
export function clocksAt(
  { clocks }: Pick<WaitingTicket, 'clocks'>,
  calendars: ReadonlyMap<string, Calendar>,
  at: number,
): { secondsLeft: number | null; percentUsed: number } {
  let secondsLeft: number | null = null
  let percentUsed = 0
  for (const { elapsedMs, targetSeconds, asOf, calendarId, running } of clocks) {
    const calendar = calendarId === null ? ALWAYS : (calendars.get(calendarId) ?? ALWAYS)
    const elapsed = (elapsedMs + (running ? workingTime(calendar, Date.parse(asOf), at) : 0)) / 1000
    secondsLeft = Math.min(secondsLeft ?? Infinity, targetSeconds - elapsed)
    percentUsed = Math.max(percentUsed, elapsed / targetSeconds)
  }
  return { secondsLeft, percentUsed }
}
