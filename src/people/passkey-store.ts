// Passkeys of agents, and the challenges that they are asked to sign: short-lived, used once, bound to who asked.
import type { PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { hashSecret } from '#people/secrets.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type Passkey = {
  readonly id: number
  readonly name: string
  readonly credentialId: string
  readonly transports: readonly string[]
  readonly createdAt: Instant
  readonly lastUsedAt: Instant | null
}

/** An agent's passkeys, oldest first. */
export async function listPasskeys(db: Db, agentId: PersonId): Promise<Passkey[]> {
  return db.rows<Passkey>(sql`select id, name, credential_id as "credentialId", transports,
      created_at as "createdAt", used_at as "lastUsedAt"
    from passkey where agent_id = ${agentId} order by id`)
}

export type NewPasskey = {
  readonly agentId: PersonId
  readonly name: string
  readonly credentialId: string
  readonly publicKey: Uint8Array
  readonly signCount: number
  readonly transports: readonly string[]
  readonly at: Instant
}

/** Keeps a passkey; null when it is known already, whoever has it. */
export async function addPasskey(db: Db, added: NewPasskey): Promise<number | null> {
  const row = await db.row<{ id: number }>(sql`
    insert into passkey (agent_id, credential_id, public_key, sign_count, transports, name, created_at)
    values (${added.agentId}, ${added.credentialId}, ${Buffer.from(added.publicKey)}, ${added.signCount},
      ${added.transports}, ${added.name}, ${added.at})
    on conflict do nothing returning id`)
  return row?.id ?? null
}

export type Signer = {
  readonly id: number
  readonly agentId: PersonId
  readonly publicKey: Buffer
  readonly signCount: number
}

/** The passkey that signs under this id, of an active agent; its row stays ours until the transaction ends. */
export async function signerOf(db: Db, credentialId: string): Promise<Signer | null> {
  return db.row<Signer>(sql`select k.id, k.agent_id as "agentId", k.public_key as "publicKey",
      k.sign_count as "signCount"
    from passkey k join agent a on a.person_id = k.agent_id
    where k.credential_id = ${credentialId} and a.deactivated_at is null for update of k`)
}

/** Notes that a passkey was used, and how often it says it was. */
export async function noteSigned(db: Db, id: number, signCount: number, at: Instant): Promise<void> {
  await db.rows(sql`update passkey set sign_count = ${signCount}, used_at = ${at} where id = ${id}`)
}

/** Renames an agent's passkey; null when the agent has none of this number. */
export async function renamePasskey(
  db: Db,
  agentId: PersonId,
  id: number,
  name: string,
): Promise<Passkey | null> {
  await db.rows(sql`update passkey set name = ${name} where id = ${id} and agent_id = ${agentId}`)
  return (await listPasskeys(db, agentId)).find((each) => each.id === id) ?? null
}

/** Removes an agent's passkey and returns its name, or null. */
export async function dropPasskey(db: Db, agentId: PersonId, id: number): Promise<string | null> {
  const row = await db.row<{ name: string }>(
    sql`delete from passkey where id = ${id} and agent_id = ${agentId} returning name`,
  )
  return row?.name ?? null
}

const CHALLENGE_SECONDS = 300

export type Purpose = 'register' | 'sign_in' | 'prove'
export type Ceremony = { readonly challenge: string; readonly holder: string; readonly purpose: Purpose }

/** Remembers what somebody's passkey was asked to sign. */
export async function keepChallenge(db: Db, { challenge, holder, purpose }: Ceremony, at: Instant) {
  await db.rows(sql`insert into passkey_challenge (challenge_hash, holder, purpose, expires_at)
    values (${hashSecret(challenge)}, ${holder}, ${purpose}, ${plus(at, CHALLENGE_SECONDS)})`)
}

/** Uses up a challenge; false when this holder was not asked it for this purpose, or it was used, or is too old. */
export async function useChallenge(db: Db, { challenge, holder, purpose }: Ceremony, at: Instant) {
  const rows = await db.rows(sql`delete from passkey_challenge
    where challenge_hash = ${hashSecret(challenge)} and holder = ${holder} and purpose = ${purpose}
      and expires_at > ${at} returning purpose`)
  return rows.length > 0
}

/** Forgets challenges that nobody answered. */
export async function dropOldChallenges(db: Db, at: Instant): Promise<void> {
  await db.rows(sql`delete from passkey_challenge where expires_at <= ${at}`)
}
