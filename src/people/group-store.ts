// The groups of a company: which a directory or a provider told of, and what they lead to here.
import type { PersonId, TeamId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { leaveTeams } from '#people/agent-store.ts'
import { knownOf, partOf } from '#people/rights.ts'
import type { Grant } from '#people/group-access.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** What groups lead to, everybody first. */
export async function listGrants(db: Db): Promise<Grant[]> {
  const rows = await db.rows<Grant>(sql`select * from (
      select group_name as "group", role, null::json as "customRole", team_id as "teamId" from group_grant
      union all select g.group_name, null, json_build_object('id', r.id, 'name', r.name, 'actions', r.actions), g.team_id
        from custom_role_grant g join custom_role r on r.id = g.role_id) grants
    order by "group" <> '*', lower("group"), role nulls last, "customRole"->>'name', "teamId"`)
  return rows.map((each) =>
    each.customRole === null ? each : { ...each, role: partOf(knownOf(each.customRole.actions)) },
  )
}

/** What groups lead to stays as it is until the transaction ends. */
export async function lockGrants(db: Db): Promise<void> {
  await db.rows(sql`select pg_advisory_xact_lock_shared(hashtext('group_grant'))`)
}

/** What groups lead to from now on, for all who are looked at after it. */
export async function setGrants(db: Db, grants: readonly NewGrant[]): Promise<void> {
  await db.rows(sql`select pg_advisory_xact_lock(hashtext('group_grant'))`)
  await db.rows(sql`delete from group_grant`)
  await db.rows(sql`delete from custom_role_grant`)
  for (const { group, role, roleId, teamId } of grants)
    await (roleId === null
      ? db.rows(sql`insert into group_grant (group_name, role, team_id)
          values (${group}, ${role}, ${teamId}::bigint) on conflict do nothing`)
      : db.rows(sql`insert into custom_role_grant (group_name, role_id, team_id)
          values (${group}, ${roleId}, ${teamId}::bigint) on conflict do nothing`))
}

export type NewGrant = Pick<Grant, 'group' | 'role' | 'teamId'> & { readonly roleId: number | null }

/** The groups that an agent is in, by every provider that is on and has them still, and the directory; null for one who comes from none of them. */
export async function groupsOf(db: Db, agentId: PersonId): Promise<string[] | null> {
  const row = await db.row<{ groups: string[]; governed: boolean }>(sql`select
      array(select unnest(i.groups) from agent_identity i join identity_provider p on p.id = i.provider_id and p.is_on
          where i.agent_id = ${agentId} and i.gone_at is null
        union select g.name from directory_member m join directory_group g on g.id = m.group_id where m.agent_id = ${agentId})
        as groups,
      exists (select from agent_identity i join identity_provider p on p.id = i.provider_id and p.is_on
          where i.agent_id = ${agentId} and i.gone_at is null)
        or exists (select from directory_user where agent_id = ${agentId} and deleted_at is null) as governed`)
  return row?.governed === true ? row.groups : null
}

/** Everybody who comes from a provider or the directory. */
export async function governedAgents(db: Db): Promise<PersonId[]> {
  const rows = await db.rows<{ id: PersonId }>(sql`select person_id as id from agent
    where person_id in (select agent_id from agent_identity) or person_id in (select agent_id from directory_user where deleted_at is null)
    order by person_id`)
  return rows.map(({ id }) => id)
}

/** Every name of a group that anybody was told to be in, for choosing from. */
export async function knownGroups(db: Db): Promise<string[]> {
  const rows = await db.rows<{ name: string }>(sql`select name from (
      select unnest(groups) as name from agent_identity union select name from directory_group
      union select jsonb_array_elements_text(trial -> 'groups') from identity_provider where archived_at is null and trial is not null
    ) told order by lower(name) limit 500`)
  return rows.map(({ name }) => name)
}

/** Takes teams from an agent and gives others; returns those left. */
export async function moveTeams(
  db: Db,
  agentId: PersonId,
  { into, outOf, at }: { into: readonly TeamId[]; outOf: readonly TeamId[]; at: Instant },
): Promise<TeamId[]> {
  const left = await leaveTeams(
    db,
    sql`agent_id = ${agentId} and team_id = any(${[...outOf]}) and not (team_id = any(${[...into]}))`,
    at,
  )
  await db.rows(sql`insert into team_member (team_id, agent_id, joined_at)
    select id, ${agentId}, ${at} from team where id = any(${[...into]}) and archived_at is null on conflict do nothing`)
  return left.map(({ teamId }) => teamId)
}
