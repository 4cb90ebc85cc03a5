// How many wrong passwords there were of late, in buckets that run dry by themselves.
import { createHash } from 'node:crypto'
import { plus, type Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** How many tries a bucket holds, and how many of them run out in an hour. What is larger than a try counts as many as `takes` says. */
export type Budget = {
  readonly bucket: string
  readonly most: number
  readonly perHour: number
  readonly takes?: number
}

/** Buckets name nobody: what was typed may be somebody's address, or their password in the wrong field. */
export function named(kind: string, ...parts: readonly string[]): string {
  return `${kind} ${createHash('sha256').update(parts.join('\0')).digest('base64url')}`
}

/**
 * Takes a try of each bucket before the password is looked at, so that many at once count as many; answers which had room. A try
 * that found no room is not counted: who is refused does not shut others out.
 */
export async function takeTries(
  db: Db,
  budgets: readonly Budget[],
  at: Instant,
): Promise<ReadonlySet<string>> {
  // In order of name, so that two who take the same buckets do not wait crosswise.
  const rows = await db.rows<{ bucket: string; full: boolean }>(sql`
    insert into sign_in_try as b (bucket, level, full_then, at)
    select bucket, coalesce(takes, 1), false, ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(budgets)}::jsonb) as x(bucket text, takes float8) order by bucket
    on conflict (bucket) do update set (level, full_then, at) = (
      select case when dry.level + excluded.level > x.most then dry.level else dry.level + excluded.level end,
        dry.level + excluded.level > x.most,
        greatest(b.at, excluded.at)
      from jsonb_to_recordset(${JSON.stringify(budgets)}::jsonb) as x(bucket text, most float8, "perHour" float8),
        lateral (select greatest(0, b.level - greatest(0, extract(epoch from excluded.at - b.at)) * x."perHour" / 3600) as level) dry
      where x.bucket = b.bucket)
    returning bucket, full_then as full`)
  return new Set(rows.flatMap(({ bucket, full }) => (full ? [] : [bucket])))
}

/** Whether a try of a bucket would have room; none is taken. */
export async function hasRoomFor(db: Db, { bucket, most, perHour }: Budget, at: Instant): Promise<boolean> {
  const full = await db.row(sql`select bucket from sign_in_try where bucket = ${bucket}
    and greatest(0, level - greatest(0, extract(epoch from ${at}::timestamptz - at)) * ${perHour}::float8 / 3600) + 1 > ${most}::float8`)
  return full === null
}

/** Gives tries back whose password was right. */
export async function giveTriesBack(db: Db, buckets: readonly string[]): Promise<void> {
  await db.rows(sql`update sign_in_try set level = greatest(0, level - 1) where bucket in (
    select bucket from sign_in_try where bucket = any(${[...buckets]}) order by bucket for update)`)
}

/** Forgets buckets that have run dry: the slowest takes a day. */
export async function dropDryTries(db: Db, at: Instant): Promise<void> {
  await db.rows(sql`delete from sign_in_try where at < ${plus(at, -86_400)}`)
}
