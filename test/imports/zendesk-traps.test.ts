// What other desks do to importers, each by its name: a small Zendesk of our own that misbehaves.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { importFrom } from '#imports/begin.ts'
import { createClient } from '#imports/client.ts'
import { zendeskSource } from '#imports/zendesk/source.ts'
import { lookAtImport } from '#imports/run.ts'
import type { Desk } from '#desk/desk.ts'
import { sql } from '#store/sql.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { bareDesk } from '../support/bare-desk.ts'
import { startOtherDesk, type Said } from '../support/other-desk.ts'

const at = (minute: number) => `2024-05-06T10:${String(minute).padStart(2, '0')}:00Z`
const users = [
  { id: 1, name: 'Ada', email: 'ada@desk.example', role: 'agent', active: true, created_at: at(0) },
  { id: 2, name: 'Cy', email: 'cy@customer.example', role: 'end-user', active: true, created_at: at(0) },
  { id: 3, name: 'Ada again', email: 'ADA@desk.example', role: 'agent', active: true, created_at: at(0) },
]
const ticket = (id: number, more: object = {}) => ({
  id,
  url: `https://old.zendesk.example/api/v2/tickets/${id}.json`,
  subject: `Ticket ${id}`,
  description: 'Hello',
  status: 'open',
  priority: null,
  requester_id: 2,
  assignee_id: 1,
  created_at: at(1),
  updated_at: at(9),
  via: { channel: 'email' },
  tags: [],
  custom_fields: [],
  generated_timestamp: 1,
  ...more,
})
const comment = (id: number, author: number, minute: number, more: object = {}) => ({
  id,
  audit_id: id,
  author_id: author,
  public: true,
  plain_body: `Message ${id}`,
  html_body: null,
  attachments: [],
  created_at: at(minute),
  ...more,
})

type World = Record<string, Said | ((times: number) => Said)>
const base: World = {
  '/api/v2/groups': { json: { groups: [] } },
  '/api/v2/ticket_fields': {
    json: {
      ticket_fields: [
        {
          id: 9,
          type: 'tagger',
          title: 'Plan',
          custom_field_options: [{ value: 'plan_gold', name: 'Gold' }],
        },
      ],
    },
  },
  '/api/v2/incremental/users/cursor.json?start_time=1': {
    json: { users, after_url: null, end_of_stream: true },
  },
}
const cursor = '/api/v2/incremental/tickets/cursor.json?start_time=1'
const page = (tickets: object[], more: object = {}): Said => ({
  json: { tickets, end_of_stream: true, after_url: null, ...more },
})
const comments = (id: number, list: object[]): World => ({
  [`/api/v2/tickets/${id}/comments`]: { json: { comments: list } },
})

let desk: Desk
let close: () => Promise<void>
before(async () => ({ desk, close } = await bareDesk(Date.parse('2026-03-02T09:00:00Z'))))
after(() => close())

/** Imports a world; each has a host of its own, so that they do not meet. */
async function play(world: World, look = false) {
  const times = new Map<string, number>()
  const other = await startOtherDesk((path) => {
    const said = world[path] ?? base[path]
    times.set(path, (times.get(path) ?? 0) + 1)
    return said === undefined ? null : typeof said === 'function' ? said(times.get(path) ?? 1) : said
  })
  const waited: number[] = []
  const client = createClient(
    desk.egress,
    { url: other.url, authorization: 'Basic key' },
    { wait: async (ms) => void waited.push(ms) },
  )
  const source = zendeskSource(desk, client, `zendesk:${new URL(other.url).host}`)
  const run = look ? { ...(await lookAtImport(source)), id: 0 } : await importFrom(desk, source, {})
  await other.close()
  const refs = await desk.database.rows<{ id: number; name: string }>(
    sql`select local_id as id, source_id as name from import_ref where source = ${source.name} and kind = 'tickets'`,
  )
  return {
    run,
    waited,
    asked: other.asked,
    idOf: (name: number) => refs.find((ref) => ref.name === String(name))?.id ?? 0,
  }
}

const messages = (id: number) =>
  desk.database.rows<{ at: string; direction: string; text: string; name: string; html: string | null }>(
    sql`select m.at, m.direction, m.body_text as text, m.body_html as html, p.name from message m
      join person p on p.id = m.author_id where m.ticket_id = ${id} order by m.at, m.id`,
  )
const stateOf = async (id: number) => {
  const row = await desk.database.row<{ state: Ticket }>(
    sql`select state from ticket_state where ticket_id = ${id}`,
  )
  assert.ok(row)
  return row.state
}

test('message dates become the import’s: every message, change and note keeps its own instant', async () => {
  const { run, idOf } = await play({
    [cursor]: page([ticket(401)]),
    '/api/v2/tickets/401/audits': {
      json: {
        audits: [
          { id: 11, author_id: 2, created_at: at(1), events: [{ type: 'Comment', ...comment(21, 2, 1) }] },
          {
            id: 12,
            author_id: 1,
            created_at: at(3),
            events: [
              { type: 'Change', field_name: 'status', value: 'pending' },
              { type: 'Comment', ...comment(22, 1, 3, { created_at: undefined }) },
            ],
          },
          {
            id: 13,
            author_id: 1,
            created_at: at(5),
            events: [{ type: 'Change', field_name: 'priority', value: 'urgent' }],
          },
          {
            id: 14,
            author_id: 1,
            created_at: at(9),
            events: [{ type: 'Change', field_name: 'status', value: 'open' }],
          },
        ],
      },
    },
  })
  assert.deepEqual(
    run.problems.map(({ kind }) => kind).filter((kind) => kind === 'tickets'),
    [],
  )
  assert.deepEqual(
    (await messages(idOf(401))).map((each) => each.at),
    ['2024-05-06T10:01:00.000Z', '2024-05-06T10:03:00.000Z'],
  )
  const events = await desk.database.rows<{ kind: string; at: string }>(sql`select kind, at from ticket_event
    where ticket_id = ${idOf(401)} and kind in ('priority_changed', 'status_changed') order by seq`)
  assert.ok(
    events.some((event) => event.kind === 'priority_changed' && event.at === '2024-05-06T10:05:00.000Z'),
  )
  assert.ok(
    events.some((event) => event.kind === 'status_changed' && event.at === '2024-05-06T10:09:00.000Z'),
  )
})

test('time-based pages repeat and shift: each ticket comes once, and what came meanwhile is asked for', async () => {
  const one = '/api/v2/incremental/tickets?start_time=1'
  const { run } = await play({
    [one]: {
      json: {
        tickets: [ticket(411), ticket(412)],
        next_page: 'https://old.zendesk.example/api/v2/incremental/tickets?start_time=5',
      },
    },
    '/api/v2/incremental/tickets?start_time=5': {
      json: {
        tickets: [ticket(412), ticket(413)],
        end_of_stream: true,
        next_page: 'https://old.zendesk.example/api/v2/incremental/tickets?start_time=6',
      },
    },
    '/api/v2/incremental/tickets?start_time=6': {
      json: {
        tickets: [ticket(411, { subject: 'Newer' })],
        end_of_stream: true,
        next_page: '/api/v2/incremental/tickets?start_time=6',
      },
    },
  })
  const { seen, created, updated, unchanged } = run.counts['tickets'] ?? {}
  assert.deepEqual({ seen, created, updated, unchanged }, { seen: 5, created: 3, updated: 1, unchanged: 1 })
  assert.equal(run.complete, true)
})

test('deleted and scrubbed tickets are counted apart and never become tickets', async () => {
  const { run, idOf } = await play({
    [cursor]: page([ticket(421, { status: 'deleted' }), ticket(422, { subject: 'SCRUBBED' })]),
  })
  assert.equal(run.counts['tickets']?.skipped, 2)
  assert.deepEqual([idOf(421), idOf(422)], [0, 0])
})

test('author deleted: staff text is not shown as the customer’s', async () => {
  const { idOf } = await play({
    [cursor]: page([ticket(431, { collaborator_ids: [88] })]),
    ...comments(431, [comment(31, 2, 1), comment(32, 77, 2), comment(33, 88, 3)]),
  })
  const told = await messages(idOf(431))
  assert.deepEqual(
    told.map(({ direction, name }) => [direction, name]),
    [
      ['inbound', 'Cy'],
      ['outbound', 'Former agent'],
      ['inbound', 'Unknown person'],
    ],
  )
})

test('web chat repeats the first message as description; private notes stay notes and never count as replies', async () => {
  const { idOf } = await play({
    [cursor]: page([ticket(441, { via: { channel: 'chat' }, description: 'Message 41' })]),
    ...comments(441, [comment(41, 2, 1), comment(42, 1, 2, { public: false })]),
  })
  assert.deepEqual(
    (await messages(idOf(441))).map(({ direction }) => direction),
    ['inbound', 'internal'],
  )
  assert.equal((await stateOf(idOf(441))).replyCount, 0)
})

test('inline images are fetched in the run and re-pointed; the key goes to no other host', async () => {
  const stranger = await startOtherDesk(() => ({
    bytes: Buffer.from('picture'),
    headers: { 'content-type': 'image/png' },
  }))
  const url = 'https://old.zendesk.example/attachments/token/abc/?name=a.png'
  const { run, idOf } = await play({
    [cursor]: page([ticket(451)]),
    ...comments(451, [
      comment(51, 2, 1, {
        html_body: `<p>See <img src="${url}"></p><script>alert(1)</script>`,
        attachments: [
          { id: 5, file_name: 'a.png', content_type: 'image/png', content_url: url },
          {
            id: 6,
            file_name: 'gone.pdf',
            content_type: 'application/pdf',
            content_url: 'https://old.zendesk.example/attachments/token/expired',
          },
        ],
      }),
    ]),
    '/attachments/token/abc/?name=a.png': { status: 302, headers: { location: `${stranger.url}/abc` } },
    '/attachments/token/expired': { status: 410 },
  })
  await stranger.close()
  const [told] = await messages(idOf(451))
  assert.match(told?.html ?? '', /cid:old-5/)
  assert.doesNotMatch(told?.html ?? '', /script|zendesk/)
  assert.deepEqual(
    stranger.asked.map(({ authorization }) => authorization),
    [null],
  )
  assert.equal(run.counts['tickets']?.created, 1)
  assert.ok(run.problems.some(({ reason }) => reason.includes('could not be fetched: answered 410')))
})

test('NUL bytes, lone surrogates and invalid dates are mended', async () => {
  const { run, idOf } = await play({
    [cursor]: page([ticket(461, { subject: 'A\u0000B\ud800', created_at: 'yesterday' })]),
    ...comments(461, [comment(61, 2, 1, { plain_body: 'x\u0000y', created_at: '0000-00-00 00:00:00' })]),
  })
  assert.equal(run.counts['tickets']?.created, 1)
  assert.equal((await messages(idOf(461)))[0]?.text, 'xy')
})

test('option value is not its name, `fields` repeats, and tags made by dropdowns are not imported twice', async () => {
  const fields = [{ id: 9, value: 'plan_gold' }]
  const { idOf } = await play({
    [cursor]: page([ticket(471, { custom_fields: fields, fields, tags: ['plan_gold', 'vip'] })]),
  })
  const state = await stateOf(idOf(471))
  assert.deepEqual(state.tags, ['vip'])
  assert.deepEqual(Object.values(state.fields), ['Gold'])
})

test('merges become our merges, undoable, and a circle is said', async () => {
  const merged = (into: number) => ({ status: 'closed', tags: ['closed_by_merge'], subject: `into ${into}` })
  const gone = (id: number, into: number) =>
    comments(id, [
      comment(id, 2, 1),
      comment(id + 1000, 1, 2, {
        public: false,
        plain_body: `This request was closed and merged into request #${into}.`,
      }),
    ])
  const { run, idOf } = await play({
    [cursor]: page([
      ticket(481, merged(482)),
      ticket(482),
      ticket(483, merged(484)),
      ticket(484, merged(483)),
    ]),
    ...gone(481, 482),
    ...comments(482, [comment(482, 2, 1)]),
    ...gone(483, 484),
    ...gone(484, 483),
  })
  assert.equal((await stateOf(idOf(481))).flags.mergedInto, idOf(482))
  assert.equal((await stateOf(idOf(482))).mergedIn.length, 1)
  assert.deepEqual([run.counts['merges']?.created, run.counts['merges']?.failed], [2, 1])
})

test('403 on some streams by plan: the run goes on and says which', async () => {
  const { run } = await play({ '/api/v2/groups': { status: 403, json: {} }, [cursor]: page([ticket(491)]) })
  assert.equal(run.complete, true)
  assert.ok(run.problems.some(({ kind, reason }) => kind === 'groups' && reason.includes('does not give')))
})

test('429 and 5xx are waited for, and a list that ends early is not taken for complete', async () => {
  const { run, waited } = await play({
    [cursor]: (times) =>
      times === 1
        ? { status: 429, headers: { 'retry-after': '3' } }
        : times === 2
          ? { status: 503 }
          : page([ticket(495)], {
              end_of_stream: false,
              after_url: '/api/v2/incremental/tickets/cursor.json?cursor=x',
            }),
    '/api/v2/incremental/tickets/cursor.json?cursor=x': { status: 500 },
  })
  assert.equal(waited[0], 3_000)
  assert.equal(run.counts['tickets']?.created, 1)
  assert.equal(run.complete, false)
})

test('two agents with one address are one, and nobody is let in or verified by having been imported', async () => {
  await play({ [cursor]: page([]) })
  const rows = await desk.database.rows<{
    role: string
    off: boolean
  }>(sql`select a.role, a.deactivated_at is not null as off
    from agent a join person p on p.id = a.person_id where p.email = 'ada@desk.example'`)
  assert.deepEqual(rows, [{ role: 'agent', off: true }])
})

test('a look writes nothing and counts the same', async () => {
  const before = await desk.database.row(sql`select count(*) as n from import_ref`)
  const { run } = await play({ [cursor]: page([ticket(499), ticket(500, { status: 'deleted' })]) }, true)
  assert.deepEqual([run.counts['tickets']?.created, run.counts['tickets']?.skipped], [1, 1])
  assert.deepEqual(await desk.database.row(sql`select count(*) as n from import_ref`), before)
})

test('tickets without a requester, of 1970 and of 2099, come and say so', async () => {
  const { run, idOf } = await play({
    [cursor]: page([
      ticket(491, { requester_id: null, created_at: '1970-01-01T00:00:00Z' }),
      ticket(492, { created_at: '2099-01-01T00:00:00Z', updated_at: '2099-01-01T00:00:00Z' }),
    ]),
    ...comments(491, [comment(71, 2, 1)]),
    ...comments(492, [comment(72, 2, 1, { created_at: '2099-01-01T00:00:00Z' })]),
  })
  assert.deepEqual([run.counts['tickets']?.created, run.complete], [2, true])
  assert.ok(
    run.problems.some(({ reason, sample }) => reason === 'it was opened in the future' && sample === '492'),
  )
  const [said] = await messages(idOf(491))
  assert.ok((said?.at ?? '') > '2024', 'it began with its first word')
  assert.deepEqual((await verifyAll(desk.database)).differences, [])
})
