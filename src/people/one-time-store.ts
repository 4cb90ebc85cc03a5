// Links that work once: to the first administrator, to an account that somebody is invited to, to a forgotten password.
import type { PersonId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { hashSecret, newSecret } from '#people/secrets.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** `setup` belongs to nobody; the others to an agent. */
export type LinkPurpose = 'setup' | 'invitation' | 'password'

const LASTS_SECONDS: Readonly<Record<LinkPurpose, number>> = {
  setup: 7 * 86_400,
  invitation: 7 * 86_400,
  password: 3_600,
}

/** Keeps the hash of a link's secret, and says until when it is good. Those that an agent has already stay as good as they were. */
export async function createOneTimeToken(
  db: Db,
  purpose: LinkPurpose,
  agentId: PersonId | null,
  at: Instant,
  secret = newSecret(),
): Promise<{ secret: string; until: Instant }> {
  await db.rows(sql`delete from one_time_token where expires_at < ${plus(at, -86_400)}`)
  const until = plus(at, LASTS_SECONDS[purpose])
  await db.rows(sql`insert into one_time_token (token_hash, purpose, agent_id, created_at, expires_at)
    values (${hashSecret(secret)}, ${purpose}, ${agentId}, ${at}, ${until})`)
  return { secret, until }
}

/** Uses a secret up; null when it is unknown, used, expired or for something else. */
export async function useOneTimeToken(
  db: Db,
  purposes: readonly LinkPurpose[],
  secret: string,
  at: Instant,
): Promise<{ agentId: PersonId | null } | null> {
  return db.row<{ agentId: PersonId | null }>(sql`update one_time_token set used_at = ${at}
    where token_hash = ${hashSecret(secret)} and purpose = any(${[...purposes]}) and used_at is null and expires_at > ${at}
    returning agent_id as "agentId"`)
}

/** Makes an agent's links worthless. */
export async function dropOneTimeTokens(db: Db, agentId: PersonId): Promise<void> {
  await db.rows(sql`delete from one_time_token where agent_id = ${agentId}`)
}
