// The one statement that writes an update: events, row, messages, attachments, timers, outbox, and the word to the others.
// Only the desk uses it. A new ticket gets its number inside the statement; tickets that are opened at the same moment share one.
import type { TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db, Transaction } from '#store/database.ts'
import { outboxParts } from '#tickets/write/outbox-store.ts'
import { tell, type LaneName, type Notice } from '#store/listen.ts'
import { join, raw, sql, type Sql } from '#store/sql.ts'
import { together } from '#store/together.ts'
import { clockParts, dueOf, type ClockInsert } from '#tickets/write/clock-store.ts'
import { columnsOf } from '#tickets/write/columns.ts'
import { fieldValueParts, subjectParts } from '#tickets/write/content-store.ts'
import { deliveryParts, dueParts, linkParts, ruleTimerParts, timerParts } from '#tickets/write/later-store.ts'
import type { TicketWrite } from '#tickets/write/ticket-write.ts'
import { messageParts } from '#tickets/write/message-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { openedColumns, reportParts } from '#tickets/write/report-store.ts'
import { rowsOf } from '#tickets/write/rows.ts'

/** Writes one update and returns the ticket's number. Refuses to write over a state that was not the one decided on. */
export async function writeTicket(db: Db, write: TicketWrite): Promise<TicketId> {
  const [id] = await writeTickets(db, [write])
  if (id === undefined) throw new Error(`Bug: ticket ${write.ticket.id} was written over by somebody else`)
  return id
}

/** Writes a fresh ticket in one statement with those that are opened at the same moment. */
export async function writeFresh(db: Db, write: TicketWrite): Promise<TicketId> {
  const number = await numberOf(db, write)
  if (number === null) throw new Error('Bug: a fresh ticket was not written')
  return number()
}

/** Writes fresh tickets under the numbers that were drawn for them, all in one statement; a failure leaves none of them. */
export async function writeLives(tx: Transaction, writes: readonly TicketWrite[]): Promise<void> {
  await writeTickets(tx, writes)
}

/** One that cannot be written throws for itself alone; in a transaction nothing goes on after a failure. */
const numberOf = together<TicketWrite, () => TicketId>(async (db, writes) => {
  const numbers = new Map<TicketWrite, () => TicketId>()
  const note = async (some: readonly TicketWrite[]) =>
    (await writeTickets(db, some)).forEach((id, index) => numbers.set(some[index] as TicketWrite, () => id))
  for (const some of apart(writes)) {
    await note(some).catch(async (failure: unknown) => {
      if ('inTransaction' in db) throw failure
      for (const each of some)
        await note([each]).catch((error: unknown) =>
          numbers.set(each, () => {
            throw error
          }),
        )
    })
  }
  return numbers
})

/** Budgets count what was written before: mails to one address are not written by the same statement. */
function apart(writes: readonly TicketWrite[]): TicketWrite[][] {
  const rounds: { readonly addresses: Set<string>; readonly writes: TicketWrite[] }[] = []
  for (const write of writes) {
    const to = write.outbox.map(({ recipients }) => recipients.to[0]?.email.toLowerCase() ?? '')
    let round = rounds.find(({ addresses }) => !to.some((address) => addresses.has(address)))
    if (round === undefined) rounds.push((round = { addresses: new Set(), writes: [] }))
    round.writes.push(write)
    to.forEach((address) => round.addresses.add(address))
  }
  return rounds.map((round) => round.writes)
}

/** Writes one update of one ticket, or any number of fresh tickets, in one statement; returns their numbers in this order. */
async function writeTickets(db: Db, writes: readonly TicketWrite[]): Promise<TicketId[]> {
  const [write] = writes
  if (write === undefined) return []
  const parts = [
    ...(write.fresh ? freshParts(writes) : changedParts(write)),
    ...eventParts(writes),
    ...messageParts(writes),
    ...subjectParts(writes),
    ...fieldValueParts(writes),
    ...timerParts(writes),
    ...ruleTimerParts(writes),
    ...clockParts(writes),
    ...reportParts(writes),
    ...outboxParts(writes),
    ...deliveryParts(writes),
    ...linkParts(writes),
    ...dueParts(writes),
  ]
  const rows = await db.hot<{ id: TicketId }>(sql`with ${join(parts, ',\n')} select id from t order by no`)
  rows.forEach(({ id }, index) => tell(db, noticeOf(writes[index] ?? write, id)))
  return rows.map(({ id }) => id)
}

/**
 * `t` is what all parts go by: the number of each ticket, and its place among those that are written. Lists come as JSON: of an array
 * PostgreSQL's planner sees the length, takes the plan made for it for the better one, and plans this statement anew each time.
 */
function freshParts(writes: readonly TicketWrite[]): Sql[] {
  const ids = writes.map(({ ticket }) => ticket.id)
  const rows = writes.map((write) => ({
    ...columnsOf(write.ticket),
    due_at: dueOf(write.clocks ?? []),
    subject: write.subjectText ?? '',
    last_message_seq: write.lastMessageSeq ?? 0,
  }))
  const columns = join(Object.keys(rows[0] ?? {}).map((name) => raw(name)))
  const states = writes.map(({ ticket, fold }) => ({ state: stateOf(ticket), fold }))
  return [
    sql`t as materialized (select no, coalesce(nullif(id::bigint, 0), nextval('ticket_id_seq')) as id
      from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) with ordinality as x(id, no))`,
    sql`tn as (insert into ticket (id, ${columns}) select t.id, ${columns}
      from t join rows from (jsonb_populate_recordset(null::ticket, ${JSON.stringify(rows)}::jsonb)) with ordinality as x
        on x.ordinality = t.no returning ${openedColumns})`,
    sql`ts as (insert into ticket_state (ticket_id, state, report_fold) select t.id, x.one->'state', nullif(x.one->'fold', 'null')
      from t join jsonb_array_elements(${JSON.stringify(states)}::jsonb) with ordinality as x(one, no) on x.no = t.no)`,
  ]
}

function changedParts(write: TicketWrite): Sql[] {
  const { ticket, subjectText, lastMessageSeq, clocks, fold } = write
  const row = {
    ...columnsOf(ticket),
    ...(clocks === null ? {} : { due_at: dueOf(clocks) }),
    ...(subjectText === null ? {} : { subject: subjectText }),
    ...(lastMessageSeq === null ? {} : { last_message_seq: lastMessageSeq }),
  }
  const columns = join(Object.keys(row).map((name) => raw(name)))
  const before = ticket.seq - write.events.length
  return [
    sql`t as (update ticket set (${columns}) =
        (select ${columns} from jsonb_populate_record(null::ticket, ${JSON.stringify(row)}::jsonb))
      where id = ${ticket.id} and seq = ${before} returning id, 1 as no)`,
    sql`ts as (update ticket_state set state = ${JSON.stringify(stateOf(ticket))}::jsonb,
      report_fold = ${fold && JSON.stringify(fold)}::jsonb from t where ticket_id = t.id)`,
  ]
}

/** Read a ticket at a time, and so kept apart from the columns that lists read. */
function stateOf(ticket: Ticket): object {
  const { id: _, ...state } = ticket
  return state
}

function eventParts(writes: readonly TicketWrite[]): Sql[] {
  const rows = rowsOf(writes, ({ events }) =>
    events.map(({ id, seq, at, updateId, actor, causeEventId, kind, kindVersion, payload, causeSeq }) => ({
      id,
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
      cause_seq: causeSeq,
    })),
  )
  const columns = sql`seq, at, update_id, actor_type, actor_id, actor_version, cause_event_id, kind, kind_version, payload`
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(no integer, id bigint, seq integer, at timestamptz,
    update_id bigint, actor_type text, actor_id bigint, actor_version text, cause_event_id bigint, kind text,
    kind_version smallint, payload jsonb, cause_seq integer)`
  if (rows.some(({ id }) => id !== null))
    return [
      sql`e as (insert into ticket_event (id, ticket_id, ${columns})
        select x.id, t.id, ${columns} from t join ${given} on x.no = t.no)`,
    ]
  if (rows.every(({ cause_seq }) => cause_seq === undefined))
    return [
      sql`e as (insert into ticket_event (ticket_id, ${columns})
        select t.id, ${columns} from t join ${given} on x.no = t.no order by t.no, seq)`,
    ]
  // Events that name others of the same update as their cause: the ids are drawn first, in the order of the log.
  return [
    sql`ei as (select nextval(pg_get_serial_sequence('ticket_event', 'id')) as event_id, x.* from ${given})`,
    sql`e as (insert into ticket_event (id, ticket_id, ${columns})
      select x.event_id, t.id, x.seq, x.at, x.update_id, x.actor_type, x.actor_id, x.actor_version,
        coalesce(x.cause_event_id, cause.event_id), x.kind, x.kind_version, x.payload
      from t join ei x on x.no = t.no left join ei cause on cause.no = x.no and cause.seq = x.cause_seq
      order by t.no, x.seq)`,
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
  await db.rows(sql`with t as (update ticket set due_at = ${dueOf(clocks)} where id = ${ticketId} returning id, 1 as no),
    ${join([...clockParts([{ fresh: false, clocks }]), sql`tm as (${timer})`], ', ')} select id from t`)
}

/** One notice for the live feed; the lanes that have work hear it too. */
function noticeOf(
  { ticket, timers, ruleTimers, outbox, dueIn, deliveries, links }: TicketWrite,
  id: TicketId,
): Notice {
  const lanes: LaneName[] = [...dueIn]
  if (outbox.length > 0) lanes.push('outbox')
  if (timers.length > 0 || ruleTimers.episodes.length > 0) lanes.push('timers')
  if (links.length > 0 && !dueIn.includes('reactions')) lanes.push('reactions')
  if (deliveries.length > 0) lanes.push('webhooks')
  return { changed: 'ticket', id, seq: ticket.seq, lanes }
}
