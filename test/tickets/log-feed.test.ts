// The log as lines: every event once and in an order that holds, whoever commits when; within sight, and without anybody's words.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { linesFrom } from '#api/tickets/log-feed.ts'
import { openDatabase } from '#store/database.ts'
import { orderAnew } from '#store/order-store.ts'
import { sql } from '#store/sql.ts'
import { LOG_BEGIN } from '#tickets/log-store.ts'
import { quiet } from '../support/database.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { SECRET, ticketWithEverything, type Things } from '../support/walled.ts'

let desk: TestDesk
let walled: Things
let open: Things
let otto: Awaited<ReturnType<TestDesk['addAgent']>>

before(async () => {
  desk = await startDesk({ work: false })
  const adminId = (await desk.api('GET', '/session')).body.id
  const team = (await desk.api('POST', '/teams', { name: 'Private' })).body.id
  otto = await desk.addAgent('Otto', 'viewer')
  await desk.api('PATCH', `/agents/${otto.principal.agentId}`, { sees: 'own_teams', teams: [] })
  walled = await ticketWithEverything(desk, adminId, team)
  open = await ticketWithEverything(desk, adminId, null)
})
after(() => desk.close())

type Line = { id: number; ticketId: number; kind: string; seq: number }
type Read = { lines: Line[]; cursor: string; more: boolean; text: string }

async function read(cursor?: string, limit?: number, token = desk.token): Promise<Read> {
  const asked = new URLSearchParams({
    ...(cursor === undefined ? {} : { cursor }),
    ...(limit === undefined ? {} : { limit: String(limit) }),
  })
  const answer = await fetch(`${desk.url}/api/v1/events.ndjson?${asked}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  const text = await answer.text()
  assert.equal(answer.status, 200, text)
  assert.match(answer.headers.get('content-type') ?? '', /^application\/x-ndjson/)
  const all = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const { cursor: next, more } = all.pop()
  return { lines: all, cursor: next, more, text }
}

/** All from a cursor on, in answers of `limit` lines. */
async function follow(cursor: string | undefined, limit: number): Promise<{ ids: number[]; cursor: string }> {
  const ids: number[] = []
  for (let at = cursor; ;) {
    const answer = await read(at, limit)
    assert.ok(answer.lines.length <= limit)
    ids.push(...answer.lines.map(({ id }) => id))
    at = answer.cursor
    if (!answer.more) return { ids, cursor: at }
  }
}

const everyId = async () =>
  (await desk.running.desk.database.rows<{ id: number }>(sql`select id from ticket_event order by id`)).map(
    ({ id }) => id,
  )
const newTicket = () =>
  desk.api('POST', '/tickets', {
    subject: 'A question',
    body: 'How?',
    requester: { email: 'cy@customer.example' },
  })
const byNumber = (a: number, b: number) => a - b

/** A connection of its own, as whoever writes beside the desk's. */
async function writer() {
  const client = new pg.Client({ connectionString: desk.config.databaseUrl ?? '' })
  await client.connect()
  const draw = async () =>
    (await client.query(`select nextval(pg_get_serial_sequence('ticket_event', 'id'))::int as id`)).rows[0].id
  const write = (id: number) =>
    client.query(
      `insert into ticket_event (id, ticket_id, seq, update_id, at, actor_type, kind, payload)
       values ($1::int, ${open.id}, 1000 + $1::int, 1, now(), 'system', 'effect_queued', '{}')`,
      [id],
    )
  return { client, draw, write }
}

/**
 * What is written has come to its place once all that ran beside it is over: on the tests' server that is other desks' work too.
 */
const settled = () =>
  until(async () => (await follow(undefined, 10_000)).ids.length === (await everyId()).length)

/** In a transaction that is begun; each 32nd id takes a number at once, as it goes into the log of the database. */
async function drawnWithoutNumber({ client, draw }: Awaited<ReturnType<typeof writer>>): Promise<number> {
  for (;;) {
    await client.query('begin')
    const id = await draw()
    const { rows } = await client.query('select pg_current_xact_id_if_assigned() is null as none')
    if (rows[0].none) return id
    await client.query('rollback')
  }
}

test('all of it, in answers of any length, is every event once', async () => {
  await settled()
  const whole = await read()
  assert.equal(whole.more, false)
  assert.deepEqual(whole.lines.map(({ id }) => id).toSorted(byNumber), await everyId())
  assert.deepEqual(
    (await follow(undefined, 3)).ids,
    whole.lines.map(({ id }) => id),
  )
  assert.deepEqual((await read(whole.cursor)).lines, [])
  const ofOne = whole.lines.filter(({ ticketId }) => ticketId === open.id).map(({ seq }) => seq)
  assert.deepEqual(ofOne, ofOne.toSorted(byNumber))
  assert.ok(!whole.text.includes(SECRET))
})

test('what commits late is told, and nothing that is after it is told before', async () => {
  await settled()
  const { cursor } = await read()
  const late = await writer()
  await late.client.query('begin')
  const early = await late.draw()
  await late.write(early)
  // Drawn before the transaction has a number of its own, and written when others have long read on.
  const later = await writer()
  const drawn = await drawnWithoutNumber(later)
  await newTicket()
  const between = await read(cursor)
  assert.deepEqual(between.lines, [])
  await late.client.query('commit')
  const then = await until(async () => {
    const answer = await read(between.cursor)
    return answer.lines.length > 1 && answer
  })
  assert.ok(then.lines.some(({ id }) => id === early) && then.lines.some(({ id }) => id > drawn))
  await later.write(drawn)
  await later.client.query('commit')
  await settled()
  assert.deepEqual(
    (await read(then.cursor)).lines.map(({ id }) => id),
    [drawn],
  )
  await late.client.end()
  await later.client.end()
})

test('many who write at once and one who reads: every event once', async () => {
  await settled()
  const start = await read()
  const before = new Set(await everyId())
  let writing = true
  const writers = Promise.all(
    Array.from({ length: 4 }, async (_, which) => {
      const { client, draw, write } = await writer()
      for (let round = 0; round < 25; round++) {
        await client.query('begin')
        const ids = [await draw(), await draw()]
        if (which % 2 === 0) await client.query('select pg_sleep(0.002)')
        for (const id of ids) await write(id)
        if (which < 2) await client.query('select pg_sleep(0.003)')
        await client.query(round % 7 === 3 ? 'rollback' : 'commit')
      }
      await client.end()
    }),
  ).finally(() => (writing = false))
  const told: number[] = []
  let cursor = start.cursor
  while (writing) {
    const answer = await follow(cursor, 7)
    told.push(...answer.ids)
    cursor = answer.cursor
  }
  await writers
  await settled()
  told.push(...(await follow(cursor, 7)).ids)
  assert.deepEqual(
    told.toSorted(byNumber),
    (await everyId()).filter((id) => !before.has(id)),
  )
})

test('a reader is told what is in their sight', async () => {
  await settled()
  const { lines } = await read(undefined, undefined, otto.token)
  const seen = new Set(lines.map(({ ticketId }) => ticketId))
  assert.ok(seen.has(open.id) && !seen.has(walled.id) && !seen.has(walled.linked))
  // What is out of sight takes no line of an answer.
  const first = await read(undefined, 2, otto.token)
  assert.deepEqual(first.lines, lines.slice(0, 2))
  // What happens behind the wall moves the cursor, which counts the whole desk's updates, and tells nothing else.
  const earlier = await read(undefined, undefined, otto.token)
  await desk.api('PATCH', `/tickets/${walled.id}`, { priority: 'urgent' })
  await settled()
  assert.deepEqual((await read(undefined, undefined, otto.token)).lines, earlier.lines)
  assert.deepEqual((await read(earlier.cursor, undefined, otto.token)).lines, [])
  // However much of that there is, an answer comes: it ends after some, and goes on from there.
  const told: number[] = []
  const narrow = { ...otto.principal, sees: 'own_teams', teamIds: [] } as const
  let [from, answers, isMore] = [LOG_BEGIN, 0, true]
  for (; isMore; answers++)
    for await (const text of linesFrom(desk.running.desk.database, narrow, from, {
      limit: 1_000,
      mostLooked: 3,
    }))
      for (const line of text
        .trimEnd()
        .split('\n')
        .map((each) => JSON.parse(each))) {
        if ('id' in line) told.push(line.id)
        else [from, isMore] = [JSON.parse(Buffer.from(line.cursor, 'base64url').toString()), line.more]
      }
  assert.ok(answers > 10, `${answers}`)
  assert.deepEqual(
    told,
    lines.map(({ id }) => id),
  )
})

test('a cursor that is none says so', async () => {
  for (const cursor of ['x', 'bnVsbA', Buffer.from('{"tx":"1","id":-1}').toString('base64url')])
    assert.equal((await desk.api('GET', `/events.ndjson?cursor=${cursor}`)).status, 400, cursor)
  for (const limit of ['0', '100001', 'x'])
    assert.equal((await desk.api('GET', `/events.ndjson?limit=${limit}`)).status, 400, limit)
})

test('a cursor of an event whose numbers a restore gave to another one is refused', async () => {
  await settled()
  const { cursor } = await read()
  const place = JSON.parse(Buffer.from(cursor, 'base64url').toString())
  const asked = (at: string | undefined) =>
    desk.api(
      'GET',
      `/events.ndjson?cursor=${Buffer.from(JSON.stringify({ ...place, at })).toString('base64url')}`,
    )
  assert.equal((await asked(place.at)).status, 200)
  assert.equal((await asked('2020-02-02T02:02:02.002Z')).status, 400)
  // One that was given before it said when.
  assert.equal((await asked(undefined)).status, 200)
})

test('a log that came from another server is followed from its beginning, and loses nothing', async () => {
  const { cursor } = await read()
  const owner = openDatabase(desk.config.databaseUrl ?? '', { log: quiet, size: 1, role: null })
  assert.equal(await orderAnew(owner), false)
  // As a dump brings it: the number of a transaction that is still to come here.
  await owner.rows(sql`insert into ticket_event (ticket_id, seq, update_id, at, actor_type, kind, payload, tx)
    values (${open.id}, 900000, 1, now(), 'system', 'effect_queued', '{}', '999999999999')`)
  assert.equal(await orderAnew(owner), true)
  assert.equal(await orderAnew(owner), false)
  await owner.close()
  const answer = await desk.api('GET', `/events.ndjson?cursor=${cursor}`)
  assert.equal(answer.status, 400)
  assert.match(JSON.stringify(answer.body), /Discard your copy/)
  await settled()
  const again = await follow(undefined, 50)
  assert.deepEqual(again.ids.toSorted(byNumber), await everyId())
  await newTicket()
  await settled()
  assert.ok((await read(again.cursor)).lines.length > 0)
})
