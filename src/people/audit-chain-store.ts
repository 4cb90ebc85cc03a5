// The audit log as its chain is checked: every entry with its hash, in the order of the chain.
import { beginning, checkChain, ERASED, type ChainedEntry, type Link } from '#people/audit-chain.ts'
import type { AuditFault } from '#people/audit-fault.ts'
import { audit } from '#people/audit-store.ts'
import type { Instant } from '#kit/time.ts'
import type { Db, Transaction } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

const AT_ONCE = 2_000

const entries = (where: Sql, limit: number) => sql`select id::text, place::text,
    to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, actor_type as "actorType", actor_id::text as "actorId",
    action, thing, thing_id::text as "thingId", thing_name as "thingName", changes::text, back::text,
    encode(salt, 'hex') as salt, encode(words_hash, 'hex') as "wordsHash", encode(hash, 'hex') as hash
  from audit_entry where ${where} limit ${limit}`

export type AuditLook = { readonly entries: number; readonly whole: Link; readonly fault: AuditFault | null }

/** Looks at the whole chain, and names the first entry that is not as it was written, if any. */
export async function lookAtChain(db: Db, anchors: readonly Link[]): Promise<AuditLook> {
  const chain = checkChain(anchors)
  // What joins the chain meanwhile is for the next look.
  const head = await auditHead(db)
  let seen = 0
  for (let rows: ChainedEntry[]; ;) {
    const { place } = chain.last()
    rows = await db.rows<ChainedEntry>(
      entries(sql`place > ${place} and place <= ${head.place} order by audit_entry.place`, AT_ONCE),
    )
    for (const row of rows) {
      const fault = chain.look(row)
      if (fault !== null) return { entries: seen, whole: chain.last(), fault }
      seen++
    }
    if (rows.length < AT_ONCE) break
  }
  const [stray] = await db.rows<ChainedEntry>(
    entries(
      sql`place is null or place < 1 or hash is null or place > (select place from audit_head) order by audit_entry.id`,
      1,
    ),
  )
  const fault = chain.end(head) ?? (stray === undefined ? null : strayFault(stray))
  return { entries: seen, whole: chain.last(), fault }
}

const strayFault = (stray: ChainedEntry): AuditFault => ({
  kind: 'unchained',
  place: Number(stray.place ?? 0),
  entryId: Number(stray.id),
})

/** The end of the chain as the database keeps it. */
export async function auditHead(db: Db): Promise<Link> {
  return (await db.row<Link>(sql`select place, encode(hash, 'hex') as hash from audit_head`)) ?? beginning
}

export type KeptLook = {
  readonly at: Instant
  /** Up to where it was whole. */
  readonly place: number
  readonly entries: number
  readonly fault: AuditFault | null
}

/** What the last look found, or null before the first. */
export async function lastLook(db: Db): Promise<KeptLook | null> {
  return db.row<KeptLook>(sql`select at, place, entries, fault from audit_look`)
}

/** Takes the next look for this process, if nobody had one since `before`. */
export async function isLookDue(tx: Transaction, before: Instant): Promise<boolean> {
  await tx.rows(sql`select pg_advisory_xact_lock(hashtext('audit_look'))`)
  const last = await lastLook(tx)
  return last === null || last.at <= before
}

/** Keeps what a look found in the place of the one before. */
export async function keepLook(db: Db, look: AuditLook, at: Instant): Promise<void> {
  const fault = look.fault === null ? null : JSON.stringify(look.fault)
  await db.rows(sql`insert into audit_look (at, place, entries, fault)
    values (${at}, ${look.whole.place}, ${look.entries}, ${fault})
    on conflict (only_one) do update set at = excluded.at, place = excluded.place, entries = excluded.entries, fault = excluded.fault`)
}

/** The entries that say a text in a name or a value, whatever its case. */
export async function entriesSaying(db: Db, text: string): Promise<number[]> {
  const rows = await db.rows<{ id: number }>(sql`select id from audit_entry
    where strpos(lower(concat_ws(' ', thing_name, changes, back)), lower(${text})) > 0 order by id`)
  return rows.map(({ id }) => id)
}

/**
 * The entries that say in a name or a value, as a whole word, what a pattern of PostgreSQL finds. Names of fields are no values. `loose`
 * finds at least as much in JSON as it is written.
 */
export async function entriesFinding(db: Db, pattern: string, loose: string | null): Promise<number[]> {
  const strings = (
    column: Sql,
  ) => sql`(${column}::text ~* ${loose} and exists (select from jsonb_path_query(${column}, 'strict $.** ? (@.type() == "string")') v
    where v #>> '{}' ~* ${pattern}))`
  const rows = await db.rows<{ id: number }>(sql`select id from audit_entry
    where thing_name ~* ${pattern} or ${strings(sql`changes`)} or ${strings(sql`back`)} order by id`)
  return rows.map(({ id }) => id)
}

/**
 * Erases what entries say of names and values; that something was done, by whom and when, stays, and so does the chain. Each erasure
 * is an entry of its own. Returns those that had words.
 */
export async function eraseWords(tx: Transaction, ids: readonly number[], at: Instant): Promise<number[]> {
  const rows = await tx.rows<{ id: number }>(sql`select audit_erase(${[...ids]}::bigint[]) as id`)
  for (const { id } of rows)
    await audit(tx, null, at, { action: ERASED, thing: { type: 'audit', id, name: null } })
  return rows.map(({ id }) => id)
}
