// The one statement that writes an update: events, row, messages, attachments, timers, outbox, and the word to the others.
// Only desk/act.ts uses it. A new ticket gets its number inside the statement.
import type { NewOutboxEntry } from '#channels/outbox-store.ts'
import type { NewDelivery } from '#channels/webhook-store.ts'
import type { FieldValueId, SubjectRevisionId, TicketId, UpdateId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { outboxPart } from '#tickets/outbox-write-store.ts'
import { tell, type LaneName, type Notice } from '#store/listen.ts'
import { empty, join, raw, sql, type Sql } from '#store/sql.ts'
import { clockParts, dueOf, type ClockInsert } from '#tickets/clock-write-store.ts'
import { columnsOf } from '#tickets/columns.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { messageParts, type NewMessageRow } from '#tickets/message-write-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** A link that a rule asks for: made after the commit, since it changes another ticket too. */
export type NewRuleLink = {
  readonly key: string
  readonly otherId: number
  readonly linkType: string
  readonly ruleId: number
  readonly ruleVersion: string
}

/** A stretch in which the condition of a timer rule holds, or will from a moment on. */
export type NewEpisode = {
  readonly ruleId: number
  readonly startSeq: number
  readonly startedAt: Instant
  readonly dueAt: Instant | null
  readonly fired: number
  readonly firedAt: Instant | null
}

/** All that one update writes for one ticket. */
export type TicketWrite = {
  /** The state after the update. A fresh ticket has the number drawn for it, or 0 when it gets its own here. */
  readonly ticket: Ticket
  readonly fresh: boolean
  readonly events: readonly TicketEvent[]
  readonly updateId: UpdateId
  readonly at: Instant
  readonly lastMessageSeq: number | null
  readonly subject: { readonly id: SubjectRevisionId; readonly text: string } | null
  /** The subject of the row when it changes: that of a new revision, or of an earlier one after an undo. */
  readonly subjectText: string | null
  readonly fieldValues: readonly {
    readonly id: FieldValueId
    readonly fieldId: number
    readonly value: unknown
  }[]
  readonly messages: readonly NewMessageRow[]
  readonly timers: readonly { readonly kind: string; readonly dueAt: Instant }[]
  /** Whether the ticket had timers before: they are then replaced. */
  readonly hadTimers: boolean
  /** Episodes of timer rules; `had` when the ticket had some before, which are then replaced. */
  readonly ruleTimers: { readonly episodes: readonly NewEpisode[]; readonly had: boolean }
  readonly outbox: readonly NewOutboxEntry[]
  readonly deliveries: readonly NewDelivery[]
  readonly links: readonly NewRuleLink[]
  /** The ticket's clocks, replaced whole; null leaves them. */
  readonly clocks: readonly ClockInsert[] | null
  /** Whether search and the other reactors have something to do. */
  readonly reacts: boolean
  /** Whether routing has to look at it. */
  readonly routes: boolean
}

/** Writes one update and returns the ticket's number. Refuses to write over a state that was not the one decided on. */
export async function writeTicket(db: Db, write: TicketWrite): Promise<TicketId> {
  const parts = [
    ticketPart(write),
    statePart(write),
    eventPart(write.events),
    ...(write.messages.length > 0 ? messageParts(write.messages) : []),
    ...(write.subject === null ? [] : [subjectPart(write.subject)]),
    ...(write.fieldValues.length > 0 ? [fieldValuePart(write.fieldValues)] : []),
    ...timerParts(write),
    ...ruleTimerParts(write),
    ...(write.clocks === null ? [] : clockParts(write.clocks)),
    ...(write.outbox.length > 0 ? [outboxPart(write)] : []),
    ...(write.deliveries.length > 0 ? [deliveryPart(write)] : []),
    ...(write.links.length > 0 ? [linkPart(write)] : []),
    ...(write.reacts ? [reactionPart()] : []),
    ...(write.routes ? [routePart()] : []),
  ]
  const [row] = await db.hot<{ id: TicketId }>(sql`with ${join(parts, ',\n')} select id from t`)
  if (row === undefined) throw new Error(`Bug: ticket ${write.ticket.id} was written over by somebody else`)
  tell(db, noticeOf(write, row.id))
  return row.id
}

function ticketPart(write: TicketWrite): Sql {
  const { ticket, fresh } = write
  const { id } = ticket
  const due = write.clocks === null ? {} : { due_at: sql`${dueOf(write.clocks)}::timestamptz` }
  const row = { ...columnsOf(ticket), ...due }
  const columns = join(Object.keys(row).map((name) => raw(name)))
  const values = join(Object.values(row))
  if (fresh) {
    return sql`t as (insert into ticket (id, ${columns}, subject, last_message_seq)
      values (coalesce(nullif(${id}::bigint, 0), nextval('ticket_id_seq')), ${values}, ${write.subjectText ?? ''}, ${write.lastMessageSeq ?? 0}) returning id)`
  }
  const subject = write.subjectText === null ? empty : sql`, subject = ${write.subjectText}`
  const lastMessage =
    write.lastMessageSeq === null ? empty : sql`, last_message_seq = ${write.lastMessageSeq}`
  const before = ticket.seq - write.events.length
  return sql`t as (update ticket set (${columns}) = row(${values})${subject}${lastMessage}
    where id = ${id} and seq = ${before} returning id)`
}

/** Read a ticket at a time, and so kept apart from the columns that lists read. */
function statePart({ ticket, fresh }: TicketWrite): Sql {
  const { id: _, ...state } = ticket
  const text = JSON.stringify(state)
  return fresh
    ? sql`ts as (insert into ticket_state (ticket_id, state) select id, ${text}::jsonb from t)`
    : sql`ts as (update ticket_state set state = ${text}::jsonb from t where ticket_id = t.id)`
}

function eventPart(events: readonly TicketEvent[]): Sql {
  const rows = events.map(({ seq, at, updateId, actor, causeEventId, kind, kindVersion, payload }) => ({
    seq,
    at,
    update_id: updateId,
    actor_type: actor.type,
    actor_id: actor.id,
    actor_version: actor.version ?? null,
    cause_event_id: causeEventId,
    kind,
    kind_version: kindVersion,
    payload,
  }))
  if (events.some(({ causeSeq }) => causeSeq !== undefined)) return eventPartWithCauses(rows, events)
  const columns = sql`seq, at, update_id, actor_type, actor_id, actor_version, cause_event_id, kind, kind_version, payload`
  return sql`e as (insert into ticket_event (ticket_id, ${columns})
    select t.id, x.* from t, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(seq integer, at timestamptz,
      update_id bigint, actor_type text, actor_id bigint, actor_version text, cause_event_id bigint, kind text,
      kind_version smallint, payload jsonb) order by seq)`
}

/** Events that name others of the same update as their cause: the ids are drawn first, in the order of the log. */
function eventPartWithCauses(rows: readonly object[], events: readonly TicketEvent[]): Sql {
  const caused = rows.map((row, index) => ({ ...row, cause_seq: events[index]?.causeSeq ?? null }))
  return sql`x as (select nextval(pg_get_serial_sequence('ticket_event', 'id')) as id, r.*
      from jsonb_to_recordset(${JSON.stringify(caused)}::jsonb) as r(seq integer, at timestamptz, update_id bigint,
        actor_type text, actor_id bigint, actor_version text, cause_event_id bigint, kind text, kind_version smallint,
        payload jsonb, cause_seq integer)),
    e as (insert into ticket_event (id, ticket_id, seq, at, update_id, actor_type, actor_id, actor_version, cause_event_id,
        kind, kind_version, payload)
      select x.id, t.id, x.seq, x.at, x.update_id, x.actor_type, x.actor_id, x.actor_version,
        coalesce(x.cause_event_id, cause.id), x.kind, x.kind_version, x.payload
      from t, x left join x cause on cause.seq = x.cause_seq order by x.seq)`
}

function subjectPart({ id, text }: { id: SubjectRevisionId; text: string }): Sql {
  return sql`s as (insert into subject_revision (id, ticket_id, text) select ${id}::bigint, t.id, ${text} from t)`
}

function fieldValuePart(values: TicketWrite['fieldValues']): Sql {
  const rows = values.map(({ id, fieldId, value }) => ({ id, field_id: fieldId, value }))
  return sql`f as (insert into field_value (id, ticket_id, field_id, value)
    select x.id, t.id, x.field_id, x.value from t, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x(id bigint, field_id bigint, value jsonb))`
}

function timerParts({ ticket, timers, hadTimers }: TicketWrite): Sql[] {
  const rows = JSON.stringify(timers.map(({ kind, dueAt }) => ({ kind, due_at: dueAt })))
  const kinds = timers.map(({ kind }) => kind)
  const gone = hadTimers
    ? [sql`g as (delete from timer where ticket_id = ${ticket.id} and not (kind = any(${kinds})))`]
    : []
  if (timers.length === 0) return gone
  return [
    ...gone,
    sql`d as (insert into timer (ticket_id, kind, due_at)
      select t.id, kind, due_at from t, jsonb_to_recordset(${rows}::jsonb) as x(kind text, due_at timestamptz)
      on conflict (ticket_id, kind) do update set due_at = excluded.due_at)`,
  ]
}

function ruleTimerParts({ ticket, ruleTimers: { episodes, had } }: TicketWrite): Sql[] {
  const kept = episodes.map(({ ruleId }) => ruleId)
  const gone = had
    ? [
        sql`h as (delete from rule_timer where ticket_id = ${ticket.id} and not (rule_id = any(${kept}::bigint[])))`,
      ]
    : []
  if (episodes.length === 0) return gone
  const rows = episodes.map(({ ruleId, startSeq, startedAt, dueAt, fired, firedAt }) => ({
    rule_id: ruleId,
    start_seq: startSeq,
    started_at: startedAt,
    due_at: dueAt,
    fired,
    fired_at: firedAt,
  }))
  return [
    ...gone,
    sql`i as (insert into rule_timer (ticket_id, rule_id, start_seq, started_at, due_at, fired, fired_at)
      select t.id, x.* from t, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(rule_id bigint, start_seq integer,
        started_at timestamptz, due_at timestamptz, fired integer, fired_at timestamptz)
      on conflict (ticket_id, rule_id) do update set start_seq = excluded.start_seq, started_at = excluded.started_at,
        due_at = excluded.due_at, fired = excluded.fired, fired_at = excluded.fired_at)`,
  ]
}

/** Writes the clocks and timer of a ticket that nothing happened to: only time has passed, or calendars changed. */
export async function rewriteClocks(
  db: Db,
  ticketId: TicketId,
  clocks: readonly ClockInsert[],
  nextAt: Instant | null,
): Promise<void> {
  const timer =
    nextAt === null
      ? sql`delete from timer where ticket_id = ${ticketId} and kind = 'sla'`
      : sql`insert into timer (ticket_id, kind, due_at) values (${ticketId}, 'sla', ${nextAt})
          on conflict (ticket_id, kind) do update set due_at = excluded.due_at`
  await db.rows(sql`with t as (update ticket set due_at = ${dueOf(clocks)} where id = ${ticketId} returning id),
    ${join([...clockParts(clocks), sql`tm as (${timer})`], ', ')} select id from t`)
}

/** A webhook that was archived meanwhile is told nothing. */
function deliveryPart({ deliveries, updateId, at }: TicketWrite): Sql {
  const rows = deliveries.map(({ key, endpoint, ruleId, causeSeq, payload }) => ({
    key,
    endpoint,
    rule_id: ruleId,
    cause_seq: causeSeq,
    payload,
  }))
  return sql`w as (insert into webhook_delivery (key, webhook_id, ticket_id, update_id, rule_id, cause_seq, payload, state,
      next_try_at, created_at)
    select x.key, webhook.id, t.id, ${updateId}::bigint, x.rule_id, x.cause_seq, x.payload, 'queued', ${at}::timestamptz,
      ${at}::timestamptz
    from t, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(key text, endpoint text, rule_id bigint,
      cause_seq integer, payload jsonb)
    join webhook on webhook.key = x.endpoint and webhook.archived_at is null
    on conflict (key) do nothing)`
}

function linkPart({ links, at }: TicketWrite): Sql {
  const rows = links.map(({ key, otherId, linkType, ruleId, ruleVersion }) => ({
    key,
    other_id: otherId,
    link_type: linkType,
    rule_id: ruleId,
    rule_version: ruleVersion,
  }))
  return sql`l as (insert into rule_link (key, ticket_id, other_id, link_type, rule_id, rule_version, created_at)
    select x.key, t.id, x.other_id, x.link_type, x.rule_id, x.rule_version, ${at}::timestamptz
    from t, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(key text, other_id bigint, link_type text,
      rule_id bigint, rule_version text) on conflict (key) do nothing)`
}

function reactionPart(): Sql {
  return sql`r as (insert into reaction_due (ticket_id) select id from t on conflict do nothing)`
}

function routePart(): Sql {
  return sql`q as (insert into route_due (ticket_id) select id from t on conflict do nothing)`
}

/** One notice for the live feed; the lanes that have work hear it too. */
function noticeOf(
  { ticket, timers, ruleTimers, outbox, reacts, routes, deliveries, links }: TicketWrite,
  id: TicketId,
): Notice {
  const lanes: LaneName[] = []
  if (outbox.length > 0) lanes.push('outbox')
  if (timers.length > 0 || ruleTimers.episodes.length > 0) lanes.push('timers')
  if (reacts || links.length > 0) lanes.push('reactions')
  if (deliveries.length > 0) lanes.push('webhooks')
  if (routes) lanes.push('routing')
  return { changed: 'ticket', id, seq: ticket.seq, lanes }
}
