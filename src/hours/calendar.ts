// Working calendars: local hours by weekday, holidays, exceptions, versions, and unions of calendars.
export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Local wall time within a day, in minutes: from inclusive, to exclusive, up to 1440. */
export type LocalInterval = readonly [from: number, to: number]

export type CalendarVersion = {
  /** In ms; null for since ever. */
  readonly effectiveFrom: number | null
  readonly timeZone: string
  readonly weekly: Readonly<Partial<Record<Weekday, readonly LocalInterval[]>>>
  /** Local dates, `2026-12-25`, or every year's `12-25`. */
  readonly holidays: ReadonlySet<string>
  /** The hours of single dates; they beat weekday and holiday. */
  readonly exceptions: ReadonlyMap<string, readonly LocalInterval[]>
}

export type Calendar =
  | { readonly id: string; readonly versions: readonly CalendarVersion[] }
  | { readonly id: string; readonly union: readonly Calendar[] }
  /** One calendar after the other, in order of time, each from its moment (ms; null since ever): what a team has used. */
  | { readonly id: string; readonly sequence: readonly Used[] }

export type Used = { readonly from: number | null; readonly calendar: Calendar | null }

const DAY: readonly LocalInterval[] = [[0, 1440]]

/** Open around the clock. */
export const ALWAYS: Calendar = {
  id: 'always',
  versions: [
    {
      effectiveFrom: null,
      timeZone: 'UTC',
      weekly: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: DAY, sun: DAY },
      holidays: new Set(),
      exceptions: new Map(),
    },
  ],
}

/** The version that counts at an instant (ms), or null before the first. */
export function inForce(versions: readonly CalendarVersion[], at: number): CalendarVersion | null {
  const sorted = versions.toSorted((a, b) => (a.effectiveFrom ?? -Infinity) - (b.effectiveFrom ?? -Infinity))
  return sorted.findLast(({ effectiveFrom }) => (effectiveFrom ?? -Infinity) <= at) ?? null
}

/** The local hours of a date, `2026-12-25`, in minutes. */
export function hoursOf(version: CalendarVersion, date: string): readonly LocalInterval[] {
  const exception = version.exceptions.get(date)
  if (exception !== undefined) return exception
  if (version.holidays.has(date) || version.holidays.has(date.slice(5))) return []
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()]
  return weekday === undefined ? [] : (version.weekly[weekday] ?? [])
}

/** What is wrong with the hours of one day, or null: inverted, overlapping, or too many. */
export function problemOfHours(hours: readonly LocalInterval[]): string | null {
  if (hours.length > 12) return 'has more than 12 intervals'
  const inverted = hours.find(([from, to]) => from >= to)
  if (inverted !== undefined) return `ends before it begins: ${inverted.map(clock).join('–')}`
  const sorted = hours.toSorted((a, b) => a[0] - b[0])
  const overlaps = sorted.some(([from], index) => index > 0 && from < (sorted[index - 1]?.[1] ?? 0))
  return overlaps ? 'has intervals that overlap' : null
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
