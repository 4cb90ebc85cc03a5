// How much of a stretch of time a calendar counts, and when a given amount has passed. All in milliseconds.
import { hoursOf, type Calendar, type CalendarVersion } from '#hours/calendar.ts'
import { closesAt, opensAt } from '#hours/zone.ts'

type Interval = readonly [from: number, to: number]
type Day = { readonly open: readonly Interval[]; readonly total: number }

const DAY = 86_400_000
const MINUTE = 60_000
/** A calendar that does not open within so many days never does. */
const FARTHEST_DAYS = 3_660

const known = new WeakMap<Calendar, Map<number, Day>>()

/** Working time between two instants; 0 when `to` is not after `from`. */
export function workingTime(calendar: Calendar, from: number, to: number): number {
  let sum = 0
  for (let day = Math.floor(from / DAY); day * DAY < to; day++) {
    const { open, total } = dayOf(calendar, day)
    if (day * DAY >= from && (day + 1) * DAY <= to) sum += total
    else for (const [start, end] of open) sum += Math.max(0, Math.min(end, to) - Math.max(start, from))
  }
  return sum
}

/** The first instant, not before `from`, at which `amount` of working time has passed; null when that never comes. */
export function afterWorkingTime(calendar: Calendar, from: number, amount: number): number | null {
  if (amount <= 0) return from
  let left = amount
  const first = Math.floor(from / DAY)
  for (let day = first, empty = 0; empty < FARTHEST_DAYS; day++) {
    const { open, total } = dayOf(calendar, day)
    empty = total === 0 ? empty + 1 : 0
    if (day > first && total < left) left -= total
    else {
      for (const [start, end] of open) {
        const begin = Math.max(start, from)
        if (end - begin >= left) return begin + left
        left -= Math.max(0, end - begin)
      }
    }
  }
  return null
}

/** The first instant, not before `from`, at which the calendar is open; null when it never is. */
export function nextOpen(calendar: Calendar, from: number): number | null {
  const first = Math.floor(from / DAY)
  for (let day = first; day < first + FARTHEST_DAYS; day++)
    for (const [start, end] of dayOf(calendar, day).open) if (end > from) return Math.max(start, from)
  return null
}

/** A calendar that stays open for so many days is always open. */
const LONGEST_DAYS = 8

/** The instant at which an open calendar closes; `from` itself when it is closed, null when it does not close within a week. */
export function openUntil(calendar: Calendar, from: number): number | null {
  let until = from
  const first = Math.floor(from / DAY)
  for (let day = first; day < first + LONGEST_DAYS; day++) {
    const found = dayOf(calendar, day).open.find(([start, end]) => start <= until && until < end)
    if (found === undefined) return until
    until = found[1]
    if (until < (day + 1) * DAY) return until
  }
  return null
}

/** Whether the calendar is open at an instant (ms). */
export function isOpen(calendar: Calendar, at: number): boolean {
  return dayOf(calendar, Math.floor(at / DAY)).open.some(([from, to]) => from <= at && at < to)
}

/** What is open of one UTC day. */
function dayOf(calendar: Calendar, day: number): Day {
  let days = known.get(calendar)
  if (days === undefined) known.set(calendar, (days = new Map<number, Day>()))
  let found = days.get(day)
  if (found === undefined) {
    const open = merge(opening(calendar, day))
    found = { open, total: open.reduce((sum, [from, to]) => sum + to - from, 0) }
    days.set(day, found)
  }
  return found
}

function opening(calendar: Calendar, day: number): Interval[] {
  if ('union' in calendar) return calendar.union.flatMap((each) => dayOf(each, day).open)
  if ('versions' in calendar) return openIn(calendar.versions, day)
  return calendar.sequence.flatMap(({ from, calendar: used }, index) => {
    const until = calendar.sequence[index + 1]?.from ?? Infinity
    return used === null ? [] : clip([...dayOf(used, day).open], from ?? -Infinity, until)
  })
}

/** Each version from its moment until the next one's. */
function openIn(versions: readonly CalendarVersion[], day: number): Interval[] {
  const sorted = versions.toSorted((a, b) => (a.effectiveFrom ?? -Infinity) - (b.effectiveFrom ?? -Infinity))
  return sorted.flatMap((version, index) => {
    const from = Math.max(day * DAY, version.effectiveFrom ?? -Infinity)
    const to = Math.min((day + 1) * DAY, sorted[index + 1]?.effectiveFrom ?? Infinity)
    return from >= to ? [] : clip(localDays(version, day), from, to)
  })
}

/** Local dates run up to a day ahead of and behind UTC. */
function localDays(version: CalendarVersion, day: number): Interval[] {
  return [day - 2, day - 1, day, day + 1, day + 2].flatMap((local) => {
    const midnight = local * DAY
    return hoursOf(version, new Date(midnight).toISOString().slice(0, 10)).map(([from, to]): Interval => [
      opensAt(version.timeZone, midnight + from * MINUTE),
      closesAt(version.timeZone, midnight + to * MINUTE),
    ])
  })
}

function clip(intervals: readonly Interval[], from: number, to: number): Interval[] {
  return intervals
    .map(([start, end]): Interval => [Math.max(start, from), Math.min(end, to)])
    .filter(([start, end]) => start < end)
}

/** Sorted, and what overlaps or touches made one. */
function merge(intervals: readonly Interval[]): Interval[] {
  const merged: [number, number][] = []
  for (const [from, to] of intervals.toSorted((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}
