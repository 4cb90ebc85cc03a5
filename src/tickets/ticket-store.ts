// Reading tickets and their logs, and locking them for an update.
import type { EventId, TicketId } from '#kit/ids.ts'
import type { Db, Transaction } from '#store/database.ts'
import { empty, isOneOf, sql } from '#store/sql.ts'
import type { EventKind, TicketEvent } from '#tickets/event.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { upcast, type StoredEvent } from '#tickets/upcast.ts'
import type { ReportFold } from '#tickets/write/report-fold.ts'
import { activeStatuses } from '#tickets/vocabulary.ts'

type Row = { id: TicketId; state: Omit<Ticket, 'id'>; subject: string; last_message_seq: number }

export type TicketRow = { readonly ticket: Ticket; readonly subject: string; readonly lastMessageSeq: number }

const columns = sql`t.id, s.state, t.subject, t.last_message_seq`
const source = sql`ticket t join ticket_state s on s.ticket_id = t.id`

function rowOf({ id, state, subject, last_message_seq }: Row): TicketRow {
  return { ticket: { ...state, id }, subject, lastMessageSeq: last_message_seq }
}

export type LockedTicket = TicketRow & { readonly fold: ReportFold | null }

/** Locks tickets for the rest of the transaction, in order of number so that two updates never wait for each other. */
export async function lockTickets(
  tx: Transaction,
  ids: readonly number[],
): Promise<Map<number, LockedTicket>> {
  const rows = await tx.hot<Row & { fold: ReportFold | null }>(
    sql`select ${columns}, s.report_fold as fold from ${source} where ${isOneOf(sql`t.id`, ids)} order by t.id for update`,
  )
  return new Map(rows.map((row) => [row.id, { ...rowOf(row), fold: row.fold }]))
}

/** Tickets by number. */
export async function ticketsById(db: Db, ids: readonly number[]): Promise<TicketRow[]> {
  if (ids.length === 0) return []
  const rows = await db.hot<Row>(sql`select ${columns} from ${source} where ${isOneOf(sql`t.id`, ids)}`)
  const byId = new Map(rows.map((row) => [row.id as number, rowOf(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** One ticket, flagged or not. */
export async function findTicket(db: Db, id: number): Promise<TicketRow | null> {
  return (await ticketsById(db, [id]))[0] ?? null
}

export type EventRow = {
  id: EventId
  ticketId: TicketId
  seq: number
  at: string
  updateId: number
  actorType: string
  actorId: number | null
  actorVersion: string | null
  causeEventId: EventId | null
  kind: string
  kindVersion: number
  payload: unknown
}

/** The columns of a row of the log, of one table alone. */
export const eventColumns = sql`id, ticket_id as "ticketId", seq, at, update_id as "updateId", actor_type as "actorType",
  actor_id as "actorId", actor_version as "actorVersion", cause_event_id as "causeEventId", kind,
  kind_version as "kindVersion", payload`

/** An event as it was kept, in today’s words. */
export function eventOf({ actorType, actorId, actorVersion, ...row }: EventRow): TicketEvent {
  const actor = { type: actorType, id: actorId, ...(actorVersion === null ? {} : { version: actorVersion }) }
  return upcast({ ...row, actor } as StoredEvent)
}

/** The log of a ticket after a seq, oldest first. */
export async function eventsAfter(
  db: Db,
  ticketId: number,
  seq: number,
  limit: number | null,
  without: readonly string[] = [],
): Promise<TicketEvent[]> {
  const kinds = without.length === 0 ? empty : sql`and kind <> all(${without})`
  const rows = await db.hot<EventRow>(sql`select ${eventColumns} from ticket_event
    where ticket_id = ${ticketId} and seq > ${seq} ${kinds} order by seq limit ${limit}`)
  return rows.map(eventOf)
}

const MESSAGE_KINDS = ['ticket_opened', 'message_added', 'message_reclassified', 'message_delivery']

/** What the log tells of a ticket's messages, oldest first. */
export async function messageEvents(db: Db, ticketId: number): Promise<TicketEvent[]> {
  const rows = await db.hot<EventRow>(sql`select ${eventColumns} from ticket_event
    where ticket_id = ${ticketId} and kind = any(${MESSAGE_KINDS}) order by seq`)
  return rows.map(eventOf)
}

/** Events by id, as the causes of others. */
export async function eventsById(db: Db, ids: readonly number[]): Promise<TicketEvent[]> {
  if (ids.length === 0) return []
  return (await db.rows<EventRow>(sql`select ${eventColumns} from ticket_event where id = any(${ids})`)).map(
    eventOf,
  )
}

const RULE_KINDS: readonly EventKind[] = ['rule_fired', 'rule_circuit_opened']

/** What the log tells of rules. */
export function isOfRules({ kind }: TicketEvent): boolean {
  return RULE_KINDS.includes(kind)
}

/** What the log of a ticket tells of rules, oldest first. */
export async function ruleEvents(db: Db, ticketId: number): Promise<TicketEvent[]> {
  const rows = await db.hot<EventRow>(sql`select ${eventColumns} from ticket_event
    where ticket_id = ${ticketId} and kind = any(${RULE_KINDS}) order by seq`)
  return rows.map(eventOf)
}

/** A chain longer than this is cut off: no rule answers it anyway. */
const LONGEST_CHAIN = 30

/** An event and those that led to it, the nearest first. */
export async function causesOf(db: Db, eventId: EventId): Promise<TicketEvent[]> {
  const rows = await db.hot<EventRow>(sql`with recursive chain as (
      select e.*, 1 as link from ticket_event e where e.id = ${eventId}
      union all
      select e.*, chain.link + 1 from chain join ticket_event e on e.id = chain.cause_event_id
      where chain.link < ${LONGEST_CHAIN})
    select ${eventColumns} from chain order by link`)
  return rows.map(eventOf)
}

/** The id of the event at a place in a ticket's log. */
export async function eventIdAt(db: Db, ticketId: number, seq: number): Promise<EventId | null> {
  const [row] = await db.hot<{ id: EventId }>(
    sql`select id from ticket_event where ticket_id = ${ticketId} and seq = ${seq}`,
  )
  return row?.id ?? null
}

/** Draws the numbers of tickets that something must name before they are written. */
export async function newTicketIds(db: Db, count: number): Promise<TicketId[]> {
  const rows = await db.hot<{ id: TicketId }>(
    sql`select nextval('ticket_id_seq') as id from generate_series(1, ${count})`,
  )
  return rows.map(({ id }) => id)
}

/** The tickets that changed after an event, each once with its newest seq; null when too many did. */
export async function changedSince(
  db: Db,
  eventId: number,
  limit: number,
): Promise<{ id: TicketId; seq: number; eventId: number }[] | null> {
  const rows = await db.rows<{ id: TicketId; seq: number; eventId: number }>(sql`
    select ticket_id as id, max(seq) as seq, max(id) as "eventId" from (
      select id, ticket_id, seq from ticket_event where id > ${eventId} order by id limit ${limit * 4}) e
    group by ticket_id order by max(id)`)
  return rows.length > limit ? null : rows
}

/** The logs of some tickets, each oldest first. */
export async function eventsOfTickets(db: Db, ids: readonly number[]): Promise<Map<number, TicketEvent[]>> {
  const rows = await db.rows<EventRow>(sql`select ${eventColumns} from ticket_event
    where ticket_id = any(${ids}::bigint[]) order by ticket_id, seq`)
  return Map.groupBy(rows.map(eventOf), ({ ticketId }) => ticketId as number)
}

/** The newest event of all. */
export async function newestEventId(db: Db): Promise<number> {
  const row = await db.row<{ id: number | null }>(sql`select max(id) as id from ticket_event`)
  return row?.id ?? 0
}

/** The active tickets an agent owns, of some teams or of all. */
export async function activeTicketsOf(
  db: Db,
  agentId: number,
  teamIds: readonly number[] | 'all',
): Promise<TicketId[]> {
  const team = teamIds === 'all' ? sql`true` : sql`team_id = any(${teamIds})`
  const rows = await db.rows<{ id: TicketId }>(sql`select id from ticket
    where assignee_id = ${agentId} and ${team} and status = any(${activeStatuses}) order by id`)
  return rows.map(({ id }) => id)
}

/** Tickets in order of number, for the replay of all of them. */
export async function ticketsFrom(
  db: Db,
  id: number,
  limit: number,
): Promise<(TicketRow & { columns: Readonly<Record<string, unknown>> })[]> {
  const rows = await db.rows<Row & Record<string, unknown>>(sql`select t.*, s.state from ${source}
    where t.id > ${id} order by t.id limit ${limit}`)
  return rows.map((row) => ({ ...rowOf(row), columns: row }))
}

/** The text of subject revisions. */
export async function subjectTexts(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db.rows<{ id: number; text: string }>(
    sql`select id, text from subject_revision where id = any(${ids})`,
  )
  return new Map(rows.map(({ id, text }) => [id, text]))
}

/** Personal field values by id; erased ones are absent. */
export async function fieldValuesById(db: Db, ids: readonly number[]): Promise<Map<number, unknown>> {
  if (ids.length === 0) return new Map()
  const rows = await db.rows<{ id: number; value: unknown }>(
    sql`select id, value from field_value where id = any(${ids})`,
  )
  return new Map(rows.map(({ id, value }) => [id, value]))
}

/** How many active tickets have this one as their parent. */
export async function countActive(db: Db, ids: readonly number[]): Promise<number> {
  if (ids.length === 0) return 0
  const row = await db.row<{ count: number }>(sql`select count(*) from ticket
    where id = any(${ids}) and not hidden and status = any(${activeStatuses})`)
  return row?.count ?? 0
}
