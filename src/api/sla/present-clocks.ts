// Clocks on the wire: short in lists, with every span on a page of their own, and the preview of a publication.
import type { z } from 'zod'
import type { explainedClock, preview } from '#api/contract/sla.ts'
import type { clock as clockSchema } from '#api/contract/tickets.ts'
import type { ChangeKind, ClockPreview } from '#desk/past/clock-preview.ts'
import { ALWAYS } from '#hours/calendar.ts'
import { workingTime } from '#hours/working-time.ts'
import type { Instant } from '#kit/time.ts'
import type { SlaBook } from '#sla/book.ts'
import type { ClockRow } from '#sla/clock-store.ts'
import type { JudgedClock } from '#sla/judge.ts'
import type { RiskModel } from '#sla/risk.ts'

const text = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString())

/** A row as of now: a running clock has gone on since it was written. */
export function presentClock(
  row: ClockRow,
  { calendars, used }: SlaBook,
  now: Instant,
  riskAt: RiskModel,
): z.input<typeof clockSchema> {
  const { kind, metric, instance, state, dueAt, breachedAt, targetSeconds, calendarId } = row
  const calendar =
    calendars.get(calendarId ?? '') ?? [...used.values()].find((each) => each.id === calendarId)
  const since =
    state === 'running' && calendar !== undefined
      ? workingTime(calendar, Date.parse(row.asOf), Date.parse(now))
      : 0
  const elapsedSeconds = Math.floor((row.elapsedMs + since) / 1000)
  const risk = state === 'running' ? riskAt(metric, row.priority, elapsedSeconds / targetSeconds) : null
  const openHours = calendar !== undefined && calendar.id !== ALWAYS.id
  return { kind, metric, instance, state, dueAt, breachedAt, elapsedSeconds, targetSeconds, openHours, risk }
}

/** A clock with its spans; calendars by name. */
export function explainClock(
  judged: JudgedClock,
  nameOf: (calendarId: string | null) => string | null,
): z.input<typeof explainedClock> {
  const { kind, metric, instance, policy, priority, state, reason, targetSeconds, elapsedSeconds } = judged
  return {
    kind,
    metric,
    instance,
    policy: { id: policy.id, name: policy.title, version: policy.version },
    priority,
    state,
    reason,
    targetSeconds,
    elapsedSeconds,
    dueAt: text(judged.dueAt),
    breachedAt: text(judged.breachedAt),
    calendar: nameOf(judged.calendarId),
    spans: judged.spans().map(({ from, to, calendarId, counted, seconds, reason: why }) => ({
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      calendar: nameOf(calendarId),
      counted,
      seconds,
      reason: why,
    })),
  }
}

const ORDER: readonly ChangeKind[] = ['breached', 'unbreached', 'earlier', 'later', 'started', 'cancelled']

export function presentPreview(
  found: ClockPreview,
  teams: ReadonlyMap<number, string>,
): z.input<typeof preview> {
  return {
    tickets: found.tickets,
    capped: found.capped,
    changes: ORDER.map((kind) => {
      const { count, clocks } = found.changes.get(kind) ?? { count: 0, clocks: [] }
      return {
        kind,
        count,
        clocks: clocks.map(({ row, metric, from, to }) => ({
          ticket: { id: row.ticket.id, subject: row.subject },
          metric,
          team: row.ticket.teamId === null ? null : (teams.get(row.ticket.teamId) ?? null),
          from: text(from),
          to: text(to),
        })),
      }
    }),
    wouldHaveMet: [...found.wouldHaveMet].map(([metric, tally]) => ({ metric, ...tally })),
  }
}
