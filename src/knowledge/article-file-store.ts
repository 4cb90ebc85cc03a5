// The files of articles as rows, and which articles show them.
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

export type ArticleFile = {
  readonly sha256: string
  readonly name: string
  readonly type: string
  readonly size: number
}

/** Adds a file; one that is here already keeps its name, and counts as brought now. */
export async function addArticleFile(
  db: Db,
  { sha256, name, type, size }: ArticleFile,
  by: PersonId,
  at: Instant,
): Promise<void> {
  await db.rows(sql`insert into article_file (sha256, name, type, size, uploaded_by, created_at)
    values (${sha256}, ${name}, ${type}, ${size}, ${by}, ${at}) 
    on conflict (sha256) do update set created_at = excluded.created_at`)
}

/** A file, and whether an article that everybody may read shows it now; null when there is none. */
export async function findArticleFile(
  db: Db,
  sha256: string,
): Promise<(ArticleFile & { readonly isOpen: boolean }) | null> {
  return db.row(sql`select sha256, name, type, size, exists (select from article_file_use u
      join article a on a.id = u.article_id
      where u.sha256 = f.sha256 and a.status = 'published' and a.audience = 'public') as "isOpen"
    from article_file f where sha256 = ${sha256}`)
}
