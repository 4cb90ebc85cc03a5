// The clocks of a ticket as parts of the statement that writes an update.
import type { Instant } from '#kit/time.ts'
import { sql, type Sql } from '#store/sql.ts'
import { rowsOf } from '#tickets/write/rows.ts'

/** A clock as its row is written; see sla/clock-store for what it means. */
export type ClockInsert = {
  readonly kind: string
  readonly metric: string
  readonly instance: number
  readonly policyId: number
  readonly policyVersion: number
  readonly priority: string
  readonly targetSeconds: number
  readonly state: string
  readonly reason: string
  readonly elapsedMs: number
  readonly asOf: Instant
  readonly calendarId: string | null
  readonly dueAt: Instant | null
  readonly breachedAt: Instant | null
  readonly endedAt: Instant | null
}

/** The least due moment of the running clocks. */
export function dueOf(clocks: readonly ClockInsert[]): Instant | null {
  const due = clocks.flatMap(({ state, dueAt }) => (state === 'running' && dueAt !== null ? [dueAt] : []))
  return due.toSorted()[0] ?? null
}

type Clocked = { readonly fresh: boolean; readonly clocks: readonly ClockInsert[] | null }

/** The parts of a statement that replace the clocks of the tickets it writes; those without any are left alone. */
export function clockParts(writes: readonly Clocked[]): Sql[] {
  const rows = rowsOf(writes, ({ clocks }) =>
    (clocks ?? []).map((each) => ({
      kind: each.kind,
      metric: each.metric,
      instance: each.instance,
      policy_id: each.policyId,
      policy_version: each.policyVersion,
      priority: each.priority,
      target_seconds: each.targetSeconds,
      state: each.state,
      reason: each.reason,
      elapsed_ms: each.elapsedMs,
      as_of: each.asOf,
      calendar_id: each.calendarId,
      due_at: each.dueAt,
      breached_at: each.breachedAt,
      ended_at: each.endedAt,
    })),
  )
  const columns = sql`kind, metric, instance, policy_id, policy_version, priority, target_seconds, state, reason, elapsed_ms,
    as_of, calendar_id, due_at, breached_at, ended_at`
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(no integer, kind text, metric text,
    instance integer, policy_id bigint, policy_version integer, priority text, target_seconds integer, state text,
    reason text, elapsed_ms bigint, as_of timestamptz, calendar_id text, due_at timestamptz, breached_at timestamptz,
    ended_at timestamptz)`
  const gone = writes.some(({ fresh, clocks }) => !fresh && clocks !== null)
    ? [
        sql`cd as (delete from ticket_clock c using t where c.ticket_id = t.id and not exists (select from ${given}
          where x.no = t.no and x.kind = c.kind and x.metric = c.metric and x.instance = c.instance))`,
      ]
    : []
  if (rows.length === 0) return gone
  return [
    ...gone,
    sql`ci as (insert into ticket_clock as c (ticket_id, ${columns}) select t.id, ${columns}
      from t join ${given} on x.no = t.no
      on conflict (ticket_id, kind, metric, instance) do update set (policy_id, policy_version, priority, target_seconds,
        state, reason, elapsed_ms, as_of, calendar_id, due_at, breached_at, ended_at) = (excluded.policy_id,
        excluded.policy_version, excluded.priority, excluded.target_seconds, excluded.state, excluded.reason,
        excluded.elapsed_ms, excluded.as_of, excluded.calendar_id, excluded.due_at, excluded.breached_at,
        excluded.ended_at))`,
  ]
}
