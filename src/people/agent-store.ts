// Agents and the teams they are in.
import type { PersonId, TeamId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Reader } from '#people/can.ts'
import { factorKinds } from '#people/factor-store.ts'
import { dropOneTimeTokens } from '#people/one-time-store.ts'
import type { Role } from '#people/role.ts'
import type { Agent, Team } from '#people/people.ts'
import { identify, likeText } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import { sightColumns } from '#people/wall-store.ts'
import { assignments, join, sql, type Sql } from '#store/sql.ts'

const agentColumns = sql`p.id, p.name, p.email, a.role, a.sees, a.only_brands as "onlyBrands", a.only_mailboxes as "onlyMailboxes",
  (select json_build_object('id', r.id, 'name', r.name) from custom_role r where r.id = a.role_id) as "customRole", a.deactivated_at is null as active, a.created_at as "createdAt",
  (select max(seen_at) from session s where s.agent_id = p.id) as "lastSeenAt", cardinality(${factorKinds}) > 0 as "hasFactor",
  a.picture_sha256 as "pictureSha256",
  coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name) order by t.name)
    from team_member m join team t on t.id = m.team_id where m.agent_id = p.id), '[]') as teams`

const teamColumns = sql`t.id, t.name, t.archived_at is not null as archived,
  coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name)
    from team_member m join person p on p.id = m.agent_id where m.team_id = t.id), '[]') as members`

export type NamePage = {
  readonly q: string
  readonly archived: boolean
  readonly limit: number
  readonly after: { readonly name: string; readonly id: number } | null
}

/** Agents in order of name. */
export async function listAgents(db: Db, page: NamePage): Promise<Agent[]> {
  const where = namePage(page, sql`p.name`, sql`p.id`)
  if (!page.archived) where.push(sql`a.deactivated_at is null`)
  return db.rows<Agent>(sql`select ${agentColumns} from agent a join person p on p.id = a.person_id
    where ${join(where, ' and ')} order by p.name, p.id limit ${page.limit}`)
}

/** Teams in order of name. */
export async function listTeams(db: Db, page: NamePage): Promise<Team[]> {
  const where = namePage(page, sql`t.name`, sql`t.id`)
  if (!page.archived) where.push(sql`t.archived_at is null`)
  return db.rows<Team>(sql`select ${teamColumns} from team t where ${join(where, ' and ')}
    order by t.name, t.id limit ${page.limit}`)
}

/** The conditions of a page by name: the part searched for, and where the page before ended. */
export function namePage(page: NamePage, name: Sql, id: Sql): Sql[] {
  const where = [sql`true`]
  if (page.q !== '') where.push(sql`${name} ilike ${`%${likeText(page.q)}%`}`)
  if (page.after !== null) where.push(sql`(${name}, ${id}) > (${page.after.name}, ${page.after.id})`)
  return where
}

/** One agent, active or not. */
export async function findAgent(db: Db, id: number): Promise<Agent | null> {
  return db.row<Agent>(
    sql`select ${agentColumns} from agent a join person p on p.id = a.person_id where p.id = ${id}`,
  )
}

/** How an agent is shown to those whom they answer; null: they are none. */
export async function shownAs(
  db: Db,
  id: number,
): Promise<{ readonly name: string; readonly picture: string | null } | null> {
  const [row] = await db.hot<{
    name: string
    picture: string | null
  }>(sql`select p.name, a.picture_sha256 as picture
    from person p left join agent a on a.person_id = p.id where p.id = ${id}`)
  return row ?? null
}

/** How many tickets of a team are still to be worked on. */
export async function countActiveOf(db: Db, teamId: number): Promise<number> {
  const row = await db.row<{ count: number }>(sql`select count(*)::int as count from ticket
    where team_id = ${teamId} and status not in ('resolved', 'closed') and not hidden`)
  return row?.count ?? 0
}

/** One team, archived or not. */
export async function findTeam(db: Db, id: number): Promise<Team | null> {
  return db.row<Team>(sql`select ${teamColumns} from team t where t.id = ${id}`)
}

/** The names of everybody else who is on staff now. */
export async function otherAgentNames(db: Db, id: number): Promise<string[]> {
  const rows = await db.rows<{
    name: string
  }>(sql`select p.name from agent a join person p on p.id = a.person_id
    where a.deactivated_at is null and p.id <> ${id}`)
  return rows.map(({ name }) => name)
}

/** What signing in needs: the agent of an address with the kept hash. */
export async function findSignIn(
  db: Db,
  email: string,
): Promise<{ id: PersonId; passwordHash: string | null; active: boolean } | null> {
  return db.row(sql`select p.id, a.password_hash as "passwordHash", a.deactivated_at is null as active
    from agent a join person p on p.id = a.person_id where p.email = ${email}`)
}

/** The kept hash of an agent's password. */
export async function passwordHashOf(db: Db, id: PersonId): Promise<string | null> {
  const row = await db.row<{ hash: string | null }>(
    sql`select password_hash as hash from agent where person_id = ${id}`,
  )
  return row?.hash ?? null
}

/** Whether an agent can be given work: active, not away, and in the team where one is named. */
export async function isAvailable(db: Db, agentId: PersonId | null, teamId: TeamId | null): Promise<boolean> {
  if (agentId === null) return false
  const [row] = await db.hot<{ yes: boolean }>(sql`
    select deactivated_at is null and not away and (${teamId}::bigint is null or exists (
      select from team_member where team_id = ${teamId} and agent_id = person_id)) as yes
    from agent where person_id = ${agentId}`)
  return row?.yes === true
}

/** The administrator who has been there longest, or null. */
export async function firstAdministrator(db: Db): Promise<PersonId | null> {
  const row = await db.row<{ id: PersonId }>(sql`select person_id as id from agent
    where role = 'admin' and deactivated_at is null order by created_at, person_id limit 1`)
  return row?.id ?? null
}

/** The active administrators. */
export async function administrators(
  db: Db,
): Promise<{ name: string; email: string; language: string | null }[]> {
  return db.rows(sql`select p.name, p.email, p.language from agent a join person p on p.id = a.person_id
    where a.role = 'admin' and a.deactivated_at is null order by p.id`)
}

/** Agents by id, with what they see. */
export async function readersById(db: Db, ids: readonly number[]): Promise<Reader[]> {
  return db.hot<Reader>(sql`select a.person_id as "agentId", ${sightColumns},
      array(select team_id from team_member where agent_id = a.person_id) as "teamIds"
    from agent a where a.person_id = any(${[...ids]})`)
}

/** The active leads and administrators, with what they see. */
export async function leads(db: Db): Promise<
  (Reader & {
    name: string
    email: string
    language: string | null
  })[]
> {
  return db.rows(sql`select a.person_id as "agentId", p.name, p.email, p.language, ${sightColumns},
      array(select team_id from team_member where agent_id = a.person_id) as "teamIds"
    from agent a join person p on p.id = a.person_id
    where a.role in ('lead', 'admin') and a.deactivated_at is null order by p.id`)
}

/** Waits for whoever else takes or gives administration at this moment. */
export async function lockAdministrators(db: Db): Promise<void> {
  await db.rows(
    sql`select from agent where role = 'admin' and deactivated_at is null order by person_id for update`,
  )
}

/** Notes that an agent is out because no group lets them in any more. */
export async function noteShutByGroups(db: Db, id: PersonId): Promise<void> {
  await db.rows(sql`update agent set shut_by_groups = true where person_id = ${id}`)
}

/** Whether an agent is out because no group lets them in any more. */
export async function isShutByGroups(db: Db, id: PersonId): Promise<boolean> {
  return (await db.row(sql`select from agent where person_id = ${id} and shut_by_groups`)) !== null
}

/** How many active administrators there are. */
export async function countAdministrators(db: Db): Promise<number> {
  const row = await db.row<{ count: number }>(sql`
    select count(*) from agent where role = 'admin' and deactivated_at is null`)
  return row?.count ?? 0
}

/** A team by its exact name, archived or not. */
export async function findTeamByName(db: Db, name: string): Promise<{ id: TeamId } | null> {
  return db.row(sql`select id from team where name = ${name}`)
}

/** Makes the person with this address an agent; null when it is one already. */
export async function addAgent(
  db: Db,
  agent: {
    email: string
    name: string
    role: Role
    roleId?: number | null
    passwordHash: string | null
    at: Instant
  },
): Promise<PersonId | null> {
  const id = await identify(db, agent.email, agent.name)
  const rows = await db.rows(sql`
    insert into agent (person_id, role, role_id, password_hash, created_at)
    values (${id}, ${agent.role}, ${agent.roleId ?? null}, ${agent.passwordHash}, ${agent.at}) on conflict do nothing returning person_id`)
  if (rows.length === 0) return null
  await db.rows(sql`update person set name = ${agent.name} where id = ${id}`)
  return id
}

export type AgentChange = {
  readonly name?: string | undefined
  readonly email?: string | undefined
  readonly role?: Role | undefined
  /** A role of the desk's own, whose part `role` is then; null for one of the four. */
  readonly roleId?: number | null | undefined
  readonly onlyBrands?: readonly number[] | null | undefined
  readonly onlyMailboxes?: readonly number[] | null | undefined
  /** Null leaves none to sign in with. */
  readonly passwordHash?: string | null | undefined
  readonly active?: boolean | undefined
  readonly sees?: 'all' | 'own_teams' | undefined
  readonly signature?: string | undefined
  readonly pictureSha256?: string | null | undefined
}

/** Changes what is given of an agent. */
export async function changeAgent(db: Db, id: PersonId, change: AgentChange, at: Instant): Promise<void> {
  const { name, email, role, roleId, passwordHash, sees, active, signature, pictureSha256 } = change
  // Who leaves an address behind leaves to others what it may do.
  if (email !== undefined)
    await db.rows(sql`delete from person_address a using person p
      where p.id = ${id} and a.address = p.email and p.email <> ${email}`)
  const person = assignments({ name, email })
  if (person !== null) await db.rows(sql`update person set ${person} where id = ${id}`)
  const deactivatedAt = active === undefined ? undefined : active ? null : at
  // Whoever was mailed a link before that is somebody else now, or has no need of it.
  if (
    email !== undefined ||
    role !== undefined ||
    roleId !== undefined ||
    active !== undefined ||
    passwordHash !== undefined
  )
    await dropOneTimeTokens(db, id)
  const agent = assignments({
    role,
    role_id: roleId,
    sees,
    only_brands: change.onlyBrands,
    only_mailboxes: change.onlyMailboxes,
    signature,
    picture_sha256: pictureSha256,
    password_hash: passwordHash,
    deactivated_at: deactivatedAt,
    // Whoever says so themselves says it of groups too.
    shut_by_groups: active === undefined ? undefined : false,
  })
  if (agent !== null) await db.rows(sql`update agent set ${agent} where person_id = ${id}`)
}

/** Under which name an agent writes, and what they put under replies; null of whoever is none. */
export async function signatureOf(
  db: Db,
  agentId: PersonId,
): Promise<{ readonly name: string; readonly signature: string } | null> {
  return db.row(
    sql`select p.name, a.signature from agent a join person p on p.id = a.person_id where a.person_id = ${agentId}`,
  )
}

/** The teams an agent is in from a moment on, or since ever without one; returns those that were left. */
export async function setTeamsOf(
  db: Db,
  agentId: PersonId,
  teamIds: readonly number[],
  at: Instant | null,
): Promise<TeamId[]> {
  const left = await leaveTeams(db, sql`agent_id = ${agentId} and not (team_id = any(${teamIds}))`, at)
  await db.rows(sql`insert into team_member (team_id, agent_id, joined_at)
    select id, ${agentId}, ${at} from team where id = any(${teamIds}) on conflict do nothing`)
  return left.map(({ teamId }) => teamId)
}

/** Who is in a team from a moment on; returns those who left. */
export async function setMembersOf(
  db: Db,
  teamId: number,
  agentIds: readonly number[],
  at: Instant,
): Promise<PersonId[]> {
  const left = await leaveTeams(db, sql`team_id = ${teamId} and not (agent_id = any(${agentIds}))`, at)
  await db.rows(sql`insert into team_member (team_id, agent_id, joined_at)
    select ${teamId}, person_id, ${at} from agent where person_id = any(${agentIds}) on conflict do nothing`)
  return left.map(({ agentId }) => agentId)
}

/** Takes members out of teams; who was in which until when is kept. */
export async function leaveTeams(
  db: Db,
  which: Sql,
  at: Instant | null,
): Promise<{ teamId: TeamId; agentId: PersonId }[]> {
  return db.rows(sql`
    with left_now as (delete from team_member where ${which} returning team_id, agent_id, joined_at),
      kept as (insert into team_member_past (team_id, agent_id, joined_at, left_at)
        select team_id, agent_id, joined_at, coalesce(${at}, now()) from left_now)
    select team_id as "teamId", agent_id as "agentId" from left_now`)
}

/** Adds a team; null when the name is taken. */
export async function addTeam(db: Db, name: string): Promise<TeamId | null> {
  const row = await db.row<{ id: TeamId }>(
    sql`insert into team (name) values (${name}) on conflict do nothing returning id`,
  )
  return row?.id ?? null
}

/** Renames or archives a team. */
export async function changeTeam(
  db: Db,
  id: number,
  change: { name?: string | undefined; archived?: boolean | undefined },
  at: Instant,
): Promise<void> {
  const archivedAt = change.archived === undefined ? undefined : change.archived ? at : null
  const sets = assignments({ name: change.name, archived_at: archivedAt })
  if (sets !== null) await db.rows(sql`update team set ${sets} where id = ${id}`)
}
