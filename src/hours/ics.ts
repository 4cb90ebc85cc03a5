// Holidays from an ICS feed (RFC 5545): its all-day events as local dates. Each event is read alone, and what is left out is named:
// a file of a thousand days does not fail for one of them, and nothing vanishes without a word.
import ICAL from 'ical.js'
import { daysOfRule } from '#hours/repetition.ts'

export type Holiday = { readonly date: string; readonly name: string }
export type LeftOut = {
  readonly name: string
  readonly reason: 'has_time' | 'no_date' | 'unreadable' | 'too_often'
}
export type IcsRead =
  | { readonly dates: readonly Holiday[]; readonly left: readonly LeftOut[] }
  | { readonly problem: string }

/** How far repetitions are followed around the present. */
const YEARS_BACK = 5
const YEARS_AHEAD = 3
const MOST = 2_000
/** What repeats more often than this is no holiday. */
const MOST_OF_ONE = 1_000
const DAY_MS = 86_400_000

/** The dates of all-day events, in order, and the events that are none. Refuses what is no calendar. */
export function readIcs(ics: string, now: Date): IcsRead {
  const found = eventsOf(ics)
  if (found === null) return { problem: 'is no ICS file' }
  const { events } = found
  const moved = movedDays(events)
  const dates = new Map<string, string>()
  const left: LeftOut[] = found.broken.map((name) => ({ name, reason: 'unreadable' }))
  for (const event of events) {
    const name = nameOf(event)
    const read = attempt(() => daysOf(event, now, moved))
    if (typeof read === 'string') left.push({ name, reason: read })
    else for (const day of read) if (dates.size < MOST) dates.set(day, name)
  }
  const sorted = [...dates].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return { dates: sorted.map(([date, name]) => ({ date, name })), left: left.slice(0, MOST) }
}

type Events = { readonly events: readonly ICAL.Component[]; readonly broken: readonly string[] }

/** The events of all calendars in a file, and the names of those that are no events; null when it holds none at all. */
function eventsOf(ics: string): Events | null {
  const text = readable(ics)
  const whole = componentsOf(text)
  if (whole !== 'unreadable') return whole.length === 0 ? null : eventsIn(whole)
  if (!/^BEGIN:VCALENDAR[ \t]*$/im.test(text)) return null
  // One line that the library does not take ends its reading of the whole file: then each event is a file of its own.
  const [, ...pieces] = text.split(/^(?=BEGIN:VEVENT[ \t]*$)/im)
  const each = pieces.map((piece) => {
    const event = piece.split(/^END:VEVENT[ \t]*$/im, 1)[0] ?? ''
    const read = componentsOf(`BEGIN:VCALENDAR\n${event}END:VEVENT\nEND:VCALENDAR`)
    return read === 'unreadable'
      ? { events: [], broken: [(/^SUMMARY[^:\n]*:(.*)$/im.exec(event)?.[1] ?? '').trim().slice(0, 200)] }
      : eventsIn(read)
  })
  return { events: each.flatMap(({ events }) => events), broken: each.flatMap(({ broken }) => broken) }
}

const eventsIn = (roots: readonly ICAL.Component[]): Events => ({
  events: roots.flatMap((root) => root.getAllSubcomponents('vevent')),
  broken: [],
})

function componentsOf(text: string): ICAL.Component[] | 'unreadable' {
  return attempt(() => {
    const parsed = ICAL.parse(text) as unknown[]
    // One calendar comes as itself, several as a list, nothing at all as an empty one.
    const roots = (typeof parsed[0] === 'string' ? [parsed] : parsed) as unknown[][]
    return roots.map((root) => new ICAL.Component(root))
  })
}

/** What a rule that follows another calendar, or moves days that a year lacks (RFC 7529), is called: the library would drop those words. */
const OTHER_RULE = 'x-docket-other-rule'

/**
 * The file in the form that the library reads: on whole lines, and rules in capitals (RFC 5545 §2: they have no case). A date without
 * VALUE=DATE is what many programs write; strictly read it is a moment without its time.
 */
function readable(ics: string): string {
  return ics
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .replace(
      /^(DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE)((?:;[^:\n]*)?):(\d{8}(?:,\d{8})*)[ \t]*$/gim,
      (line, key, how, days) => (/;VALUE=/i.test(how) ? line : `${key}${how};VALUE=DATE:${days}`),
    )
    .replace(/^RRULE((?:;[^:\n]*)?):(.*)$/gim, (_, how: string, rule: string) =>
      /RSCALE=(?!GREGORIAN\b)|SKIP=(?!OMIT\b)/i.test(rule)
        ? `${OTHER_RULE}:${rule}`
        : `RRULE${how}:${rule.toUpperCase()}`,
    )
}

function nameOf(event: ICAL.Component): string {
  return attempt(() => String(event.getFirstPropertyValue('summary') ?? '').slice(0, 200))
}

/** A library's exception on one event says only that this one is not to be read. */
function attempt<Read>(read: () => Read): Read | 'unreadable' {
  try {
    return read()
  } catch {
    return 'unreadable'
  }
}

/** Instances that an event of their own replaces, by the UID of their series. */
function movedDays(events: readonly ICAL.Component[]): ReadonlyMap<string, ReadonlySet<string>> {
  const moved = new Map<string, Set<string>>()
  for (const event of events) {
    const day = attempt(() => dayOf(event, 'recurrence-id'))
    if (day === null || day === 'unreadable') continue
    const uid = uidOf(event)
    moved.set(uid, (moved.get(uid) ?? new Set()).add(isoOf(day)))
  }
  return moved
}

function uidOf(event: ICAL.Component): string {
  return String(event.getFirstPropertyValue('uid') ?? '')
}

/** The days an event takes, each as a local date; a word for why it takes none. */
function daysOf(
  event: ICAL.Component,
  now: Date,
  moved: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] | LeftOut['reason'] {
  if (String(event.getFirstPropertyValue('status') ?? '').toUpperCase() === 'CANCELLED') return []
  const start = dayOf(event, 'dtstart')
  if (start === null) return 'no_date'
  if (!isAllDay(event)) return 'has_time'
  if (repeatsTooOften(event)) return 'too_often'
  if (event.hasProperty(OTHER_RULE)) return 'unreadable'
  const isInstance = event.getFirstPropertyValue('recurrence-id') !== null
  const gone = new Set([...listed(event, 'exdate'), ...((isInstance ? null : moved.get(uidOf(event))) ?? [])])
  const starts = [...new Set([...repeated(event, start, now), ...listed(event, 'rdate')])].filter(
    (day) => !gone.has(day),
  )
  if (starts.length > MOST_OF_ONE) return 'too_often'
  const length = lengthDays(event, start)
  return starts.flatMap((day) =>
    Array.from({ length }, (_, index) => isoOf(Date.parse(day) + index * DAY_MS)),
  )
}

/** Within a day, or so often that counting them is no work for a calendar. */
function repeatsTooOften(event: ICAL.Component): boolean {
  return event
    .getAllProperties('rrule')
    .map((each) => String(each.getFirstValue()))
    .some(
      (rule) =>
        /FREQ=(?:HOUR|MINUTE|SECOND)LY/i.test(rule) || Number(/COUNT=(\d+)/i.exec(rule)?.[1] ?? 0) > 5_000,
    )
}

/** The first day and what its rules repeat, near the present. */
function repeated(event: ICAL.Component, start: number, now: Date): string[] {
  const rules = event.getAllProperties('rrule').map((each) => String(each.getFirstValue()))
  if (rules.length === 0) return [isoOf(start)]
  const from = Date.UTC(now.getUTCFullYear() - YEARS_BACK, now.getUTCMonth(), now.getUTCDate())
  const until = Date.UTC(now.getUTCFullYear() + YEARS_AHEAD, now.getUTCMonth(), now.getUTCDate())
  const days = rules.flatMap((rule) => daysOfRule(rule, start, { from, until })).map(isoOf)
  return [...(start >= from ? [isoOf(start)] : []), ...days]
}

/** Dates, or from one midnight to another: so Outlook writes a whole day. */
function isAllDay(event: ICAL.Component): boolean {
  const [start = ''] = valuesOf(event, 'dtstart')
  const [end] = valuesOf(event, 'dtend')
  const isMidnight = (value: string) => /T00:00:00Z?$/.test(value)
  if (!start.includes('T')) return true
  if (!isMidnight(start)) return false
  if (end !== undefined) return isMidnight(end) && end > start
  return /^TRUE$/i.test(String(event.getFirstPropertyValue('x-microsoft-cdo-alldayevent') ?? ''))
}

function lengthDays(event: ICAL.Component, start: number): number {
  const end = dayOf(event, 'dtend')
  const duration = event.getFirstPropertyValue('duration') as ICAL.Duration | null
  const ms = end !== null ? end - start : duration === null ? DAY_MS : duration.toSeconds() * 1000
  return Math.min(366, Math.max(1, Math.round(ms / DAY_MS)))
}

/** The local day that a property names, as midnight UTC; null when it is not there. */
function dayOf(event: ICAL.Component, property: string): number | null {
  const [value] = valuesOf(event, property)
  return value === undefined ? null : dayIn(value)
}

function listed(event: ICAL.Component, property: 'exdate' | 'rdate'): string[] {
  return valuesOf(event, property).map((value) => isoOf(dayIn(value)))
}

/** What stands there, before the library makes a date of what is none. */
function valuesOf(event: ICAL.Component, property: string): string[] {
  return event.getAllProperties(property).flatMap((each) => (each.toJSON() as unknown[]).slice(3).map(String))
}

/** Throws when it is no day of any calendar. */
function dayIn(value: string): number {
  const day = /^\d{4}-\d\d-\d\d(?=T|$)/.exec(value)?.[0] ?? ''
  const at = Date.parse(day)
  if (Number.isNaN(at) || isoOf(at) !== day) throw new Error(`no date: ${value}`)
  return at
}

function isoOf(day: number): string {
  return new Date(day).toISOString().slice(0, 10)
}
