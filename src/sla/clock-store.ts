// The clocks of tickets as rows: a cache of what the log says, read by lists, badges and reports.
import type { Instant } from '#kit/time.ts'
import type { EndedClocks } from '#sla/risk.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import type { ClockState } from '#sla/policy.ts'

export type ClockRow = {
  readonly ticketId: number
  readonly kind: string
  readonly metric: string
  readonly instance: number
  readonly policyId: number
  readonly policyVersion: number
  readonly priority: string
  readonly targetSeconds: number
  readonly state: ClockState
  readonly reason: string
  readonly elapsedMs: number
  readonly asOf: Instant
  readonly calendarId: string | null
  readonly dueAt: Instant | null
  readonly breachedAt: Instant | null
}

/** The clocks of some tickets, those that are due first before the others. */
export async function clocksOfTickets(db: Db, ids: readonly number[]): Promise<ClockRow[]> {
  if (ids.length === 0) return []
  return db.hot<ClockRow>(sql`select ticket_id as "ticketId", kind, metric, instance, policy_id as "policyId",
      policy_version as "policyVersion", priority, target_seconds as "targetSeconds", state, reason,
      elapsed_ms as "elapsedMs", as_of as "asOf", calendar_id as "calendarId", due_at as "dueAt",
      breached_at as "breachedAt"
    from ticket_clock where ticket_id = any(${ids}::bigint[])
    order by ticket_id, due_at nulls last, kind, metric, instance`)
}

/** How clocks came out since a moment, counted by what the risk score learns from. */
export async function endedClocks(db: Db, since: Instant): Promise<EndedClocks[]> {
  return db.rows<EndedClocks>(sql`select metric, priority, missed, half, twentieth, count(*)::int as count from (
      select metric, priority, state = 'missed' or breached_at is not null as missed, (ticket_id % 2)::int as half,
        least(20, floor(elapsed_ms / (target_seconds * 50.0)))::int as twentieth
      from ticket_clock where state in ('met', 'missed') and as_of > ${since}) ended
    group by metric, priority, missed, half, twentieth`)
}
