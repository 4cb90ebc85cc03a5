// People and organisations as imports write them: some have no address, some work there no more.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Role } from '#people/role.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Makes a person whom no mail reaches. */
export async function addUnreachable(db: Db, name: string, at: Instant): Promise<PersonId> {
  const row = await db.row<{ id: PersonId }>(
    sql`insert into person (name, created_at) values (${name}, ${at}) returning id`,
  )
  if (row === null) throw new Error('Bug: an insert returned nothing')
  return row.id
}

/** Makes a person one of the staff who cannot sign in until an administrator lets them; nothing happens to who is one already. */
export async function addFormerAgent(db: Db, id: PersonId, role: Role, at: Instant): Promise<void> {
  await db.rows(sql`insert into agent (person_id, role, created_at, deactivated_at)
    values (${id}, ${role}, ${at}, ${at}) on conflict do nothing`)
}

/** Adds an agent to teams; those they are in already stay theirs. */
export async function addToTeams(db: Db, id: PersonId, teamIds: readonly number[]): Promise<void> {
  if (teamIds.length > 0)
    await db.rows(sql`insert into team_member (team_id, agent_id) select unnest(${[...teamIds]}::bigint[]), ${id}
      on conflict do nothing`)
}

/** What is told of a person beside name and address; what is known here already stays. */
export async function fillPerson(
  db: Db,
  id: PersonId,
  told: {
    organizationId: number | null
    phone: string | null
    language: string | null
    timeZone: string | null
    notes: string | null
  },
): Promise<void> {
  await db.hot(sql`update person set organization_id = coalesce(organization_id, ${told.organizationId}),
      phone = coalesce(phone, ${told.phone}), language = coalesce(language, ${told.language}),
      time_zone = coalesce(time_zone, ${told.timeZone}), notes = coalesce(notes, ${told.notes}), hidden = false
    where id = ${id}`)
}

/** The organisation of this name, made when it is new. */
export async function organizationNamed(db: Db, name: string): Promise<{ id: number; isNew: boolean }> {
  const known = await db.row<{ id: number }>(sql`select id from organization where name = ${name}`)
  if (known !== null) return { id: known.id, isNew: false }
  const row = await db.row<{ id: number }>(sql`insert into organization (name) values (${name}) returning id`)
  return { id: row?.id ?? 0, isNew: true }
}

/** Which of these people of a source are staff here, with their role; null for customers. */
export async function rolesOf(
  db: Db,
  source: string,
  users: readonly string[],
): Promise<Map<string, Role | null>> {
  const rows = await db.hot<{ id: string; role: Role | null }>(sql`
    select r.source_id as id, a.role from import_ref r left join agent a on a.person_id = r.local_id
    where r.source = ${source} and r.kind = 'users' and r.source_id = any(${[...users]})`)
  return new Map(rows.map(({ id, role }) => [id, role]))
}

/** Whose names these are here. */
export async function agentsAmong(db: Db, ids: readonly number[]): Promise<Map<number, Role>> {
  const rows = await db.hot<{ id: number; role: Role }>(
    sql`select person_id as id, role from agent where person_id = any(${[...ids]}::bigint[])`,
  )
  return new Map(rows.map(({ id, role }) => [id, role]))
}

/** Agents by name with an address of theirs, as many as can be shown to choose from. */
export async function agentNames(db: Db): Promise<{ name: string; email: string }[]> {
  return db.rows(sql`select p.name, min(d.address) as email from agent a join person p on p.id = a.person_id
    join person_address d on d.person_id = p.id where a.deactivated_at is null
    group by p.id, p.name order by p.name limit 500`)
}

/** All addresses of agents, those who left among them. */
export async function agentAddresses(db: Db): Promise<string[]> {
  const rows = await db.rows<{ address: string }>(
    sql`select d.address from agent a join person_address d on d.person_id = a.person_id`,
  )
  return rows.map(({ address }) => address)
}
