// The days that a rule of RFC 5545 repeats (3.3.10). rrule gives the days. Which of them BYSETPOS means is counted here: rrule 2.8.1 takes
// the first of a month's Fridays where there is no fifth from the end, counts one twice that two places name, and begins a first week
// where the series begins.
// Its one file for Node is CommonJS: to Node all of it is the default.
// oxlint-disable-next-line import/default
import rrule, { type Options } from 'rrule'

type Rule = Partial<Options>
/** Moments that are midnights UTC, each the local day of its date. */
type Span = { readonly from: number; readonly until: number }

const DAY_MS = 86_400_000
/** The longest that anything is counted in is looked at whole. */
const YEAR_MS = 366 * DAY_MS
const { YEARLY, MONTHLY, WEEKLY, DAILY } = rrule.Frequency

/** The days of a rule within a span, in order, for a series that begins on `start`. Throws where it is no rule. */
export function daysOfRule(text: string, start: number, span: Span): number[] {
  const rule = rrule.RRule.parseString(withWeekday(text, start))
  const days =
    rule.bysetpos == null
      ? daysBetween(rule, nearer(rule, start, span.from), span)
      : byPosition(rule, start, span)
  return days.filter((day) => day >= span.from && day <= span.until)
}

function daysBetween(rule: Rule, start: number, { from, until }: Span): number[] {
  const series = new rrule.RRule({ ...rule, dtstart: new Date(start) })
  return series.between(new Date(from), new Date(until), true).map((day) => day.getTime())
}

/** A start closer to the present with the same days after it, so that a series of a century is not walked through day by day. */
function nearer({ freq, interval = 1, count }: Rule, start: number, from: number): number {
  const days = freq === DAILY ? 1 : freq === WEEKLY ? 7 : null
  if (days === null || count != null || start >= from) return start
  const step = days * Math.max(1, interval) * DAY_MS
  return start + Math.max(0, Math.floor((from - start) / step) - 1) * step
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA']

/** A week that names no day means that of the start (RFC 5545, 3.3.10); the library would take all seven. */
function withWeekday(rule: string, start: number): string {
  if (!/BYWEEKNO=/i.test(rule) || /BYDAY=/i.test(rule)) return rule
  return `${rule};BYDAY=${WEEKDAYS[new Date(start).getUTCDay()]}`
}

/** Of each year, month, week or day the days at the places that the rule names. */
function byPosition(rule: Rule, start: number, { from, until }: Span): number[] {
  const whole = { ...withDay(rule, start), bysetpos: null, count: null, until: null }
  const first = nearer(rule, beginningOf(rule, start), from - YEAR_MS)
  const since = rule.count == null ? Math.max(first, from - YEAR_MS) : first
  const days = daysBetween(whole, first, { from: since, until: until + YEAR_MS })
  const found = Map.groupBy(days, (day) => beginningOf(rule, day))
    .values()
    .flatMap((each) => placesOf(each, [rule.bysetpos ?? []].flat()))
    .filter((day) => day >= start && day <= (rule.until?.getTime() ?? Infinity))
  return [...found.take(rule.count ?? Infinity)]
}

/** The days at some places, from the front or, below zero, from the end; each once, and in order. */
function placesOf(days: readonly number[], places: readonly number[]): number[] {
  const taken = places.map((place) => (place > 0 ? days[place - 1] : days.at(place)))
  return [...new Set(taken.filter((day) => day !== undefined))].toSorted((a, b) => a - b)
}

/** The first day of the year, month or week, or the day itself, in which the rule counts. */
function beginningOf({ freq, wkst }: Rule, day: number): number {
  const date = new Date(day)
  if (freq === YEARLY) return Date.UTC(date.getUTCFullYear(), 0)
  if (freq === MONTHLY) return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
  if (freq !== WEEKLY) return day
  const monday = typeof wkst === 'object' && wkst !== null ? wkst.weekday : Number(wkst ?? 0)
  return day - ((date.getUTCDay() + 6 - monday + 7) % 7) * DAY_MS
}

/** Where a rule names no day of its own, the first one's is meant: it is named before the series begins elsewhere. */
function withDay(rule: Rule, start: number): Rule {
  const { freq, bymonth, byweekno, byyearday, bymonthday, byweekday } = rule
  const date = new Date(start)
  if ([byweekno, byyearday, bymonthday, byweekday].some((each) => each != null)) return rule
  if (freq === WEEKLY) return { ...rule, byweekday: (date.getUTCDay() + 6) % 7 }
  if (freq === MONTHLY) return { ...rule, bymonthday: date.getUTCDate() }
  if (freq !== YEARLY) return rule
  return { ...rule, bymonth: bymonth ?? date.getUTCMonth() + 1, bymonthday: date.getUTCDate() }
}
