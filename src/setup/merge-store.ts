// Merges of categories and tags: which name went into which, and what was rewritten for it.
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type MergeKind = 'category' | 'tag'
/** A value of the setup before a merge and after it. */
export type Swap = {
  readonly kind: string
  readonly id: number
  readonly before: unknown
  readonly after: unknown
}
export type NameMerge = {
  readonly id: number
  readonly kind: MergeKind
  readonly fromId: number
  readonly intoId: number
  readonly swaps: readonly Swap[]
  readonly jobId: number
}

/** Notes a merge, and takes the name out of the menus. */
export async function addMerge(db: Db, merge: Omit<NameMerge, 'id'>, at: Instant): Promise<void> {
  const { kind, fromId, intoId, swaps, jobId } = merge
  // A name that was brought back by hand may be merged again.
  await db.rows(sql`update taxonomy_merge set undone_at = ${at}
    where kind = ${kind} and from_id = ${fromId} and undone_at is null`)
  await db.rows(sql`insert into taxonomy_merge (kind, from_id, into_id, swaps, job_id, at)
    values (${kind}, ${fromId}, ${intoId}, ${JSON.stringify(swaps)}, ${jobId}, ${at})`)
  await db.rows(
    kind === 'category'
      ? sql`update category set archived_at = ${at}, merged_into = ${intoId} where id = ${fromId}`
      : sql`update tag set archived_at = ${at} where id = ${fromId}`,
  )
}

/** The merge of a name that stands, locked; null when it was not merged. */
export async function standingMerge(db: Db, kind: MergeKind, fromId: number): Promise<NameMerge | null> {
  return db.row<NameMerge>(sql`select id, kind, from_id as "fromId", into_id as "intoId", swaps, job_id as "jobId"
    from taxonomy_merge where kind = ${kind} and from_id = ${fromId} and undone_at is null for update`)
}

/** Brings the name back. */
export async function endMerge(db: Db, { id, kind, fromId }: NameMerge, at: Instant): Promise<void> {
  await db.rows(sql`update taxonomy_merge set undone_at = ${at} where id = ${id}`)
  await db.rows(
    kind === 'category'
      ? sql`update category set archived_at = null, merged_into = null where id = ${fromId}`
      : sql`update tag set archived_at = null where id = ${fromId}`,
  )
}

/** The tickets that carry a name, and of them those that can no longer change. */
export async function carriers(
  db: Db,
  kind: MergeKind,
  { id, name }: { readonly id: number; readonly name: string },
): Promise<{ id: number; isClosed: boolean }[]> {
  const carries = kind === 'category' ? sql`category_id = ${id}` : sql`tags @> array[${name}::text]`
  return db.rows(sql`select id, status = 'closed' as "isClosed" from ticket where ${carries} order by id`)
}
