// Two people who turned out to be one: what moves between their rows, and what is kept to take them apart again.
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db, Transaction } from '#store/database.ts'
import { assignments, sql } from '#store/sql.ts'

/** What a desk knows of a person besides addresses; a join chooses each from one of two. */
export type Fields = {
  readonly name: string
  readonly phone: string | null
  readonly language: string | null
  readonly timeZone: string | null
  readonly organizationId: number | null
  readonly notes: string | null
  readonly tags: readonly string[]
}

/** How a person stood on one ticket when they were joined, and whether the other one stood there. */
export type Stake = {
  readonly ticketId: TicketId
  readonly asked: boolean
  readonly role: 'cc' | 'follower' | null
  readonly keptRole: 'cc' | 'follower' | null
}

export type Moved = {
  readonly addresses: readonly string[]
  readonly goneEmail: string | null
  readonly before: Fields
  readonly after: Fields
  readonly stakes: readonly Stake[]
  readonly conflictIds: readonly number[]
}

export type Join = {
  readonly id: number
  readonly keptId: PersonId
  readonly goneId: PersonId
  readonly at: Instant
  readonly moved: Moved
  /** What the one who is gone was called. */
  readonly goneName: string
}

/** What is known of a person. */
export async function fieldsOf(db: Db, id: number): Promise<Fields> {
  const row = await db.row<Fields>(sql`select name, phone, language, time_zone as "timeZone",
    organization_id as "organizationId", notes, tags from person where id = ${id}`)
  if (row === null) throw new Error('Bug: a person who is joined is not there')
  return row
}

/** Writes what is given, and leaves the rest. */
export async function writeFields(tx: Transaction, id: number, fields: Partial<Fields>): Promise<void> {
  const { timeZone, organizationId, ...rest } = fields
  const sets = assignments({ ...rest, time_zone: timeZone, organization_id: organizationId })
  if (sets !== null) await tx.rows(sql`update person set ${sets} where id = ${id}`)
}

/** Gives all addresses of one person to another, and takes the former off the list of people; the addresses. */
export async function giveAddresses(tx: Transaction, from: number, to: number): Promise<string[]> {
  await tx.rows(sql`update person set email = null, hidden = true where id = ${from}`)
  const rows = await tx.rows<{ address: string }>(sql`update person_address set person_id = ${to}
    where person_id = ${from} returning address`)
  return rows.map(({ address }) => address)
}

/** Gives those of these addresses that are still the one's back to the other, who is on the list of people again. */
export async function giveBack(tx: Transaction, join: Join): Promise<void> {
  const { keptId, goneId, moved } = join
  await tx.rows(sql`update person_address set person_id = ${goneId}
    where person_id = ${keptId} and address = any(${[...moved.addresses]})`)
  await tx.rows(sql`update person set email = ${moved.goneEmail}, hidden = false where id = ${goneId}`)
}

/** An address that stays a person's own when these leave; mail goes there from now on. False when there is none. */
export async function keepPrimary(tx: Transaction, id: number, leaving: readonly string[]): Promise<boolean> {
  const rows = await tx.rows(sql`update person p set email = coalesce(
      case when p.email = any(${[...leaving]}) then null else p.email end,
      (select min(address) from person_address where person_id = p.id and not (address = any(${[...leaving]}))))
    where p.id = ${id} and exists (select from person_address where person_id = p.id and not (address = any(${[...leaving]})))
    returning p.id`)
  return rows.length > 0
}

/** Whoever is kept apart from one person is kept apart from who they turned out to be; the new conflicts. */
export async function copyConflicts(tx: Transaction, from: number, to: number): Promise<number[]> {
  const rows = await tx.rows<{ id: number }>(sql`
    insert into routing_conflict (agent_id, person_id, note, added_by, added_at)
    select agent_id, ${to}, note, added_by, added_at from routing_conflict where person_id = ${from}
    on conflict do nothing returning id`)
  return rows.map(({ id }) => id)
}

/** Who wants no surveys wants none as who they turned out to be either. */
export async function copyOptOut(tx: Transaction, from: number, to: number): Promise<void> {
  await tx.rows(sql`insert into survey_opt_out (person_id, at)
    select ${to}, at from survey_opt_out where person_id = ${from} on conflict do nothing`)
}

/** Takes conflicts back that a join brought. */
export async function dropConflicts(tx: Transaction, ids: readonly number[]): Promise<void> {
  await tx.rows(sql`delete from routing_conflict where id = any(${[...ids]})`)
}

/** Writes down a join; its id. */
export async function keepJoin(
  tx: Transaction,
  join: Omit<Join, 'id' | 'goneName'>,
  by: number,
): Promise<number> {
  const row = await tx.row<{
    id: number
  }>(sql`insert into person_join (kept_id, gone_id, at, joined_by, moved)
    values (${join.keptId}, ${join.goneId}, ${join.at}, ${by}, ${JSON.stringify(join.moved)}) returning id`)
  if (row === null) throw new Error('Bug: a join was not written')
  return row.id
}

const columns = sql`j.id, j.kept_id as "keptId", j.gone_id as "goneId", j.at, j.moved, p.name as "goneName"`
const source = sql`person_join j join person p on p.id = j.gone_id`

/** A join that stands. */
export async function findJoin(db: Db, id: number): Promise<Join | null> {
  return db.row<Join>(sql`select ${columns} from ${source} where j.id = ${id} and j.undone_at is null`)
}

/** Whether a person has been joined into another, and is one no more. */
export async function isGone(db: Db, id: number): Promise<boolean> {
  return (await db.row(sql`select 1 from person_join where gone_id = ${id} and undone_at is null`)) !== null
}

/** The joins into a person since a moment that stand, newest first. */
export async function joinsInto(db: Db, keptId: number, since: Instant): Promise<Join[]> {
  return db.rows<Join>(sql`select ${columns} from ${source}
    where j.kept_id = ${keptId} and j.undone_at is null and j.at > ${since} order by j.id desc limit 50`)
}

/** The join stands no more. */
export async function endJoin(tx: Transaction, id: number, at: Instant): Promise<void> {
  await tx.rows(sql`update person_join set undone_at = ${at} where id = ${id}`)
}

/** Tickets that were opened since a moment for one person from addresses that came from another. */
export async function openedFrom(
  db: Db,
  { keptId, moved, at }: Pick<Join, 'keptId' | 'moved' | 'at'>,
): Promise<TicketId[]> {
  const rows = await db.rows<{ id: TicketId }>(sql`select t.id from ticket t join lateral (
      select from_email, at from message m where m.ticket_id = t.id order by m.id limit 1) m on true
    where t.requester_id = ${keptId} and m.at >= ${at} and m.from_email = any(${[...moved.addresses]})`)
  return rows.map(({ id }) => id)
}
