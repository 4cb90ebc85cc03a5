// Answers already given under an Idempotency-Key, kept for a day so that a repeat gets the first one.
import { plus, type Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const KEPT_SECONDS = 86_400

/** Null when the key is the caller's now; otherwise what was asked and answered. A concurrent repeat waits for the first. */
export async function reserveKey(db: Db, principal: string, key: string, hash: string, at: Instant) {
  const fresh = await db.rows(sql`insert into idempotency (principal, key, request_hash, created_at)
    values (${principal}, ${key}, ${hash}, ${at}) on conflict do nothing returning key`)
  if (fresh.length > 0) return null
  return db.row<{ requestHash: string; response: unknown }>(sql`
    select request_hash as "requestHash", response from idempotency where principal = ${principal} and key = ${key}`)
}

/** Keeps the JSON that was answered. */
export async function keepAnswer(
  db: Db,
  principal: string,
  key: string,
  response: string | null,
): Promise<void> {
  await db.rows(sql`update idempotency set response = ${response}
    where principal = ${principal} and key = ${key}`)
}

/** Forgets what is older than a day. */
export async function dropOldAnswers(db: Db, at: Instant): Promise<void> {
  await db.rows(sql`delete from idempotency where created_at < ${plus(at, -KEPT_SECONDS)}`)
}
