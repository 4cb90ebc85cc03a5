// When a report that is mailed regularly is due next, by the calendar and the clock on the wall of its zone. Pure.
import { localDate, opensAt } from '#hours/zone.ts'
import { instant, type Instant } from '#kit/time.ts'
import { dayAfter, type Rhythm } from '#reporting/boards.ts'

export type Timing = {
  readonly every: Rhythm
  /** Of a week 1 for Monday to 7, of a month 1 to 31, or its last day where it is shorter; else without meaning. */
  readonly onDay: number
  readonly hour: number
  readonly zone: string
}

/** A month has such a day at least once in so many days, a week and a working day sooner. */
const LONGEST_DAYS = 32

/** The first moment after `after` at which it is due. An hour that the clock skips is when it has been skipped. */
export function nextDue(timing: Timing, after: Instant): Instant {
  const { zone, hour } = timing
  const today = localDate(zone, Date.parse(after))
  for (let days = 0; days <= LONGEST_DAYS; days++) {
    const day = dayAfter(today, days)
    const at = instant(opensAt(zone, Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000))
    if (at > after && isDay(timing, day)) return at
  }
  throw new Error('Bug: a report is never due')
}

function isDay({ every, onDay }: Timing, day: string): boolean {
  const weekday = ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
  switch (every) {
    case 'day':
      return true
    case 'weekday':
      return weekday <= 5
    case 'week':
      return weekday === onDay
    case 'month':
      return (
        Number(day.slice(8)) === onDay || (Number(day.slice(8)) < onDay && dayAfter(day, 1).endsWith('-01'))
      )
    default:
      return every satisfies never
  }
}
