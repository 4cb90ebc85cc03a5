// Who is asking: API tokens, kept as hashes, and what all who ask have in common.
import type { PersonId, TeamId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Limits, Principal } from '#people/can.ts'
import type { Role } from '#people/role.ts'
import { hashSecret, newSecret } from '#people/secrets.ts'
import { sightColumns } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { join, sql, type Sql } from '#store/sql.ts'
import { byKey, together } from '#store/together.ts'

export type PrincipalRow = {
  id: PersonId
  name: string
  email: string
  role: Role
  custom_role: Principal['customRole']
  sees: Principal['sees']
  limits: Limits | null
  send_delay_seconds: number
  team_ids: TeamId[]
}

export const principalColumns = sql`p.id, p.name, p.email, a.role, ${sightColumns}, a.send_delay_seconds,
  (select json_build_object('id', r.id, 'name', r.name, 'actions', r.actions) from custom_role r where r.id = a.role_id) as custom_role,
  array(select team_id from team_member m where m.agent_id = p.id) as team_ids`

/** The principal of a row. */
export function principalOf(row: PrincipalRow, token: Principal['token']): Principal {
  return {
    agentId: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    customRole: row.custom_role,
    sees: row.sees,
    teamIds: row.team_ids,
    limits: row.limits,
    sendDelaySeconds: row.send_delay_seconds,
    token,
  }
}

/** An active agent with all the rights it has at the screen, or null. */
export async function principalOfAgent(db: Db, agentId: PersonId): Promise<Principal | null> {
  const row = await db.row<PrincipalRow>(sql`
    select ${principalColumns} from agent a join person p on p.id = a.person_id
    where p.id = ${agentId} and a.deactivated_at is null`)
  return row === null ? null : principalOf(row, null)
}

const bytesOf = (hex: string) => Buffer.from(hex, 'hex')

const PREFIX = 'dkt_'

/** Makes an API token for an agent and returns it; only its hash is kept. */
export async function createToken(
  db: Db,
  token: {
    name: string
    agentId: PersonId
    scopes: readonly string[]
    at: Instant
    expiresAt: Instant | null
    /** How many requests it may make in a minute; any when nothing is said. */
    perMinute?: number | null
  },
): Promise<{ id: number; secret: string }> {
  const secret = PREFIX + newSecret()
  const row = await db.row<{ id: number }>(sql`
    insert into api_token (name, secret_hash, agent_id, scopes, created_at, expires_at, per_minute)
    values (${token.name}, ${hashSecret(secret)}, ${token.agentId}, ${token.scopes}, ${token.at}, ${token.expiresAt},
      ${token.perMinute ?? null})
    returning id`)
  return { id: row?.id ?? 0, secret }
}

/** Revokes every token of an agent. */
export async function revokeTokensOf(db: Db, agentId: PersonId, at: Instant): Promise<void> {
  await db.rows(
    sql`update api_token set revoked_at = ${at} where agent_id = ${agentId} and revoked_at is null`,
  )
}

type TokenRow = PrincipalRow & {
  hash: string
  token_id: number
  scopes: string[]
  per_minute: number | null
  expires_at: Instant | null
  used_at: Instant | null
}

const tokenRow = together<string, TokenRow>(async (db, hashes) =>
  byKey(
    await db.hot<TokenRow>(sql`
      select ${principalColumns}, encode(t.secret_hash, 'hex') as hash, t.id as token_id, t.scopes, t.per_minute, t.expires_at, t.used_at from api_token t
        join agent a on a.person_id = t.agent_id join person p on p.id = a.person_id
      where t.secret_hash = any(${hashes.map(bytesOf)}) and t.revoked_at is null and a.deactivated_at is null`),
    ({ hash }) => hash,
  ),
)

/** Who a living API token acts for, or null; notes once a minute that it was used. */
export async function principalOfToken(db: Db, secret: string, at: Instant): Promise<Principal | null> {
  if (!secret.startsWith(PREFIX)) return null
  const row = await tokenRow(db, hashSecret(secret).toString('hex'))
  if (row === null || (row.expires_at !== null && row.expires_at <= at)) return null
  if (row.used_at === null || row.used_at < plus(at, -60))
    await db.rows(sql`update api_token set used_at = ${at} where id = ${row.token_id}`)
  return principalOf(row, { id: row.token_id, scopes: row.scopes, perMinute: row.per_minute })
}

export type TokenEntry = {
  readonly id: number
  readonly name: string
  readonly scopes: readonly string[]
  readonly user: { readonly id: PersonId; readonly name: string }
  readonly createdAt: Instant
  readonly lastUsedAt: Instant | null
  readonly expiresAt: Instant | null
  readonly perMinute: number | null
}

/** Living tokens, newest first. */
export async function listTokens(
  db: Db,
  page: { limit: number; before: number | null },
): Promise<TokenEntry[]> {
  return db.rows<TokenEntry>(tokenEntries(sql`t.id < ${page.before ?? Number.MAX_SAFE_INTEGER}`, page.limit))
}

/** One living token, or null. */
export async function findToken(db: Db, id: number): Promise<TokenEntry | null> {
  return db.row<TokenEntry>(tokenEntries(sql`t.id = ${id}`, 1))
}

function tokenEntries(where: Sql, limit: number): Sql {
  return sql`select t.id, t.name, t.scopes, json_build_object('id', p.id, 'name', p.name) as user,
      t.created_at as "createdAt", t.used_at as "lastUsedAt", t.expires_at as "expiresAt", t.per_minute as "perMinute"
    from api_token t join person p on p.id = t.agent_id
    where ${join([sql`t.revoked_at is null`, where], ' and ')} order by t.id desc limit ${limit}`
}

/** Revokes a token at once; false when there is none. */
export async function revokeToken(db: Db, id: number, at: Instant): Promise<boolean> {
  const rows = await db.rows(
    sql`update api_token set revoked_at = ${at} where id = ${id} and revoked_at is null returning id`,
  )
  return rows.length > 0
}
