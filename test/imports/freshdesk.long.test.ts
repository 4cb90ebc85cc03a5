// Freshdesk by its API: a small one of our own, and what single recorded answers become.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { importFrom } from '#imports/begin.ts'
import { createClient } from '#imports/client.ts'
import { freshdeskSource } from '#imports/freshdesk/source.ts'
import { openDatabase } from '#store/database.ts'
import type { PersonId } from '#kit/ids.ts'
import { listTicketIds } from '#rules/list-store.ts'
import { parseQuery } from '#rules/query.ts'
import { sql } from '#store/sql.ts'
import { bareDesk } from '../support/bare-desk.ts'
import { quiet, root } from '../support/database.ts'
import { startDesk, until } from '../support/desk.ts'
import { atEnd } from '../support/ends.ts'
import { startOtherDesk, type Said } from '../support/other-desk.ts'

const folder = join(root, process.env['DOCKET_TEST_SHARED'] ?? '../shared', 'corpora/imports/freshdesk')
const skip = existsSync(folder) ? false : 'the recordings are not here'

async function play(answer: (path: string) => Said | null) {
  const other = await startOtherDesk(answer)
  const { desk, close } = await bareDesk()
  const client = createClient(
    desk.egress,
    { url: other.url, authorization: 'Basic key' },
    { wait: async () => {} },
  )
  const run = await importFrom(
    desk,
    freshdeskSource(desk, client, `freshdesk:${new URL(other.url).host}`),
    {},
  )
  const again = await importFrom(
    desk,
    freshdeskSource(desk, client, `freshdesk:${new URL(other.url).host}`),
    {},
  )
  return { run, again, desk, close: () => Promise.all([other.close(), close()]) }
}

test('a desk comes with its conversations, states and people, and once', { timeout: 120_000 }, async () => {
  const at = (hour: number) => `2024-05-06T${String(hour).padStart(2, '0')}:00:00Z`
  const ticket = (id: number) => ({
    id,
    subject: `Ticket ${id}`,
    status: 5,
    priority: 4,
    source: 1,
    type: 'Problem',
    requester_id: 7,
    responder_id: 8,
    group_id: 3,
    tags: ['vip'],
    custom_fields: { cf_plan: 'Gold' },
    created_at: at(1),
    updated_at: at(9),
  })
  const all = Array.from({ length: 130 }, (_, index) => ticket(index + 1))
  const world: Record<string, unknown> = {
    '/api/v2/groups': [{ id: 3, name: 'Helpers' }],
    '/api/v2/ticket_fields': [
      { name: 'cf_plan', label: 'Plan', type: 'custom_dropdown', choices: ['Gold', 'Tin'] },
    ],
    '/api/v2/companies': [{ id: 5, name: 'Acme' }],
    '/api/v2/agents': [{ id: 8, group_ids: [3], contact: { name: 'Ada', email: 'ada@desk.example' } }],
    '/api/v2/contacts': [
      { id: 7, name: 'Cy', email: 'cy@customer.example', company_id: 5, time_zone: 'Brisbane' },
    ],
  }
  const { run, again, desk, close } = await play((path) => {
    const { pathname, searchParams } = new URL(path, 'http://x')
    const one = /^\/api\/v2\/tickets\/(\d+)(\/conversations)?$/.exec(pathname)
    if (pathname === '/api/v2/tickets') {
      const page = Number(searchParams.get('page'))
      return { json: all.slice((page - 1) * 100, page * 100) }
    }
    if (one?.[2] !== undefined)
      return {
        json: [
          { id: 1, user_id: 8, incoming: false, private: true, body_text: 'Inside', created_at: at(2) },
          { id: 2, user_id: 8, incoming: false, private: false, body_text: 'Answer', created_at: at(3) },
          { id: 3, user_id: 99, incoming: true, private: false, body_text: 'Thanks', created_at: at(4) },
        ],
      }
    if (one !== null)
      return {
        json: {
          ...ticket(Number(one[1])),
          description_text: 'Help',
          description: '<div>Help</div>',
          stats: { resolved_at: at(5), closed_at: at(6) },
        },
      }
    const list = world[pathname]
    return list === undefined ? null : { json: list }
  })
  assert.equal(run.complete, true, JSON.stringify(run.problems))
  assert.deepEqual([run.counts['tickets']?.seen, run.counts['tickets']?.created], [130, 130])
  assert.equal(again.counts['tickets']?.unchanged, 130)
  const told = await desk.database.rows<{ direction: string; at: string }>(
    sql`select direction, at from message where ticket_id = 5 order by at`,
  )
  assert.deepEqual(
    told.map(({ direction }) => direction),
    ['inbound', 'internal', 'outbound', 'inbound'],
  )
  const row = await desk.database.row<
    Record<string, unknown>
  >(sql`select status, priority, type, closed_at as "closedAt", tags
    from ticket where id = 5`)
  assert.deepEqual(row, {
    status: 'closed',
    priority: 'urgent',
    type: 'problem',
    closedAt: '2024-05-06T06:00:00.000Z',
    tags: ['vip'],
  })
  assert.deepEqual((await verifyAll(desk.database)).differences, [])
  // People go on saying the number that it had.
  const { directory } = await desk.setup.now()
  const reader = { agentId: 0 as PersonId, sees: 'all', teamIds: [], limits: null } as const
  const how = { directory, at: desk.clock.now(), zone: 'UTC', everywhere: true } as const
  const called = async (q: string) =>
    (
      await listTicketIds(
        desk.database,
        { cond: parseQuery(q, directory).cond, reader, how },
        { sort: 'newest', limit: 5, after: null },
      )
    ).map(({ id }) => id)
  assert.deepEqual(await called('old:fd-5'), [5])
  assert.deepEqual(await called('old:FD-5,FD-7 -old:fd-7'), [5])
  await close()
})

test('recorded answers are understood', { skip, timeout: 120_000 }, async () => {
  const answers: Record<string, string> = {
    '/api/v2/groups': 'groups.json',
    '/api/v2/companies': 'companies.json',
    '/api/v2/agents': 'agents.json',
    '/api/v2/contacts': 'contacts.json',
    '/api/v2/tickets': 'all_tickets.json',
    '/api/v2/tickets/1': 'ticket_1.json',
    '/api/v2/tickets/1/conversations': 'conversations.json',
  }
  const { run, desk, close } = await play((path) => {
    const file = answers[new URL(path, 'http://x').pathname]
    return file === undefined ? null : { bytes: readFileSync(join(folder, file)) }
  })
  const { groups, organizations, tickets } = run.counts
  assert.deepEqual([groups?.created, organizations?.created, tickets?.created], [2, 2, 1])
  const [row] = await desk.database.rows<{ n: number; tags: string[] }>(
    sql`select (select count(*) from message where ticket_id = t.id) as n, tags from ticket t`,
  )
  assert.deepEqual(row, { n: 3, tags: ['bar', 'foo'] })
  await close()
})

test('a desk that keeps an import waiting does not keep Docket from stopping, and the import goes on after it', async (t) => {
  const busy = await startOtherDesk(() => ({ status: 429, headers: { 'retry-after': '3600' } }))
  atEnd(t, busy.close)
  for (const look of [true, false]) {
    const desk = await startDesk()
    const asked = { kind: 'freshdesk', url: busy.url, user: '', token: 'key', look }
    const before = busy.asked.length
    assert.equal((await desk.api('POST', '/imports', asked)).status, 202)
    await until(async () => busy.asked.length > before)
    const began = performance.now()
    await desk.running.stop()
    assert.ok(performance.now() - began < 5_000)
    // Whoever starts next finds it as one that runs, not as one that failed.
    const rows = openDatabase(desk.config.databaseUrl ?? '', { log: quiet, size: 1, role: null })
    assert.deepEqual(await rows.rows(sql`select state, problems from import`), [
      { state: 'running', problems: [] },
    ])
    await rows.close()
    await desk.close()
  }
})
