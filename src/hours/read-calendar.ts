// Calendars from outside, as JSON: parsed once, every problem with its place.
import { z } from 'zod'
import { ALWAYS, problemOfHours, WEEKDAYS, type Calendar, type CalendarVersion } from '#hours/calendar.ts'
import { isZone } from '#hours/zone.ts'

const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is no time of day from 00:00 to 24:00')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))
const hours = z.array(z.tuple([time, time])).superRefine((value, context) => {
  const problem = problemOfHours(value)
  if (problem !== null) context.addIssue({ code: 'custom', message: problem })
})

/** Local hours by weekday, holidays, and dates with hours of their own. */
export const versionSchema = z.object({
  effectiveFrom: instant.nullable().default(null),
  timeZone: z.string().refine(isZone, 'is no time zone of the IANA database'),
  weekly: z.partialRecord(z.enum(WEEKDAYS), hours).default({}),
  holidays: z.array(z.string().regex(/^(\d{4}-)?\d\d-\d\d$/, 'is no date')).default([]),
  exceptions: z.record(z.string().regex(/^\d{4}-\d\d-\d\d$/, 'is no date'), hours).default({}),
})

/** A calendar as it is written: its hours, its versions, or the union of others. */
export const calendarSchema = z.union([
  z.object({ union: z.array(z.string()).min(1) }),
  z.object({ versions: z.array(versionSchema).min(1) }),
  versionSchema,
])
export type WrittenCalendar = z.output<typeof calendarSchema>

/** Makes calendars of what was written, unions resolved; what is not there or part of itself goes to `problems`. */
export function calendarsOf(
  written: Readonly<Record<string, WrittenCalendar>>,
  problems: string[],
): Map<string, Calendar> {
  const made = new Map<string, Calendar>()
  const make = (id: string, inside: readonly string[]): Calendar | null => {
    const [known, given] = [made.get(id), written[id]]
    if (known !== undefined) return known
    if (given === undefined || inside.includes(id)) {
      const problem = given === undefined ? `there is no calendar "${id}"` : 'is a part of itself'
      problems.push(`calendars.${inside.at(-1) ?? id}: ${problem}`)
      return null
    }
    const calendar: Calendar =
      'union' in given
        ? { id, union: given.union.flatMap((part) => make(part, [...inside, id]) ?? []) }
        : { id, versions: ('versions' in given ? given.versions : [given]).map(versionOf) }
    made.set(id, calendar)
    return calendar
  }
  for (const id of Object.keys(written)) make(id, [])
  if (!made.has('always')) made.set('always', ALWAYS)
  return made
}

function versionOf({
  weekly,
  holidays,
  exceptions,
  ...rest
}: z.output<typeof versionSchema>): CalendarVersion {
  return {
    ...rest,
    weekly: weekly as CalendarVersion['weekly'],
    holidays: new Set(holidays),
    exceptions: new Map(Object.entries(exceptions)),
  }
}
