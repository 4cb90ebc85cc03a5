// Our own lines: what goes out comes in again as it was, byte for byte.
import assert from 'node:assert/strict'
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fill } from '#commands/demo.ts'
import { trialOf } from '#commands/trial.ts'
import { verifyAll } from '#commands/verify.ts'
import { importFrom } from '#imports/begin.ts'
import { linesSource, LINES } from '#imports/lines/source.ts'
import { writeFolder } from '#imports/lines/write-folder.ts'
import { lookAtImport } from '#imports/run.ts'
import { undoImport } from '#imports/undo.ts'
import type { Desk } from '#desk/desk.ts'
import { liveConfiguration } from '#desk/past/configurations.ts'
import { redactMessage } from '#desk/redact.ts'
import { bySystem } from '#desk/update.ts'
import { raw, sql } from '#store/sql.ts'
import { messagesById } from '#tickets/message-store.ts'
import { bareDesk } from '../support/bare-desk.ts'

const folders: string[] = []
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))
const folder = () => {
  folders.push(mkdtempSync(join(tmpdir(), 'docket-lines-')))
  return folders.at(-1) ?? ''
}
const until = Date.parse('2026-03-02T00:00:00Z')

/** A desk with the demo's company and everything of it on disk. */
async function exported(count: number, setUp?: (desk: Desk) => Promise<void>): Promise<string> {
  const { desk, close } = await bareDesk()
  await fill(desk, count, 7, until, { morning: true })
  await setUp?.(desk)
  const to = folder()
  await writeFolder(desk, to)
  await close()
  return to
}

/** What a demo has none of: a role that sees one brand, and whoever has it; categories that are one now; and all that is set by hand. */
async function setUpMore({ database }: Desk): Promise<void> {
  await database.rows(sql`with own as (insert into custom_role (name, actions, only_brands, created_at)
      select 'Press desk', '{ticket.read}', array_agg(id), now() from brand returning id)
    update agent set role_id = own.id from own where person_id = (select max(person_id) from agent)`)
  await database.rows(sql`update category set merged_into = (select max(id) from category), archived_at = now()
    where id = (select min(id) from category where parent_id is not null)`)
  await database.rows(
    sql`insert into suppression (email, reason, at) values ('gone@customer.example', 'hard_bounce', now())`,
  )
  await database.rows(
    sql`insert into sender_rule (pattern, verdict, created_at) values ('*@spam.example', 'block', now())`,
  )
  await database.rows(sql`insert into mail_template (kind, language, subject, body, changed_at)
    values ('acknowledgement', 'en', 'Here', 'We have it', now()), ('resolved', null, 'Done', 'It is', now())`)
  await database.rows(sql`insert into routing_conflict (agent_id, person_id, note, added_at)
    select min(agent.person_id), max(p.id), 'Kin', now() from agent, person p`)
  await database.rows(sql`insert into saved_report (name, scope, owner_id, board, state, cond, created_at, updated_at)
    select 'Mine', 'personal', min(person_id), 'flow', '{}', '{}', now(), now() from agent`)
  await database.rows(sql`insert into legal_hold (ticket_id, reason, set_by, set_at)
    select max(ticket.id), 'Court', min(person_id), now() from ticket, agent`)
}

async function count(desk: Desk, table: string): Promise<number> {
  return (await desk.database.row<{ n: number }>(sql`select count(*) as n from ${raw(table)}`))?.n ?? 0
}

test(
  'what goes out comes in again as it was, byte for byte, and silently',
  { timeout: 240_000 },
  async () => {
    const from = await exported(40, setUpMore)
    const { desk, close } = await bareDesk()
    const run = await importFrom(desk, await linesSource(desk, from), {})
    assert.deepEqual(run.problems, [])
    assert.equal(run.complete, true)
    const to = folder()
    await writeFolder(desk, to)
    const [before, later] = [from, to].map((each) => readFileSync(join(each, LINES), 'utf8').split('\n'))
    assert.deepEqual(later, before)
    assert.deepEqual((await verifyAll(desk.database)).differences, [])
    // Rules, agreements and hours came along: what was judged there is judged the same here.
    const live = await liveConfiguration(desk, desk.database)
    const lived = await trialOf(
      desk,
      { baseline: live, candidate: live },
      { days: 365, seed: 1, filter: null, sample: null, isWatched: false },
    )
    assert.ok(lived.fidelity.tickets > 20)
    assert.equal(lived.fidelity.reproduced, lived.fidelity.tickets, JSON.stringify(lived.fidelity))
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

test(
  'a newer file of a desk brings what is new to one that lived on, and takes back there what was taken back',
  { timeout: 240_000 },
  async () => {
    const [first, later] = [folder(), folder()]
    const there = await bareDesk()
    await fill(there.desk, 12, 7, until, {})
    await writeFolder(there.desk, first)
    const { desk, close } = await bareDesk()
    const had = await fromFirst(desk, first)
    // Both go on, and number what comes by themselves.
    const taken = await takeBack(there.desk, 'inbound')
    await takeBack(desk, 'outbound', `and ticket_id not in (${taken.ticketId})`)
    await writeFolder(there.desk, later)
    await there.close()
    const run = await importFrom(desk, await linesSource(desk, later), {})
    const { created, updated, unchanged, skipped, failed } = run.counts['tickets'] ?? {}
    assert.deepEqual([created, updated, skipped, failed], [0, 1, 0, 0], JSON.stringify(run.problems))
    assert.equal(unchanged, had - 1)
    const [left] = await messagesById(desk.database, [taken.id])
    assert.equal(left?.bodyText, '')
    assert.deepEqual((await verifyAll(desk.database)).differences, [])
    await close()
  },
)

/** A desk that is moved as a whole, out of a file that somebody wrote a password into. */
async function fromFirst(desk: Desk, from: string): Promise<number> {
  const text = readFileSync(join(from, LINES), 'utf8')
  writeFileSync(
    join(from, LINES),
    text.replaceAll('{"kind":"agent","row":{', '{"kind":"agent","row":{"passwordHash":"known",'),
  )
  const run = await importFrom(desk, await linesSource(desk, from), {})
  assert.equal(run.complete, true)
  const known = sql`select count(*) as n from agent where password_hash is not null`
  assert.equal((await desk.database.row<{ n: number }>(known))?.n, 0)
  return run.counts['tickets']?.seen ?? 0
}

/** Takes a message back, as an agent does; which one that was. */
async function takeBack(desk: Desk, direction: string, more = ''): Promise<{ id: number; ticketId: number }> {
  const found = await desk.database.row<{
    id: number
    ticketId: number
  }>(sql`select id, ticket_id as "ticketId"
    from message where direction = ${direction} and voided_at is null ${raw(more)} order by id limit 1`)
  assert.ok(found !== null)
  const [message] = await messagesById(desk.database, [found.id])
  assert.ok(message !== undefined)
  const outcome = await desk.database.transaction((tx) => redactMessage(desk, tx, message, null, bySystem))
  assert.equal(outcome?.ok, true)
  return found
}
