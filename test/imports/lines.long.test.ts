// Our own lines: what goes out comes in again as it was, byte for byte.
import assert from 'node:assert/strict'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fill } from '#commands/demo.ts'
import { verifyAll } from '#commands/verify.ts'
import { importFrom } from '#imports/begin.ts'
import { linesSource, LINES } from '#imports/lines/source.ts'
import { writeFolder } from '#imports/lines/write-folder.ts'
import { lookAtImport } from '#imports/run.ts'
import { undoImport } from '#imports/undo.ts'
import type { Desk } from '#desk/desk.ts'
import { raw, sql } from '#store/sql.ts'
import { bareDesk } from '../support/bare-desk.ts'

const folders: string[] = []
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))
const folder = () => {
  folders.push(mkdtempSync(join(tmpdir(), 'docket-lines-')))
  return folders.at(-1) ?? ''
}
const until = Date.parse('2026-03-02T00:00:00Z')

/** A desk with the demo's company and everything of it on disk. */
async function exported(count = 40): Promise<string> {
  const { desk, close } = await bareDesk()
  await fill(desk, count, 7, until, { morning: true })
  const to = folder()
  await writeFolder(desk, to)
  await close()
  return to
}

async function count(desk: Desk, table: string): Promise<number> {
  return (await desk.database.row<{ n: number }>(sql`select count(*) as n from ${raw(table)}`))?.n ?? 0
}

test(
  'what goes out comes in again as it was, byte for byte, and silently',
  { timeout: 240_000 },
  async () => {
    const from = await exported()
    const { desk, close } = await bareDesk()
    const run = await importFrom(desk, await linesSource(desk, from), {})
    assert.deepEqual(run.problems, [])
    assert.equal(run.complete, true)
    const to = folder()
    await writeFolder(desk, to)
    const [before, later] = [from, to].map((each) => readFileSync(join(each, LINES), 'utf8').split('\n'))
    assert.deepEqual(later, before)
    assert.deepEqual((await verifyAll(desk.database)).differences, [])
    for (const table of ['outbox', 'webhook_delivery', 'alert', 'route_due'])
      assert.equal(await count(desk, table), 0, table)
    const again = await importFrom(desk, await linesSource(desk, from), {})
    for (const [kind, { seen, unchanged }] of Object.entries(again.counts))
      assert.equal(unchanged, seen, kind)
    await close()
  },
)

test(
  'broken lines are set aside with their reason, and half a file is no whole one',
  { timeout: 240_000 },
  async () => {
    const from = await exported(12)
    const lines = readFileSync(join(from, LINES), 'utf8').trimEnd().split('\n')
    const tickets = lines.filter((line) => line.startsWith('{"kind":"ticket"'))
    const half = folder()
    const bad = (tickets[0] ?? '').replace('"seq":2,', '"seq":3,')
    writeFileSync(
      join(half, LINES),
      [
        ...lines.slice(0, -3),
        bad.replace(/"id":\d+/, '"id":990'),
        '{"kind":"ticket","id":',
        '{"kind":"nothing","row":{}}',
        '',
      ].join('\n'),
    )
    const { desk, close } = await bareDesk()
    const run = await importFrom(desk, await linesSource(desk, half), {})
    assert.equal(run.complete, false)
    const reasons = run.problems.map(({ reason }) => reason)
    assert.ok(reasons.includes('the file ends before its last line'))
    assert.ok(reasons.includes('no such kind of line'))
    assert.ok(
      reasons.some((reason) => reason.includes('no event 2')),
      reasons.join('; '),
    )
    for (const { seen, ...outcomes } of Object.values(run.counts))
      assert.equal(
        Object.values(outcomes).reduce((sum, each) => sum + each, 0),
        seen,
      )
    appendFileSync(join(half, LINES), '')
    writeFileSync(join(half, LINES), `${lines.join('\n')}\n`)
    const whole = await importFrom(desk, await linesSource(desk, half), {})
    assert.equal(whole.complete, true)
    const to = folder()
    await writeFolder(desk, to)
    assert.equal(readFileSync(join(to, LINES), 'utf8'), `${lines.join('\n')}\n`)
    await close()
  },
)

test(
  'on a desk that lives already numbers move aside, and an undo takes back what nobody touched',
  { timeout: 240_000 },
  async () => {
    const from = await exported(15)
    const { desk, close } = await bareDesk()
    await fill(desk, 15, 8, until, {})
    const had = await count(desk, 'ticket')
    const looked = await lookAtImport(await linesSource(desk, from))
    const run = await importFrom(desk, await linesSource(desk, from), {})
    const tickets = run.counts['tickets']
    assert.equal(tickets?.created, tickets?.seen)
    assert.equal(looked.counts['tickets']?.created, tickets?.created)
    assert.equal(await count(desk, 'ticket'), had + (tickets?.created ?? 0))
    assert.deepEqual((await verifyAll(desk.database)).differences, [])
    const undone = await undoImport(desk, run.id)
    assert.deepEqual(undone, { taken: tickets?.created, kept: 0, texts: { taken: 0, kept: 0 } })
    assert.deepEqual((await verifyAll(desk.database)).differences, [])
    const left = await desk.database.row<{ n: number }>(
      sql`select count(*) as n from ticket where not hidden`,
    )
    assert.ok((left?.n ?? 0) <= had)
    const again = await importFrom(desk, await linesSource(desk, from), {})
    assert.equal(again.counts['tickets']?.created, tickets?.created)
    assert.ok(existsSync(join(from, LINES)))
    await close()
  },
)
