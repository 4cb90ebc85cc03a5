// Holidays from an ICS feed (RFC 5545): its all-day events as local dates, repetitions as far as three years ahead.
import ICAL from 'ical.js'

export type Holiday = { readonly date: string; readonly name: string }

const YEARS_AHEAD = 3
const MOST = 2_000

/** The dates of all-day events, in order; an event with a time of day is no holiday. Refuses what is no calendar. */
export function readIcs(
  ics: string,
  now: Date,
): { readonly dates: readonly Holiday[] } | { readonly problem: string } {
  let component: ICAL.Component
  try {
    const parsed = ICAL.parse(ics) as unknown[]
    // Nothing at all parses, too.
    if (parsed.length === 0) throw new Error('empty')
    component = new ICAL.Component(parsed)
  } catch {
    return { problem: 'is no ICS file' }
  }
  const end = Date.UTC(now.getUTCFullYear() + YEARS_AHEAD, now.getUTCMonth(), now.getUTCDate())
  const dates = new Map<string, string>()
  for (const each of component.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(each)
    if (event.startDate === null || !event.startDate.isDate) continue
    for (const day of daysOf(event, end)) if (dates.size < MOST) dates.set(day, event.summary ?? '')
  }
  const sorted = [...dates].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { dates: sorted.map(([date, name]) => ({ date, name: name.slice(0, 200) })) }
}

function daysOf(event: ICAL.Event, end: number): string[] {
  const lengthDays = Math.min(366, Math.max(1, Math.round(event.duration.toSeconds() / 86_400)))
  const starts: number[] = []
  if (event.isRecurring()) {
    const times = event.iterator()
    for (let next = times.next(), turn = 0; next && turn < MOST; next = times.next(), turn++) {
      const at = Date.UTC(next.year, next.month - 1, next.day)
      if (at > end) break
      starts.push(at)
    }
  } else {
    const { year, month, day } = event.startDate
    starts.push(Date.UTC(year, month - 1, day))
  }
  return starts.flatMap((at) =>
    Array.from({ length: lengthDays }, (_, index) =>
      new Date(at + index * 86_400_000).toISOString().slice(0, 10),
    ),
  )
}
