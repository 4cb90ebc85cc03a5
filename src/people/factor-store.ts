// Authenticator apps and recovery codes of agents, and which roles must have a second factor.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { FactorKind } from '#people/factor.ts'
import type { Role } from '#people/role.ts'
import { hashSecret } from '#people/secrets.ts'
import type { Db } from '#store/database.ts'
import type { Seal, Sealed } from '#store/seal.ts'
import { sql } from '#store/sql.ts'

/** The kinds of factors that the person `p` has. */
export const factorKinds = sql`array(
  (select 'passkey' from passkey where agent_id = p.id limit 1)
  union all select 'totp' from totp where agent_id = p.id and confirmed_at is not null)`

/** The kinds of factors that an agent has. */
export async function factorsOf(db: Db, agentId: PersonId): Promise<FactorKind[]> {
  const row = await db.row<{ factors: FactorKind[] }>(
    sql`select ${factorKinds} as factors from person p where p.id = ${agentId}`,
  )
  return row?.factors ?? []
}

/** Waits for whoever else changes the factors of an agent at this moment. */
export async function lockFactors(db: Db, agentId: PersonId): Promise<void> {
  await db.rows(sql`select from agent where person_id = ${agentId} for update`)
}

const placeOf = (agentId: PersonId) => `totp|${agentId}|secret`

/** Keeps a new app's secret, which counts once it is confirmed; takes the place of one that never was. */
export async function beginTotp(
  db: Db,
  seal: Seal,
  totp: { agentId: PersonId; secret: string; at: Instant },
): Promise<boolean> {
  const { keyId, sealed } = seal.close(totp.secret, placeOf(totp.agentId))
  const rows = await db.rows(sql`
    insert into totp (agent_id, key_id, sealed, created_at) values (${totp.agentId}, ${keyId}, ${sealed}, ${totp.at})
    on conflict (agent_id) do update set key_id = ${keyId}, sealed = ${sealed}, created_at = ${totp.at}, last_step = 0
      where totp.confirmed_at is null returning agent_id`)
  return rows.length > 0
}

/** An agent's app with its secret, confirmed or not. */
export async function findTotp(
  db: Db,
  seal: Seal,
  agentId: PersonId,
): Promise<{ secret: string; createdAt: Instant; isConfirmed: boolean } | null> {
  const row = await db.row<Sealed & { createdAt: Instant; isConfirmed: boolean }>(sql`
    select key_id as "keyId", sealed, created_at as "createdAt", confirmed_at is not null as "isConfirmed"
    from totp where agent_id = ${agentId}`)
  if (row === null) return null
  const { createdAt, isConfirmed } = row
  return { secret: seal.open(row, placeOf(agentId)), createdAt, isConfirmed }
}

/** When an agent's confirmed app was set up, or null. */
export async function totpSince(db: Db, agentId: PersonId): Promise<Instant | null> {
  const row = await db.row<{ at: Instant }>(
    sql`select confirmed_at as at from totp where agent_id = ${agentId} and confirmed_at is not null`,
  )
  return row?.at ?? null
}

/** Uses up a step of an app's codes, and all before it; false when that step was used: of two at once, one. */
export async function useTotpStep(db: Db, agentId: PersonId, step: number, at: Instant): Promise<boolean> {
  const rows = await db.rows(sql`
    update totp set last_step = ${step}, confirmed_at = coalesce(confirmed_at, ${at})
    where agent_id = ${agentId} and last_step < ${step} returning agent_id`)
  return rows.length > 0
}

/** Removes an agent's app; false when there is none. */
export async function dropTotp(db: Db, agentId: PersonId): Promise<boolean> {
  const rows = await db.rows(
    sql`delete from totp where agent_id = ${agentId} and confirmed_at is not null returning agent_id`,
  )
  return rows.length > 0
}

/** Seals every app's secret under the key of today; returns how many had another. */
export async function rotateTotpSecrets(db: Db, seal: Seal): Promise<number> {
  const old = await db.rows<Sealed & { agentId: PersonId }>(sql`
    select agent_id as "agentId", key_id as "keyId", sealed from totp where key_id <> ${seal.keyId} for update`)
  for (const { agentId, ...kept } of old) {
    const { keyId, sealed } = seal.close(seal.open(kept, placeOf(agentId)), placeOf(agentId))
    await db.rows(sql`update totp set key_id = ${keyId}, sealed = ${sealed} where agent_id = ${agentId}`)
  }
  return old.length
}

/** A code is hashed with whose it is: the same text is worth nothing to somebody else. */
const codeHash = (agentId: PersonId, code: string) => hashSecret(`recovery|${agentId}|${code}`)

/** The recovery codes of an agent from now on; those before are void. */
export async function setRecoveryCodes(db: Db, agentId: PersonId, codes: readonly string[]): Promise<void> {
  await db.rows(sql`delete from recovery_code where agent_id = ${agentId}`)
  await db.rows(sql`insert into recovery_code (agent_id, code_hash)
    select ${agentId}, unnest(${codes.map((code) => codeHash(agentId, code))}::bytea[])`)
}

/** Uses up a recovery code; false when it is unknown or used. */
export async function useRecoveryCode(
  db: Db,
  agentId: PersonId,
  code: string,
  at: Instant,
): Promise<boolean> {
  const rows = await db.rows(sql`update recovery_code set used_at = ${at}
    where agent_id = ${agentId} and code_hash = ${codeHash(agentId, code)} and used_at is null returning agent_id`)
  return rows.length > 0
}

/** How many recovery codes an agent has left. */
export async function recoveryCodesLeft(db: Db, agentId: PersonId): Promise<number> {
  const row = await db.row<{ count: number }>(
    sql`select count(*) from recovery_code where agent_id = ${agentId} and used_at is null`,
  )
  return row?.count ?? 0
}

/** Takes all factors from an agent, recovery codes too; returns how many apps and passkeys there were. */
export async function dropFactors(db: Db, agentId: PersonId): Promise<number> {
  const gone = await db.rows(sql`
    with t as (delete from totp where agent_id = ${agentId} returning confirmed_at),
      k as (delete from passkey where agent_id = ${agentId} returning id)
    select from t where confirmed_at is not null union all select from k`)
  await db.rows(sql`delete from recovery_code where agent_id = ${agentId}`)
  return gone.length
}

export type FactorRule = { readonly role: Role; readonly since: Instant; readonly graceDays: number }

/** The roles that must have a second factor. */
export async function factorRules(db: Db): Promise<FactorRule[]> {
  return db.rows<FactorRule>(
    sql`select role, since, grace_days as "graceDays" from factor_rule order by role`,
  )
}

/** The roles that must have one from now on; where one had to already, its time does not begin again. */
export async function setFactorRules(
  db: Db,
  rules: readonly { role: Role; graceDays: number }[],
  at: Instant,
): Promise<void> {
  await db.rows(sql`delete from factor_rule where not (role = any(${rules.map(({ role }) => role)}::text[]))`)
  for (const { role, graceDays } of rules)
    await db.rows(sql`insert into factor_rule (role, since, grace_days) values (${role}, ${at}, ${graceDays})
      on conflict (role) do update set grace_days = ${graceDays}`)
}
