// What the desk's agreements tell the rules: working time by a calendar's name, and a ticket's clocks as facts.
import { isHoliday } from '#hours/holiday.ts'
import { afterWorkingTime, isOpen, workingTime } from '#hours/working-time.ts'
import { instant, type Instant } from '#kit/time.ts'
import type { Calendars, ClockFact } from '#rules/scene.ts'
import type { SlaBook } from '#sla/book.ts'
import type { Judged } from '#sla/judge.ts'

const NEVER = instant(Date.UTC(9999, 0))

const known = new WeakMap<SlaBook, Calendars>()

/** Working time by the names of the desk's calendars; a name nobody knows counts every hour. */
export function calendarsOfBook(book: SlaBook): Calendars {
  const found = known.get(book) ?? makeCalendars(book)
  known.set(book, found)
  return found
}

function makeCalendars({ byName, calendars }: SlaBook): Calendars {
  const named = (name: string) => byName.get(name) ?? calendars.get('always')
  return {
    secondsBetween: (name, from, to) => {
      const calendar = named(name)
      return calendar === undefined ? 0 : workingTime(calendar, Date.parse(from), Date.parse(to)) / 1000
    },
    plus: (name, from, seconds) => {
      const calendar = named(name)
      const end = calendar === undefined ? null : afterWorkingTime(calendar, Date.parse(from), seconds * 1000)
      return end === null ? NEVER : instant(end)
    },
    isOpen: (name, at) => {
      const calendar = named(name)
      return calendar === undefined || isOpen(calendar, Date.parse(at))
    },
    isHoliday: (name, at) => {
      const calendar = named(name)
      return calendar !== undefined && isHoliday(calendar, Date.parse(at))
    },
  }
}

/** The clocks of a ticket as rules see them, and the policy with customers by its title. */
export function clockFactsOf(
  { clocks }: Judged,
  at: Instant,
): { readonly clocks: readonly ClockFact[]; readonly slaPolicy: string | null } {
  const policy = clocks.find(({ kind }) => kind === 'customer')?.policy.title ?? null
  return {
    slaPolicy: policy,
    clocks: clocks.map(({ metric, state, elapsedMs, targetSeconds, breachedAt, dueAt }) => ({
      metric,
      state,
      secondsLeft: targetSeconds - Math.floor(elapsedMs / 1000),
      percentUsed: Math.floor((elapsedMs / (targetSeconds * 1000)) * 100),
      breached: breachedAt !== null && breachedAt < Date.parse(at),
      dueAt: dueAt === null ? null : instant(dueAt),
    })),
  }
}
