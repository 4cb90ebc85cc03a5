// Lists of tickets: a compiled condition within what the reader may see, in pages by sort key, and counts of the same.
import { never } from '#kit/never.ts'
import type { Instant } from '#kit/time.ts'
import { wordsOf } from '#kit/words.ts'
import type { TeamId, TicketId } from '#kit/ids.ts'
import { compile, type Compiling } from '#rules/condition-store.ts'
import type { Cond } from '#rules/condition.ts'
import { asksForHidden, type SortKey } from '#rules/query.ts'
import type { Reader } from '#people/can.ts'
import type { GroupKey } from '#rules/listing.ts'
import { inSight } from '#people/wall-store.ts'
import type { Db } from '#store/database.ts'
import { newestWith, rankedWith } from '#rules/text-list-store.ts'
import { ranksOf, textIn } from '#rules/text-query.ts'
import { empty, join, raw, sql, type Sql } from '#store/sql.ts'
import { SUBJECT_MARK } from '#tickets/search-document.ts'
import { activeStatuses, priorities, statuses, type Status } from '#tickets/vocabulary.ts'

/** Where the page before ended. */
export type After = { readonly key: string | number; readonly id: number }

export type Listing = {
  readonly cond: Cond
  readonly reader: Reader
  readonly how: Omit<Compiling, 'agentId'>
}

/** Word for word as in the index `ticket_by_priority`, which sorts by it. */
const RANK = raw(
  `array_position(array[${priorities
    .toReversed()
    .map((each) => `'${each}'`)
    .join(', ')}], t.priority)`,
)

type Page = { readonly sort: SortKey; readonly limit: number; readonly after: After | null }

/** Ids of one page with the sort key to go on from. */
export async function listTicketIds(
  db: Db,
  listing: Listing,
  page: Page,
): Promise<{ id: TicketId; key: string | number }[]> {
  const text = textIn(listing.cond, listing.how)
  if (text !== null && (page.sort === 'relevance' || page.sort === 'newest')) {
    const sought = { ...text, where: beside(listing, text.rest) }
    if (page.sort === 'relevance') return rankedWith(db, sought, ranksOf(text.leaves), page)
    const ids = await newestWith(db, sought, { limit: page.limit, before: page.after?.id })
    return ids.map((id) => ({ id, key: id }))
  }
  const { key, order, beyond } = sorted(page.sort, page.after, listing.cond)
  const where = [...conditions(listing), ...(beyond === null ? [] : [beyond])]
  return db.rows(sql`select t.id, ${key} as key from ticket t where ${join(where, ' and ')}
    order by ${order} limit ${page.limit}`)
}

/** Ids in order of a group first: the whole list up to `limit`, each with its group. */
export async function groupedTicketIds(
  db: Db,
  listing: Listing,
  how: { readonly sort: SortKey; readonly group: GroupKey; readonly limit: number },
): Promise<{ id: TicketId; key: string; label: string | null }[]> {
  const { order } = sorted(how.sort, null, listing.cond)
  const { key, label, rank } = grouped(how.group)
  return db.rows(sql`select t.id, ${key} as key, ${label} as label from ticket t
    where ${join(conditions(listing), ' and ')} order by ${rank}, ${key}, ${order} limit ${how.limit}`)
}

/** How a group is told apart, what it is called when the reader's words do not name it, and its place. */
function grouped(group: GroupKey): { key: Sql; label: Sql; rank: Sql } {
  const none = sql`null::text`
  switch (group) {
    case 'status':
      return { key: sql`t.status`, label: none, rank: sql`array_position(${statuses}::text[], t.status)` }
    case 'priority':
      return { key: sql`t.priority`, label: none, rank: RANK }
    case 'assignee':
      return named(sql`t.assignee_id`, sql`(select name from person g where g.id = t.assignee_id)`)
    case 'team':
      return named(sql`t.team_id`, sql`(select name from team g where g.id = t.team_id)`)
    case 'organization': {
      const org = sql`(select organization_id from person g where g.id = t.requester_id)`
      return named(org, sql`(select name from organization g where g.id = ${org})`)
    }
    default:
      return never(group)
  }
}

const named = (id: Sql, name: Sql) => ({
  key: sql`coalesce(${id}::text, '')`,
  label: name,
  rank: sql`lower(${name}) nulls last`,
})

/** How many tickets match, counting no further than `cap`. */
export async function countMatching(db: Db, listing: Listing, cap: number): Promise<number> {
  const row = await db.row<{ count: number }>(sql`select ${countOf(conditions(listing), cap)} as count`)
  return row?.count ?? 0
}

export type Similar = {
  readonly id: TicketId
  readonly subject: string
  readonly status: Status
  readonly updatedAt: Instant
}

/** Looked at among the newest tickets that share a word of the subject, so that a common word costs no more than a rare one. */
const SIMILAR_AMONG = 500
const MOST_SIMILAR = 5

/** Tickets whose subjects share the most words with this one's, within what the reader may see. */
export async function similarTickets(
  db: Db,
  ticket: { readonly id: TicketId; readonly subject: string },
  reader: Reader,
): Promise<Similar[]> {
  const words = [...new Set(wordsOf(ticket.subject))].filter((word) => word.length > 3).slice(0, 8)
  if (words.length === 0) return []
  const query = words.map((word) => `'${SUBJECT_MARK}${word}'`).join(' | ')
  return db.rows<Similar>(sql`select t.id, t.subject, t.status, t.updated_at as "updatedAt" from (
      select ticket_id, words from search_document where words @@ ${query}::tsquery and ticket_id <> ${ticket.id}
      order by ticket_id desc limit ${SIMILAR_AMONG}) d join ticket t on t.id = d.ticket_id
    where not t.hidden and ${inSight(reader)}
    order by ts_rank(d.words, ${query}::tsquery) desc, t.id desc limit ${MOST_SIMILAR}`)
}

/** How many tickets match each of several conditions, each count stopping at the cap. One round trip. */
export async function countEach(
  db: Db,
  conds: readonly Cond[],
  listing: Omit<Listing, 'cond'>,
): Promise<number[]> {
  if (conds.length === 0) return []
  const counts = conds.map((cond) => countOf(conditions({ ...listing, cond }), COUNT_CAP))
  const row = await db.row<{ counts: number[] }>(sql`select json_build_array(${join(counts)}) as counts`)
  return row?.counts ?? []
}

function sorted(
  sort: SortKey,
  after: After | null,
  cond: Cond,
): { key: Sql; order: Sql; beyond: Sql | null } {
  const { key = 0, id = 0 } = after ?? {}
  const next = (beyond: Sql) => (after === null ? null : beyond)
  switch (sort) {
    case 'due':
      return {
        key: sql`coalesce(t.due_at::text, '')`,
        order: sql`t.due_at, t.id`,
        beyond: next(
          key === ''
            ? sql`(t.due_at is null and t.id > ${id})`
            : sql`((t.due_at, t.id) > (${key}::timestamptz, ${id}) or t.due_at is null)`,
        ),
      }
    case 'updated':
      return {
        key: sql`t.updated_at`,
        order: sql`t.updated_at desc, t.id desc`,
        beyond: next(sql`(t.updated_at, t.id) < (${key}::timestamptz, ${id})`),
      }
    case 'waiting':
      return {
        key: sql`t.status_since`,
        order: sql`t.status_since, t.id`,
        beyond: next(sql`(t.status_since, t.id) > (${key}, ${id})`),
      }
    case 'newest':
      return { key: sql`t.id`, order: sql`t.id desc`, beyond: next(sql`t.id < ${id}`) }
    case 'oldest':
      return { key: sql`t.id`, order: sql`t.id`, beyond: next(sql`t.id > ${id}`) }
    case 'priority':
      return {
        key: RANK,
        order: sql`${RANK}, t.id`,
        beyond: next(sql`(${RANK}, t.id) > (${key}::integer, ${id})`),
      }
    case 'relevance': {
      const rank = relevanceOf(cond)
      if (rank === null) return sorted('updated', after, cond)
      return {
        key: rank,
        order: sql`${rank} desc, t.id desc`,
        beyond: next(sql`(${rank}, t.id) < (${key}::integer, ${id})`),
      }
    }
    default:
      return never(sort)
  }
}

/** The rank of a hit, for lists that are not made by their words. */
function relevanceOf(cond: Cond): Sql | null {
  const { numbers, subject } = ranksOf(textIn(cond, {})?.leaves ?? [])
  if (subject === null) return null
  return sql`(case when t.id = any(${numbers}::bigint[]) then 2 when exists (select from search_document d
    where d.ticket_id = t.id and d.words @@ ${subject}::tsquery) then 1 else 0 end)`
}

export type Counts = {
  /** Nothing was left uncounted but what is beyond the cap. */
  readonly whole: boolean
  readonly all: number
  readonly byStatus: Readonly<Record<string, number>>
  readonly unassigned: number
  readonly mine: number
  readonly byTeam: readonly { readonly id: TeamId; readonly name: string; readonly active: number }[]
}

/** Every count stops here: beyond it "1,000 or more" says as much. */
export const COUNT_CAP = 1_000

/**
 * Counts of the tickets that match, by status, and of active ones by owner and team; each stops at the cap. Of the hits of words only
 * the newest up to the cap are counted: when there are more, each number is the least it can be.
 */
export async function countTickets(db: Db, listing: Listing): Promise<Counts> {
  const text = textIn(listing.cond, listing.how)
  const counted = { where: conditions(listing), tickets: sql`ticket`, reader: listing.reader }
  if (text === null) return { ...(await countAll(db, counted)), whole: true }
  const sought = { ...text, where: beside(listing, text.rest) }
  const ids = await newestWith(db, sought, { limit: COUNT_CAP })
  // Read once, counted many times.
  const read = sql`with hit as materialized (select status, snoozed_until, assignee_id, team_id from ticket where id = any(${ids}::bigint[]))`
  const hits = { read, where: [sql`true`], tickets: sql`hit`, reader: listing.reader }
  return { ...(await countAll(db, hits)), whole: ids.length < COUNT_CAP }
}

type Counted = {
  /** What is read before. */
  readonly read?: Sql
  readonly tickets: Sql
  readonly where: readonly Sql[]
  readonly reader: Reader
}

async function countAll(
  db: Db,
  { read = empty, tickets, where, reader }: Counted,
): Promise<Omit<Counts, 'whole'>> {
  const capped = (...more: Sql[]) => countOf([...where, ...more], COUNT_CAP, tickets)
  const active = sql`t.status = any(${activeStatuses})`
  const awake = sql`t.snoozed_until is null`
  const row = await db.row<Omit<Counts, 'whole'>>(sql`${read}
    select ${capped()} as all,
      json_build_object(${join(statuses.map((status) => sql`${status}::text, ${capped(sql`t.status = ${status}`)}`))}) as "byStatus",
      ${capped(active, awake, sql`t.assignee_id is null`)} as unassigned,
      ${capped(active, awake, sql`t.assignee_id = ${reader.agentId}`)} as mine,
      (select coalesce(json_agg(json_build_object('id', team.id, 'name', team.name,
        'active', ${capped(active, awake, sql`t.team_id = team.id`)}) order by team.name), '[]')
        from team where archived_at is null) as "byTeam"`)
  if (row === null) throw new Error('Bug: a count returned nothing')
  return row
}

function countOf(where: readonly Sql[], cap: number, tickets = sql`ticket`): Sql {
  return sql`(select count(*) from (select from ${tickets} t where ${join([...where], ' and ')} limit ${cap}) n)`
}

/** The condition, what the reader may see, and no hidden tickets unless they were asked for. */
function conditions(listing: Listing): Sql[] {
  return beside(listing, 'all' in listing.cond ? listing.cond.all : [listing.cond])
}

/** Some of the tests of a listing, with the wall around them. */
function beside({ cond, reader, how }: Listing, tests: readonly Cond[]): Sql[] {
  const context = { ...how, agentId: reader.agentId }
  return [
    ...(asksForHidden(cond) ? [sql`true`] : [sql`not t.hidden`]),
    ...(reader.sees === 'all' ? [] : [inSight(reader)]),
    ...tests.map((each) => compile(each, context)),
  ]
}
