// The first page of lists by random conditions over 100,000 tickets, as people would write them and as only a machine would.
import { randomUUID } from 'node:crypto'
import type { Cond } from '#rules/condition.ts'
import { listTicketIds } from '#rules/list-store.ts'
import type { Reader } from '#people/can.ts'
import type { SortKey } from '#rules/query.ts'
import { openDatabase, type Database } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { freshDatabase, quiet, startTestServer } from '../test/support/database.ts'
import {
  directory,
  now,
  randomCase,
  randomCondition,
  randomOf,
  writeWorld,
} from '../test/support/rules-world.ts'
import { median, percentile, type Bench } from './bench.ts'

const TICKETS = 100_000
const LISTS = 400
const reader = { agentId: 1, sees: 'all', teamIds: [], limits: null } as unknown as Reader
const sorts: readonly SortKey[] = [
  'updated',
  'updated',
  'updated',
  'newest',
  'priority',
  'waiting',
  'relevance',
]

export const run: Bench = async () => {
  const server = await startTestServer()
  process.env['DOCKET_TEST_SERVER'] = server.url
  const { url, drop } = await freshDatabase()
  const db = openDatabase(url, { log: quiet, size: 2, role: null })
  await fill(db)
  const random = randomOf(11)
  const times: { ms: number; cond: Cond; sort: SortKey }[] = []
  for (let count = 0; count < LISTS; count++) {
    const cond = randomCondition(random)
    const sort = random.pick(sorts)
    times.push({ ms: await timeOf(db, cond, sort), cond, sort })
  }
  const ms = times.map((each) => each.ms)
  const slowest = times.toSorted((one, other) => other.ms - one.ms).slice(0, 24)
  for (const each of slowest)
    console.log(`  ${each.ms.toFixed(0)} ms ${each.sort} ${JSON.stringify(each.cond)}`)
  await db.close()
  await drop()
  await server.stop()
  return {
    rows: [
      { name: 'tickets', value: TICKETS.toLocaleString('en') },
      { name: 'first page, median', value: `${median(ms).toFixed(1)} ms` },
      { name: 'first page, p95', value: `${percentile(ms, 0.95).toFixed(1)} ms` },
      { name: 'first page, worst', value: `${Math.max(...ms).toFixed(1)} ms` },
    ],
    results: { tickets: TICKETS, lists: LISTS, medianMs: median(ms), p95Ms: percentile(ms, 0.95), slowest },
  }
}

async function timeOf(db: Database, cond: Cond, sort: SortKey): Promise<number> {
  const how = { directory, at: now, zone: 'Europe/Berlin' }
  const startedAt = performance.now()
  await listTicketIds(db, { cond, reader, how }, { sort, limit: 51, after: null })
  return performance.now() - startedAt
}

/** A thousand random tickets, each a hundred times at other moments, with texts of some length. */
export async function fill(db: Database): Promise<void> {
  const random = randomOf(3)
  const cases = Array.from({ length: 1_000 }, (_, index) => randomCase(random, index + 1))
  await writeWorld(db, cases)
  await db.rows(sql`insert into ticket (id, seq, status, priority, type, subject, requester_id, organization_id, assignee_id,
      team_id, queue_id, category_id, brand_id, mailbox_id, form_id, label_id, tags, channel, hidden_as, reopen_count, reply_count,
      inbound_count, participant_ids, fields, last_message_seq, snoozed_until, status_since, last_inbound_at, last_reply_at,
      created_at, updated_at, resolved_at, closed_at)
    select t.id + 1000 * n, seq, status, priority, type, subject || ' ' || n, requester_id, organization_id, assignee_id,
      team_id, queue_id, category_id, brand_id, mailbox_id, form_id, label_id, tags, channel, hidden_as, reopen_count, reply_count,
      inbound_count, participant_ids, fields, last_message_seq, snoozed_until,
      to_char(status_since::timestamptz - make_interval(hours => n), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), last_inbound_at,
      last_reply_at, created_at - make_interval(hours => n), updated_at - make_interval(hours => n), resolved_at, closed_at
    from ticket t, generate_series(1, ${TICKETS / 1_000 - 1}::int) n`)
  await db.rows(sql`insert into ticket_state select ticket_id + 1000 * n, state
    from ticket_state, generate_series(1, ${TICKETS / 1_000 - 1}::int) n`)
  await db.rows(sql`insert into search_document (ticket_id, words)
    select d.ticket_id + 1000 * n, words from search_document d, generate_series(1, ${TICKETS / 1_000 - 1}::int) n`)
  await db.rows(sql`insert into message (id, ticket_id, kind, direction, author_type, channel, at, body_text)
    select 10000000 + id, id, 'reply', 'inbound', 'requester', 'email', created_at, ${randomUUID()} from ticket`)
  await db.rows(sql`vacuum analyze`)
}
