// Legal holds: what must be kept, for a reason, whoever asks for its erasure. A ticket is held by itself, or with anybody who asked for it or
// wrote on it.
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

export type Hold = {
  readonly id: number
  readonly personId: PersonId | null
  readonly ticketId: TicketId | null
  readonly reason: string
  readonly setBy: { readonly id: PersonId; readonly name: string }
  readonly setAt: Instant
  /** What it holds, by name. */
  readonly name: string
}

const columns = sql`h.id, h.person_id as "personId", h.ticket_id as "ticketId", h.reason, h.set_at as "setAt",
  json_build_object('id', h.set_by, 'name', by.name) as "setBy",
  coalesce(nullif(p.name, ''), p.email, t.subject, '') as name
  from legal_hold h join person by on by.id = h.set_by left join person p on p.id = h.person_id
  left join ticket t on t.id = h.ticket_id`

/** Whom holds keep, as `id` with the `hold`: people, and whoever is one with them by joins. */
const kept = sql`(with recursive kept(hold, id) as (
  select id, person_id from legal_hold where lifted_at is null and person_id is not null
  union select k.hold, case when j.kept_id = k.id then j.gone_id else j.kept_id end
    from kept k join person_join j on j.undone_at is null and (j.kept_id = k.id or j.gone_id = k.id)) select hold, id from kept)`

/** No hold is set until the transaction ends: what it would keep is being erased. */
export async function keepHoldsStill(tx: Transaction): Promise<void> {
  await tx.rows(sql`select pg_advisory_xact_lock_shared(hashtext('legal_hold'))`)
}

const ofTicket = (
  ticketId: Sql | number,
) => sql`(k.id in (select requester_id from ticket where id = ${ticketId})
  or k.id in (select author_id from message where message.ticket_id = ${ticketId}))`

/** True where a hold keeps the ticket whose number is in the column. */
export const isUnderHold = (
  ticketId: Sql,
): Sql => sql`(exists (select from legal_hold h where h.lifted_at is null and h.ticket_id = ${ticketId})
  or exists (select from ${kept} k where ${ofTicket(ticketId)}))`

/** The holds that keep a ticket. */
export async function holdsOfTicket(db: Db, ticketId: number): Promise<Hold[]> {
  return db.rows<Hold>(sql`select ${columns} where h.lifted_at is null and (h.ticket_id = ${ticketId}
    or h.id in (select k.hold from ${kept} k where ${ofTicket(ticketId)})) order by h.id`)
}

/** The holds on these people, and on tickets that they asked for or wrote on. */
export async function holdsOfPeople(db: Db, people: readonly number[]): Promise<Hold[]> {
  const of = [...people]
  return db.rows<Hold>(sql`select ${columns} where h.lifted_at is null and (h.id in (select k.hold from ${kept} k where k.id = any(${of}::bigint[]))
    or h.ticket_id in (select id from ticket where requester_id = any(${of}::bigint[])
      union select ticket_id from message where author_id = any(${of}::bigint[]))) order by h.id limit 50`)
}

/** The hold that stands on a person or a ticket itself. */
export async function holdOn(db: Db, on: { personId: number } | { ticketId: number }): Promise<Hold | null> {
  const what = 'personId' in on ? sql`h.person_id = ${on.personId}` : sql`h.ticket_id = ${on.ticketId}`
  return db.row<Hold>(sql`select ${columns} where h.lifted_at is null and ${what}`)
}

/** Which of these tickets are held. */
export async function underHoldAmong(db: Db, ticketIds: readonly number[]): Promise<Set<number>> {
  if (ticketIds.length === 0) return new Set()
  const rows = await db.rows<{ id: number }>(
    sql`select x.id from unnest(${[...ticketIds]}::bigint[]) as x(id) where ${isUnderHold(sql`x.id`)}`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** Holds that stand, newest first. */
export async function listHolds(db: Db, page: { limit: number; before: number | null }): Promise<Hold[]> {
  return db.rows<Hold>(sql`select ${columns} where h.lifted_at is null
    and h.id < ${page.before ?? Number.MAX_SAFE_INTEGER} order by h.id desc limit ${page.limit}`)
}

/** Sets a hold, or gives the one that stands another reason. */
export async function setHold(
  db: Db,
  on: { personId: number } | { ticketId: number },
  { reason, by, at }: { reason: string; by: PersonId; at: Instant },
): Promise<void> {
  const [personId, ticketId] = 'personId' in on ? [on.personId, null] : [null, on.ticketId]
  // Whoever erases at this moment ends what they do first, and looks at holds again before they go on.
  await db.rows(sql`select pg_advisory_xact_lock(hashtext('legal_hold'))`)
  const changed = await db.rows(sql`update legal_hold set reason = ${reason} where lifted_at is null
    and (person_id = ${personId} or ticket_id = ${ticketId}) returning id`)
  if (changed.length > 0) return
  await db.rows(sql`insert into legal_hold (person_id, ticket_id, reason, set_by, set_at)
    values (${personId}, ${ticketId}, ${reason}, ${by}, ${at})`)
}

/** Lifts a hold; what it held can be erased again. */
export async function liftHold(db: Db, id: number, { by, at }: { by: PersonId; at: Instant }): Promise<void> {
  await db.rows(sql`update legal_hold set lifted_by = ${by}, lifted_at = ${at} where id = ${id}`)
}
