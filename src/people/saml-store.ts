// Answers of SAML providers: each assertion is taken once, whichever process it comes to and whenever, and waits here for the browser that
// it was made for.
import { plus, type Instant } from '#kit/time.ts'
import { hashSecret, newSecret } from '#people/secrets.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const WAIT_SECONDS = 120

/** Keeps what an answer said; returns the secret that takes it, or null when the assertion came before. */
export async function keepArrival(
  db: Db,
  {
    providerId,
    assertionId,
    came,
    at,
  }: { providerId: number; assertionId: string; came: unknown; at: Instant },
): Promise<string | null> {
  await forgetUntaken(db, at)
  const secret = newSecret()
  const row = await db.row(sql`insert into saml_arrival (provider_id, assertion_id, token_hash, came, at)
    values (${providerId}, ${assertionId}, ${hashSecret(secret)}, ${JSON.stringify(came)}, ${at})
    on conflict do nothing returning provider_id`)
  return row === null ? null : secret
}

/** Takes what an answer said, once, within two minutes; null when there is no such answer. */
export async function takeArrival(
  db: Db,
  { providerId, secret, at }: { providerId: number; secret: string; at: Instant },
): Promise<unknown> {
  const row = await db.row<{ came: unknown }>(sql`with found as (
      select provider_id, assertion_id, came from saml_arrival
      where token_hash = ${hashSecret(secret)} and provider_id = ${providerId} and at > ${plus(at, -WAIT_SECONDS)} for update)
    update saml_arrival a set token_hash = null, came = null from found
    where a.provider_id = found.provider_id and a.assertion_id = found.assertion_id returning found.came`)
  return row?.came ?? null
}

/** What nobody came for within its two minutes says nothing any more of whom it was about. */
async function forgetUntaken(db: Db, at: Instant): Promise<void> {
  await db.rows(sql`update saml_arrival set token_hash = null, came = null
    where token_hash is not null and at <= ${plus(at, -WAIT_SECONDS)}`)
}

/** Forgets what nobody came for in time, and assertions that are too old to come again. */
export async function dropOldArrivals(db: Db, before: Instant, at: Instant): Promise<void> {
  await forgetUntaken(db, at)
  await db.rows(sql`delete from saml_arrival where at < ${before}`)
}
