// Roles of the desk's own: a name, the rights that it gives, and of which brands and mailboxes its holders see tickets at most.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { namePage, type NamePage } from '#people/agent-store.ts'
import type { Limits } from '#people/can.ts'
import { knownOf, partOf, type Action, type Holder } from '#people/rights.ts'
import type { Db } from '#store/database.ts'
import { assignments, join, sql, type Sql } from '#store/sql.ts'

export type CustomRole = {
  readonly id: number
  readonly name: string
  readonly actions: readonly Action[]
  readonly limits: Limits | null
  readonly archived: boolean
  /** How many active agents hold it. */
  readonly agents: number
}

const columns = sql`r.id, r.name, r.actions, r.archived_at is not null as archived,
  case when r.only_brands is not null or r.only_mailboxes is not null
    then json_build_object('brandIds', r.only_brands, 'mailboxIds', r.only_mailboxes) end as limits,
  (select count(*)::int from agent a where a.role_id = r.id and a.deactivated_at is null) as agents`

const read = (row: CustomRole): CustomRole => ({ ...row, actions: knownOf(row.actions) })

/** Roles in order of name. */
export async function listRoles(db: Db, page: NamePage): Promise<CustomRole[]> {
  const where: Sql[] = namePage(page, sql`r.name`, sql`r.id`)
  if (!page.archived) where.push(sql`r.archived_at is null`)
  const rows = await db.rows<CustomRole>(sql`select ${columns} from custom_role r
    where ${join(where, ' and ')} order by r.name, r.id limit ${page.limit}`)
  return rows.map(read)
}

/** One role, archived or not. */
export async function findRole(db: Db, id: number): Promise<CustomRole | null> {
  const row = await db.row<CustomRole>(sql`select ${columns} from custom_role r where r.id = ${id}`)
  return row === null ? null : read(row)
}

/** A role that is in use, by its name in any case. */
export async function findRoleByName(db: Db, name: string): Promise<CustomRole | null> {
  const row = await db.row<CustomRole>(
    sql`select ${columns} from custom_role r where lower(r.name) = lower(${name}) and r.archived_at is null`,
  )
  return row === null ? null : read(row)
}

/** What gives an agent their rights, whether they are active or not. */
export async function holderOf(db: Db, agentId: number): Promise<Holder | null> {
  return db.row<Holder>(sql`select a.role, case when r.id is null then null
      else json_build_object('id', r.id, 'name', r.name, 'actions', r.actions) end as "customRole"
    from agent a left join custom_role r on r.id = a.role_id where a.person_id = ${agentId}`)
}

export type RoleChange = {
  readonly name?: string | undefined
  readonly actions?: readonly Action[] | undefined
  readonly limits?: Limits | null | undefined
  readonly archived?: boolean | undefined
}

/** Adds a role; null when the name is taken. */
export async function addRole(
  db: Db,
  role: { name: string; actions: readonly Action[]; limits: Limits | null; at: Instant },
): Promise<number | null> {
  const { brandIds = null, mailboxIds = null } = role.limits ?? {}
  const row = await db.row<{ id: number }>(sql`
    insert into custom_role (name, actions, only_brands, only_mailboxes, created_at)
    values (${role.name}, ${role.actions}, ${brandIds}::bigint[], ${mailboxIds}::bigint[], ${role.at})
    on conflict do nothing returning id`)
  return row?.id ?? null
}

/** Changes a role, and what its holders are for rules and routing. */
export async function changeRole(db: Db, id: number, change: RoleChange, at: Instant): Promise<void> {
  const { name, actions, limits, archived } = change
  const sets = assignments({
    name,
    actions,
    only_brands: limits === undefined ? undefined : (limits?.brandIds ?? null),
    only_mailboxes: limits === undefined ? undefined : (limits?.mailboxIds ?? null),
    archived_at: archived === undefined ? undefined : archived ? at : null,
  })
  if (sets !== null) await db.rows(sql`update custom_role set ${sets} where id = ${id}`)
  if (actions !== undefined)
    await db.rows(sql`update agent set role = ${partOf(actions)} where role_id = ${id}`)
}

/** Nobody gives or takes a role at this moment: what it is stays until the transaction ends. */
export async function lockRole(db: Db, id: number): Promise<void> {
  await db.rows(sql`select from custom_role where id = ${id} for update`)
}

/** What still gives a role: agents that hold it, active or not, and groups that lead to it. */
export async function usesOfRole(
  db: Db,
  id: number,
): Promise<{ agents: { id: PersonId; name: string }[]; groups: string[] }> {
  const agents = await db.rows<{ id: PersonId; name: string }>(sql`select p.id, p.name from agent a
    join person p on p.id = a.person_id where a.role_id = ${id} order by p.name`)
  const groups = await db.rows<{ name: string }>(
    sql`select distinct group_name as name from custom_role_grant where role_id = ${id} order by 1`,
  )
  return { agents, groups: groups.map(({ name }) => name) }
}
