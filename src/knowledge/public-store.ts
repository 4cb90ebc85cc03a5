// What strangers read: published articles for everybody, and nothing else.
import type { ArticleId, BrandId } from '#kit/ids.ts'
import type { Vocabulary } from '#kit/near.ts'
import type { Instant } from '#kit/time.ts'
import { articleColumns } from '#knowledge/article-store.ts'
import type { Article } from '#knowledge/article.ts'
import type { Title } from '#knowledge/shelf.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { vocabularyOf } from '#store/vocabulary.ts'

const OPEN = sql`a.status = 'published' and a.audience = 'public'`

/** Languages with something to read, the one with the most first. */
export async function openLanguages(db: Db): Promise<string[]> {
  const rows = await db.hot<{ language: string }>(sql`
    select a.language from article a where ${OPEN} group by a.language order by count(*) desc, a.language`)
  return rows.map(({ language }) => language)
}

/** Another text whenever anything changes that the help center shows: numbers are never given twice. */
export async function helpStamp(db: Db): Promise<string> {
  const [row] = await db.hot<{ stamp: string }>(
    sql`select count(*) || ' ' || coalesce(sum(id), 0) as stamp from help_change`,
  )
  return row?.stamp ?? ''
}

/** The words of what strangers may read in a brand's help, as they are written and by their stems. */
export async function openVocabulary(db: Db, brandId: BrandId): Promise<Vocabulary> {
  return vocabularyOf(
    db,
    `select a.words from article a where a.status = 'published' and a.audience = 'public' and (a.section_id is null
      or exists (select from section s where s.id = a.section_id and s.brand_id = ${Number(brandId)}))`,
  )
}

/** Clears away what only says that something changed long ago, and reads from before a moment. */
export async function dropOldHelp(db: Db, before: Instant): Promise<void> {
  await db.rows(sql`delete from help_change where id < (select max(id) from help_change)`)
  await db.rows(sql`delete from article_read where day < (${before}::timestamptz at time zone 'UTC')::date`)
}

/** What is listed of articles that strangers may read, with how often they were opened since a day. */
export async function openTitles(db: Db, since: Instant, limit: number): Promise<Title[]> {
  return db.rows<Title>(sql`select a.id, a.title, a.slug, a.language, a.section_id as "sectionId",
      a.translates_id as "translatesId", left(a.body_text, 200) as excerpt, a.published_at as "publishedAt",
      a.updated_at as "updatedAt", coalesce(r.reads, 0)::int as reads
    from article a left join (select article_id, sum(count) as reads from article_read
      where day >= (${since}::timestamptz at time zone 'UTC')::date group by article_id) r on r.article_id = a.id
    where ${OPEN} order by a.id desc limit ${limit}`)
}

/** Counts how often articles were opened on a day. */
export async function countReads(db: Db, at: Instant, reads: ReadonlyMap<ArticleId, number>): Promise<void> {
  await db.rows(sql`insert into article_read (article_id, day, count)
    select id, (${at}::timestamptz at time zone 'UTC')::date, count
    from unnest(${[...reads.keys()]}::bigint[], ${[...reads.values()]}::int[]) as r(id, count)
    where exists (select from article a where a.id = r.id)
    on conflict (day, article_id) do update set count = article_read.count + excluded.count`)
}

/** An article that strangers may read. */
export async function openArticle(db: Db, id: ArticleId): Promise<Article | null> {
  return db.row<Article>(sql`select ${articleColumns} from article a join person p on p.id = a.author_id
    where ${OPEN} and a.id = ${id}`)
}

/** Where the article is now that had this address once. */
export async function movedArticle(
  db: Db,
  language: string,
  slug: string,
): Promise<Pick<Title, 'language' | 'slug' | 'sectionId'> | null> {
  return db.row(sql`select a.language, a.slug, a.section_id as "sectionId" from article_address old join article a on a.id = old.article_id
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
