// The schema `bi`: a login of the database sees by SQL what its agent sees, in columns whose names stay, and nothing else.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { readNotice } from '#store/listen.ts'
import { openDatabase } from '#store/database.ts'
import { raw, sql } from '#store/sql.ts'
import { docket } from '../support/command.ts'
import { quiet, root } from '../support/database.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { SECRET, ticketWithEverything, type Things } from '../support/walled.ts'

let desk: TestDesk
let walled: Things
let open: Things
let adminId: number
let agents: Record<'otto' | 'ina', Awaited<ReturnType<TestDesk['addAgent']>>>
const one = `bi_${randomBytes(4).toString('hex')}`
const all = `bi_${randomBytes(4).toString('hex')}`
const emailOf = ({ principal }: { principal: { email: string } }) => principal.email

before(async () => {
  desk = await startDesk({ work: false })
  adminId = (await desk.api('GET', '/session')).body.id
  const team = (await desk.api('POST', '/teams', { name: 'Private' })).body.id
  agents = { otto: await desk.addAgent('Otto', 'agent'), ina: await desk.addAgent('Ina', 'lead') }
  await desk.api('PATCH', `/agents/${agents.otto.principal.agentId}`, { sees: 'own_teams', teams: [] })
  walled = await ticketWithEverything(desk, adminId, team)
  open = await ticketWithEverything(desk, adminId, null)
  await desk.api('PATCH', `/tickets/${open.id}`, { assignee: adminId, status: 'resolved' })
  await desk.api('PATCH', `/tickets/${open.linked}`, { assignee: agents.otto.principal.agentId })
})
after(async () => {
  for (const name of [one, all]) await command('remove', name)
  rmSync(folder, { recursive: true, force: true })
  await desk.close()
})

const folder = mkdtempSync(join(tmpdir(), 'docket-bi-'))
const command = (...args: string[]) => docket(desk, folder, ['bi', ...args])

/** Asks as a login; what is refused says so by its code. */
async function as(name: string) {
  const url = new URL(desk.config.databaseUrl ?? '')
  url.username = name
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  const ask = (text: string) =>
    client.query(text).then(
      ({ rows }) => rows as Record<string, unknown>[],
      (error: { code: string }) => error.code,
    )
  return { ask, end: () => client.end() }
}

test('a login is made by a command, and has its agent’s sight', async () => {
  const made = await command('add', one, '--as', emailOf(agents.otto), '--json')
  assert.equal(made.code, 0, made.err)
  const { password } = JSON.parse(made.out)
  assert.ok(password.length > 20)
  const kept = await desk.running.desk.database.rows<{ kept: string }>(
    sql`select rolconfig::text as kept from pg_roles where rolname = ${one}`,
  )
  assert.match(kept[0]?.kept ?? '', /read_only/)
  assert.equal((await command('add', all, '--as', emailOf(agents.ina))).code, 0)

  const [otto, ina] = [await as(one), await as(all)]
  const tickets = async ({ ask }: typeof otto) =>
    ((await ask('select ticket_id, assignee_id from ticket_v order by 1')) as { ticket_id: number }[]).map(
      ({ ticket_id }) => ticket_id,
    )
  assert.deepEqual(await tickets(otto), [open.id, open.linked])
  assert.deepEqual(await tickets(ina), [walled.id, walled.linked, open.id, open.linked])
  // Whose it is, of others, is for leads to know.
  const whose = `select assignee_id from ticket_v where ticket_id in (${open.id}, ${open.linked}) order by ticket_id`
  assert.deepEqual(await otto.ask(whose), [
    { assignee_id: null },
    { assignee_id: agents.otto.principal.agentId },
  ])
  assert.deepEqual(await ina.ask(whose), [
    { assignee_id: adminId },
    { assignee_id: agents.otto.principal.agentId },
  ])
  for (const view of await viewsOf())
    if (view.columns.some(({ name }) => name === 'ticket_id')) {
      const ids = await otto.ask(`select distinct ticket_id from bi.${view.name}`)
      assert.ok(Array.isArray(ids), `${view.name} ${String(ids)}`)
      assert.ok(
        ids.every(({ ticket_id }) => [open.id, open.linked].includes(ticket_id as number)),
        view.name,
      )
    }
  await otto.end()
  await ina.end()
})

test('its numbers are those of the reports', async () => {
  const { ask, end } = await as(all)
  const asked = (key: string) => desk.api('GET', `/reports/${key}?hours=wall`).then(({ body }) => body)
  const [flow] = (await ask(
    "select sum(backlog_change)::int as net, count(*) filter (where kind = 'opened')::int as opened from flow_v",
  )) as { net: number; opened: number }[]
  assert.deepEqual(flow, { net: (await asked('netFlow')).value, opened: (await asked('arrivals')).value })
  const [resolves] = (await ask(
    'select count(*)::int as n, sum(seconds)::int as seconds from resolve_v',
  )) as { n: number; seconds: number }[]
  const rows = (await desk.api('GET', '/reports/firstResolutionTime/tickets?hours=wall')).body.items as {
    value: number
  }[]
  assert.deepEqual(resolves, { n: rows.length, seconds: rows.reduce((sum, { value }) => sum + value, 0) })
  const spans = (await ask(
    'select ticket_id, from_at, to_at, assignee_id, nth::int from assignment_v where ticket_id = ' + open.id,
  )) as object[]
  assert.deepEqual(spans.length, 2)
  await end()
})

test('it reads nothing else, says nothing of what people wrote, and cannot widen its sight', async () => {
  const { ask, end } = await as(one)
  const tables = await desk.running.desk.database.rows<{ name: string }>(
    sql`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'bi')
      union all select format('%I.%I', schemaname, viewname) from pg_views where schemaname = 'public'`,
  )
  assert.ok(tables.length > 100)
  for (const { name } of tables) assert.equal(await ask(`select * from ${name} limit 1`), '42501', name)
  for (const attempt of [
    'set role docket_app',
    'set role docket',
    `set session authorization ${all}`,
    `insert into bi_reader values ('${one}', ${adminId}, now())`,
    'create table public.mine (a int)',
    'create table bi.mine (a int)',
    "copy (select 1) to program 'true'",
    "select pg_read_file('postgresql.conf')",
    "select lo_import('/etc/hostname')",
  ])
    assert.match(String(await ask(attempt)), /^42501$|^25006$|^42P01$/, attempt)
  await ask('set default_transaction_read_only = off')
  for (const attempt of [
    `insert into public.bi_reader values ('${one}', ${adminId}, now())`,
    `update public.bi_reader set agent_id = ${adminId}`,
    'update ticket_v set team_id = null',
    'delete from csat_v',
    'update team_v set name = name',
  ])
    assert.match(String(await ask(attempt)), /^42501$|^55000$/, attempt)
  // What works with the owner's rights is not for it: nothing of the audit log can be changed by any way.
  const db = desk.running.desk.database
  assert.deepEqual(
    await db.rows(sql`select p.oid::regprocedure::text as name from pg_proc p
      where p.pronamespace = 'public'::regnamespace and p.prosecdef and has_function_privilege(${one}, p.oid, 'execute')`),
    [],
  )
  const audited = () => db.rows(sql`select id, thing_name, changes, salt from audit_entry order by id`)
  const entries = await audited()
  assert.equal(
    await ask('select public.audit_erase(array(select generate_series(1, 1000)::bigint))'),
    '42501',
  )
  assert.deepEqual(await audited(), entries)
  // A wake-up that is none wakes nobody and ends nothing.
  for (const words of ['x', 'null', '1', '{}', '{"presence":null}', '{"lane":"x"}', '{"reconnected":true}'])
    assert.equal(readNotice(words), null, words)
  for (const words of ['x', 'null', '1']) await ask(`select pg_notify('docket', '${words}')`)
  await desk.api('POST', '/tags', { name: 'after-junk' })
  assert.equal((await desk.api('GET', '/session')).status, 200)
  // As the group it is a member of, no name stands for anybody's sight.
  await ask('set role docket_bi')
  assert.deepEqual(await ask('select ticket_id from ticket_v'), [])
  await ask('reset role')
  // What a filter of its own is shown has passed the wall: a function that tells what it sees sees no other ticket.
  await ask(`create function pg_temp.tell(id bigint) returns boolean language plpgsql cost 0.0000001 as $$
    begin raise notice '%', id; return true; end $$`)
  await ask('create temp table told (id bigint)')
  const spied = (await ask('select ticket_id from ticket_v where pg_temp.tell(ticket_id)')) as object[]
  assert.equal(spied.length, 2)
  const plan = JSON.stringify(
    await ask('explain select ticket_id from ticket_v where pg_temp.tell(ticket_id)'),
  )
  assert.match(plan, /Subquery Scan/)
  for (const view of await viewsOf()) {
    const words = JSON.stringify(await ask(`select * from bi.${view.name}`))
    assert.ok(!words.includes(SECRET) && !words.includes('customer.example'), view.name)
  }
  await end()
})

test('it sees what its agent sees now: an agent who left sees nothing, a ticket that was deleted is gone', async () => {
  const { ask, end } = await as(all)
  assert.equal((await desk.api('PATCH', `/tickets/${walled.linked}`, { spam: true })).status, 200)
  const count = async () => ((await ask('select ticket_id from ticket_v')) as object[]).length
  const left = await count()
  assert.equal(left, 3)
  await desk.api('PATCH', `/agents/${agents.ina.principal.agentId}`, { active: false })
  assert.equal(await count(), 0)
  assert.deepEqual(await ask('select name from team_v'), [])
  await end()
  const listed = JSON.parse((await command('list', '--json')).out).items as {
    role: string
    active: boolean
  }[]
  assert.equal(listed.find(({ role }) => role === all)?.active, false)
})

test('its sight is that of the desk for every way to be limited', async () => {
  const db = desk.running.desk.database
  const brand = (await db.row<{ id: number }>(sql`select min(id)::int as id from brand`))?.id
  const role = await desk.api('POST', '/roles', { name: 'Reads rules', actions: ['rules.read'] })
  const { ask, end } = await as(one)
  const { agentId } = agents.otto.principal
  const call = desk.as(agents.otto.token)
  for (const limits of [
    { onlyBrands: [] },
    { onlyBrands: [brand] },
    { onlyMailboxes: [] },
    { onlyBrands: null, onlyMailboxes: null, sees: 'all' },
    { roleId: role.body.id },
  ]) {
    assert.equal((await desk.api('PATCH', `/agents/${agentId}`, limits)).status, 200, JSON.stringify(limits))
    const shown = (await call('GET', '/tickets?limit=200')).body.items as { id: number }[]
    const rows = (await ask('select ticket_id from ticket_v order by 1')) as { ticket_id: number }[]
    assert.deepEqual(
      rows.map(({ ticket_id }) => ticket_id),
      shown.map(({ id }) => id).toSorted((a, b) => a - b),
      JSON.stringify(limits),
    )
  }
  await end()
})

test('what a command refuses', async () => {
  const refused = async (...args: string[]) => (await command(...args)).code
  assert.equal(await refused('add', 'docket_app', '--as', emailOf(agents.otto)), 64)
  assert.equal(await refused('add', 'Bi; drop', '--as', emailOf(agents.otto)), 64)
  assert.equal(await refused('add', `${one}x`, '--as', 'nobody@docket.example'), 65)
  assert.equal(await refused('remove', `${one}x`), 65)
})

test('a login that was there before stays, and so does one that another database uses', async () => {
  const db = openDatabase(desk.config.databaseUrl ?? '', { log: quiet, size: 1, role: null })
  const [own, shared] = [`${one}_own`, `${one}_shared`]
  const member = async (name: string) =>
    (
      await db.row<{ yes: boolean }>(
        sql`select pg_has_role(oid, 'docket_bi', 'member') as yes from pg_roles where rolname = ${name}`,
      )
    )?.yes
  const removed = async (name: string) => JSON.parse((await command('remove', name, '--json')).out).login
  await db.rows(raw(`create role ${own} login in role docket_bi`))
  assert.equal((await command('add', own, '--as', emailOf(agents.otto))).code, 0)
  assert.equal(await removed(own), 'left')
  assert.equal(await member(own), false)
  await db.rows(raw(`drop role ${own}`))

  assert.equal((await command('add', shared, '--as', emailOf(agents.otto))).code, 0)
  const url = new URL(desk.config.databaseUrl ?? '')
  url.pathname = '/postgres'
  const other = openDatabase(url.href, { log: quiet, size: 1, role: null })
  await other.rows(raw(`grant connect on database postgres to ${shared}`))
  await other.rows(raw(`grant usage on schema public to ${shared}`))
  assert.equal(await removed(shared), 'kept')
  assert.equal(await member(shared), true)
  assert.match((await command('list')).out, /could not be\. Remove it again/)
  await other.rows(raw(`drop owned by ${shared}`))
  await other.close()
  assert.equal(await removed(shared), 'removed')
  assert.equal(await member(shared), undefined)
  await db.close()
})

type View = { name: string; columns: { name: string; type: string }[] }

async function viewsOf(): Promise<View[]> {
  return desk.running.desk.database.rows(sql`select c.relname as name,
      json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0
    where c.relnamespace = 'bi'::regnamespace group by 1 order by 1`)
}

test('every column stands on its page, and the page names no other', async () => {
  const page = readFileSync(join(root, 'docs/bi.md'), 'utf8')
  const written = page
    .split(/^## /m)
    .filter((part) => /^\w+_v\n/.test(part))
    .map((part) => ({
      name: part.split('\n')[0],
      columns: [...part.matchAll(/^\| `(\w+)` \| ([\w [\]]+) \| \S/gm)].map(([, name, type]) => ({
        name,
        type,
      })),
    }))
    .toSorted((a, b) => ((a.name ?? '') < (b.name ?? '') ? -1 : 1))
  const short = (type: string) => type.replace('timestamp with time zone', 'timestamptz')
  assert.deepEqual(
    written,
    (await viewsOf()).map(({ name, columns }) => ({
      name,
      columns: columns.map((column) => ({ ...column, type: short(column.type) })),
    })),
  )
})
