// The end of a shift: until when somebody works, when they are back, and which of their tickets cannot wait until then.
import type { Calendar } from '#hours/calendar.ts'
import { nextOpen, openUntil } from '#hours/working-time.ts'
import type { Status } from '#tickets/vocabulary.ts'

/** For so long before the end nothing new is begun that would take longer than what is left. */
export const SHIFT_END_SECONDS = 900
/** A shorter gap is a break, not the end of a shift. */
const BREAK_MS = 2 * 3_600_000
/** Breaks of one shift that are looked through. */
const MOST_BREAKS = 8

export type Shift = {
  /** Null when none is on. */
  readonly endsAt: number | null
  /** Null when the calendar never opens again. */
  readonly backAt: number | null
}

/** The shift that is on at an instant, breaks included: null without hours, or when it never ends. */
export function shiftAt(calendar: Calendar | null, at: number): Shift | null {
  if (calendar === null) return null
  const from = nextOpen(calendar, at)
  if (from === null) return { endsAt: null, backAt: null }
  if (from - at > BREAK_MS) return { endsAt: null, backAt: from }
  let endsAt = openUntil(calendar, from)
  for (let breaks = 0; endsAt !== null && breaks < MOST_BREAKS; breaks++) {
    const backAt = nextOpen(calendar, endsAt)
    if (backAt === null || backAt - endsAt > BREAK_MS) return { endsAt, backAt }
    endsAt = openUntil(calendar, backAt)
  }
  return null
}

/** What is left of a shift in seconds, when that is little enough to mind; null otherwise. */
export function secondsToShiftEnd(endsAt: number | null, at: number): number | null {
  if (endsAt === null) return null
  const left = (endsAt - at) / 1000
  return left <= 0 || left > SHIFT_END_SECONDS ? null : left
}

export type HandoverWhy = 'waiting' | 'due'

/** A day, for those without hours: nobody knows when they are back. */
const UNKNOWN_ABSENCE_MS = 86_400_000

/**
 * Why a ticket should not wait for its agent: a customer waits for an answer, or a running clock is due before they are back.
 * Null for what can wait.
 */
export function handoverWhy(
  ticket: {
    readonly status: Status
    readonly unansweredSince: string | null
    readonly snoozedUntil: string | null
    /** The soonest of its running clocks. */
    readonly dueAt: number | null
  },
  at: number,
  backAt: number | null,
): HandoverWhy | null {
  const { status, unansweredSince, snoozedUntil, dueAt } = ticket
  if (dueAt !== null && dueAt < (backAt ?? at + UNKNOWN_ABSENCE_MS)) return 'due'
  const isOurTurn = status === 'new' || status === 'open'
  return isOurTurn && unansweredSince !== null && snoozedUntil === null ? 'waiting' : null
}
