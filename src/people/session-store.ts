// Sessions at the screen, kept as hashes: where each is, when its agent last proved to be there, and what that agent still owes.
import type { PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { principalColumns, principalOf, type PrincipalRow } from '#people/access-store.ts'
import type { Principal } from '#people/can.ts'
import type { FactorKind, Session } from '#people/factor.ts'
import { factorKinds } from '#people/factor-store.ts'
import { hashSecret, newSecret } from '#people/secrets.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { byKey, together } from '#store/together.ts'

const SESSION_SECONDS = 14 * 86_400
const IDLE_SECONDS = 12 * 3_600

export type Opened = {
  readonly agentId: PersonId
  readonly at: Instant
  /** When its agent last showed a factor, or the password where there is none. */
  readonly provenAt: Instant | null
  readonly userAgent: string
  readonly address: string
  /** Where the agent signed in, when that was not here. */
  readonly came?: Came | undefined
}

export type Came = {
  readonly providerId: number
  readonly subject: string
  /** The provider's name for its own session. */
  readonly session: string | null
  /** Its sign-in stands for a second factor. */
  readonly isVouched: boolean
}

/** Opens a session for an agent and returns its secret, which stands nowhere else. */
export async function openSession(db: Db, opened: Opened): Promise<string> {
  const secret = newSecret()
  const { agentId, at, provenAt, userAgent, address, came } = opened
  await db.rows(sql`insert into session
      (token_hash, agent_id, created_at, seen_at, expires_at, proven_at, user_agent, address,
        provider_id, provider_subject, provider_session, is_vouched)
    values (${hashSecret(secret)}, ${agentId}, ${at}, ${at}, ${plus(at, SESSION_SECONDS)}, ${provenAt},
      ${userAgent.slice(0, 300)}, ${address}, ${came?.providerId ?? null}::bigint, ${came?.subject ?? null},
      ${came?.session ?? null}, ${came?.isVouched ?? false})`)
  return secret
}

const bytesOf = (hex: string) => Buffer.from(hex, 'hex')

type SessionRow = PrincipalRow & {
  hash: string
  session_id: number
  expires_at: Instant
  seen_at: Instant
  proven_at: Instant | null
  factors: FactorKind[]
  required_at: Instant | null
  provider: Session['provider']
  has_password: boolean
}

const sessionRow = together<string, SessionRow>(async (db, hashes) =>
  byKey(
    await db.hot<SessionRow>(sql`
      select ${principalColumns}, encode(s.token_hash, 'hex') as hash, s.id as session_id, s.expires_at, s.seen_at,
        s.proven_at, ${factorKinds} as factors,
        (select greatest(f.since, a.created_at) + make_interval(days => f.grace_days)
          from factor_rule f where f.role = a.role) as required_at,
        (select json_build_object('id', i.id, 'name', i.name, 'isVouched', s.is_vouched and i.vouches_factor, 'isOn', i.is_on,
            'kind', i.kind)
          from identity_provider i where i.id = s.provider_id) as provider,
        a.password_hash is not null as has_password
      from session s join agent a on a.person_id = s.agent_id join person p on p.id = a.person_id
      where s.token_hash = any(${hashes.map(bytesOf)}) and a.deactivated_at is null`),
    ({ hash }) => hash,
  ),
)

/** The agent of a living session, or null; notes once a minute where it was seen, unless it only waits (`isIdle`). */
export async function principalOfSession(
  db: Db,
  secret: string,
  seen: { readonly at: Instant; readonly address: string; readonly isIdle?: boolean },
): Promise<Principal | null> {
  const { at, address, isIdle = false } = seen
  const hash = hashSecret(secret)
  const row = await sessionRow(db, hash.toString('hex'))
  if (row === null || row.expires_at <= at || row.seen_at <= plus(at, -IDLE_SECONDS)) return null
  if (!isIdle && row.seen_at < plus(at, -60))
    await db.rows(sql`update session set seen_at = ${at}, address = ${address} where token_hash = ${hash}`)
  const { session_id: id, proven_at: provenAt, factors, provider, has_password: hasPassword } = row
  const factorDueAt = factors.length > 0 || provider?.isVouched === true ? null : row.required_at
  const mustEnrol = factorDueAt !== null && factorDueAt <= at
  return {
    ...principalOf(row, null),
    session: { id, provenAt, factors, factorDueAt, mustEnrol, provider, hasPassword },
  }
}

export type SessionEntry = {
  readonly id: number
  readonly userAgent: string
  readonly address: string
  readonly firstSeenAt: Instant
  readonly lastSeenAt: Instant
}

/** The living sessions of an agent, the one seen last first. */
export async function listSessions(db: Db, agentId: PersonId, at: Instant): Promise<SessionEntry[]> {
  return db.rows<SessionEntry>(sql`select id, user_agent as "userAgent", address,
      created_at as "firstSeenAt", seen_at as "lastSeenAt" from session
    where agent_id = ${agentId} and expires_at > ${at} and seen_at > ${plus(at, -IDLE_SECONDS)}
    order by seen_at desc, id desc`)
}

/** Notes that the agent of a session has just proved to be there. */
export async function noteProof(db: Db, sessionId: number, at: Instant): Promise<void> {
  await db.rows(sql`update session set proven_at = ${at} where id = ${sessionId}`)
}

/** Ends one session. */
export async function closeSession(db: Db, secret: string): Promise<void> {
  await db.rows(sql`delete from session where token_hash = ${hashSecret(secret)}`)
}

/** Ends one session of an agent by its number; false when the agent has none of it. */
export async function closeSessionOf(db: Db, agentId: PersonId, id: number): Promise<boolean> {
  const rows = await db.rows(sql`delete from session where id = ${id} and agent_id = ${agentId} returning id`)
  return rows.length > 0
}

/** Ends every session of an agent and all that is on its way to one; `except` stays. Returns how many there were. */
export async function closeSessionsOf(
  db: Db,
  agentId: PersonId,
  except: number | null = null,
): Promise<number> {
  await db.rows(sql`delete from half_sign_in where agent_id = ${agentId}`)
  const rows = await db.rows(sql`delete from session
    where agent_id = ${agentId} and id is distinct from ${except}::bigint returning id`)
  return rows.length
}

/** Forgets sessions that have run out. */
export async function dropOldSessions(db: Db, at: Instant): Promise<void> {
  await db.rows(sql`delete from session where expires_at <= ${at} or seen_at <= ${plus(at, -IDLE_SECONDS)}`)
}
