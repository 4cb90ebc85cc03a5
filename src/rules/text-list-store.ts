// Tickets that hold words, the newest first. The index of words would read every hit of a common word to find the newest, and a walk
// over the newest tickets every ticket to find a rare one. So a few of the newest are walked, and from then on what was found says
// how: on with the walk where it soon ends; spans of tickets by the index, as wide as needed, of a phrase by its pairs of neighbours
// once it shows to be rare; all that are left by the index; or a walk over what else is asked for.
import type { TicketId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'
import { join, sql, type Sql } from '#store/sql.ts'
import type { Phrases } from '#rules/text-query.ts'
import { SPANS, spanWord } from '#tickets/search-document.ts'

/** What is looked for: words, what of them stands side by side, and tests over `ticket t`. */
export type Sought = { readonly query: string; readonly phrases: Phrases; readonly where: readonly Sql[] }

/** So many of the newest tickets are walked; more when few are wanted, as while somebody types. */
const WALKED = 128
const WALKED_FOR_FEW = 1_024
const FEW_WANTED = 10
/** Common hits are walked on to when so few tickets are likely to hold the rest. */
const WALKED_ON = 640
/** More of them than are likely to be needed. */
const SPARE = 1.3
/** The first span by the index, and how much wider the next may be. */
const FIRST = 4_096
const GROWTH = 8
const MOST_SPANS = 16
/** When no more hits than this are to be expected in all that is left, it is searched whole. */
const FEW = 3_000
/** The other tests leave so little of the hits of words that they had better lead. */
const NARROW = 4

/** Where the numbers of tickets end, and below which documents are still without the words of their spans. */
type Extent = { readonly newest: number; readonly below: number }

type Wanted = {
  readonly limit: number
  readonly before?: number | undefined
  /** Few tickets are likely to hold the words: a walk would be for nothing. */
  readonly isRare?: boolean
  /** Where it was asked for already. */
  readonly extent?: Extent
}

/** Ids below `before` that hold the words and pass the tests, newest first. */
export async function newestWith(
  db: Db,
  sought: Sought,
  { limit, before: given, isRare = false, extent: known }: Wanted,
): Promise<TicketId[]> {
  const extent = known ?? (await extentOf(db))
  const top = Math.min(given ?? Infinity, extent.newest + 1)
  const walked = isRare ? 0 : limit <= FEW_WANTED ? WALKED_FOR_FEW : WALKED
  let before = Math.max(0, top - walked)
  const found = isRare ? [] : await walk(db, sought, { from: before, before: top, limit })
  const ahead = Math.ceil((SPARE * (limit - found.length) * walked) / found.length)
  if (found.length < limit && ahead <= WALKED_ON) {
    const from = Math.max(0, before - ahead)
    found.push(...(await walk(db, sought, { from, before, limit: limit - found.length })))
    before = from
  }
  let [hits, looked] = [found.length, top - before]
  while (before > 0 && found.length < limit) {
    const rest = limit - found.length
    const isFirst = looked <= WALKED_FOR_FEW
    const span = spanBelow(before, isFirst ? FIRST : widthOf(looked, hits, rest, before), extent.below)
    const range = { ...span, before, limit: rest }
    const isByPairs = !isFirst && sought.phrases.length > 0 && extent.below === 0
    const next = isByPairs ? await ofPairs(db, sought, range) : await ofIndex(db, sought, range)
    found.push(...next.ids)
    hits += next.hits
    looked += before - span.from
    before = span.from
    const isCommon = (hits / looked) * before > FEW
    if (before > 0 && found.length < limit && isCommon && found.length * NARROW < hits) {
      found.push(...(await besidesWords(db, sought, { from: 0, before, limit: limit - found.length })))
      break
    }
  }
  return found
}

async function extentOf(db: Db): Promise<Extent> {
  const row = await db.row<Extent>(sql`select coalesce((select max(id) from ticket), 0) as newest,
    coalesce((select below from search_rebuild), 0) as below`)
  return row ?? { newest: 0, below: 0 }
}

/** How many tickets to look at next: all that are left when few of them can be hits. */
function widthOf(looked: number, hits: number, rest: number, left: number): number {
  if (((hits + 1) / looked) * left <= FEW) return Infinity
  return Math.min(looked * GROWTH, (SPARE * rest * looked) / (hits + 1))
}

type Span = { readonly from: number; readonly words: readonly string[] }

/** Spans that cover so many numbers before one; no words: everything before it. */
function spanBelow(before: number, width: number, below: number): Span {
  if (width === Infinity || before <= below) return { from: 0, words: [] }
  const level = Math.max(
    0,
    SPANS.findLastIndex((bits) => 2 ** bits * 2 <= width),
  )
  const size = 2 ** (SPANS[level] ?? 0)
  const last = Math.floor((before - 1) / size)
  const first = Math.max(0, last - Math.min(MOST_SPANS, Math.ceil(width / size)) + 1)
  const words = Array.from({ length: last - first + 1 }, (_, index) => spanWord(level, first + index))
  return { from: Math.max(first * size, below), words }
}

type Range = { readonly from: number; readonly before: number; readonly limit: number }

/** One ticket after the other, in the order of the index that fits the tests; the words of each are looked at. */
async function walk(db: Db, { query, where }: Sought, { from, before, limit }: Range): Promise<TicketId[]> {
  const rows = await db.rows<{ id: TicketId }>(sql`select t.id from ticket t
    where t.id >= ${from} and t.id < ${before} and ${join([...where], ' and ')}
      and (select d.words @@ ${query}::tsquery from search_document d where d.ticket_id = t.id)
    order by t.id desc limit ${limit}`)
  return rows.map(({ id }) => id)
}

/** So many tickets at most are read because they pass the tests, before their words are looked at. */
const MOST_PASSING = 5_000

/**
 * Where the other tests leave little, as they do for who sees one team of many: all that pass, by whichever index is the shortest way,
 * and the words of the newest of them. Where too many pass, one ticket after the other.
 */
async function besidesWords(db: Db, sought: Sought, range: Range): Promise<readonly TicketId[]> {
  const { query, where } = sought
  const { from, before, limit } = range
  const row = await db.row<{ ids: TicketId[]; passing: number }>(sql`
    with passing as materialized (select t.id from ticket t
      where t.id >= ${from} and t.id < ${before} and ${join([...where], ' and ')} limit ${MOST_PASSING})
    select (select count(*) from passing) as passing, array(
      select id from (select id from passing order by id desc offset 0) p
      where (select d.words @@ ${query}::tsquery from search_document d where d.ticket_id = p.id) limit ${limit}) as ids`)
  return row !== null && row.passing < MOST_PASSING ? row.ids : walk(db, sought, range)
}

/** All hits of the words in some spans are read, then their tickets until there are enough. */
async function ofIndex(
  db: Db,
  { query, where }: Sought,
  { from, before, limit, words }: Range & Span,
): Promise<{ ids: readonly TicketId[]; hits: number }> {
  const among = words.length === 0 ? query : `(${words.map((word) => `'${word}'`).join(' | ')}) & (${query})`
  const hits = sql`select ticket_id from search_document
    where words @@ ${among}::tsquery and ticket_id >= ${from} and ticket_id < ${before}`
  return newestOf(db, hits, where, limit)
}

/** Documents in which the words of a phrase stand side by side are few, however many have them all; the words of those are looked at. */
async function ofPairs(
  db: Db,
  { query, phrases, where }: Sought,
  { from, before, limit }: Range,
): Promise<{ ids: readonly TicketId[]; hits: number }> {
  const all = (pairs: readonly (readonly number[])[]) =>
    join(
      pairs.map((any) => sql`pairs && ${[...any]}::integer[]`),
      ' and ',
    )
  const held = phrases.map((spellings) => sql`(${join(spellings.map(all), ' or ')})`)
  // The fence keeps the planner from asking the index of words, which would read every document that has them.
  const hits = sql`select ticket_id from (select ticket_id, words from search_document
    where ${join(held, ' and ')} and ticket_id >= ${from} and ticket_id < ${before} offset 0) d
    where words @@ ${query}::tsquery`
  return newestOf(db, hits, where, limit)
}

/** How many hits there are, and the newest of them that pass the tests. */
async function newestOf(db: Db, hits: Sql, where: readonly Sql[], limit: number) {
  const row = await db.row<{ ids: TicketId[]; hits: number }>(sql`
    with hit as materialized (${hits})
    select (select count(*) from hit) as hits, array(select t.id from ticket t
      where t.id = any(array(select ticket_id from hit)) and ${join([...where], ' and ')}
      order by t.id desc limit ${limit}) as ids`)
  return row ?? { ids: [], hits: 0 }
}

/** How hits of words are ranked: the number itself before a hit in the subject before any other. */
export type Ranks = { readonly numbers: readonly number[]; readonly subject: string | null }

/** One page of hits, rank after rank, of a rank the newest first. */
export async function rankedWith(
  db: Db,
  sought: Sought,
  { numbers, subject }: Ranks,
  { limit, after }: { readonly limit: number; readonly after: { key: string | number; id: number } | null },
): Promise<{ id: TicketId; key: number }[]> {
  const { query, phrases, where } = sought
  const extent = await extentOf(db)
  const others = [...where, sql`t.id <> all(${numbers}::bigint[])`]
  const named = { query, phrases, where: [...where, sql`t.id = any(${numbers}::bigint[])`] }
  const ranks: { key: number; read: (range: Range) => Promise<TicketId[]> }[] = [
    { key: 2, read: async (range) => (numbers.length === 0 ? [] : walk(db, named, range)) },
    {
      key: 1,
      read: async (range) =>
        subject === null
          ? []
          : newestWith(
              db,
              { query: subject, phrases: [], where: others },
              { ...range, extent, isRare: true },
            ),
    },
    {
      key: 0,
      read: (range) =>
        newestWith(
          db,
          { phrases, query: subject === null ? query : `(${query}) & !(${subject})`, where: others },
          { ...range, extent },
        ),
    },
  ]
  const found: { id: TicketId; key: number }[] = []
  for (const { key, read } of ranks) {
    if (found.length >= limit || (after !== null && key > Number(after.key))) continue
    const before = after !== null && key === after.key ? after.id : Number.MAX_SAFE_INTEGER
    const ids = await read({ from: 0, before, limit: limit - found.length })
    found.push(...ids.map((id) => ({ id, key })))
  }
  return found
}
