// The same questions to the same tickets in two ways by turns, on one connection: as the desk asks the database, and in the plain form
// that leaves the whole way to the planner (all hits of the words, then sorted).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { percentile } from './bench.ts'
import { createLog } from '#kit/log.ts'
import type { Cond } from '#rules/condition.ts'
import { COUNT_CAP, countTickets, listTicketIds } from '#rules/list-store.ts'
import { ranksOf, textIn } from '#rules/text-query.ts'
import { openDatabase, type Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

const ROUNDS = 12
const LIMIT = 51

const word = (value: string): Cond => ({ field: 'text', op: 'contains_word', value })
const phrase = (value: string): Cond => ({ field: 'text', op: 'contains_phrase', value })
const both = (...words: string[]): Cond => ({ all: words.map(word) })

const asked: Readonly<Record<string, readonly Cond[]>> = {
  'a common word': [word('order'), word('invoice'), word('lamp')],
  'a phrase': [phrase('thank you'), phrase('order number'), phrase('the lamp'), phrase('replacement light')],
  'two words': [both('order', 'lamp'), both('invoice', 'address'), both('refund', 'photo')],
}

const reader = { agentId: 0, sees: 'all', teamIds: [] } as unknown as Parameters<
  typeof countTickets
>[1]['reader']
const listing = (cond: Cond) =>
  ({ cond, reader, how: { everywhere: true } }) as Parameters<typeof countTickets>[1]

const list = (db: Db, cond: Cond) =>
  listTicketIds(db, listing(cond), { sort: 'relevance', limit: LIMIT, after: null })
const count = (db: Db, cond: Cond) => countTickets(db, listing(cond))

const hitsOf = (query: string) =>
  sql`t.id in (select ticket_id from search_document where words @@ ${query}::tsquery) and not t.hidden`

/** All hits ranked by their subject, then the newest. */
function plainList(db: Db, cond: Cond): Promise<unknown> {
  const { query, leaves } = textIn(cond, { everywhere: true }) ?? { query: '', leaves: [] }
  const { subject } = ranksOf(leaves)
  return db.rows(sql`select t.id from ticket t where ${hitsOf(query)} order by exists (select from search_document d
    where d.ticket_id = t.id and d.words @@ ${subject}::tsquery) desc, t.id desc limit ${LIMIT}`)
}

function plainCount(db: Db, cond: Cond): Promise<unknown> {
  const { query } = textIn(cond, { everywhere: true }) ?? { query: '' }
  return db.rows(sql`select t.status, t.assignee_id is null, t.team_id, least(count(*), ${COUNT_CAP})
    from ticket t where ${hitsOf(query)} group by 1, 2, 3`)
}

/** Rows for the table: both ways, and how many times as fast at the p95. */
export async function byTurns(dataDir: string) {
  const url = readFileSync(join(dataDir, 'postgres.url'), 'utf8').trim()
  const db = openDatabase(url, { log: createLog('silent'), size: 1, role: null })
  const rows: { name: string; value: string }[] = []
  const results: Record<string, object> = {}
  for (const [name, conds] of Object.entries(asked))
    for (const [what, ours, plain] of [
      ['', list, plainList],
      [', counts', count, plainCount],
    ] as const) {
      const times: { ours: number[]; plain: number[] } = { ours: [], plain: [] }
      for (let round = 0; round < ROUNDS; round++)
        for (const cond of conds) {
          times.ours.push(await timed(() => ours(db, cond)))
          times.plain.push(await timed(() => plain(db, cond)))
        }
      const at = (share: number) => [percentile(times.ours, share), percentile(times.plain, share)] as const
      const [[p50, plain50], [p95, plain95]] = [at(0.5), at(0.95)]
      const value = `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)} ms; plain ${plain50.toFixed(1)}, ${plain95.toFixed(1)} ms: ${(plain95 / p95).toFixed(1)} times`
      rows.push({ name: `by turns: ${name}${what}`, value })
      results[`${name}${what}`] = { p50, p95, plain50, plain95 }
    }
  await db.close()
  return { rows, results }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
