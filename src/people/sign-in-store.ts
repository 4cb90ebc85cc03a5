// Browsers between password and session, and the count of wrong proofs. Both are written outside of the transaction that refuses.
import type { PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { hashSecret, newSecret } from '#people/secrets.ts'
import type { Came } from '#people/session-store.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const HALF_SECONDS = 600
const TRIES_OF_A_HALF = 10
/** Of an account in an hour, from wherever: who knows the password cannot go on guessing by signing in again and again. */
const TRIES_OF_AN_ACCOUNT = 20
const TRIES_WITHIN_SECONDS = 3_600

/** Lets a browser stand between password and session; null while nobody has proved anything. Returns its secret. */
export async function openHalf(
  db: Db,
  agentId: PersonId | null,
  at: Instant,
  came: Came | null = null,
): Promise<string> {
  const secret = newSecret()
  await db.rows(sql`insert into half_sign_in (token_hash, agent_id, expires_at, came)
    values (${hashSecret(secret)}, ${agentId}, ${plus(at, HALF_SECONDS)}, ${came === null ? null : JSON.stringify(came)})`)
  return secret
}

export type Half = { readonly agentId: PersonId | null; readonly holder: string; readonly came: Came | null }

/** A living half-signed-in state, or null: run out, out of tries, or its agent was deactivated. */
export async function findHalf(db: Db, secret: string, at: Instant): Promise<Half | null> {
  const hash = hashSecret(secret)
  const row = await db.row<{ agentId: PersonId | null; came: Came | null }>(sql`
    select h.agent_id as "agentId", h.came from half_sign_in h left join agent a on a.person_id = h.agent_id
    where h.token_hash = ${hash} and h.expires_at > ${at} and a.deactivated_at is null
      and h.tries < ${TRIES_OF_A_HALF}
      and (h.came is null or exists (select from identity_provider i where i.id = (h.came ->> 'providerId')::bigint and i.is_on))`)
  return row === null ? null : { ...row, holder: `half:${hash.toString('hex')}` }
}

/** Takes one try of a half-signed-in state before it is judged; false when it has none left, and is shut. */
export async function takeHalfTry(db: Db, secret: string): Promise<boolean> {
  const rows = await db.rows(sql`update half_sign_in set tries = tries + 1
    where token_hash = ${hashSecret(secret)} and tries < ${TRIES_OF_A_HALF} returning tries`)
  return rows.length > 0
}

/** Ends a half-signed-in state. */
export async function closeHalf(db: Db, secret: string): Promise<void> {
  await db.rows(sql`delete from half_sign_in where token_hash = ${hashSecret(secret)}`)
}

/** Takes one try of an account before it is judged; false when this hour's are used up. */
export async function takeProofTry(db: Db, agentId: PersonId, at: Instant): Promise<boolean> {
  const anew = sql`proof_try.since <= ${plus(at, -TRIES_WITHIN_SECONDS)}`
  const rows = await db.rows(sql`
    insert into proof_try (agent_id, since, tries) values (${agentId}, ${at}, 1)
    on conflict (agent_id) do update set
      tries = case when ${anew} then 1 else proof_try.tries + 1 end,
      since = case when ${anew} then excluded.since else proof_try.since end
    where ${anew} or proof_try.tries < ${TRIES_OF_AN_ACCOUNT} returning tries`)
  return rows.length > 0
}

/** Gives a try back that nobody judged. */
export async function giveProofTryBack(db: Db, agentId: PersonId): Promise<void> {
  await db.rows(sql`update proof_try set tries = greatest(0, tries - 1) where agent_id = ${agentId}`)
}

/** A right proof makes up for the wrong ones before. */
export async function forgetProofTries(db: Db, agentId: PersonId): Promise<void> {
  await db.rows(sql`delete from proof_try where agent_id = ${agentId}`)
}

/** Forgets what was on its way and did not arrive. */
export async function dropOldHalves(db: Db, at: Instant): Promise<void> {
  await db.rows(sql`delete from half_sign_in where expires_at <= ${at}`)
}
