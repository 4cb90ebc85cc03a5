// When the clocks of a zone change next, and what that does to the hours of the day.
import type { Hours } from '../../../src/api/contract/sla.ts'
import { DAYS, minutesOf } from './length.ts'

const MINUTE = 60_000
const DAY = 1_440 * MINUTE

/** A change of the clocks: its instant, the local minutes of the day before and after it. */
export type Switch = {
  readonly at: Date
  readonly from: number
  readonly to: number
  readonly weekday: number
}

/** The first change within a year after `now` (ms); null for a zone without. Two changes on one day do not happen. */
export function nextSwitch(timeZone: string, now: number): Switch | null {
  const offset = offsetsOf(timeZone)
  let [low, high] = [now, now]
  while (offset(high) === offset(now)) {
    if (high > now + 366 * DAY) return null
    ;[low, high] = [high, high + DAY]
  }
  while (high - low > MINUTE) {
    const middle = (low + high) / 2
    if (offset(middle) === offset(low)) low = middle
    else high = middle
  }
  const at = Math.floor(high / MINUTE) * MINUTE
  const local = at + offset(low) * MINUTE
  const from = (((local / MINUTE) % 1_440) + 1_440) % 1_440
  const weekday = (new Date(local).getUTCDay() + 6) % 7
  return { at: new Date(at), from, to: from + offset(high) - offset(low), weekday }
}

/** The minutes by which a shift of that day grows (two passes of an hour) or shrinks; 0 when none is open at the change. */
export function shiftAt(hours: Extract<Hours, { weekly: unknown }>, { from, to, weekday }: Switch): number {
  const [low, high] = [Math.min(from, to), Math.max(from, to)]
  const open = hours.weekly[DAYS[weekday] ?? 'mon'] ?? []
  const touched = open.reduce((sum, [begin, end]) => {
    const [opens, closes] = [minutesOf(begin), minutesOf(end) || 1_440]
    return sum + Math.max(0, Math.min(closes, high) - Math.max(opens, low))
  }, 0)
  return to > from ? -touched : touched
}

/** Minutes east of Greenwich at an instant. */
function offsetsOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = parts
    return Math.round(Date.UTC(year, month - 1, day, hour, minute) / MINUTE - Math.floor(at / MINUTE))
  }
}
