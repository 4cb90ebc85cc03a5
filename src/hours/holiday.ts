// Whether a local date is a holiday of a calendar, by the version in force then.
import { inForce, type Calendar, type CalendarVersion } from '#hours/calendar.ts'
import { localDate } from '#hours/zone.ts'

/** Whether the calendar keeps a holiday at this instant (ms); a date with hours of its own is none. A union keeps one when all parts do. */
export function isHoliday(calendar: Calendar, at: number): boolean {
  if ('union' in calendar) return calendar.union.every((part) => isHoliday(part, at))
  if ('sequence' in calendar) {
    const used = calendar.sequence.findLast(({ from }) => from === null || from <= at)?.calendar ?? null
    return used !== null && isHoliday(used, at)
  }
  const version = inForce(calendar.versions, at)
  return version !== null && keeps(version, localDate(version.timeZone, at))
}

function keeps({ exceptions, holidays }: CalendarVersion, date: string): boolean {
  return !exceptions.has(date) && (holidays.has(date) || holidays.has(date.slice(5)))
}
