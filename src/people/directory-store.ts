// What a directory (SCIM) keeps up to date here: the names it has for agents, its groups and who is in them.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { assignments, join, sql, type Sql } from '#store/sql.ts'

export type DirectoryUser = {
  readonly id: PersonId
  readonly userName: string
  readonly externalId: string | null
  readonly name: string
  readonly email: string
  readonly active: boolean
  readonly createdAt: Instant
  readonly changedAt: Instant
  readonly groups: readonly { readonly id: number; readonly name: string }[]
}

export type DirectoryGroup = {
  readonly id: number
  readonly name: string
  readonly externalId: string | null
  readonly changedAt: Instant
  readonly members: readonly { readonly id: PersonId; readonly name: string }[]
}

export type Found<T> = { readonly total: number; readonly items: readonly T[] }
export type DirectoryPage = { readonly skip: number; readonly limit: number }

/** What can be asked for by equality. */
export type UserFilter = Partial<Record<'userName' | 'externalId' | 'email' | 'id', string>> & {
  readonly active?: boolean
}
export type GroupFilter = Partial<Record<'name' | 'externalId' | 'id' | 'memberId', string>>

/** Every agent is a user of the directory, by its address until the directory gives it another name. */
const users = sql`from agent a join person p on p.id = a.person_id left join directory_user d on d.agent_id = a.person_id
  where d.deleted_at is null`
const userColumns = sql`p.id, coalesce(d.user_name, p.email) as "userName", d.external_id as "externalId", p.name, p.email,
  a.deactivated_at is null as active, a.created_at as "createdAt", coalesce(d.changed_at, a.created_at) as "changedAt",
  coalesce((select json_agg(json_build_object('id', g.id, 'name', g.name) order by g.name)
    from directory_member m join directory_group g on g.id = m.group_id where m.agent_id = p.id), '[]') as groups`

/** Users in order of id, and how many there are. */
export async function listDirectoryUsers(
  db: Db,
  filter: UserFilter,
  { skip, limit }: DirectoryPage,
): Promise<Found<DirectoryUser>> {
  const where: Sql[] = [sql`true`]
  if (filter.userName !== undefined)
    where.push(sql`lower(coalesce(d.user_name, p.email)) = lower(${filter.userName})`)
  if (filter.externalId !== undefined) where.push(sql`d.external_id = ${filter.externalId}`)
  if (filter.email !== undefined) where.push(sql`p.email = lower(${filter.email})`)
  if (filter.id !== undefined) where.push(sql`p.id::text = ${filter.id}`)
  if (filter.active !== undefined) where.push(sql`(a.deactivated_at is null) = ${filter.active}`)
  const which = join(where, ' and ')
  const count = await db.row<{ total: number }>(sql`select count(*)::int as total ${users} and ${which}`)
  const items = await db.rows<DirectoryUser>(
    sql`select ${userColumns} ${users} and ${which} order by p.id limit ${limit} offset ${skip}`,
  )
  return { total: count?.total ?? 0, items }
}

/** One user that the directory has not deleted, or null. */
export async function findDirectoryUser(db: Db, id: number): Promise<DirectoryUser | null> {
  return db.row<DirectoryUser>(sql`select ${userColumns} ${users} and p.id = ${id}`)
}

/** What the directory calls an agent from now on. */
export async function noteDirectoryUser(
  db: Db,
  user: { id: PersonId; userName: string; externalId: string | null; at: Instant },
): Promise<void> {
  await db.rows(sql`insert into directory_user (agent_id, user_name, external_id, changed_at)
    values (${user.id}, ${user.userName}, ${user.externalId}, ${user.at})
    on conflict (agent_id) do update set user_name = excluded.user_name, external_id = excluded.external_id,
      changed_at = excluded.changed_at, deleted_at = null`)
}

/** The directory knows an agent no longer; the agent stays, for what they did. */
export async function forgetDirectoryUser(db: Db, id: PersonId, email: string, at: Instant): Promise<void> {
  await db.rows(sql`insert into directory_user (agent_id, user_name, changed_at, deleted_at) values (${id}, ${email}, ${at}, ${at})
    on conflict (agent_id) do update set external_id = null, changed_at = excluded.changed_at, deleted_at = excluded.deleted_at`)
  await db.rows(sql`delete from directory_member where agent_id = ${id}`)
}

const groupColumns = (withMembers: boolean) =>
  sql`g.id, g.name, g.external_id as "externalId", g.changed_at as "changedAt", ${
    withMembers
      ? sql`coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.id)
        from directory_member m join person p on p.id = m.agent_id where m.group_id = g.id), '[]')`
      : sql`'[]'::json`
  } as members`

/** Groups in order of id, and how many there are. */
export async function listDirectoryGroups(
  db: Db,
  filter: GroupFilter,
  { skip, limit, withMembers }: DirectoryPage & { withMembers: boolean },
): Promise<Found<DirectoryGroup>> {
  const where: Sql[] = [sql`true`]
  if (filter.name !== undefined) where.push(sql`lower(g.name) = lower(${filter.name})`)
  if (filter.externalId !== undefined) where.push(sql`g.external_id = ${filter.externalId}`)
  if (filter.id !== undefined) where.push(sql`g.id::text = ${filter.id}`)
  if (filter.memberId !== undefined)
    where.push(
      sql`exists (select from directory_member m where m.group_id = g.id and m.agent_id::text = ${filter.memberId})`,
    )
  const which = join(where, ' and ')
  const count = await db.row<{ total: number }>(
    sql`select count(*)::int as total from directory_group g where ${which}`,
  )
  const items = await db.rows<DirectoryGroup>(
    sql`select ${groupColumns(withMembers)} from directory_group g where ${which} order by g.id limit ${limit} offset ${skip}`,
  )
  return { total: count?.total ?? 0, items }
}

/** Whether the directory deleted an agent, and nobody else put them out. */
export async function isForgotten(db: Db, id: PersonId): Promise<boolean> {
  return (
    (await db.row(sql`select from directory_user where agent_id = ${id} and deleted_at is not null`)) !== null
  )
}

/** Waits for whoever else changes a group at this moment. */
export async function lockDirectoryGroup(db: Db, id: number): Promise<void> {
  await db.rows(sql`select from directory_group where id = ${id} for update`)
}

/** One group with its members, or null. */
export async function findDirectoryGroup(db: Db, id: number): Promise<DirectoryGroup | null> {
  return db.row<DirectoryGroup>(sql`select ${groupColumns(true)} from directory_group g where g.id = ${id}`)
}

/** Adds a group; null when its name is taken. */
export async function addDirectoryGroup(
  db: Db,
  group: { name: string; externalId: string | null; at: Instant },
): Promise<number | null> {
  const row = await db.row<{ id: number }>(sql`insert into directory_group (name, external_id, changed_at)
    values (${group.name}, ${group.externalId}, ${group.at}) on conflict do nothing returning id`)
  return row?.id ?? null
}

/** Changes what is given of a group. */
export async function changeDirectoryGroup(
  db: Db,
  id: number,
  change: { name?: string | undefined; externalId?: string | null | undefined },
  at: Instant,
): Promise<void> {
  const sets = assignments({ name: change.name, external_id: change.externalId, changed_at: at })
  if (sets !== null) await db.rows(sql`update directory_group set ${sets} where id = ${id}`)
}

/** Removes a group; returns who was in it. */
export async function dropDirectoryGroup(db: Db, id: number): Promise<PersonId[]> {
  const gone = await setDirectoryMembers(db, id, [])
  await db.rows(sql`delete from directory_group where id = ${id}`)
  return gone
}

/** Who is in a group from now on, of those who are agents; returns everybody for whom that is a change. */
export async function setDirectoryMembers(
  db: Db,
  id: number,
  members: readonly number[],
): Promise<PersonId[]> {
  const left = await db.rows<{ id: PersonId }>(sql`delete from directory_member
    where group_id = ${id} and not (agent_id = any(${[...members]})) returning agent_id as id`)
  const came = await db.rows<{ id: PersonId }>(sql`insert into directory_member (group_id, agent_id)
    select ${id}, person_id from agent where person_id = any(${[...members]}) on conflict do nothing returning agent_id as id`)
  return [...left, ...came].map((each) => each.id)
}
