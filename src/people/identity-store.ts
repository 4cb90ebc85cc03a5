// Who an agent is at a provider of identity. The subject alone identifies; addresses change hands.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Identity = {
  readonly provider: { readonly id: number; readonly name: string }
  readonly email: string
  readonly since: Instant
  readonly lastUsedAt: Instant
}

type Known = { readonly providerId: number; readonly subject: string }

/** Waits for whoever else comes in as the same subject at this moment. */
export async function lockSubject(db: Db, providerId: number, subject: string): Promise<void> {
  await db.rows(sql`select pg_advisory_xact_lock(hashtext(${`${providerId}|${subject}`}))`)
}

/** The agent of a subject, active or not, or null. */
export async function agentOfIdentity(
  db: Db,
  { providerId, subject }: Known,
): Promise<{ id: PersonId; active: boolean } | null> {
  return db.row(sql`select a.person_id as id, a.deactivated_at is null as active
    from agent_identity i join agent a on a.person_id = i.agent_id
    where i.provider_id = ${providerId} and i.subject = ${subject}`)
}

/** Notes who an agent is there, with the groups that the provider told of; null leaves those it told of before. */
export async function noteIdentity(
  db: Db,
  of: Known & { agentId: PersonId; email: string; groups: readonly string[] | null; at: Instant },
): Promise<void> {
  const { providerId, subject, agentId, email, groups, at } = of
  await db.rows(sql`
    insert into agent_identity (provider_id, subject, agent_id, email, groups, created_at, seen_at)
    values (${providerId}, ${subject}, ${agentId}, ${email}, ${[...(groups ?? [])]}, ${at}, ${at})
    on conflict (provider_id, subject) do update
      set email = excluded.email, seen_at = excluded.seen_at, gone_at = null,
        groups = case when ${groups === null} then agent_identity.groups else excluded.groups end`)
}

/** The identities of an agent. */
export async function identitiesOf(db: Db, agentId: PersonId): Promise<Identity[]> {
  return db.rows<Identity>(sql`select json_build_object('id', p.id, 'name', p.name) as provider, i.email,
      i.created_at as since, i.seen_at as "lastUsedAt"
    from agent_identity i join identity_provider p on p.id = i.provider_id
    where i.agent_id = ${agentId} order by p.name, i.subject`)
}

/** Parts an agent from a provider and ends the sessions that began there; false when there was nothing. */
export async function dropIdentity(db: Db, agentId: PersonId, providerId: number): Promise<boolean> {
  const rows = await db.rows(sql`delete from agent_identity
    where agent_id = ${agentId} and provider_id = ${providerId} returning agent_id`)
  await db.rows(sql`delete from session where agent_id = ${agentId} and provider_id = ${providerId}`)
  await db.rows(sql`delete from half_sign_in where agent_id = ${agentId} and came is not null`)
  return rows.length > 0
}

/** Parts an agent from every provider. */
export async function dropIdentities(db: Db, agentId: PersonId): Promise<void> {
  await db.rows(sql`delete from agent_identity where agent_id = ${agentId}`)
}

/** Whether an agent's password is set aside by a provider that is switched on; never an administrator's. */
export async function isPasswordReplaced(db: Db, agentId: PersonId): Promise<boolean> {
  const row = await db.row(sql`select from agent_identity i
    join identity_provider p on p.id = i.provider_id join agent a on a.person_id = i.agent_id
    where i.agent_id = ${agentId} and p.is_on and p.replaces_password and a.role <> 'admin' limit 1`)
  return row !== null
}

/** Ends the sessions that a provider says are over: one of its sessions, or all of a subject that began before. Returns whose. */
export async function closeSessionsAt(
  db: Db,
  over: { providerId: number; subject: string | null; session: string | null; before: Instant },
): Promise<PersonId[]> {
  const { providerId, subject, session, before } = over
  // Where the provider did not name its session at the sign-in, its subject is all that there is.
  const named =
    session === null ? sql`true` : sql`(provider_session = ${session} or provider_session is null)`
  const theirs = sql`(${subject}::text is null or provider_subject = ${subject})`
  const isTold = sql`(provider_session is not null or ${subject}::text is not null)`
  const rows = await db.rows<{ agent_id: PersonId }>(sql`delete from session
    where provider_id = ${providerId} and created_at <= ${before} and ${named} and ${theirs} and ${isTold} returning agent_id`)
  await db.rows(sql`delete from half_sign_in where (came ->> 'providerId')::bigint = ${providerId}
    and (came ->> 'subject' = ${subject} or came ->> 'session' = ${session})`)
  return rows.map((row) => row.agent_id)
}

/** Notes the groups that a directory tells of now, without anybody having signed in: they are there. */
export async function noteGroups(
  db: Db,
  { providerId, subject, groups }: Known & { groups: readonly string[] },
): Promise<void> {
  await db.rows(
    sql`update agent_identity set groups = ${[...groups]}, gone_at = null where provider_id = ${providerId} and subject = ${subject}`,
  )
}

/** Whom a provider knows an agent as; null where it does not. */
export async function subjectAt(db: Db, agentId: PersonId, providerId: number): Promise<string | null> {
  const row = await db.row<{ subject: string }>(sql`select subject from agent_identity
    where agent_id = ${agentId} and provider_id = ${providerId}
    order by gone_at is not null, seen_at desc limit 1`)
  return row?.subject ?? null
}

/** Who of a provider's people is an agent here who is active, or was put out by the provider alone. */
export async function peopleOf(
  db: Db,
  providerId: number,
): Promise<{ agentId: PersonId; subject: string; active: boolean }[]> {
  return db.rows(sql`select i.agent_id as "agentId", i.subject, a.deactivated_at is null as active
    from agent_identity i join agent a on a.person_id = i.agent_id
    where i.provider_id = ${providerId} and (a.deactivated_at is null or a.shut_by_groups) order by i.agent_id`)
}

/** Notes that a directory has somebody no longer; whoever has come in from there since `at` is there. */
export async function noteGone(db: Db, { providerId, subject }: Known, at: Instant): Promise<void> {
  await db.rows(sql`update agent_identity set gone_at = coalesce(gone_at, ${at})
    where provider_id = ${providerId} and subject = ${subject} and seen_at <= ${at}`)
  await db.rows(sql`delete from session
    where provider_id = ${providerId} and provider_subject = ${subject} and created_at <= ${at}`)
}

/** Forgets one of several that an agent was known as there. */
export async function dropSubject(db: Db, { providerId, subject }: Known): Promise<void> {
  await db.rows(sql`delete from agent_identity where provider_id = ${providerId} and subject = ${subject}`)
}

/** Whether a directory has lost an agent, and no other directory has them: a sign-in elsewhere long ago is no word that they are still there. */
export async function isLost(db: Db, agentId: PersonId): Promise<boolean> {
  const row = await db.row<{ lost: boolean }>(sql`select
      exists (select from agent_identity i join identity_provider p on p.id = i.provider_id and p.is_on
          where i.agent_id = ${agentId} and i.gone_at is not null)
        and not exists (select from agent_identity i join identity_provider p on p.id = i.provider_id and p.is_on
          where i.agent_id = ${agentId} and i.gone_at is null and p.kind = 'ldap')
        and not exists (select from directory_user where agent_id = ${agentId} and deleted_at is null) as lost`)
  return row?.lost === true
}
