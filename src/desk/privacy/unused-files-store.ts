// Files that were let go, and whether anything shows them still.
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const shown = sql`(exists (select from attachment a where a.sha256 = b.sha256)
  or exists (select from raw_mail r where r.blob_sha256 = b.sha256)
  or exists (select from article_file f where f.sha256 = b.sha256)
  or exists (select from macro_file m where m.sha256 = b.sha256)
  or exists (select from brand where logo_sha256 = b.sha256)
  or exists (select from agent where picture_sha256 = b.sha256))`

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

/** An upload says by the database's clock when it came. */
const IDLE = sql`interval '30 days'`

/** Lets go of what was uploaded 30 days ago and went nowhere: no message or draft has it. At most so many. */
export async function dropIdleUploads(db: Db, limit: number): Promise<void> {
  await db.rows(sql`delete from attachment where id in (select id from attachment a
    where a.message_id is null and a.uploaded_by is not null and a.created_at < now() - ${IDLE}
      and not exists (select from draft d where a.id = any(d.attachments))
      and not exists (select from side_draft d where a.id = any(d.attachments))
    order by a.created_at limit ${limit})`)
}

/** The same of what was uploaded for articles and stands in no version of any: all of them are read for it. */
export async function dropIdleArticleFiles(db: Db, at: Instant, limit: number): Promise<void> {
  await db.rows(sql`delete from article_file where sha256 in (select sha256 from article_file f
    where f.created_at < ${at}::timestamptz - ${IDLE}
      and not exists (select from article_file_use u where u.sha256 = f.sha256)
      and not exists (select from article_version v where strpos(v.body, f.sha256) > 0)
    order by f.created_at limit ${limit})`)
}
