// An event log for process mining as XES (IEEE 1849-2016) and as CSV. Pure.
import { csvLine } from '#kit/csv.ts'
import { escapedXml } from '#kit/escaped.ts'
import type { Instant } from '#kit/time.ts'

/** An event with its names; null where there is none, or where it is not the reader's to know. */
export type NamedEvent = {
  readonly ticketId: number
  readonly at: Instant
  readonly activity: string
  readonly resource: string | null
  readonly team: string | null
  readonly category: string | null
  readonly priority: string
}

const COLUMNS = ['ticketId', 'activity', 'at', 'resource', 'team', 'category', 'priority'] as const
export const csvHead = csvLine(COLUMNS)

/** One event as a line. */
export function csvOfEvent(event: NamedEvent): string {
  return csvLine(COLUMNS.map((column) => event[column]))
}

export const xesHead = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<global scope="trace"><string key="concept:name" value=""/></global>
<global scope="event"><string key="concept:name" value=""/><date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/><string key="lifecycle:transition" value="complete"/></global>
<classifier name="Activity" keys="concept:name"/>
`
export const xesEnd = '</log>\n'

/** The life of one ticket as a trace. */
export function xesOfTicket(events: readonly NamedEvent[]): string {
  const [first] = events
  return first === undefined
    ? ''
    : `<trace>${string('concept:name', String(first.ticketId))}${events.map(eventOf).join('')}</trace>\n`
}

function eventOf({ at, activity, resource, team, category, priority }: NamedEvent): string {
  return [
    '<event>',
    string('concept:name', activity),
    `<date key="time:timestamp" value="${at}"/>`,
    string('lifecycle:transition', 'complete'),
    string('org:resource', resource),
    string('org:group', team),
    string('category', category),
    string('priority', priority),
    '</event>',
  ].join('')
}

function string(key: string, value: string | null): string {
  return value === null ? '' : `<string key="${key}" value="${escapedXml(value)}"/>`
}
