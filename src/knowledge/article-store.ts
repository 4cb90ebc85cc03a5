// Articles as rows: the newest state of each with its search index, and every version that was saved.
import type { ArticleId, PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { rawWordsOf } from '#kit/words.ts'
import type { Article, Written } from '#knowledge/article.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import type { Db } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

/** The columns of an `Article`, of `article a` joined with `person p`. */
export const articleColumns = sql`a.id, a.version, a.title, a.slug, a.body, a.language, a.section, a.audience, a.status,
  a.author_id as "authorId", p.name as "authorName", a.created_at as "createdAt", a.updated_at as "updatedAt",
  a.published_at as "publishedAt"`

/** One article, whoever may read it. */
export async function findArticle(db: Db, id: number): Promise<Article | null> {
  return db.row<Article>(
    sql`select ${articleColumns} from article a join person p on p.id = a.author_id where a.id = ${id}`,
  )
}

/** One article, which nobody else changes until this transaction ends. */
export async function lockArticle(db: Db, id: number): Promise<Article | null> {
  return db.row<Article>(sql`select ${articleColumns} from article a join person p on p.id = a.author_id
    where a.id = ${id} for update of a`)
}

/** Adds an article with its first version; null when its address is another's. */
export async function addArticle(
  db: Db,
  written: Written,
  by: PersonId,
  at: Instant,
): Promise<ArticleId | null> {
  const { titleWords, words, text } = indexOf(written)
  const row = await db.row<{ id: ArticleId }>(sql`
    insert into article (version, title, slug, body, body_text, language, section, audience, status, author_id,
      created_at, updated_at, published_at, title_words, words)
    values (1, ${written.title}, ${written.slug}, ${written.body}, ${text}, ${written.language}, ${written.section},
      ${written.audience}, ${written.status}, ${by}, ${at}, ${at}, ${written.status === 'published' ? at : null},
      ${titleWords}, ${words})
    on conflict (language, slug) do nothing returning id`)
  if (row === null) return null
  await keepVersion(db, row.id, by)
  await freeAddress(db, written)
  return row.id
}

/** Writes the next version of an article; false when its address is another's. Its earlier address goes on leading to it. */
export async function saveArticle(
  db: Db,
  from: Article,
  to: Written,
  by: PersonId,
  at: Instant,
): Promise<boolean> {
  const { titleWords, words, text } = indexOf(to)
  // Of two who want the same address at the same moment, the second is told.
  await db.rows(sql`select pg_advisory_xact_lock(hashtext('article address'))`)
  const row = await db.row(sql`
    update article set version = version + 1, title = ${to.title}, slug = ${to.slug}, body = ${to.body},
      body_text = ${text}, language = ${to.language}, section = ${to.section}, audience = ${to.audience},
      status = ${to.status}, updated_at = ${at}, title_words = ${titleWords}, words = ${words},
      published_at = ${to.status === 'published' ? sql`coalesce(published_at, ${at})` : sql`published_at`}
    where id = ${from.id} and not exists (
      select from article o where o.language = ${to.language} and o.slug = ${to.slug} and o.id <> ${from.id})
    returning id`)
  if (row === null) return false
  await keepVersion(db, from.id, by)
  await freeAddress(db, to)
  if (from.slug !== to.slug || from.language !== to.language)
    await db.rows(sql`insert into article_address (language, slug, article_id)
      values (${from.language}, ${from.slug}, ${from.id})
      on conflict (language, slug) do update set article_id = excluded.article_id`)
  return true
}

/** Writes the words of all articles anew: what a word is has changed. */
export async function reindexArticles(db: Db): Promise<void> {
  const articles = await db.rows<Written & { id: ArticleId }>(
    sql`select id, title, slug, body, language, section, audience, status from article`,
  )
  for (const article of articles) {
    const { titleWords, words } = indexOf(article)
    await db.rows(
      sql`update article set title_words = ${titleWords}, words = ${words} where id = ${article.id}`,
    )
  }
}

/** A living article has its address before one that had it once. */
async function freeAddress(db: Db, { language, slug }: Written): Promise<void> {
  await db.rows(sql`delete from article_address where language = ${language} and slug = ${slug}`)
}

async function keepVersion(db: Db, id: ArticleId, by: PersonId): Promise<void> {
  await db.rows(sql`
    insert into article_version (article_id, version, at, by_id, title, slug, body, language, section, audience, status)
    select id, version, updated_at, ${by}, title, slug, body, language, section, audience, status
    from article where id = ${id}`)
}

/** The words of an article: what its title says, and all it says, title, section and text weighing less in this order. */
function indexOf({ title, section, body, language }: Written): { titleWords: Sql; words: Sql; text: string } {
  const text = textOfHtml(body)
  return {
    text,
    titleWords: wordsIn(language, title),
    words: sql`setweight(${wordsIn(language, title)}, 'A') || setweight(${wordsIn(language, section)}, 'B')
      || setweight(${wordsIn(language, text)}, 'D')`,
  }
}

function wordsIn(language: string, text: string): Sql {
  const words = rawWordsOf(text).join(' ')
  return sql`(to_tsvector(article_dictionary(${language}), ${words}) || to_tsvector('simple', ${words}))`
}

export type ArticleVersion = Written & {
  readonly version: number
  readonly at: Instant
  readonly byName: string
}

const versionColumns = sql`v.version, v.at, p.name as "byName", v.title, v.slug, v.body, v.language, v.section, v.audience, v.status`

/** The versions of an article, newest first, from before one on. */
export async function articleVersions(
  db: Db,
  id: number,
  page: { readonly limit: number; readonly before: number | null },
): Promise<ArticleVersion[]> {
  return db.rows<ArticleVersion>(sql`select ${versionColumns} from article_version v join person p on p.id = v.by_id
    where v.article_id = ${id} and v.version < ${page.before ?? 2_147_483_647}
    order by v.version desc limit ${page.limit}`)
}

/** One version of an article. */
export async function articleVersion(db: Db, id: number, version: number): Promise<ArticleVersion | null> {
  return db.row<ArticleVersion>(sql`select ${versionColumns} from article_version v join person p on p.id = v.by_id
    where v.article_id = ${id} and v.version = ${version}`)
}

export type Section = { readonly language: string; readonly name: string; readonly count: number }

/** Sections in use with how many articles are in each, archived ones not counted; only published ones unless `all`. */
export async function sectionsInUse(db: Db, all: boolean): Promise<Section[]> {
  return db.rows<Section>(sql`select language, section as name, count(*) as count from article
    where ${all ? sql`status <> 'archived'` : sql`status = 'published'`}
    group by language, section order by language, section = '', lower(section)`)
}
