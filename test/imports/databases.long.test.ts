// Desks that are read from their databases: small ones of their real shape with invented people, by command's source and over HTTP.
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, test, type TestContext } from 'node:test'
import pg from 'pg'
import { importFrom } from '#imports/begin.ts'
import type { DatabaseKind } from '#imports/kinds.ts'
import { openSource } from '#imports/open-source.ts'
import { undoImport } from '#imports/undo.ts'
import { lookAtImport } from '#imports/run.ts'
import { sql } from '#store/sql.ts'
import { Fault } from '#kit/fault.ts'
import { freshDatabase } from '../support/database.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { atEnd, temporaryFolder } from '../support/ends.ts'
import { CHATWOOT, ZAMMAD } from '../support/old-databases.ts'
import { seenAndMade, toldOn } from '../support/told.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk()
})
after(() => desk.close())

const inside = () => desk.running.desk
const { count, linesOf, changesOf, ticketOf, filesOf, silentAndWhole } = toldOn(() => desk)

/** A database of another make, and its owner's hands in it. */
async function oldDatabase(t: TestContext, statements: string) {
  const { url, drop } = await freshDatabase()
  atEnd(t, drop)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  atEnd(t, () => client.end())
  await client.query(statements)
  return { url, run: (statement: string) => client.query(statement) }
}

const sourceOf = (kind: DatabaseKind, database: string, files: string | null = null) =>
  openSource(inside(), inside().egress, { kind, database }, { local: { files } })

test('Zammad comes with its articles, history, files and merges, once', async (t) => {
  const old = await oldDatabase(t, ZAMMAD)
  const files = temporaryFolder(t)
  const folders = ['aaaa', 'aaaa', 'aaaaa', 'aaaaa', 'aaaaaaa', 'aaaaaaa']
  mkdirSync(join(files, ...folders), { recursive: true })
  writeFileSync(join(files, ...folders, 'a'.repeat(32)), 'on the disk')
  const source = () => sourceOf('zammad', old.url, files)
  const looked = await lookAtImport(source())
  assert.equal(await count('ticket'), 0)
  const run = await importFrom(inside(), source(), {})
  assert.equal(run.complete, true)
  assert.deepEqual(seenAndMade(run), {
    groups: [2, 2],
    fields: [1, 1],
    organizations: [1, 1],
    users: [4, 4],
    tickets: [5, 3],
    merges: [1, 1],
  })
  assert.equal(looked.counts['tickets']?.seen, 5)
  assert.deepEqual(
    run.problems.map(({ kind, reason, sample }) => [kind, reason, sample]),
    [
      ['tickets', 'it has no articles', '4'],
      ['tickets', 'deleted there', '5'],
      ['tickets', 'a file could not be fetched: it is gone from the database', '1'],
    ],
  )
  assert.deepEqual(await linesOf(67_001), [
    '2024-05-06T10:00:00.000Z inbound Cy Customer: It smokes',
    '2024-05-06T10:30:00.000Z internal Ada Agent: Looks odd',
    '2024-05-06T11:00:00.000Z outbound Ada Agent: Turn it off',
    '2024-05-06T12:00:00.000Z inbound Cy Customer: He called: it is off',
    '2024-05-07T09:00:00.000Z outbound Former agent: Done',
  ])
  assert.deepEqual(await ticketOf(67_001), {
    subject: 'Printer on fire',
    status: 'closed',
    priority: 'high',
    tags: ['fire', 'vip'],
    channel: 'email',
    team: 'Support › North',
    assignee: 'Ada Agent',
    requester: 'Cy Customer',
  })
  const changes = await changesOf(67_001)
  // Whom somebody owns is open here, though it was called new there.
  assert.deepEqual(changes.slice(0, 3), [
    '2024-05-06T10:20:00.000Z open',
    '2024-05-06T11:00:01.000Z pending',
    '2024-05-06T12:00:00.000Z open',
  ])
  assert.ok(changes.includes('2024-05-07T09:00:01.000Z resolved'), changes.join())
  assert.equal((await desk.api('GET', '/tickets/67002')).body.mergedInto, 67_001)
  assert.deepEqual(await filesOf(67_001), ['disk.txt 11', 'log.txt 15'])
  const values = await desk.api('GET', '/tickets/67003')
  assert.ok(JSON.stringify(values.body.fields).includes('Gold plan'), JSON.stringify(values.body.fields))
  await silentAndWhole()
  const again = await importFrom(inside(), source(), {})
  assert.deepEqual([again.counts['tickets']?.unchanged, again.counts['tickets']?.failed], [3, 1])
  await old.run(`insert into ticket_articles (ticket_id, type_id, sender_id, body, created_by_id, updated_by_id, created_at)
      values (3, 1, 2, 'Still there?', 4, 4, '2024-05-10 08:00:00');
    update tickets set updated_at = '2024-05-10 08:00:00' where id = 3`)
  assert.equal((await importFrom(inside(), source(), {})).counts['tickets']?.updated, 1)
  assert.equal((await linesOf(67_003)).at(-1), '2024-05-10T08:00:00.000Z inbound Cy Customer: Still there?')
  await silentAndWhole()
  await staysClosed(old.run, async () => importFrom(inside(), source(), {}))
  // What somebody here took in hand keeps its state, and gets what was said; what went out from here is not told again.
  assert.equal((await desk.api('PATCH', '/tickets/67003', { priority: 'low' })).status, 200)
  await inside().database.rows(sql`update message set rfc_message_id = 'live@customer.example'
    where ticket_id = 67003 and body_text = 'Once more'`)
  await old.run(`insert into ticket_articles (ticket_id, type_id, sender_id, message_id, body, created_by_id, created_at) values
      (3, 1, 2, '<live@customer.example>', 'Once more', 5, '2024-05-12 08:00:01'), (3, 1, 2, null, 'And again', 5, '2024-05-13 08:00:00');
    insert into histories (history_type_id, history_object_id, history_attribute_id, o_id, id_from, id_to, created_by_id, created_at)
      values (2, 1, 2, 3, 2, 3, 2, '2024-05-13 08:00:01');
    update tickets set priority_id = 3, updated_at = '2024-05-13 08:00:01' where id = 3`)
  await importFrom(inside(), source(), {})
  assert.equal((await ticketOf(67_003))?.['priority'], 'low')
  const said = await linesOf(67_003)
  assert.equal(said.at(-1), '2024-05-13T08:00:00.000Z inbound Dee: And again')
  assert.equal(said.filter((line) => line.endsWith('Once more')).length, 1)
  // A merge there takes the articles along: here they come with the merge, once; and what was done here stays in hand.
  const all = await count('message')
  await old.run(`update ticket_articles set ticket_id = 1 where ticket_id = 3; update tickets set updated_at = '2024-05-14' where id in (1, 3);
    insert into ticket_articles (ticket_id, type_id, sender_id, body, created_by_id, created_at) values (3, 3, 1, 'merged', 2, '2024-05-14');
    update tickets set state_id = 5 where id = 3;
    insert into histories (history_type_id, history_object_id, o_id, id_from, id_to, created_by_id, created_at) values (3, 1, 3, 3, 1, 2, '2024-05-14')`)
  await importFrom(inside(), source(), {})
  assert.equal(await count('message'), all + 1)
  assert.equal((await desk.api('GET', '/tickets/67003')).body.mergedInto, 67_001)
  await silentAndWhole()
  assert.deepEqual(await undoImport(inside(), run.id), { taken: 2, kept: 1, texts: { taken: 0, kept: 0 } })
})

/** What closed here by itself stays so, until somebody there has opened it again. */
async function staysClosed(
  run: (statement: string) => Promise<unknown>,
  again: () => Promise<unknown>,
): Promise<void> {
  const status = async (id: number) => (await ticketOf(id))?.['status']
  const before = await changesOf(67_001)
  await run(
    `insert into tags (tag_item_id, tag_object_id, o_id) values (3, 2, 1); update tickets set updated_at = '2024-05-12' where id = 1`,
  )
  await again()
  assert.deepEqual((await ticketOf(67_001))?.['tags'], ['fire', 'late', 'vip'])
  assert.deepEqual(await changesOf(67_001), before)
  await run(`update tickets set state_id = 4, updated_at = '2024-05-11' where id = 3`)
  await again()
  // The desk's own timer finds it resolved long ago.
  await until(async () => (await status(67_003)) === 'closed')
  await run(`insert into ticket_articles (ticket_id, type_id, sender_id, body, created_by_id, created_at)
      values (3, 1, 2, 'Once more', 5, '2024-05-12 08:00:00');
    update tickets set state_id = 2, updated_at = '2024-05-12 08:00:00' where id = 3`)
  await again()
  assert.equal(await status(67_003), 'open')
}

test('Chatwoot comes by account, with what was said, noted and resolved', async (t) => {
  const old = await oldDatabase(t, CHATWOOT)
  const files = temporaryFolder(t)
  mkdirSync(join(files, 'ke', 'yk'), { recursive: true })
  writeFileSync(join(files, 'ke', 'yk', 'keykeykey'), 'a file')
  const account = (which: number) => `${old.url}&account=${which}`
  await assert.rejects(
    lookAtImport(sourceOf('chatwoot', old.url)),
    (error) => error instanceof Fault && /1 \(Acme\), 2 \(Other\)/.test(error.message),
  )
  const source = () => sourceOf('chatwoot', account(1), files)
  const run = await importFrom(inside(), source(), {})
  assert.deepEqual(seenAndMade(run), { groups: [1, 1], fields: [1, 1], users: [4, 4], tickets: [3, 2] })
  assert.deepEqual(
    run.problems.map(({ reason, sample }) => [reason, sample]),
    [['nobody said anything in it', '12']],
  )
  assert.deepEqual(await linesOf(501), [
    '2024-05-06T10:00:00.000Z inbound Fay: Hello there',
    '2024-05-06T10:00:01.000Z outbound Unknown person: We are here soon',
    '2024-05-06T10:01:00.000Z internal Bo Agent: A regular',
    '2024-05-06T10:02:00.000Z outbound Bo Agent: **Hi** Fay',
    '2024-05-06T10:05:00.000Z inbound Fay: ',
  ])
  assert.deepEqual(await ticketOf(501), {
    subject: 'Hello there',
    status: 'closed',
    priority: 'urgent',
    tags: ['billing'],
    channel: 'chat',
    team: 'Sales',
    assignee: 'Bo Agent',
    requester: 'Fay',
  })
  assert.ok((await changesOf(501)).includes('2024-05-06T11:00:00.000Z resolved'))
  assert.deepEqual((await ticketOf(502))?.['subject'], 'By mail')
  assert.equal(
    (
      await inside().database.row<{ id: string }>(
        sql`select rfc_message_id as id from message where ticket_id = 502`,
      )
    )?.id,
    'm1@customer.example',
  )
  assert.deepEqual(
    (
      await inside().database.rows<{ name: string }>(
        sql`select name from attachment where name like 'photo%'`,
      )
    ).length,
    1,
  )
  await silentAndWhole()
  assert.equal((await importFrom(inside(), source(), {})).counts['tickets']?.unchanged, 2)
  assert.equal((await undoImport(inside(), run.id))?.taken, 2)
})

test('a database is asked for on screen, over the network only; one of another shape is said by name', async (t) => {
  const old = await oldDatabase(
    t,
    `${ZAMMAD}; alter table tickets drop column owner_id; drop table ticket_articles cascade`,
  )
  const { searchParams, pathname } = new URL(old.url)
  const socket = join(searchParams.get('host') ?? '', '.s.PGSQL.5432')
  const server = createServer((line) => {
    const inner = connect(socket)
    line.pipe(inner).pipe(line)
    line.on('error', () => inner.destroy())
    inner.on('error', () => line.destroy())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  atEnd(t, () => new Promise((done) => server.close(done)))
  const { port } = server.address() as { port: number }
  const failure = async (database: string): Promise<string> => {
    const asked = await desk.api('POST', '/imports', { kind: 'zammad', database })
    assert.equal(asked.status, 202, JSON.stringify(asked.body))
    assert.doesNotMatch(JSON.stringify(asked.body), /secret/)
    const ended = await until(async () => {
      const run = (await desk.api('GET', `/imports/${asked.body.id}`)).body
      return run.state === 'failed' ? run : null
    })
    return ended.problems[0]?.reason
  }
  const shape = await failure(`postgres://docket:secret@127.0.0.1:${port}${pathname}`)
  assert.match(shape, /database of Zammad.*tickets\.owner_id, ticket_articles are missing/)
  // A socket of this machine is for whoever sits at it.
  const inner = await failure(
    `postgres://docket:secret@10.0.0.1${pathname}?host=${encodeURIComponent(searchParams.get('host') ?? '')}`,
  )
  assert.match(inner, /only by the command on this machine/)
  assert.equal(
    (await desk.api('POST', '/imports', { kind: 'zammad', database: 'file:///etc/passwd' })).status,
    400,
  )
})
