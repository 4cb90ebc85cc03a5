// Articles found: lists in pages with every word of a search in them, and those that fit a text best.
import type { ArticleId, BrandId, SectionId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { articleColumns, sectionOf } from '#knowledge/article-store.ts'
import type { Article, ArticleStatus, Audience } from '#knowledge/article.ts'
import type { Asked } from '#knowledge/asked.ts'
import type { Db } from '#store/database.ts'
import { join, sql, type Sql } from '#store/sql.ts'

/** The languages that articles are written in. */
const SPOKEN = sql`select distinct language from article`

export type ArticleFilter = {
  /** Each must be in the article; none: all articles. */
  readonly words: readonly string[]
  /** Whether the last word is still being typed. */
  readonly typing: boolean
  readonly statuses: readonly ArticleStatus[]
  readonly language: string | null
  readonly sectionId: SectionId | null
  readonly audience: Audience | null
}

export type Place = { readonly hit: number; readonly at: string; readonly id: number }

/** What a list shows of an article, and its place in it: `hit` is 1 when all words stand in the title. */
export type Listed = Article & { readonly hit: number; readonly text: string }

/** One page: articles with the words in their title first, of those the newest first. */
export async function listArticles(
  db: Db,
  filter: ArticleFilter,
  page: { readonly limit: number; readonly after: Place | null },
): Promise<Listed[]> {
  const query = filter.words.length === 0 ? null : queryOf(filter.words, filter.typing)
  const hit = query === null ? sql`0` : sql`(a.title_words @@ asked.query)::int`
  const where = [
    sql`a.status = any(${filter.statuses})`,
    ...(query === null ? [] : [sql`a.words @@ asked.query`]),
    ...(filter.language === null ? [] : [sql`a.language = ${filter.language}`]),
    ...(filter.sectionId === null ? [] : [sql`a.section_id in (${below(filter.sectionId)})`]),
    ...(filter.audience === null ? [] : [sql`a.audience = ${filter.audience}`]),
    ...(page.after === null
      ? []
      : [
          sql`(${hit}, a.updated_at, a.id) < (${page.after.hit}, ${page.after.at}::timestamptz, ${page.after.id})`,
        ]),
  ]
  // Texts are long: only those of the page are read.
  return db.rows<Listed>(sql`
    with spoken as materialized (${SPOKEN}), asked as materialized (select ${query ?? sql`null::tsquery`} as query),
    found as (
      select a.id, ${hit} as hit from asked, article a where ${join(where, ' and ')}
      order by ${query === null ? sql`` : sql`hit desc,`} a.updated_at desc, a.id desc limit ${page.limit})
    select ${articleColumns}, left(a.body_text, 300) as text, hit
    from found join article a on a.id = found.id join person p on p.id = a.author_id
    order by hit desc, a.updated_at desc, a.id desc`)
}

/** A section and all that lie in it. */
function below(sectionId: SectionId): Sql {
  return sql`with recursive below as (select ${sectionId}::bigint as id
    union select s.id from section s join below b on s.parent_id = b.id) select id from below`
}

/** A search in which each word is met as it is written or by its stem, the last by its beginning while it is typed. */
function queryOf(words: readonly string[], typing: boolean): Sql {
  const open = typing ? words.length : 0
  return sql`(select string_agg('(' || forms || ')', ' & ' order by place)::tsquery from (
    select place, string_agg(quote_literal(form) || case when place = ${open} and form = word then ':*' else '' end, ' | ') as forms
    from unnest(${words}::text[]) with ordinality as w(word, place), ${formsOf(sql`word`)} group by place) each)`
}

/** A word as it is written, and its stem in each language of `spoken`. Stop words have no stem. */
function formsOf(word: Sql): Sql {
  return sql`lateral (select ${word} as form union
    select unnest(tsvector_to_array(to_tsvector(article_dictionary(language), ${word})))
    from spoken) forms`
}

export type Fitting = {
  readonly id: ArticleId
  readonly title: string
  readonly slug: string
  readonly language: string
  readonly sectionId: SectionId | null
  readonly section: string
  readonly audience: Audience
  readonly updatedAt: Instant
  readonly text: string
}

/** A word that so many articles have tells nothing of any of them. */
const COMMON = 300
/** What has less than this share of the best one's weight is not shown beside it. */
const WORTH = 0.4
/** A word of what counts more weighs so much; one in the title counts twice. */
const HEAVY = 2

/**
 * Published articles by the weight of the words they share with a text, rare words weighing most. `heavy` words count
 * double, stop words of any language nothing, unless nothing else was typed. An article needs a heavy word in its title or three
 * words in its text (all, of fewer; numbers and words of two letters need not be among them), and those in `language` stand first.
 */
export async function fittingArticles(
  db: Db,
  asked: Asked,
  among: {
    readonly audience: Audience | null
    readonly language: string | null
    readonly only: boolean
    /** In whose help it must stand; without, in any. */
    readonly brandId?: BrandId
    readonly limit: number
  },
): Promise<Fitting[]> {
  const words = [...new Set([...asked.heavy, ...asked.light])]
  if (words.length === 0) return []
  const isTyped = asked.typed === true
  const visible = sql`a.status = 'published'
    ${among.audience === null ? sql`` : sql`and a.audience = ${among.audience}`}
    ${among.only && among.language !== null ? sql`and a.language = ${among.language}` : sql``}
    ${among.brandId === undefined ? sql`` : sql`and (a.section_id is null or exists (select from section s where s.id = a.section_id and s.brand_id = ${among.brandId}))`}`
  return db.rows<Fitting>(sql`
    with spoken as materialized (${SPOKEN}), given as materialized (
      select word, exists (select from spoken where to_tsvector(article_dictionary(language), word) = '') as is_stop
      from unnest(${words}::text[]) as w(word)),
    asked as materialized (
      select word, case when word = any(${asked.heavy}::text[]) then ${HEAVY} else 1 end as weight,
        string_agg(quote_literal(form), ' | ')::tsquery as query
      from given, ${formsOf(sql`word`)}
      where not is_stop or (${isTyped} and not exists (select from given where not is_stop))
      group by word),
    hits as (
      select word, weight, id, in_title, count(*) over (partition by word, in_title) as among
      from asked cross join lateral (
        (select a.id, true as in_title from article a where weight = ${HEAVY} and a.title_words @@ query and ${visible} limit ${COMMON})
        union all
        (select a.id, false from article a where a.words @@ query and ${visible} limit ${COMMON})) found),
    fitting as (
      select id, sum(weight * ln((select count(*) + 1 from article a where ${visible})::float / among)) as score
      from hits where among < ${COMMON} or (${isTyped} and not exists (select from hits where among < ${COMMON}))
      group by id
      having bool_or(in_title and weight = ${HEAVY}) or count(distinct word) >= greatest(1, least(3, (select count(*) from asked where word !~ '^([0-9]+|[a-z]{1,2})$'))))
    select a.id, a.title, a.slug, a.language, a.section_id as "sectionId",
      ${sectionOf} as section, a.audience, a.updated_at as "updatedAt", left(a.body_text, 2000) as text
    from fitting f join article a on a.id = f.id
    where f.score >= ${WORTH} * (select max(score) from fitting)
    order by ${among.language === null ? sql`` : sql`a.language = ${among.language} desc,`} f.score desc, a.id
    limit ${among.limit}`)
}
