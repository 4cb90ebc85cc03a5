// What a backtest foretells of each rule's days, and the first days of the published rules beside it.

/** The days on which a rule fired, each with how often. */
export type Days = Readonly<Record<string, number>>
export type Range = { readonly low: number; readonly high: number }

/** So long are rules that went live compared with what was foretold. */
export const WATCHED_DAYS = 7

/** The middle 95 % of a rule's days (nearest rank), those on which it did not fire included; of `days` days in all. */
export function rangeOf(fired: Days, days: number): Range {
  const counts = Object.values(fired).toSorted((a, b) => a - b)
  const length = Math.max(days, counts.length, 1)
  const at = (rank: number) => counts[rank - 1 - (length - counts.length)] ?? 0
  return { low: at(Math.max(1, Math.ceil(length * 0.025))), high: at(Math.ceil(length * 0.975)) }
}

export type WatchedDay = { readonly day: string; readonly fired: number; readonly isOutside: boolean }
export type Watched = Range & { readonly ruleId: number; readonly days: readonly WatchedDay[] }

/** A rule's days since it went live beside what was foretold. A day that is not over may still be below. */
export function watchedDays(
  { ruleId, range }: { readonly ruleId: number; readonly range: Range },
  fired: Days,
  days: readonly string[],
  today: string,
): Watched {
  return {
    ruleId,
    ...range,
    days: days.map((day) => {
      const count = fired[day] ?? 0
      return {
        day,
        fired: count,
        isOutside: count > range.high || (count < range.low && day < today),
      }
    }),
  }
}
