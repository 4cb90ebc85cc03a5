// Whether articles helped, as rows: one of each reader and version.
import type { ArticleId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Keeps what a reader says of a version; said again it takes the place of what they said before. False: there is no such version. */
export async function putVote(
  db: Db,
  article: { readonly id: ArticleId; readonly version: number },
  voter: string,
  { helpful, comment, at }: { readonly helpful: boolean; readonly comment: string; readonly at: Instant },
): Promise<boolean> {
  const row = await db.row(sql`
    insert into article_vote (article_id, version, voter, helpful, comment, at)
    select v.article_id, v.version, ${voter}, ${helpful}, ${comment}, ${at} from article_version v
      where v.article_id = ${article.id} and v.version = ${article.version}
        and v.status = 'published' and v.audience = 'public'
    on conflict (article_id, version, voter) do update set helpful = excluded.helpful, at = excluded.at,
      comment = case when excluded.comment = '' then article_vote.comment else excluded.comment end
    returning version`)
  return row !== null
}

export type Votes = { readonly version: number; readonly yes: number; readonly no: number }

/** How many said yes and no of each version, the newest first. */
export async function votesOf(db: Db, articleId: number): Promise<Votes[]> {
  return db.rows<Votes>(sql`select version, count(*) filter (where helpful)::int as yes,
      count(*) filter (where not helpful)::int as no
    from article_vote where article_id = ${articleId} group by version order by version desc limit 20`)
}

export type Comment = {
  readonly at: Instant
  readonly voter: string
  readonly version: number
  readonly helpful: boolean
  readonly comment: string
}

/** What readers wrote of an article, the newest first. */
export async function commentsOf(
  db: Db,
  articleId: number,
  page: { readonly limit: number; readonly after: { readonly at: string; readonly voter: string } | null },
): Promise<Comment[]> {
  const from =
    page.after === null ? sql`` : sql`and (at, voter) < (${page.after.at}::timestamptz, ${page.after.voter})`
  return db.rows<Comment>(sql`select at, voter, version, helpful, comment from article_vote
    where article_id = ${articleId} and comment <> '' ${from} order by at desc, voter desc limit ${page.limit}`)
}

export type Unhelpful = {
  readonly id: ArticleId
  readonly title: string
  readonly language: string
  readonly yes: number
  readonly no: number
}

/** Published articles whose newest version was of no help to so many, those with the most first. */
export async function unhelpfulArticles(db: Db, least: number, limit: number): Promise<Unhelpful[]> {
  return db.rows<Unhelpful>(sql`select * from (
      select a.id, a.title, a.language, count(*) filter (where v.helpful)::int as yes,
        count(*) filter (where not v.helpful)::int as no
      from article a join article_vote v on v.article_id = a.id and v.version = a.version
      where a.status = 'published' group by a.id) counted
    where no >= ${least} and no > yes order by no desc, id limit ${limit}`)
}

/** Forgets votes from before a moment, with their words. */
export async function dropOldVotes(db: Db, before: Instant): Promise<void> {
  await db.rows(sql`delete from article_vote where at < ${before}`)
}
