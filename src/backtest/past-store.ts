// Reads tickets with their whole recorded life, in few statements for many of them.
import type { PastTicket } from '#backtest/past-ticket.ts'
import { organizationIn, peopleIn, subjectIn } from '#backtest/named.ts'
import type { Instant } from '#kit/time.ts'
import type { Role } from '#people/role.ts'
import { otherAddresses } from '#people/address-store.ts'
import type { OrganizationFacts, PersonFacts } from '#rules/scene.ts'
import { textsById } from '#rules/scene-store.ts'
import { messagesMentioned } from '#rules/update-kinds.ts'
import type { Db } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'
import { eventsOfTickets, subjectTexts } from '#tickets/ticket-store.ts'

/** Which tickets of a window, and how many of them; null: all. */
export type Choice = { readonly where: Sql | null; readonly sample: number | null }

/** A window, the tickets that are meant of it, and the seed by which some are drawn. */
export type Chosen = {
  readonly window: { readonly from: Instant; readonly to: Instant }
  readonly choice: Choice
  readonly seed: number
}

/** Ids of tickets on which something happened in a window, after one of them, in order; purged ones are gone. */
export async function ticketsWithEvents(
  db: Db,
  chosen: Chosen,
  after: number,
  limit: number,
): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`select t.id from ticket t
    where t.id > ${after} and ${meant(chosen)} order by t.id limit ${limit}`)
  return rows.map(({ id }) => id)
}

/** How many tickets that are. */
export async function countTicketsWithEvents(db: Db, chosen: Chosen): Promise<number> {
  const row = await db.row<{ count: number }>(sql`select count(*) from ticket t where ${meant(chosen)}`)
  return row?.count ?? 0
}

function meant({ window, choice: { where, sample }, seed }: Chosen): Sql {
  const found = sql`t.created_at <= ${window.to} and t.updated_at >= ${window.from} and ${where ?? sql`true`}`
  if (sample === null) return found
  return sql`t.id in (select t.id from ticket t where ${found}
    order by md5(t.id || ' ' || ${String(seed)}::text) limit ${sample})`
}

/** When something last happened on the desk: whatever was due before has had its moment. Null on an empty desk. */
export async function lastMoment(db: Db): Promise<Instant | null> {
  const row = await db.row<{ at: Instant | null }>(sql`select max(updated_at) as at from ticket`)
  return row?.at ?? null
}

/** The newest tickets that are in some list, newest first. */
export async function newestTickets(db: Db, most: number): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(
    sql`select id from ticket where not hidden order by id desc limit ${most}`,
  )
  return rows.map(({ id }) => id)
}

/** Tickets by id with all that a replay asks about them; none after `until`. Those without a log are left out. */
export async function pastTickets(db: Db, ids: readonly number[], until: Instant): Promise<PastTicket[]> {
  if (ids.length === 0) return []
  const overdue = await overdueMoments(db, ids, until)
  return gathered(db, ids, (id) => overdue.get(id) ?? until)
}

/** The same with all of their record, overdue or not. */
export async function wholeTickets(db: Db, ids: readonly number[], now: Instant): Promise<PastTicket[]> {
  return ids.length === 0 ? [] : gathered(db, ids, () => now)
}

async function gathered(
  db: Db,
  ids: readonly number[],
  endOf: (id: number) => Instant,
): Promise<PastTicket[]> {
  const logs = await eventsOfTickets(db, ids)
  const all = [...logs.values()].flat()
  const [subjects, messages, people, organizations] = await Promise.all([
    subjectTexts(db, distinct(all.flatMap(subjectIn))),
    textsById(db, distinct(all.flatMap(messagesMentioned))),
    peopleFacts(db, distinct(all.flatMap(peopleIn))),
    organizationsFacts(db, distinct(all.flatMap(organizationIn))),
  ])
  const texts = new Map(messages.map((each) => [each.id, each]))
  return ids.flatMap((id) => {
    const end = endOf(id)
    const whole = logs.get(id) ?? []
    const log = whole.filter(({ at }) => at <= end)
    if (log.length === 0) return []
    const more = whole.find(({ at }) => at > end)?.at ?? null
    const seq = whole.at(-1)?.seq ?? 0
    return [{ log, until: end, more, seq, subjects, messages: texts, people, organizations }]
  })
}

/** The first moment of each ticket that is due and has not had its turn: the desk was down, or is behind. */
export async function overdueMoments(
  db: Db,
  ids: readonly number[],
  until: Instant,
): Promise<ReadonlyMap<number, Instant>> {
  const rows = await db.rows<{
    id: number
    dueAt: Instant
  }>(sql`select ticket_id as id, min(due_at) as "dueAt" from (
      select ticket_id, due_at from timer where ticket_id = any(${ids})
      union all select ticket_id, due_at from rule_timer where ticket_id = any(${ids}) and due_at is not null) waiting
    where due_at < ${until} group by ticket_id`)
  return new Map(rows.map(({ id, dueAt }) => [id, dueAt]))
}

function distinct(ids: readonly number[]): number[] {
  return [...new Set(ids)]
}

/** People as rules see them. */
export async function peopleFacts(db: Db, ids: readonly number[]): Promise<ReadonlyMap<number, PersonFacts>> {
  const rows =
    await db.rows<PersonFacts>(sql`select id, name, email, language, tags, created_at as "createdAt",
    ${otherAddresses} as "otherEmails" from person p where id = any(${ids})`)
  return new Map(rows.map((each) => [each.id, each]))
}

/** Organisations as rules see them. */
export async function organizationsFacts(
  db: Db,
  ids: readonly number[],
): Promise<ReadonlyMap<number, OrganizationFacts>> {
  const rows = await db.rows<OrganizationFacts>(
    sql`select id, name, tags from organization where id = any(${ids})`,
  )
  return new Map(rows.map((each) => [each.id, each]))
}

/** The roles of all agents, as they are today. */
export async function agentRoles(db: Db): Promise<ReadonlyMap<number, Role>> {
  const rows = await db.rows<{ id: number; role: Role }>(sql`select person_id as id, role from agent`)
  return new Map(rows.map(({ id, role }) => [id, role]))
}
