// Where tickets stall: what counts as stuck, and the first cause that holds.
import { localDate, opensAt } from '#hours/zone.ts'
import { Z95 } from '#kit/statistics.ts'
import { instant, type Instant } from '#kit/time.ts'
import type { Spread } from '#reporting/difference.ts'
import { stallCauses, type StallCause } from '#reporting/vocabulary.ts'
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
  /** Nobody on staff could be given it. */
  readonly unroutable: boolean
  /** What a procedure proposes waits for a person to say yes. */
  readonly proposes: boolean
  /** Somebody outside has been asked, and that is not done. */
  readonly sideOpen: boolean
  readonly pingPong: boolean
  /** Another ticket has to be solved before it. */
  readonly childrenOpen: boolean
  /** There are agreements, and none is about it. */
  readonly noPolicy: boolean
  /** Whoever has it has more than they are to have. */
  readonly overloaded: boolean
}

/** The first cause that holds, in the order of the list. */
export function causeOf(ticket: Stuck): StallCause {
  return stallCauses.find((cause) => holds[cause](ticket)) ?? 'other'
}

/** What is snoozed until later is not stuck: a moment that is there has passed. */
const holds: Readonly<Record<StallCause, (ticket: Stuck) => boolean>> = {
  // Somebody could be given it, and nobody is: else it would always hide that nobody can.
  unassigned: ({ assigneeId, unroutable }) => assigneeId === null && !unroutable,
  assignee_away: ({ isAway, hasLeft }) => isAway === true && hasLeft !== true,
  assignee_left: ({ hasLeft }) => hasLeft === true,
  unroutable: ({ unroutable }) => unroutable,
  on_hold_without_date: ({ status, snoozedUntil }) => status === 'on_hold' && snoozedUntil === null,
  pending_without_reminder: ({ status, snoozedUntil }) => status === 'pending' && snoozedUntil === null,
  waiting_approval: ({ proposes }) => proposes,
  waiting_side_conversation: ({ sideOpen }) => sideOpen,
  snooze_overdue: ({ snoozedUntil }) => snoozedUntil !== null,
  ping_pong: ({ pingPong }) => pingPong,
  children_open: ({ childrenOpen }) => childrenOpen,
  no_policy: ({ noPolicy }) => noPolicy,
  assignee_overloaded: ({ overloaded }) => overloaded,
  other: () => true,
}

/** Weeks whose comings and goings a forecast is made of. */
export const FORECAST_WEEKS = 4

/** How many tickets are active, and what came and went of them in the weeks before. */
export type Flow = { readonly backlog: number; readonly came: number; readonly went: number }

/** In how many days nothing would be left; no `latest` when it may never come to that, neither when it is not clearing. */
export type Forecast = Flow & { readonly soonest: number | null; readonly latest: number | null }

/**
 * Backlog ÷ (what goes − what comes). Both are counts of things that come as restlessly as their weeks say, one by one where these
 * are too few (Poisson), so that their difference is uncertain by the root of their sum: the range is of 95 %.
 */
export function forecastOf(flow: Flow, spread: Spread | null): Forecast {
  const { backlog, came, went } = flow
  const days = (cleared: number) => (cleared > 0 ? (backlog / cleared) * FORECAST_WEEKS * 7 : null)
  if (backlog === 0) return { ...flow, soonest: 0, latest: 0 }
  if (went <= came) return { ...flow, soonest: null, latest: null }
  const { dispersion, reach } = spread ?? { dispersion: 1, reach: Z95 }
  const unsure = reach * Math.sqrt(dispersion * (came + went))
  return { ...flow, soonest: days(went - came + unsure), latest: days(went - came - unsure) }
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
