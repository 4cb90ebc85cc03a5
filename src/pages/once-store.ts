// A form that is sent twice, by an impatient click or a reload, is one ticket; what was written anew on the same page is another.
import { createHash } from 'node:crypto'
import type { TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** The key of a page that was shown once, with what was written on it: the same again is the same, and what was changed is not. */
export function keyOfContent(
  once: string,
  written: unknown,
  files: readonly { readonly name: string; readonly spooled: { readonly sha256: string } }[],
): string {
  const hash = createHash('sha256').update(JSON.stringify(written))
  for (const { name, spooled } of files) hash.update(`\0${name}\0${spooled.sha256}`)
  return `${once}:${hash.digest('base64url')}`
}

/** Takes a key for whoever comes first; those who come later get what the first has kept under it. */
export async function takeOnce(
  db: Db,
  key: string,
  at: Instant,
): Promise<{ first: boolean; kept: TicketId | null }> {
  const rows = await db.rows(sql`insert into idempotency (principal, key, request_hash, created_at)
    values ('form', ${key}, '', ${at}) on conflict do nothing returning key`)
  if (rows.length > 0) return { first: true, kept: null }
  const known = await db.row<{ kept: TicketId | null }>(
    sql`select (response->>'ticketId')::bigint as kept from idempotency where principal = 'form' and key = ${key}`,
  )
  return { first: false, kept: known?.kept ?? null }
}

/** Keeps the ticket that came of a key. */
export async function keepTicketOf(db: Db, key: string, ticketId: number): Promise<void> {
  await db.rows(sql`update idempotency set response = ${JSON.stringify({ ticketId })}::jsonb
    where principal = 'form' and key = ${key}`)
}
