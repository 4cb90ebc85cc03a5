// Lists of tickets: a query's terms as SQL, within what the reader may see, in pages by sort key.
import { never } from '#kit/never.ts'
import type { PersonId, TeamId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { join, sql, type Sql } from '#store/sql.ts'
import type { Flag, Term } from '#tickets/query.ts'

/** For whom a list is made: `me` in a query, and the wall around what is seen. */
export type Reader = {
  readonly agentId: PersonId
  readonly sees: 'all' | 'own_teams'
  readonly teamIds: readonly TeamId[]
}

export type Sort = 'updated' | 'waiting' | 'newest' | 'oldest' | 'priority'

/** Where the page before ended. */
export type After = { readonly key: string | number; readonly id: number }

const RANK = sql`array_position(array['urgent', 'high', 'normal', 'low'], t.priority)`

/** Ids of one page with the sort key to go on from. */
export async function listTicketIds(
  db: Db,
  reader: Reader,
  list: { terms: readonly Term[]; sort: Sort; limit: number; after: After | null },
): Promise<{ id: TicketId; key: string | number }[]> {
  const { key, order, beyond } = sorted(list.sort, list.after)
  const where = [...conditions(list.terms, reader), ...(beyond === null ? [] : [beyond])]
  return db.rows(sql`select t.id, ${key} as key from ticket t where ${join(where, ' and ')}
    order by ${order} limit ${list.limit}`)
}

function sorted(sort: Sort, after: After | null): { key: Sql; order: Sql; beyond: Sql | null } {
  const { key = 0, id = 0 } = after ?? {}
  const next = (beyond: Sql) => (after === null ? null : beyond)
  switch (sort) {
    case 'updated':
      return {
        key: sql`t.updated_at`,
        order: sql`t.updated_at desc, t.id desc`,
        beyond: next(sql`(t.updated_at, t.id) < (${key}::timestamptz, ${id})`),
      }
    case 'waiting':
      return {
        key: sql`t.updated_at`,
        order: sql`t.updated_at, t.id`,
        beyond: next(sql`(t.updated_at, t.id) > (${key}::timestamptz, ${id})`),
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
    default:
      return never(sort)
  }
}

export type Counts = {
  readonly all: number
  readonly byStatus: Readonly<Record<string, number>>
  readonly unassigned: number
  readonly mine: number
  readonly byTeam: readonly { readonly id: TeamId; readonly name: string; readonly active: number }[]
}

/** Every count stops here: beyond it "1,000 or more" says as much. */
export const COUNT_CAP = 1_000
const STATUSES = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed']

/** Counts of the tickets that match, by status, and of active ones by owner and team; each stops at the cap. */
export async function countTickets(db: Db, reader: Reader, terms: readonly Term[]): Promise<Counts> {
  const base = conditions(terms, reader)
  const capped = (...more: Sql[]) =>
    sql`(select count(*) from (select from ticket t where ${join([...base, ...more], ' and ')} limit ${COUNT_CAP}) n)`
  const active = sql`t.status in ('new', 'open', 'pending', 'on_hold')`
  const awake = sql`t.snoozed_until is null`
  const row = await db.row<Omit<Counts, 'byTeam'>>(sql`
    select ${capped()} as all,
      json_build_object(${join(STATUSES.map((status) => sql`${status}::text, ${capped(sql`t.status = ${status}`)}`))}) as "byStatus",
      ${capped(active, awake, sql`t.assignee_id is null`)} as unassigned,
      ${capped(active, awake, sql`t.assignee_id = ${reader.agentId}`)} as mine`)
  const byTeam = await db.rows<Counts['byTeam'][number]>(sql`
    select team.id, team.name, ${capped(active, awake, sql`t.team_id = team.id`)} as active
    from team where archived_at is null order by team.name`)
  if (row === null) throw new Error('Bug: a count returned nothing')
  return { ...row, byTeam }
}

/** The WHERE of a list: every term, what the reader may see, and no hidden tickets unless they were asked for. */
function conditions(terms: readonly Term[], reader: Reader): Sql[] {
  const asked = terms.flatMap((term) => (term.key === 'is' ? term.values : []))
  const hidden = asked.some((flag) => flag === 'spam' || flag === 'deleted' || flag === 'merged')
  const wall =
    reader.sees === 'all'
      ? []
      : [sql`(t.assignee_id = ${reader.agentId} or t.team_id is null or t.team_id = any(${reader.teamIds}))`]
  return [
    ...(hidden ? [sql`true`] : [sql`not t.hidden`]),
    ...wall,
    ...terms.map((term) => condition(term, reader)),
  ]
}

function condition(term: Term, reader: Reader): Sql {
  const is = positive(term, reader)
  return term.not ? sql`(${is}) is not true` : is
}

function positive(term: Term, reader: Reader): Sql {
  switch (term.key) {
    case 'status':
      return term.values.length === 1
        ? sql`t.status = ${term.values[0]}`
        : sql`t.status = any(${term.values})`
    case 'priority':
      return sql`t.priority = any(${term.values})`
    case 'channel':
      return sql`t.channel = any(${term.values})`
    case 'tag':
      return anyOf(term.values, (tag) =>
        tag === 'none' ? sql`t.tags = '{}'` : sql`(t.tags <> '{}' and t.tags @> array[${tag}::text])`,
      )
    case 'category':
      return anyOf(term.values, categoryIs)
    case 'assignee':
      return anyOf(term.values, (value) => personIs(sql`t.assignee_id`, value, reader))
    case 'requester':
      return anyOf(term.values, (value) => personIs(sql`t.requester_id`, value, reader))
    case 'team':
      return anyOf(term.values, (value) => teamIs(value, reader))
    case 'is':
      return anyOf(term.values, (flag) => flagIs(flag, reader))
    case 'created':
    case 'updated':
    case 'resolved':
    case 'closed':
      return within(
        {
          created: sql`t.created_at`,
          updated: sql`t.updated_at`,
          resolved: sql`t.resolved_at`,
          closed: sql`t.closed_at`,
        }[term.key],
        term,
      )
    case 'number':
      return sql`t.id = ${term.id}`
    case 'text':
      return textIs(term.words, term.phrase)
    default:
      return never(term)
  }
}

function anyOf<Value>(values: readonly Value[], one: (value: Value) => Sql): Sql {
  const [first, ...more] = values.map(one)
  if (first === undefined) return sql`false`
  return more.length === 0 ? first : sql`(${join([first, ...more], ' or ')})`
}

function categoryIs(path: string): Sql {
  if (path === 'none') return sql`t.category_id is null`
  if (path === 'any') return sql`t.category_id is not null`
  const below = path.endsWith('/*') ? path.slice(0, -2) : null
  return below === null
    ? sql`t.category_id in (select id from category where lower(path) = lower(${path}))`
    : sql`t.category_id in (select id from category
        where lower(path) = lower(${below}) or starts_with(lower(path), lower(${`${below}/`})))`
}

function personIs(column: Sql, value: string, reader: Reader): Sql {
  if (value === 'none') return sql`${column} is null`
  if (value === 'any') return sql`${column} is not null`
  if (value === 'me') return sql`${column} = ${reader.agentId}`
  if (/^\d{1,15}$/.test(value)) return sql`${column} = ${Number(value)}`
  if (value.startsWith('@'))
    return sql`${column} in (select id from person where email like ${`%${value.toLowerCase()}`})`
  return sql`${column} in (select id from person where email = lower(${value}) or lower(name) = lower(${value}))`
}

function teamIs(value: string, reader: Reader): Sql {
  if (value === 'none') return sql`t.team_id is null`
  if (value === 'any') return sql`t.team_id is not null`
  if (value === 'me') return sql`t.team_id = any(${reader.teamIds})`
  if (/^\d{1,15}$/.test(value)) return sql`t.team_id = ${Number(value)}`
  return sql`t.team_id = (select id from team where lower(name) = lower(${value}) limit 1)`
}

function flagIs(flag: Flag, reader: Reader): Sql {
  switch (flag) {
    case 'unassigned':
      return sql`t.assignee_id is null`
    case 'mine':
      return sql`t.assignee_id = ${reader.agentId}`
    case 'unread':
      return sql`t.last_message_seq > coalesce(
        (select seq from ticket_read r where r.ticket_id = t.id and r.agent_id = ${reader.agentId}), 0)`
    case 'snoozed':
      return sql`t.snoozed_until is not null`
    case 'spam':
      return sql`t.hidden_as = 'spam'`
    case 'deleted':
      return sql`t.hidden_as = 'deleted'`
    case 'merged':
      return sql`t.hidden_as = 'merged'`
    default:
      return never(flag)
  }
}

function within(column: Sql, { from, to }: { from: Instant | null; to: Instant | null }): Sql {
  const bounds = [
    ...(from === null ? [] : [sql`${column} >= ${from}`]),
    ...(to === null ? [] : [sql`${column} < ${to}`]),
  ]
  return sql`(${join(bounds, ' and ')})`
}

function textIs(words: string, phrase: boolean): Sql {
  const query = phrase ? sql`phraseto_tsquery('simple', ${words})` : sql`plainto_tsquery('simple', ${words})`
  return sql`t.id in (select ticket_id from search_document where words @@ ${query})`
}
