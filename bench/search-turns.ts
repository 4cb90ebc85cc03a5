// The same questions to the same tickets in two ways by turns, on one connection: as the desk asks the database, and in the plain form
// that leaves the whole way to the planner (all hits of the words, then sorted).
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { percentile } from './bench.ts'
import { createLog } from '#kit/log.ts'
import { wordsOf } from '#kit/words.ts'
import { isLeaf, type Cond } from '#rules/condition.ts'
import { COUNT_CAP, countTickets, listTicketIds, type Listing } from '#rules/list-store.ts'
import { openDatabase, type Db } from '#store/database.ts'
import { join, sql, type Sql } from '#store/sql.ts'
import { SUBJECT_MARK } from '#tickets/search-document.ts'
import { activeStatuses, statuses } from '#tickets/vocabulary.ts'

const ROUNDS = 12
const WARMING = 1
const LIMIT = 51

const word = (value: string): Cond => ({ field: 'text', op: 'contains_word', value })
const phrase = (value: string): Cond => ({ field: 'text', op: 'contains_phrase', value })
const both = (...words: string[]): Cond => ({ all: words.map(word) })
const filtered = (value: string, status: string): Cond => ({
  all: [word(value), { field: 'status', op: 'is', value: status }],
})

/** How one kind of question is asked; `counts` are asked for as well. */
type Kind = { readonly conds: readonly Cond[]; readonly limit?: number; readonly counts?: true }

const asked: Readonly<Record<string, Kind>> = {
  'a common word': { conds: [word('order'), word('invoice'), word('lamp'), word('the')], counts: true },
  'a phrase': {
    conds: [phrase('thank you'), phrase('order number'), phrase('the lamp'), phrase('replacement light')],
    counts: true,
  },
  'two words': {
    conds: [both('order', 'lamp'), both('invoice', 'address'), both('refund', 'photo')],
    counts: true,
  },
  'completion while typing': { conds: ['inv', 'ord', 'ref', 'repl', 'setti'].map(word), limit: 6 },
  'a word nobody wrote': { conds: [word('xylophonist'), word('quetzalcoatlus')] },
  'a word and a filter': { conds: [filtered('order', 'open'), filtered('invoice', 'on_hold')] },
}

const reader = { agentId: 0, sees: 'all', teamIds: [] } as unknown as Listing['reader']

/** As the desk asks. */
function oursOf(cond: Cond, isTyping: boolean): Listing {
  const typed = isTyping && isLeaf(cond) ? { unfinished: String(cond.value) } : {}
  return { cond, reader, how: { everywhere: true, ...typed } as Listing['how'] }
}

const list = (db: Db, listing: Listing, limit: number) =>
  listTicketIds(db, listing, { sort: 'relevance', limit, after: null })

/** The words of a condition as the plain form looks for them, with a mark before each, and its other tests. */
function plainly(cond: Cond, mark: string, end = ''): { query: string; rest: readonly Sql[] } {
  const parts = 'all' in cond ? cond.all : [cond]
  const leaves = parts.filter(isLeaf)
  const queries = leaves
    .filter(({ field }) => field === 'text')
    .map(({ value }) => wordsOf(String(value)).map((each) => `'${mark}${each}'${end}`))
  const rest = leaves.filter(({ field }) => field === 'status').map(({ value }) => sql`t.status = ${value}`)
  return { query: queries.map((words) => `(${words.join(' <-> ')})`).join(' & '), rest }
}

type Plain = { readonly cond: Cond; readonly isTyping: boolean; readonly documents: Sql }

function plainWhere({ cond, isTyping, documents }: Plain): Sql {
  const { query, rest } = plainly(cond, '', isTyping ? ':*' : '')
  const hits = sql`t.id in (select ticket_id from ${documents} where words @@ ${query}::tsquery) and not t.hidden`
  return join([hits, ...rest], ' and ')
}

/** All hits ranked by their subject, then the newest. */
function plainList(db: Db, plain: Plain, limit: number): Promise<unknown> {
  const subject = plainly(plain.cond, SUBJECT_MARK).query
  return db.rows(sql`select t.id from ticket t where ${plainWhere(plain)} order by exists (
    select from ${plain.documents} d where d.ticket_id = t.id and d.words @@ ${subject}::tsquery) desc, t.id desc limit ${limit}`)
}

/** Each number by a count of its own that stops at the cap. */
function plainCount(db: Db, plain: Plain): Promise<unknown> {
  const where = plainWhere(plain)
  const count = (more: Sql) =>
    sql`(select count(*) from (select from ticket t where ${where} and ${more} limit ${COUNT_CAP}) n)`
  const active = sql`t.status = any(${activeStatuses}) and t.snoozed_until is null`
  return db.rows(sql`select ${join(statuses.map((status) => count(sql`t.status = ${status}`)))}, ${count(sql`true`)},
    ${count(sql`${active} and t.assignee_id is null`)}, ${count(sql`${active} and t.assignee_id = 1`)},
    (select json_agg(${count(sql`${active} and t.team_id = team.id`)}) from team where archived_at is null)`)
}

/** Rows for the table: both ways, and how many times as fast at the p95. */
export async function byTurns(dataDir: string, documents: Sql = sql`search_document`) {
  const url = readFileSync(path.join(dataDir, 'postgres.url'), 'utf8').trim()
  const db = openDatabase(url, { log: createLog('silent'), size: 1, role: null })
  const rows: { name: string; value: string }[] = []
  const results: Record<string, object> = {}
  for (const [kind, { conds, limit = LIMIT, counts }] of Object.entries(asked)) {
    const isTyping = limit < LIMIT
    const pairs = conds.map((cond) => ({
      ours: oursOf(cond, isTyping),
      plain: { cond, isTyping, documents },
    }))
    const ways: Readonly<Record<string, readonly Way[]>> = {
      [kind]: pairs.map(({ ours, plain }) => [
        () => list(db, ours, limit),
        () => plainList(db, plain, limit),
      ]),
      ...(counts && {
        [`${kind}, counts`]: pairs.map(({ ours, plain }) => [
          () => countTickets(db, ours),
          () => plainCount(db, plain),
        ]),
      }),
    }
    for (const [name, each] of Object.entries(ways)) {
      const { value, result } = await compared(each)
      rows.push({ name: `by turns: ${name}`, value })
      results[name] = result
    }
  }
  await db.close()
  return { rows, results }
}

/** The same question, as the desk asks it and plainly. */
type Way = readonly [() => Promise<unknown>, () => Promise<unknown>]

async function compared(ways: readonly Way[]): Promise<{ value: string; result: object }> {
  const times: { ours: number[]; plain: number[] } = { ours: [], plain: [] }
  for (let round = -WARMING; round < ROUNDS; round++)
    for (const [ours, plain] of ways) {
      const [mine, theirs] = [await timed(ours), await timed(plain)]
      if (round < 0) continue
      times.ours.push(mine)
      times.plain.push(theirs)
    }
  const at = (share: number) => [percentile(times.ours, share), percentile(times.plain, share)] as const
  const [[p50, plain50], [p95, plain95]] = [at(0.5), at(0.95)]
  const faster = `${(plain50 / p50).toFixed(1)} and ${(plain95 / p95).toFixed(1)} times`
  const value = `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)} ms; plain ${plain50.toFixed(1)}, ${plain95.toFixed(1)} ms: ${faster}`
  return { value, result: { p50, p95, plain50, plain95 } }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
