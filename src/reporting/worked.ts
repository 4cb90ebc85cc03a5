// Working time by the calendars that a ticket's owners have used: its team's, before it had one its organisation's, before that its
// brand's, else the clock on the wall.
import type { Calendar } from '#hours/calendar.ts'
import { afterWorkingTime, workingTime } from '#hours/working-time.ts'
import type { Worked } from '#reporting/steps.ts'
import type { SlaBook } from '#sla/book.ts'

/** Working time as the desk's calendars stand. */
export function workedBy({ used }: Pick<SlaBook, 'used'>): Worked {
  if (used.size === 0) return (_, from, to) => to - from
  return (ticket, from, to) => measure(calendarsOf(used, ticket), from, to)
}

/** When so much working time (ms) has passed since a moment, by the calendar that counts for the ticket now. */
export function afterWorked(
  { used }: Pick<SlaBook, 'used'>,
  ticket: Owners,
  from: number,
  amount: number,
): number {
  const [calendar] = calendarsOf(used, ticket)
  if (calendar === undefined) return from + amount
  return afterWorkingTime(calendar, from, amount) ?? from + amount
}

type Owners = Parameters<Worked>[0]

function calendarsOf(used: SlaBook['used'], { teamId, organizationId, brandId }: Owners): Calendar[] {
  const owners = [`team:${teamId}`, `organization:${organizationId}`, `brand:${brandId}`]
  return owners.flatMap((owner) => used.get(owner) ?? [])
}

function measure([first, ...others]: readonly Calendar[], from: number, to: number): number {
  if (from >= to) return 0
  if (first === undefined) return to - from
  const begins = 'sequence' in first ? (first.sequence[0]?.from ?? -Infinity) : -Infinity
  return measure(others, from, Math.min(to, begins)) + workingTime(first, Math.max(from, begins), to)
}
