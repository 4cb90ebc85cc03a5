// When the desk backs itself up: an hour of its wall clock, each day or on one day of the week. Pure.
import { localDate, opensAt } from '#hours/zone.ts'
import { instant, type Instant } from '#kit/time.ts'

export const backupOutcomes = ['running', 'done', 'failed', 'interrupted'] as const
export type BackupOutcome = (typeof backupOutcomes)[number]
/** Why a backup failed; each has words of what to do. */
export const backupFailures = ['denied', 'full', 'gone', 'store', 'damaged', 'lost', 'other'] as const
export type BackupFailure = (typeof backupFailures)[number]

export type BackupTimes = {
  readonly hour: number
  /** 1 is Monday; null: every day. */
  readonly weekday: number | null
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const DAY_SECONDS = 86_400

/** The last moment of a plan at or before another. */
export function lastMoment(times: BackupTimes, zone: string, at: Instant): Instant {
  return momentsAround(times, zone, at).findLast((moment) => moment <= at) ?? at
}

/** The first moment of a plan after another. */
export function nextMoment(times: BackupTimes, zone: string, at: Instant): Instant {
  return momentsAround(times, zone, at).find((moment) => moment > at) ?? at
}

/** Those of a week before and after. An hour that a day lacks is its next, one that it has twice is the first of them. */
function momentsAround({ hour, weekday }: BackupTimes, zone: string, at: Instant): Instant[] {
  const today = Date.parse(`${localDate(zone, Date.parse(at))}T00:00:00Z`)
  return Array.from({ length: 17 }, (_, index) => today + (index - 8) * DAY_MS)
    .filter((day) => weekday === null || weekdayOf(day) === weekday)
    .map((day) => instant(opensAt(zone, day + hour * HOUR_MS)))
}

/** 1 is Monday, as for ISO 8601. */
const weekdayOf = (day: number) => ((Math.floor(day / DAY_MS) + 3) % 7) + 1

type Kept = {
  readonly isOn: boolean
  readonly weekday: number | null
  readonly onSince: Instant | null
  readonly lastGoodAt: Instant | null
}

/** Whether a plan that is on has had no good backup for too long: seven days, and one more for its run where it is weekly. */
export function isLate({ isOn, weekday, onSince, lastGoodAt }: Kept, at: Instant): boolean {
  const from = [onSince, lastGoodAt]
    .filter((each) => each !== null)
    .toSorted()
    .at(-1)
  const days = weekday === null ? 7 : 8
  return isOn && from !== undefined && Date.parse(at) - Date.parse(from) > days * DAY_SECONDS * 1_000
}
