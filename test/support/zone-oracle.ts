// A second opinion on the edges of working hours in any zone: the wall clock is walked minute by minute wherever it changes.
import { closesAt, opensAt } from '#hours/zone.ts'

const MINUTE = 60_000
const DAY = 1_440

/** The offset of a zone at a moment (ms), in minutes, as Intl says. */
function offsetReader(zone: string): (ms: number) => number {
  const style = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  } as const
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', ...style })
  return (ms) => {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = format.format(ms).split(/\D+/).map(Number)
    return Date.UTC(year, month - 1, day, hour, minute) / MINUTE - ms / MINUTE
  }
}

/**
 * Checks the edges of local intervals on every day of some years, `perDay` a day at minutes drawn by `draw`; returns how many were
 * checked and the first few that are wrong.
 */
export function checkZone(
  zone: string,
  years: readonly [from: number, to: number],
  perDay: number,
  draw: () => number,
): { intervals: number; wrong: string[] } {
  const offsetOf = offsetReader(zone)
  const [first, last] = [Date.UTC(years[0], 0, 1) / MINUTE / DAY, Date.UTC(years[1], 0, 1) / MINUTE / DAY]
  const byDay = new Map<number, number>()
  const atDay = (day: number) => {
    let offset = byDay.get(day)
    if (offset === undefined) byDay.set(day, (offset = offsetOf(day * DAY * MINUTE)))
    return offset
  }
  const wrong: string[] = []
  let intervals = 0
  for (let day = first; day < last; day++) {
    const isQuiet = [-2, -1, 0, 1, 2, 3].every((near) => atDay(day + near) === atDay(day))
    for (let count = 0; count < perDay; count++) {
      const [a, b] = [draw() % DAY, (draw() % DAY) + 1].toSorted((x, y) => x - y) as [number, number]
      const [opens, closes] = [day * DAY + a, day * DAY + Math.max(b, a + 1)]
      const expected = isQuiet
        ? [opens - atDay(day), closes - atDay(day)]
        : [firstMinute(opens, offsetOf), lastMinute(closes, offsetOf)]
      const found = [opensAt(zone, opens * MINUTE) / MINUTE, closesAt(zone, closes * MINUTE) / MINUTE]
      intervals++
      if ((found[0] !== expected[0] || found[1] !== expected[1]) && wrong.length < 3)
        wrong.push(
          `${zone} ${new Date(opens * MINUTE).toISOString()} +${closes - opens}m: ${found.join()} not ${expected.join()}`,
        )
    }
  }
  return { intervals, wrong }
}

/** The first minute at which the wall clock shows `local` or later. */
function firstMinute(local: number, offsetOf: (ms: number) => number): number {
  for (let minute = local - 1_600; ; minute++) if (minute + offsetOf(minute * MINUTE) >= local) return minute
}

/** The minute after the last at which the wall clock shows less than `local`. */
function lastMinute(local: number, offsetOf: (ms: number) => number): number {
  for (let minute = local + 1_600; ; minute--)
    if (minute + offsetOf(minute * MINUTE) < local) return minute + 1
}
