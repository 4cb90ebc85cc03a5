// What strangers read: published articles for everybody, and nothing else.
import type { ArticleId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { articleColumns } from '#knowledge/article-store.ts'
import type { Article } from '#knowledge/article.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const OPEN = sql`a.status = 'published' and a.audience = 'public'`

export type Title = {
  readonly id: ArticleId
  readonly title: string
  readonly slug: string
  readonly language: string
  readonly section: string
  readonly updatedAt: Instant
}

/** Languages with something to read, the one with the most first. */
export async function openLanguages(db: Db): Promise<string[]> {
  const rows = await db.hot<{ language: string }>(sql`
    select a.language from article a where ${OPEN} group by a.language order by count(*) desc, a.language`)
  return rows.map(({ language }) => language)
}

/** Titles in a language by section; articles without one come last. */
export async function openTitles(db: Db, language: string, limit: number): Promise<Title[]> {
  return db.hot<Title>(sql`select a.id, a.title, a.slug, a.language, a.section, a.updated_at as "updatedAt"
    from article a where ${OPEN} and a.language = ${language}
    order by a.section = '', lower(a.section), lower(a.title), a.id limit ${limit}`)
}

/** Every address that strangers may read, for their search engines. */
export async function openAddresses(db: Db, limit: number): Promise<Omit<Title, 'title' | 'section'>[]> {
  return db.hot(sql`select a.id, a.slug, a.language, a.updated_at as "updatedAt" from article a where ${OPEN}
    order by a.id desc limit ${limit}`)
}

/** The article at an address. */
export async function openArticle(db: Db, language: string, slug: string): Promise<Article | null> {
  const [found] =
    await db.hot<Article>(sql`select ${articleColumns} from article a join person p on p.id = a.author_id
    where ${OPEN} and a.language = ${language} and a.slug = ${slug}`)
  return found ?? null
}

/** Where the article is now that had this address once. */
export async function movedArticle(
  db: Db,
  language: string,
  slug: string,
): Promise<{ language: string; slug: string } | null> {
  return db.row(sql`select a.language, a.slug from article_address old join article a on a.id = old.article_id
    where ${OPEN} and old.language = ${language} and old.slug = ${slug}`)
}

export type OpenText = {
  readonly id: ArticleId
  readonly version: number
  readonly title: string
  readonly slug: string
  readonly body: string
  readonly language: string
}

/** What changes when anything does that strangers may read. */
export async function openFingerprint(db: Db): Promise<string> {
  const [row] = await db.hot<{
    print: string
  }>(sql`select count(*) || ' ' || coalesce(sum(a.version * a.id), 0) || ' ' ||
    coalesce(max(a.updated_at)::text, '') as print from article a where ${OPEN}`)
  return row?.print ?? ''
}

/** Everything that strangers may read now. */
export async function openTexts(db: Db): Promise<OpenText[]> {
  return db.rows<OpenText>(
    sql`select a.id, a.version, a.title, a.slug, a.body, a.language from article a where ${OPEN} order by a.id`,
  )
}

/** Every version of what strangers could ever read, oldest first; `open` while it could be read. */
export async function openHistory(
  db: Db,
): Promise<(OpenText & { readonly at: Instant; readonly open: boolean })[]> {
  return db.rows(sql`select v.article_id as id, v.version, v.title, v.slug, v.body, v.language, v.at,
    v.status = 'published' and v.audience = 'public' as open
    from article_version v where exists (select from article_version o where o.article_id = v.article_id
      and o.status = 'published' and o.audience = 'public') order by v.at, v.article_id, v.version`)
}
