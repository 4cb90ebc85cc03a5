// The audit log is a chain: whatever is done to it past Docket is found, by the chain itself and by anchors outside of the database.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { checkAudit, anchorAudit, type Anchorage } from '#desk/audit-anchors.ts'
import { lookAtChain } from '#people/audit-chain-store.ts'
import { audit } from '#people/audit-store.ts'
import { openDatabase, type Database } from '#store/database.ts'
import { raw, sql } from '#store/sql.ts'
import { run } from '../support/command.ts'
import { freshDatabase, quiet } from '../support/database.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let owner: Database
let drop: () => Promise<unknown>
let anchorage: Anchorage
before(async () => {
  const database = await freshDatabase()
  drop = database.drop
  desk = await startDesk({ databaseUrl: database.url })
  owner = openDatabase(database.url, { log: quiet, size: 2, role: null })
  anchorage = { dataDir: desk.config.dataDir, secrets: [desk.config.secret ?? ''] }
})
after(async () => {
  await owner?.close()
  await desk?.close()
  await drop?.()
})

const thing = { type: 'team', id: 1, name: 'North' }
const note = (name: string) =>
  desk.running.desk.database.transaction((tx) =>
    audit(tx, null, desk.clock.now(), {
      action: 'team_changed',
      thing: { ...thing, name },
      changes: [{ field: 'name', from: 'Süd', to: name }],
    }),
  )
const lookNow = () => checkAudit(desk.running.desk.database, [anchorage])
const verify = (...more: string[]) =>
  run(['verify', '--audit', ...more], {
    DATABASE_URL: desk.config.databaseUrl ?? '',
    DOCKET_DATA: desk.config.dataDir,
    DOCKET_SECRET: desk.config.secret ?? '',
    DOCKET_LOG: 'silent',
  })

test('entries that are written at once stand one after the other; whoever goes on after writing holds nobody up', async () => {
  const { database } = desk.running.desk
  await database.transaction(async (slow) => {
    await audit(slow, null, desk.clock.now(), { action: 'team_changed', thing })
    // All of these are committed while the first is still open.
    await Promise.all(Array.from({ length: 40 }, (_, n) => note(`Team ${n}`)))
  })
  const refused = database.transaction(async (tx) => {
    await audit(tx, null, desk.clock.now(), { action: 'team_changed', thing })
    throw new Error('taken back')
  })
  await assert.rejects(refused, /taken back/)
  const look = await lookNow()
  assert.deepEqual([look.fault, look.entries, look.whole.place], [null, 41, 41])
  const [last] = await database.rows<{ name: string; place: number }>(
    sql`select thing_name as name, place from audit_entry order by place desc limit 1`,
  )
  assert.deepEqual(last, { name: 'North', place: 41 })
})

test('what a directory does to its groups stands in the audit, once', async () => {
  const scim = (method: string, path: string, body?: unknown) =>
    fetch(`${desk.url}/scim/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/scim+json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const ada = await desk.addAgent('Ada', 'agent')
  const made = await scim('POST', '/Groups', { displayName: 'Care', members: [] })
  const { id } = (await made.json()) as { id: string }
  const members = [{ value: String(ada.principal.agentId) }]
  for (let time = 0; time < 2; time++) await scim('PUT', `/Groups/${id}`, { displayName: 'Care', members })
  assert.equal((await scim('DELETE', `/Groups/${id}`)).status, 204)
  const { items } = (await desk.api('GET', '/audit?thing=directory_group')).body
  assert.deepEqual(
    items.map(({ action, changes }: { action: string; changes: object[] }) => [action, changes]),
    [
      ['directory_group_removed', [{ field: 'left', from: ['Ada'], to: null }]],
      ['directory_group_changed', [{ field: 'joined', from: null, to: ['Ada'] }]],
      ['directory_group_added', []],
    ],
  )
})

test('each hour its end is anchored outside of the database, and mailed; the page says that it is whole', async () => {
  const saved = await desk.api('PATCH', '/settings', { auditMailTo: 'seal@notary.example' })
  assert.equal(saved.status, 200)
  desk.clock.pass(7_200)
  const round = anchorAudit(desk.running.desk, anchorage)
  await round()
  desk.clock.pass(600)
  await note('East')
  await round()
  const lines = () => readFileSync(join(anchorage.dataDir, 'audit-anchors.jsonl'), 'utf8').trim().split('\n')
  const before = lines().length
  desk.clock.pass(3_600)
  await round()
  desk.clock.pass(3_600)
  await round()
  assert.equal(lines().length, before + 1, 'what has not grown is not anchored again')
  const { look } = (await desk.api('GET', '/audit/chain')).body
  assert.deepEqual([look.fault, look.place], [null, JSON.parse(lines().at(-1) ?? '').place])
  const mail = await until(async () =>
    desk.sink.mails.findLast(({ to }) => to.includes('seal@notary.example')),
  )
  const path = join(anchorage.dataDir, 'mailed')
  writeFileSync(path, `${lines().at(-1)}\n`)
  assert.ok(mail.raw.toString().includes('audit log'), mail.raw.toString())
  const { code, out } = await verify('--json', '--anchors', path)
  const said = JSON.parse(out)
  assert.deepEqual([code, said.fault, said.anchors], [0, null, lines().length + 1])
})

test('the application itself cannot change what was written', async () => {
  const { database } = desk.running.desk
  for (const statement of [
    sql`update audit_entry set action = 'x' where place = 3`,
    sql`delete from audit_entry where place = 3`,
    sql`truncate audit_entry`,
    sql`update audit_head set place = 1`,
    sql`select audit_chain(array[1::bigint])`,
  ]) {
    await assert.rejects(database.rows(statement), /permission denied/)
    if (!statement.text.includes('head') && !statement.text.includes('chain('))
      await assert.rejects(owner.rows(statement), /append-only/)
  }
})

test('whoever owns the database is found out: altered, removed, put in, swapped, cut off, all made anew', async () => {
  const { anchors } = await lookNow()
  const tampered = async (statements: readonly string[], fixesHashes = false) => {
    let found: unknown
    const work = owner.transaction(async (tx) => {
      await tx.rows(sql`alter table audit_entry disable trigger user`)
      for (const statement of statements) await tx.rows(sql`${raw(statement)}`)
      if (fixesHashes) {
        await tx.rows(sql`update audit_head set place = 0, hash = decode(repeat('00', 32), 'hex')`)
        await tx.rows(sql`create temp table kept as select id from audit_entry order by place`)
        await tx.rows(sql`update audit_entry set place = null`)
        await tx.rows(sql`select audit_chain(array(select id from kept))`)
        await tx.rows(sql`drop table kept`)
      }
      const { fault } = await lookAtChain(tx, anchors)
      found = fault && [fault.kind, fault.place]
      throw new Error('taken back')
    })
    await assert.rejects(work, /taken back/)
    return found
  }
  const set = (what: string, place = 12) => [`update audit_entry set ${what} where place = ${place}`]
  assert.equal(await tampered([]), null)
  for (const what of [
    `thing_name = 'South'`,
    `changes = '[]'`,
    `back = '{}'`,
    `actor_id = 77`,
    `at = at + interval '1 microsecond'`,
    `action = 'team_added'`,
    `hash = sha256('x')`,
    `words_hash = sha256('x')`,
  ])
    assert.deepEqual(await tampered(set(what)), ['altered', 12], what)
  assert.deepEqual(await tampered(set(`thing_name = null, changes = '[]', back = null, salt = null`)), [
    'erased',
    12,
  ])
  assert.deepEqual(await tampered(['delete from audit_entry where place = 12']), ['missing', 12])
  assert.deepEqual(
    await tampered([
      'update audit_entry set place = case place when 12 then -1 when 13 then -2 end where place in (12, 13)',
      'update audit_entry set place = case place when -1 then 13 else 12 end where place < 0',
    ]),
    ['altered', 12],
  )
  const put = `insert into audit_entry (at, actor_type, action, thing) values (now(), 'system', 'x', 'x')`
  assert.equal(((await tampered([put])) as string[])[0], 'unchained')
  const last = (await lookNow()).whole.place
  assert.deepEqual(await tampered([`delete from audit_entry where place = ${last}`]), ['cut', last])
  assert.equal(((await tampered(set(`thing_name = 'South'`), true)) as string[])[0], 'anchor')
})

test('words can be erased, and the chain stays whole; past Docket they cannot', async () => {
  await note('Petra Muster')
  const erase = (...more: string[]) =>
    run(['audit', 'erase', 'petra muster', '--json', ...more], {
      DATABASE_URL: desk.config.databaseUrl ?? '',
      DOCKET_DATA: desk.config.dataDir,
      DOCKET_LOG: 'silent',
    })
  const found = JSON.parse((await erase()).out)
  assert.deepEqual([found.entries.length, found.erased], [1, false])
  assert.equal(JSON.parse((await erase('--apply')).out).erased, true)
  const { items } = (await desk.api('GET', '/audit?limit=3')).body
  assert.ok(!JSON.stringify(items).includes('Petra'))
  assert.deepEqual([items[0].action, items[0].thing.id], ['audit_erased', found.entries[0]])
  assert.equal((await lookNow()).fault, null)

  await owner.transaction(async (tx) => {
    await tx.rows(sql`alter table audit_entry disable trigger user`)
    await tx.rows(sql`update audit_entry set action = 'team_added' where place = 5`)
    await tx.rows(sql`alter table audit_entry enable trigger user`)
  })
  const { code, err } = await verify()
  assert.equal(code, 1)
  assert.match(err, /at place 5, is not what was written there/)
  desk.clock.pass(7_200)
  await anchorAudit(desk.running.desk, anchorage)()
  const { look } = (await desk.api('GET', '/audit/chain')).body
  assert.deepEqual([look.fault.kind, look.place], ['altered', 4])
  await until(async () =>
    desk.sink.mails.some(({ raw: bytes }) => bytes.toString().includes('not as it was written')),
  )
})
