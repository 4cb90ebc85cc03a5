// Files that were let go, and whether anything shows them still.
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const shown = sql`(exists (select from attachment a where a.sha256 = b.sha256)
  or exists (select from raw_mail r where r.blob_sha256 = b.sha256)
  or exists (select from article_file f where f.sha256 = b.sha256)
  or exists (select from macro_file m where m.sha256 = b.sha256)
  or exists (select from brand where logo_sha256 = b.sha256))`

/** Files that were let go, in order of name. */
export async function unusedBlobs(
  db: Db,
  after: string,
  limit: number,
): Promise<{ sha256: string; isShown: boolean }[]> {
  return db.rows(sql`select b.sha256, ${shown} as "isShown" from blob_unused b where b.sha256 > ${after}
    order by b.sha256 limit ${limit}`)
}

/** Forgets that these were let go. */
export async function forgetUnused(db: Db, names: readonly string[]): Promise<void> {
  if (names.length > 0) await db.rows(sql`delete from blob_unused where sha256 = any(${[...names]})`)
}
