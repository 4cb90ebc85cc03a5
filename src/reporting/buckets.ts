// The stretches of time that a report counts by: days, weeks from Monday, and months of a zone's own calendar, whatever its clocks
// do in between.
import { localDate, opensAt } from '#hours/zone.ts'
import { instant, type Instant } from '#kit/time.ts'
import type { BucketSize } from '#reporting/vocabulary.ts'

/** Nobody reads a chart of more. */
export const MOST_BUCKETS = 800

const DAY = 86_400_000

/** A window, half open, in a zone. */
export type Window = { readonly from: Instant; readonly to: Instant; readonly zone: string }

/** Where each bucket of a window begins; the first with the window itself. Null when there would be too many. */
export function bucketsOf({ from, to, zone }: Window, size: BucketSize | null): Instant[] | null {
  const begins = [from]
  if (size === null) return begins
  let local = Date.parse(`${localDate(zone, Date.parse(from))}T00:00:00Z`)
  for (;;) {
    local = nextOf(local, size)
    const at = instant(opensAt(zone, local))
    if (at >= to) return begins
    if (at > (begins.at(-1) ?? from)) begins.push(at)
    if (begins.length > MOST_BUCKETS) return null
  }
}

/** The local midnight (ms, as if UTC) that begins the bucket after the one of this day. */
function nextOf(local: number, size: BucketSize): number {
  if (size === 'day') return local + DAY
  const date = new Date(local)
  if (size === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1)
  return local + (7 - ((date.getUTCDay() + 6) % 7)) * DAY
}

/** The index of the bucket that a moment of the window lies in. */
export function bucketAt(begins: readonly Instant[], at: Instant): number {
  let [low, high] = [0, begins.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((begins[middle] ?? at) <= at) low = middle
    else high = middle
  }
  return low
}
