// Which calendar a test of time counts by: a desk's working hours, or every hour of every day.
import { plus, secondsBetween } from '#kit/time.ts'
import type { Calendars } from '#rules/scene.ts'

/** The key of the calendar; null for `always`. */
export function calendarOf(key: string | undefined): string | null {
  return key === undefined || key === 'always' ? null : key
}

/** A desk without calendars: it is always open. */
export const noCalendars: Calendars = {
  secondsBetween: (_, from, to) => secondsBetween(from, to),
  plus: (_, from, seconds) => plus(from, seconds),
  isOpen: () => true,
  isHoliday: () => false,
}
