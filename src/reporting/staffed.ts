// How many agents were there in each hour of the week, on average: as they said themselves, or by their calendars. Pure.
import type { Calendar } from '#hours/calendar.ts'
import { workingTime } from '#hours/working-time.ts'
import { hourOfWeek } from '#hours/zone.ts'

/** No zone is apart from others by less, so that each such stretch lies in one hour. */
const STEP = 15 * 60_000

export type Window = { readonly zone: string; readonly from: number; readonly to: number }
/** How many were there; null of an hour that the window does not touch. */
export type Hour = number | null
/** Agents who came, or went where it is less than nothing. */
export type Came = { readonly at: number; readonly agents: number }

/** By what agents said of themselves; `before` of them were there when the window began, `came` is in order of time. */
export function staffedByPresence(window: Window, before: number, came: readonly Came[]): Hour[] {
  let [there, place] = [before, 0]
  return byHour(window, (from, to) => {
    let [sum, since] = [0, from]
    for (let next = came[place]; next !== undefined && next.at < to; next = came[++place]) {
      const at = Math.max(from, next.at)
      sum += there * (at - since)
      since = at
      there += next.agents
    }
    return sum + there * (to - since)
  })
}

/** By the calendars of agents, each with how many have it. */
export function staffedByCalendars(window: Window, calendars: ReadonlyMap<Calendar, number>): Hour[] {
  return byHour(window, (from, to) =>
    [...calendars].reduce((sum, [calendar, agents]) => sum + agents * workingTime(calendar, from, to), 0),
  )
}

/** The mean of each of the 168 hours, by what agents spent in each stretch. */
function byHour({ zone, from, to }: Window, spentIn: (from: number, to: number) => number): Hour[] {
  const [spent, lasted] = [new Float64Array(168), new Float64Array(168)]
  for (let at = from; at < to;) {
    const end = Math.min(to, (Math.floor(at / STEP) + 1) * STEP)
    const hour = hourOfWeek(zone, at)
    spent[hour] = (spent[hour] ?? 0) + spentIn(at, end)
    lasted[hour] = (lasted[hour] ?? 0) + end - at
    at = end
  }
  return [...spent].map((ms, hour) => (lasted[hour] ? ms / lasted[hour] : null))
}
