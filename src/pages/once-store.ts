// A form that is sent twice, by an impatient click or a reload, is one ticket.
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Whether this form, by the secret it was shown with, is sent for the first time. */
export async function rememberOnce(db: Db, once: string, at: Instant): Promise<boolean> {
  if (once === '') return true
  const rows = await db.rows(sql`insert into idempotency (principal, key, request_hash, created_at)
    values ('form', ${once}, '', ${at}) on conflict do nothing returning key`)
  return rows.length > 0
}
