// Instants are ISO 8601 UTC strings with milliseconds, so that text order is time order. Durations are seconds.

declare const instantBrand: unique symbol
export type Instant = string & { readonly [instantBrand]: true }

/** The instant of a Date or of milliseconds since 1970. Throws RangeError for an impossible date. */
export function instant(moment: Date | number): Instant {
  return (typeof moment === 'number' ? new Date(moment) : moment).toISOString() as Instant
}

/** The instant `seconds` after `from`; negative goes back. */
export function plus(from: Instant, seconds: number): Instant {
  return instant(Date.parse(from) + seconds * 1000)
}

/** Seconds from `from` to `to`; negative when `to` is earlier. */
export function secondsBetween(from: Instant, to: Instant): number {
  return (Date.parse(to) - Date.parse(from)) / 1000
}
