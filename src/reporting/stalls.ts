// Where tickets stall: what counts as stuck, and the first cause that holds.
import { localDate, opensAt } from '#hours/zone.ts'
import { instant, type Instant } from '#kit/time.ts'
import type { StallCause } from '#reporting/vocabulary.ts'
import type { ActiveStatus } from '#tickets/vocabulary.ts'

/** What is usual is learnt from so many days; a stratum with fewer runs than this borrows from the one above it. */
export const LEARNT_DAYS = 180
export const ENOUGH = 30
const SILENT_WEEKDAYS = 3

/** What is known of a ticket that has been in one status for too long, or in silence. */
export type Stuck = {
  readonly status: ActiveStatus
  readonly assigneeId: number | null
  readonly isAway: boolean | null
  readonly hasLeft: boolean | null
  readonly snoozedUntil: Instant | null
  readonly pingPong: boolean
}

/** The first cause that holds, in the order of the list. */
export function causeOf({ status, assigneeId, isAway, hasLeft, snoozedUntil, pingPong }: Stuck): StallCause {
  if (assigneeId === null) return 'unassigned'
  if (isAway === true && hasLeft !== true) return 'assignee_away'
  if (hasLeft === true) return 'assignee_left'
  if (status === 'on_hold' && snoozedUntil === null) return 'on_hold_without_date'
  if (status === 'pending' && snoozedUntil === null) return 'pending_without_reminder'
  return pingPong ? 'ping_pong' : 'other'
}

const DAY = 86_400_000

/** The moment before which silence is too long: three days from Monday to Friday ago, at the same time on the wall. */
export function silentSince(now: Instant, zone: string): Instant {
  const at = Date.parse(now)
  let day = Date.parse(`${localDate(zone, at)}T00:00:00Z`)
  const sinceMidnight = at - opensAt(zone, day)
  for (let left = SILENT_WEEKDAYS; left > 0;) {
    day -= DAY
    if (![0, 6].includes(new Date(day).getUTCDay())) left--
  }
  return instant(opensAt(zone, day) + sinceMidnight)
}
