// Articles as rows: the newest state of each with its search index, and every version that was saved.
import type { ArticleId, PersonId, SectionId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { rawWordsOf } from '#kit/words.ts'
import { filesIn } from '#knowledge/article-file.ts'
import type { Article, Written } from '#knowledge/article.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import type { Db } from '#store/database.ts'
import { sql, type Sql } from '#store/sql.ts'

/** The name of the section of `article a` in its language. */
export const sectionOf = sql`coalesce((select section_name(s.names, a.language) from section s where s.id = a.section_id), '')`

/** The columns of an `Article`, of `article a` joined with `person p`. */
export const articleColumns = sql`a.id, a.version, a.title, a.slug, a.body, a.language, a.section_id as "sectionId",
  ${sectionOf} as section, a.translates_id as "translatesId", a.audience, a.status,
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
  const { titleWords, words, text } = await indexOf(db, written)
  const row = await db.row<{ id: ArticleId }>(sql`
    insert into article (version, title, slug, body, body_text, language, section_id, audience, status, author_id,
      created_at, updated_at, published_at, title_words, words)
    values (1, ${written.title}, ${written.slug}, ${written.body}, ${text}, ${written.language}, ${written.sectionId},
      ${written.audience}, ${written.status}, ${by}, ${at}, ${at}, ${written.status === 'published' ? at : null},
      ${titleWords}, ${words})
    on conflict (language, slug) do nothing returning id`)
  if (row === null) return null
  await keepFiles(db, row.id, written)
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
  const { titleWords, words, text } = await indexOf(db, to)
  // Of two who want the same address at the same moment, the second is told.
  await db.rows(sql`select pg_advisory_xact_lock(hashtext('article address'))`)
  const row = await db.row(sql`
    update article set version = version + 1, title = ${to.title}, slug = ${to.slug}, body = ${to.body},
      body_text = ${text}, language = ${to.language}, section_id = ${to.sectionId}, audience = ${to.audience},
      status = ${to.status}, updated_at = ${at}, title_words = ${titleWords}, words = ${words},
      published_at = ${to.status === 'published' ? sql`coalesce(published_at, ${at})` : sql`published_at`}
    where id = ${from.id} and not exists (
      select from article o where o.language = ${to.language} and o.slug = ${to.slug} and o.id <> ${from.id})
    returning id`)
  if (row === null) return false
  await keepFiles(db, from.id, to)
  await keepVersion(db, from.id, by)
  await freeAddress(db, to)
  if (from.slug !== to.slug || from.language !== to.language)
    await db.rows(sql`insert into article_address (language, slug, article_id)
      values (${from.language}, ${from.slug}, ${from.id})
      on conflict (language, slug) do update set article_id = excluded.article_id`)
  return true
}

/** Writes the words of articles anew: of all, when what a word is has changed, or of those in a section that has another name. */
export async function reindexArticles(db: Db, sectionId: SectionId | null = null): Promise<void> {
  const articles = await db.rows<Written & { id: ArticleId }>(
    sql`select a.id, a.title, a.slug, a.body, a.language, a.section_id as "sectionId", a.audience, a.status from article a
      where ${sectionId === null ? sql`true` : sql`a.section_id = ${sectionId}`}`,
  )
  for (const article of articles) {
    const { titleWords, words } = await indexOf(db, article)
    await db.rows(
      sql`update article set title_words = ${titleWords}, words = ${words} where id = ${article.id}`,
    )
  }
}

/** Ties an article to those that say the same in other languages, or unties it; false when one of them is in its language. */
export async function tieTranslation(db: Db, article: Article, to: Article | null): Promise<boolean> {
  // Those that followed it follow the oldest of them.
  await db.rows(sql`with others as (select id, min(id) over () as first from article where translates_id = ${article.id})
    update article a set translates_id = nullif(o.first, a.id) from others o where a.id = o.id`)
  const root = to === null ? null : (to.translatesId ?? to.id)
  const row =
    await db.row(sql`update article a set translates_id = ${root} where id = ${article.id} and not exists (
      select from article o where coalesce(o.translates_id, o.id) = ${root} and o.language = a.language and o.id <> a.id)
    returning id`)
  return row !== null
}

export type Translation = {
  readonly id: ArticleId
  readonly language: string
  readonly title: string
  readonly slug: string
  readonly status: Article['status']
}

/** The articles that say the same as one in other languages. */
export async function translationsOf(
  db: Db,
  { id, translatesId }: Pick<Article, 'id' | 'translatesId'>,
): Promise<Translation[]> {
  return db.rows<Translation>(sql`select id, language, title, slug, status from article
    where coalesce(translates_id, id) = ${translatesId ?? id} and id <> ${id} order by language`)
}

/** A living article has its address before one that had it once. */
async function freeAddress(db: Db, { language, slug }: Written): Promise<void> {
  await db.rows(sql`delete from article_address where language = ${language} and slug = ${slug}`)
}

/** Notes which files an article shows now; what names none that is here shows nothing. */
async function keepFiles(db: Db, id: ArticleId, { body }: Pick<Written, 'body'>): Promise<void> {
  const files = filesIn(body)
  await db.rows(sql`delete from article_file_use where article_id = ${id} and sha256 <> all(${files})`)
  if (files.length > 0)
    await db.rows(sql`insert into article_file_use (article_id, sha256)
      select ${id}, sha256 from article_file where sha256 = any(${files}) on conflict do nothing`)
}

async function keepVersion(db: Db, id: ArticleId, by: PersonId): Promise<void> {
  await db.rows(sql`
    insert into article_version (article_id, version, at, by_id, title, slug, body, language, section_id, audience, status)
    select id, version, updated_at, ${by}, title, slug, body, language, section_id, audience, status
    from article where id = ${id}`)
}

/** The words of an article: what its title says, and all it says, title, section and text weighing less in this order. */
async function indexOf(
  db: Db,
  { title, sectionId, body, language }: Written,
): Promise<{ titleWords: Sql; words: Sql; text: string }> {
  const section = await db.row<{ name: string }>(
    sql`select section_name(names, ${language}) as name from section where id = ${sectionId}`,
  )
  const text = textOfHtml(body)
  return {
    text,
    titleWords: wordsIn(language, title),
    words: sql`setweight(${wordsIn(language, title)}, 'A') || setweight(${wordsIn(language, section?.name ?? '')}, 'B')
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
  readonly section: string
}

const versionColumns = sql`v.version, v.at, p.name as "byName", v.title, v.slug, v.body, v.language, v.section_id as "sectionId",
  coalesce((select section_name(s.names, v.language) from section s where s.id = v.section_id), '') as section, v.audience, v.status`

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
