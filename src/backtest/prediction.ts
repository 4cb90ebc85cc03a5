// What a backtest foretells of each rule's days, and the first days of the published rules beside it.
import { nearestRank, type Bounds } from '#kit/statistics.ts'

/** The days on which a rule fired, each with how often. */
export type Days = Readonly<Record<string, number>>

/** So long are rules that went live compared with what was foretold. */
export const WATCHED_DAYS = 7

/** The middle 95 % of a rule's days (nearest rank), those on which it did not fire included; of `days` days in all. */
export function rangeOf(fired: Days, days: number): Bounds {
  const counts = Object.values(fired)
  const silent = Array.from({ length: Math.max(days - counts.length, counts.length === 0 ? 1 : 0) }, () => 0)
  const sorted = [...silent, ...counts].toSorted((a, b) => a - b)
  return { low: nearestRank(sorted, 0.025), high: nearestRank(sorted, 0.975) }
}

export const foretold = ['fired', 'mailed'] as const
/** What of a rule is foretold: how often it fires, how many mails it sends. */
export type Foretold = (typeof foretold)[number]

export type WatchedDay = { readonly day: string; readonly count: number; readonly isOutside: boolean }
export type Watched = Bounds & {
  readonly ruleId: number
  readonly what: Foretold
  readonly days: readonly WatchedDay[]
}

/** A rule's days since it went live beside what was foretold. A day that is not over may still be below. */
export function watchedDays(
  { ruleId, what, range }: Pick<Watched, 'ruleId' | 'what'> & { readonly range: Bounds },
  counts: Days,
  days: readonly string[],
  today: string,
): Watched {
  return {
    ruleId,
    what,
    ...range,
    days: days.map((day) => {
      const count = counts[day] ?? 0
      return {
        day,
        count,
        isOutside: count > range.high || (count < range.low && day < today),
      }
    }),
  }
}
