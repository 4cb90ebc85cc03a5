// What an update's statement leaves to be done later: timers, deliveries, links, and word to the lanes.
import { raw, sql, type Sql } from '#store/sql.ts'
import { rowsOf } from '#tickets/write/rows.ts'
import type { TicketWrite, DueLane } from '#tickets/write/ticket-write.ts'

/** The parts of an update's statement that replace the timers of its tickets. */
export function timerParts(writes: readonly TicketWrite[]): Sql[] {
  const rows = rowsOf(writes, ({ timers }) => timers.map(({ kind, dueAt }) => ({ kind, due_at: dueAt })))
  const gone = writes.flatMap(({ ticket, timers, hadTimers }) =>
    hadTimers
      ? [
          sql`g as (delete from timer where ticket_id = ${ticket.id}
            and not (kind = any(${timers.map(({ kind }) => kind)})))`,
        ]
      : [],
  )
  if (rows.length === 0) return gone
  return [
    ...gone,
    sql`d as (insert into timer (ticket_id, kind, due_at) select t.id, kind, due_at
      from t join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(no integer, kind text, due_at timestamptz)
        on x.no = t.no
      on conflict (ticket_id, kind) do update set due_at = excluded.due_at)`,
  ]
}

/** The parts that replace the episodes of timer rules. */
export function ruleTimerParts(writes: readonly TicketWrite[]): Sql[] {
  const rows = rowsOf(writes, ({ ruleTimers: { episodes } }) =>
    episodes.map(({ ruleId, startSeq, startedAt, dueAt, fired, firedAt }) => ({
      rule_id: ruleId,
      start_seq: startSeq,
      started_at: startedAt,
      due_at: dueAt,
      fired,
      fired_at: firedAt,
    })),
  )
  const gone = writes.flatMap(({ ticket, ruleTimers: { episodes, had } }) =>
    had
      ? [
          sql`h as (delete from rule_timer where ticket_id = ${ticket.id}
            and not (rule_id = any(${episodes.map(({ ruleId }) => ruleId)}::bigint[])))`,
        ]
      : [],
  )
  if (rows.length === 0) return gone
  const columns = sql`rule_id, start_seq, started_at, due_at, fired, fired_at`
  return [
    ...gone,
    sql`i as (insert into rule_timer (ticket_id, ${columns}) select t.id, ${columns}
      from t join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(no integer, rule_id bigint, start_seq integer,
        started_at timestamptz, due_at timestamptz, fired integer, fired_at timestamptz) on x.no = t.no
      on conflict (ticket_id, rule_id) do update set start_seq = excluded.start_seq, started_at = excluded.started_at,
        due_at = excluded.due_at, fired = excluded.fired, fired_at = excluded.fired_at)`,
  ]
}

/** The part that asks for deliveries to webhooks; one that was archived meanwhile is told nothing. */
export function deliveryParts(writes: readonly TicketWrite[]): Sql[] {
  const rows = rowsOf(writes, ({ deliveries, updateId, at }) =>
    deliveries.map(({ key, endpoint, ruleId, causeSeq, payload }) => ({
      key,
      endpoint,
      update_id: updateId,
      rule_id: ruleId,
      cause_seq: causeSeq,
      payload,
      at,
    })),
  )
  if (rows.length === 0) return []
  return [
    sql`w as (insert into webhook_delivery (key, webhook_id, ticket_id, update_id, rule_id, cause_seq, payload, state,
        next_try_at, created_at)
      select x.key, webhook.id, t.id, x.update_id, x.rule_id, x.cause_seq, x.payload, 'queued', x.at, x.at
      from t join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(no integer, key text, endpoint text,
          update_id bigint, rule_id bigint, cause_seq integer, payload jsonb, at timestamptz) on x.no = t.no
        join webhook on webhook.key = x.endpoint and webhook.archived_at is null
      on conflict (key) do nothing)`,
  ]
}

/** The part that keeps the links that rules ask for. */
export function linkParts(writes: readonly TicketWrite[]): Sql[] {
  const rows = rowsOf(writes, ({ links, at }) =>
    links.map(({ key, otherId, linkType, ruleId, ruleVersion }) => ({
      key,
      other_id: otherId,
      link_type: linkType,
      rule_id: ruleId,
      rule_version: ruleVersion,
      created_at: at,
    })),
  )
  if (rows.length === 0) return []
  const columns = sql`key, other_id, link_type, rule_id, rule_version, created_at`
  return [
    sql`l as (insert into rule_link (ticket_id, ${columns}) select t.id, ${columns}
      from t join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(no integer, key text, other_id bigint,
        link_type text, rule_id bigint, rule_version text, created_at timestamptz) on x.no = t.no
      on conflict (key) do nothing)`,
  ]
}

const DUE_TABLES: Readonly<Record<DueLane, string>> = {
  reactions: 'reaction_due',
  routing: 'route_due',
  assistant: 'assistant_due',
  chats: 'chat_due',
}

/**
 * What happens to word that was left before. Those who react take it without the ticket's lock: it is locked until this update is
 * committed, so that it is not taken away with what it says of the update unread. The other lanes lock the ticket first.
 */
const LEFT_BEFORE: Readonly<Record<DueLane, string>> = {
  reactions: '(ticket_id) do update set ticket_id = excluded.ticket_id',
  routing: 'do nothing',
  assistant: 'do nothing',
  chats: 'do nothing',
}

/** The parts that leave word for the lanes that look at tickets. */
export function dueParts(writes: readonly TicketWrite[]): Sql[] {
  return Object.entries(DUE_TABLES).flatMap(([lane, table]) => {
    const places = writes.flatMap(({ dueIn }, index) => (dueIn.includes(lane as DueLane) ? [index + 1] : []))
    if (places.length === 0) return []
    return [
      sql`${raw(table)}s as (insert into ${raw(table)} (ticket_id)
        select id from t where no in (select place::integer from jsonb_array_elements_text(${JSON.stringify(places)}::jsonb) place)
        order by id
        on conflict ${raw(LEFT_BEFORE[lane as DueLane])})`,
    ]
  })
}
