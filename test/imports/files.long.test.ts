// Files of strangers moved in: by command and over HTTP, looked at first, told once, silently, and taken back.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { importFrom } from '#imports/begin.ts'
import { surveyed } from '#imports/csv/surveyed.ts'
import { fromDisk } from '#imports/files.ts'
import { csvSource } from '#imports/csv/source.ts'
import { undoImport } from '#imports/undo.ts'
import { lookAtImport } from '#imports/run.ts'
import { problemLines } from '#imports/problem-lines.ts'
import type { Count } from '#imports/counts.ts'
import { raw, sql } from '#store/sql.ts'
import { docket } from '../support/command.ts'
import { startDesk, until, type Answer, type TestDesk } from '../support/desk.ts'

const folder = mkdtempSync(join(tmpdir(), 'docket-files-'))
let desk: TestDesk
before(async () => {
  desk = await startDesk()
})
after(async () => {
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

function addsUp(counts: Readonly<Record<string, Count>>): void {
  for (const [kind, { seen, ...outcomes }] of Object.entries(counts))
    assert.equal(
      Object.values(outcomes).reduce((sum, each) => sum + each, 0),
      seen,
      kind,
    )
}

const HEAD =
  'Ticket ID,Subject,Description,Email,Requester,Status,Priority,Assignee,Group,Tags,Created,Solved,Plan'
const rows = [
  '4711,Printer,"It smokes\nand ""burns""",cy@customer.example,Cy,Solved,High,Old Hand,North,"vip, fire",2024-05-06 10:00,2024-05-07 09:00,Gold',
  '4712,=HYPERLINK("x"),Plain,dee@customer.example,Dee,Open,,,,,2024-05-08 10:00,,',
  '4713,Odd,Text,cy@customer.example,Cy,Wobbly,,,,,2024-05-08 10:00,,',
  '4714,No date,Text,,,Open,,,,,yesterday,,',
  '4711,Again,Text,,,Open,,,,,2024-05-08 10:00,,',
]

test('a table is told row by row, silently and once, and what cannot come is listed with its line', async () => {
  const inside = desk.running.desk
  const open = fromDisk(file('old.csv', `${HEAD}\n${rows.join('\n')}\n`))
  const { map: suggested } = await surveyed(inside, open)
  const map = { ...suggested, columns: { ...suggested.columns, Plan: 'field' as const } }
  const source = () => csvSource(inside, open, 'old', map)
  const looked = await lookAtImport(source())
  const count = async (table: string) =>
    (await inside.database.row<{ n: number }>(sql`select count(*) as n from ${raw(table)}`))?.n ?? 0
  assert.equal(await count('ticket'), 0)
  const run = await importFrom(inside, source(), {})
  assert.deepEqual(run.counts['tickets'], looked.counts['tickets'])
  const { seen, created, skipped } = run.counts['tickets'] as Count
  assert.deepEqual([seen, created, skipped], [5, 2, 3])
  addsUp(run.counts)
  const lines: string[] = []
  for await (const line of problemLines(inside.database, run.id)) lines.push(line.trim())
  assert.deepEqual(lines.slice(1), [
    'line 5,tickets,4713,skipped,the status “Wobbly” is not mapped',
    'line 6,tickets,4714,skipped,its createdAt is no moment as the dates of this file are written',
    'line 7,tickets,4711,skipped,its id stands on an earlier line too',
  ])
  const ticket = await inside.database.row<Record<string, unknown>>(sql`
    select t.status, t.priority, t.tags, t.created_at as "createdAt", t.resolved_at as "resolvedAt",
      (select name from team where id = t.team_id) as team, (select name from person where id = t.assignee_id) as assignee,
      (select body_text from message where ticket_id = t.id) as text from ticket t where id = 4711`)
  assert.deepEqual(ticket, {
    status: 'closed',
    priority: 'high',
    tags: ['fire', 'vip'],
    createdAt: '2024-05-06T10:00:00.000Z',
    resolvedAt: '2024-05-07T09:00:00.000Z',
    team: 'North',
    assignee: 'Old Hand',
    text: 'It smokes\nand "burns"',
  })
  const told = (await desk.api('GET', '/tickets/4712')).body
  assert.equal(told.subject, '=HYPERLINK("x")')
  for (const table of ['outbox', 'webhook_delivery', 'alert']) assert.equal(await count(table), 0, table)
  const again = await importFrom(inside, source(), {})
  assert.deepEqual([again.counts['tickets']?.unchanged, again.counts['tickets']?.created], [2, 0])
  const mended = await importFrom(
    inside,
    csvSource(inside, open, 'old', { ...map, status: { ...map.status, Wobbly: 'on_hold' } }),
    {},
  )
  assert.equal(mended.counts['tickets']?.created, 1)
  assert.deepEqual((await verifyAll(inside.database)).differences, [])
  assert.deepEqual(await undoImport(inside, run.id), { taken: 2, kept: 0, texts: { taken: 0, kept: 0 } })
  assert.deepEqual((await verifyAll(inside.database)).differences, [])
})

test('a file is uploaded, looked at, imported and forgotten', async () => {
  const upload = async (content: string) => {
    const form = new FormData()
    form.set('file', new Blob([content]), '../../etc/two.csv')
    const headers = { authorization: `Bearer ${desk.token}` }
    const response = await fetch(`${desk.url}/api/v1/imports/files`, { method: 'POST', headers, body: form })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  assert.equal((await upload('nothing')).status, 400)
  const { status, body } = await upload(`${HEAD}\n${rows.join('\n').replaceAll('471', '571')}\n`)
  assert.equal(status, 201, JSON.stringify(body))
  assert.equal(body.map.columns['Ticket ID'], 'id')
  assert.doesNotMatch(body.name, /\//)
  const asked = { kind: 'csv', name: 'two', file: body.file, map: body.map, look: true }
  const bad = { ...asked, map: { ...body.map, columns: {} } }
  assert.equal((await desk.api('POST', '/imports', bad)).status, 400)
  const { id } = (await desk.api('POST', '/imports', asked)).body
  const ended = async () => {
    const run = (await desk.api('GET', `/imports/${id}`)).body
    assert.notEqual(run.state, 'failed', JSON.stringify(run.problems))
    return run.state === 'done' ? run : null
  }
  const looked = await until(ended)
  assert.deepEqual([looked.look, looked.counts.tickets.created], [true, 2])
  assert.equal((await desk.api('GET', '/tickets/5711')).status, 404)
  const headers = { authorization: `Bearer ${desk.token}` }
  const list = await fetch(`${desk.url}/api/v1/imports/${id}/problems.csv`, { headers })
  assert.match(await list.text(), /line 6,tickets,5714,skipped/)
  await desk.api('POST', `/imports/${id}/run`)
  const run = await until(ended)
  assert.deepEqual([run.look, run.counts.tickets.created], [false, 2])
  addsUp(run.counts)
  assert.equal((await desk.api('GET', '/tickets/5711')).body.subject, 'Printer')
  const kept = await desk.running.desk.database.row<{ n: number }>(sql`select count(*) as n from import_file`)
  assert.equal(kept?.n, 0)
})

test('the command says what it would do, and does it by a better map', async () => {
  const table = file('typed.csv', `${HEAD}\n${rows.join('\n').replaceAll('471', '671')}\n`)
  const typed = (...args: string[]) => docket(desk, join(folder, 'data'), ['import', ...args])
  const look = await typed('csv', table, '--dry-run', '--json')
  assert.equal(look.code, 0, look.err)
  const { map, unmapped, kinds } = JSON.parse(look.out)
  assert.deepEqual(unmapped, [{ kind: 'status', value: 'Wobbly', count: 1 }])
  assert.equal(kinds.tickets.created, 2)
  const better = file('map.json', JSON.stringify({ ...map, status: { ...map.status, Wobbly: 'pending' } }))
  const { code, out, err } = await typed('csv', table, '--map', better, '--json')
  assert.equal(code, 0, err)
  const report = JSON.parse(out)
  assert.deepEqual([report.kinds.tickets.created, report.kinds.tickets.skipped], [3, 2])
})

test('files of Zendesk’s own export are brought one by one, looked at together, told, and forgotten', async () => {
  const bring = async (name: string, line: object) => {
    const form = new FormData()
    form.set('file', new Blob([JSON.stringify(line)]), name)
    const headers = { authorization: `Bearer ${desk.token}` }
    const to = `${desk.url}/api/v1/imports/zendesk-files`
    const response = await fetch(to, { method: 'POST', headers, body: form })
    return { status: response.status, body: (await response.json()) as Answer['body'] }
  }
  const at = '2024-05-06T10:00:00Z'
  const of = (list: string, id: number) => ({
    url: `https://up.zendesk.com/api/v2/${list}/${id}.json`,
    id,
    created_at: at,
  })
  const user = { ...of('users', 1), name: 'Cy Up', email: 'cy@up.example', role: 'end-user' }
  const comment = {
    id: 11,
    author_id: 1,
    public: true,
    plain_body: 'Smoke',
    html_body: '<p>Smoke</p>',
    created_at: at,
  }
  const via = { channel: 'email' }
  const more = {
    subject: 'Brought',
    status: 'open',
    requester_id: 1,
    updated_at: at,
    via,
    comments: [comment],
  }
  assert.equal((await bring('none.json', { a: 1 })).status, 400)
  const tickets = await bring('tickets.json', { ...of('tickets', 88_401), ...more })
  const users = await bring('users.json', user)
  assert.deepEqual(
    [tickets, users].map(({ status, body: { kind, records, host } }) => [status, kind, records, host]),
    [
      [201, 'tickets', 1, 'up.zendesk.com'],
      [201, 'users', 1, 'up.zendesk.com'],
    ],
  )
  const files = [tickets, users].map(({ body: { file: id, name } }) => ({ file: id, name }))
  const asked = { kind: 'zendesk-export', name: 'https://Up.zendesk.com/', files, look: true }
  const { id, source } = (await desk.api('POST', '/imports', asked)).body
  assert.equal(source, 'zendesk:up.zendesk.com')
  const ended = async () => {
    const run = (await desk.api('GET', `/imports/${id}`)).body
    assert.notEqual(run.state, 'failed', JSON.stringify(run.problems))
    return run.state === 'done' ? run : null
  }
  const looked = await until(ended)
  assert.deepEqual(
    [looked.complete, looked.counts.users.created, looked.counts.tickets.created],
    [true, 1, 1],
  )
  assert.equal((await desk.api('GET', '/tickets/88401')).status, 404)
  await desk.api('POST', `/imports/${id}/run`)
  assert.equal((await until(ended)).counts.tickets.created, 1)
  const { requester, createdAt } = (await desk.api('GET', '/tickets/88401')).body
  assert.deepEqual([requester.name, createdAt], ['Cy Up', '2024-05-06T10:00:00.000Z'])
  await until(async () => {
    const left = sql`select count(*) as n from import_file where name in ('tickets', 'users')`
    return (await desk.running.desk.database.row<{ n: number }>(left))?.n === 0
  })
})
