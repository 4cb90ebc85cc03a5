// A whole recorded run of a Zendesk desk, played by a local server: what was seen there is here, told once.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { importFrom } from '#imports/begin.ts'
import { createClient } from '#imports/client.ts'
import { undoImport } from '#imports/undo.ts'
import { zendeskSource } from '#imports/zendesk/source.ts'
import { raw, sql } from '#store/sql.ts'
import { bareDesk } from '../support/bare-desk.ts'
import { root } from '../support/database.ts'
import { startOtherDesk } from '../support/other-desk.ts'

type Recorded = {
  path: string
  status: number
  headers: Record<string, string>
  json: unknown
  bytes?: number
}

const file = join(
  root,
  process.env['DOCKET_TEST_SHARED'] ?? '../shared',
  'corpora/imports/zendesk/recording.jsonl',
)
const skip = existsSync(file) ? false : 'the recordings are not here'

test(
  'a recorded desk is here as it was there, and a second run changes nothing',
  { skip, timeout: 300_000 },
  async () => {
    const recorded = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Recorded)
    const other = await startOtherDesk((path) => {
      const found = recorded.find(
        (each) =>
          each.path === path ||
          new URL(each.path, 'http://x').pathname + new URL(each.path, 'http://x').search === path,
      )
      if (found === undefined) return null
      const headers = { ...found.headers }
      if (headers['location'] !== undefined)
        headers['location'] = new URL(headers['location']).pathname + new URL(headers['location']).search
      const { status, json, bytes } = found
      return json === null
        ? { status, headers, bytes: Buffer.alloc(bytes ?? 0, 1) }
        : { status, headers, json }
    })
    const { desk, close } = await bareDesk()
    const nameOf = `zendesk:${new URL(other.url).host}`
    const source = () =>
      zendeskSource(
        desk,
        createClient(desk.egress, { url: other.url, authorization: 'Basic key' }, { wait: async () => {} }),
        nameOf,
      )
    const run = await importFrom(desk, source(), {})
    assert.equal(run.complete, true, JSON.stringify(run.problems))
    const { groups, users, organizations, tickets } = run.counts
    assert.deepEqual([groups?.seen, groups?.created], [2, 2])
    assert.deepEqual([users?.seen, users?.created, users?.unchanged], [143, 142, 1])
    assert.deepEqual([organizations?.seen, organizations?.created, organizations?.unchanged], [2, 1, 1])
    assert.deepEqual(
      [tickets?.seen, tickets?.created, tickets?.unchanged, tickets?.skipped],
      [145, 143, 1, 1],
    )
    for (const { seen, ...outcomes } of Object.values(run.counts))
      assert.equal(
        Object.values(outcomes).reduce((sum, each) => sum + each, 0),
        seen,
      )
    const count = async (table: string) =>
      (await desk.database.row<{ n: number }>(sql`select count(*) as n from ${raw(table)}`))?.n
    assert.equal(await count('ticket'), 143)
    assert.equal(await count('message'), 151)
    assert.equal(await count('attachment'), 3)
    for (const table of ['outbox', 'webhook_delivery', 'alert']) assert.equal(await count(table), 0, table)
    assert.deepEqual((await verifyAll(desk.database)).differences, [])
    const told = await desk.database.rows<{ at: string; kind: string; direction: string }>(
      sql`select at, kind, direction from message where ticket_id = 3 order by at`,
    )
    assert.deepEqual(
      told.map(({ direction }) => direction),
      ['inbound', 'outbound', 'inbound', 'internal', 'outbound'],
    )
    assert.equal(told[0]?.at, '2015-07-28T11:22:43.000Z')
    const newest = (await desk.database.row<{ id: number }>(sql`select max(id) as id from ticket_event`))?.id
    const again = await importFrom(desk, source(), {})
    for (const [kind, { seen, unchanged, skipped }] of Object.entries(again.counts))
      assert.equal(unchanged + skipped, seen, kind)
    assert.equal(
      (await desk.database.row<{ id: number }>(sql`select max(id) as id from ticket_event`))?.id,
      newest,
    )
    assert.deepEqual(await undoImport(desk, run.id), {
      taken: 143,
      kept: 0,
      texts: { taken: 0, kept: 0 },
    })
    assert.deepEqual((await verifyAll(desk.database)).differences, [])
    await close()
    await other.close()
  },
)
