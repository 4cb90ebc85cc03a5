// Intercom by its API: a small one of our own in the shapes of its description, which pages by cursors and limits as it does.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { importFrom } from '#imports/begin.ts'
import { createClient } from '#imports/client.ts'
import { intercomSource } from '#imports/intercom/source.ts'
import { undoImport } from '#imports/undo.ts'
import type { Desk } from '#desk/desk.ts'
import { sql } from '#store/sql.ts'
import { bareDesk } from '../support/bare-desk.ts'
import { startOtherDesk, type Said } from '../support/other-desk.ts'

let desk: Desk
let close: () => Promise<void>
before(async () => ({ desk, close } = await bareDesk(Date.parse('2026-03-02T09:00:00Z'))))
after(() => close())

const at = (minute: number) => Date.parse('2024-05-06T10:00:00Z') / 1000 + minute * 60
const data = (items: object[], next: unknown = null): Said => ({
  json: { type: 'list', data: items, total_count: items.length, pages: { type: 'pages', page: 1, next } },
})
const cy = { type: 'user', id: '65ab', name: 'Cy West', email: 'cy@customer.example' }
const ada = { type: 'admin', id: '11', name: 'Ada North', email: 'ada@desk.example' }
const conversation = (id: string, more: object = {}) => ({
  type: 'conversation',
  id,
  title: '',
  created_at: at(1),
  updated_at: at(30),
  open: false,
  state: 'closed',
  priority: 'priority',
  admin_assignee_id: 11,
  team_assignee_id: 7,
  source: {
    type: 'email',
    id: '900',
    delivered_as: 'customer_initiated',
    subject: '<p>The lamp flickers</p>',
    body: `<p>It flickers. <img src="https://downloads.intercomcdn.com/i/o/1/lamp.png?signature=${Math.random()}"> <img src="https://api.intercom.io/contacts"> <img src="https://xn--a.intercomcdn.com/x"></p>`,
    author: cy,
    attachments: [],
  },
  contacts: {
    type: 'contact.list',
    contacts: [
      { type: 'contact', id: '65ab' },
      { type: 'contact', id: '65cd' },
    ],
  },
  tags: { type: 'tag.list', tags: [{ type: 'tag', id: '3', name: 'vip' }] },
  custom_attributes: { Plan: 'Gold', Ignored: 'by nobody' },
  statistics: { last_close_at: at(30) },
  ...more,
})
const part = (id: string, part_type: string, minute: number, author: object, more: object = {}) => ({
  type: 'conversation_part',
  id,
  part_type,
  body: `<p>Part ${id}</p>`,
  created_at: at(minute),
  author,
  attachments: [],
  assigned_to: null,
  ...more,
})
const parts = (all: object[], total = all.length) => ({
  conversation_parts: { type: 'conversation_part.list', conversation_parts: all, total_count: total },
})

type World = Record<string, Said>
const world = (host: string): World => ({
  '/me': { json: { type: 'admin', id: '11', app: { type: 'app', id_code: 'abc123' } } },
  '/companies/scroll': {
    json: { type: 'list', data: [{ type: 'company', id: 'co1', name: 'Acme' }], scroll_param: 's1' },
  },
  '/companies/scroll?scroll_param=s1&after=1': { json: { type: 'list', data: [], scroll_param: 's1' } },
  '/teams': {
    json: { type: 'team.list', teams: [{ type: 'team', id: '7', name: 'Repairs', admin_ids: [11] }] },
  },
  '/data_attributes?model=conversation': data([
    {
      type: 'data_attribute',
      id: 8,
      name: 'Plan',
      label: 'Plan',
      data_type: 'string',
      options: ['Gold'],
      custom: true,
    },
    { type: 'data_attribute', name: 'id', data_type: 'string', custom: false },
  ]),
  '/admins': {
    json: {
      type: 'admin.list',
      admins: [
        { ...ada, team_ids: [7], has_inbox_seat: true },
        { type: 'team', id: '7', name: 'Repairs', email: 'repairs@desk.example' },
      ],
    },
  },
  '/contacts?per_page=150': data(
    [
      {
        type: 'contact',
        id: '65ab',
        role: 'user',
        email: 'cy@customer.example',
        name: 'Cy West',
        phone: '+49 30 1',
        created_at: at(0),
        location: { type: 'location', country: 'Germany' },
        companies: { type: 'list', data: [{ id: 'co1', type: 'company' }], total_count: 1 },
      },
    ],
    { page: 2, starting_after: 'Wz==' },
  ),
  '/contacts?per_page=150&starting_after=Wz%3D%3D': data([
    { type: 'contact', id: '65cd', role: 'lead', email: null, name: 'Turquoise Kite', created_at: at(0) },
  ]),
  '/conversations?per_page=150': {
    json: {
      type: 'conversation.list',
      conversations: [conversation('501'), conversation('502', { state: 'snoozed', open: true, tags: null })],
      pages: { type: 'pages', next: null },
    },
  },
  '/conversations/501': {
    json: {
      ...conversation('501'),
      ...parts([
        part('1', 'assignment', 2, ada, {
          body: '<p>You know lamps</p>',
          assigned_to: { type: 'team', id: '7' },
        }),
        part('2', 'note', 3, ada),
        part('3', 'comment', 4, ada, {
          attachments: [
            {
              type: 'upload',
              name: 'manual.pdf',
              content_type: 'application/pdf',
              url: `${host}/manual.pdf`,
            },
          ],
        }),
        part(
          '4',
          'comment',
          5,
          { type: 'bot', id: '99', name: 'Operator' },
          { body: '<p>Did that help?</p>' },
        ),
        part('5', 'comment', 6, { ...cy, id: '65cd', type: 'lead', name: 'Turquoise Kite' }),
        part('6', 'close', 30, ada, { body: '<p>Goodbye</p>' }),
        part('7', 'conversation_attribute_updated_by_admin', 31, ada, { body: null }),
        part('8', 'comment', 32, cy, { redacted: true }),
      ]),
    },
  },
  '/conversations/502': {
    json: {
      ...conversation('502'),
      state: 'snoozed',
      ...parts([part('20', 'snoozed', 9, ada, { body: null })], 700),
    },
  },
  '/help_center/collections?per_page=150': data([
    {
      id: '30',
      name: 'Lamps',
      parent_id: null,
      default_locale: 'en',
      translated_content: { de: { name: 'Lampen' } },
    },
  ]),
  '/articles?per_page=150': data([
    {
      type: 'article',
      id: '40',
      title: 'Mend it',
      body: '<p>Screw it in.</p>',
      state: 'published',
      parent_id: 30,
      author_id: 11,
      default_locale: 'en',
      created_at: at(0),
      updated_at: at(1),
      translated_content: {
        type: 'article_translated_content',
        de: { type: 'article_content', title: 'Reparieren', body: '<p>Eindrehen.</p>', state: 'draft' },
      },
    },
  ]),
  '/macros?per_page=150': data([
    {
      type: 'macro',
      id: '50',
      name: 'Thanks',
      body: '<p>Hi <attribute key="user.first_name" default="there"/>, <attribute key="order.number"/></p>',
      visible_to: 'specific_teams',
      visible_to_team_ids: ['7'],
    },
  ]),
})

async function play(name: string, change: World = {}) {
  let asked = 0
  const other = await startOtherDesk((path, { headers }): Said | null => {
    if (path.endsWith('.pdf')) return { bytes: Buffer.from('%PDF-1.4') }
    if (headers.authorization !== 'Bearer key' || headers['intercom-version'] !== '2.14')
      return { status: 401, json: {} }
    // The first question comes too soon; the limit ends a minute after a moment that is long past.
    if (asked++ === 0)
      return {
        status: 429,
        headers: { 'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 7) },
        json: {},
      }
    return { ...world(other.url), ...change }[path] ?? null
  })
  const waited: number[] = []
  const client = createClient(
    desk.egress,
    { url: other.url, authorization: 'Bearer key', headers: { 'intercom-version': '2.14' } },
    { wait: async (ms) => void waited.push(ms) },
  )
  return { waited, run: () => importFrom(desk, intercomSource(desk, client, name), {}), close: other.close }
}

test('a desk comes with its conversations, people, help center and macros, and once', async () => {
  const other = await play('intercom:api.example#abc123')
  const run = await other.run()
  assert.equal(run.complete, true, JSON.stringify(run.problems))
  assert.ok((other.waited[0] ?? 0) > 4_000, 'it waits until the moment that it is told')
  const created = Object.fromEntries(Object.entries(run.counts).map(([kind, each]) => [kind, each?.created]))
  assert.deepEqual(created, {
    organizations: 1,
    sections: 1,
    groups: 1,
    fields: 1,
    users: 3,
    tickets: 2,
    articles: 2,
    replies: 1,
  })
  const told = await desk.database.rows<Record<string, string | null>>(sql`
    select m.at, m.direction, m.body_text as text, p.name,
      (select string_agg(name, ',') from attachment where message_id = m.id) as files
    from message m left join person p on p.id = m.author_id join ticket t on t.id = m.ticket_id
    where t.status <> 'pending' order by m.at`)
  assert.deepEqual(
    told.map((each) => [
      each['at']?.slice(14, 16),
      each['direction'],
      each['text']?.trim(),
      each['name'],
      each['files'],
    ]),
    [
      ['01', 'inbound', 'It flickers.', 'Cy West', null],
      ['02', 'internal', 'You know lamps', 'Ada North', null],
      ['03', 'internal', 'Part 2', 'Ada North', null],
      ['04', 'outbound', 'Part 3', 'Ada North', 'manual.pdf'],
      ['05', 'outbound', 'Did that help?', 'Operator', null],
      ['06', 'inbound', 'Part 5', 'Turquoise Kite', null],
      ['30', 'outbound', 'Goodbye', 'Ada North', null],
    ],
  )
  const rows = await desk.database.rows<Record<string, unknown>>(sql`
    select t.status, t.priority, t.tags, g.name as team, p.name as assignee, r.name as requester
    from ticket t left join team g on g.id = t.team_id left join person p on p.id = t.assignee_id
      join person r on r.id = t.requester_id order by t.status`)
  assert.deepEqual(
    rows.map(({ status, priority, tags, team, assignee, requester }) => [
      status,
      priority,
      tags,
      team,
      assignee,
      requester,
    ]),
    [
      ['closed', 'high', ['vip'], 'Repairs', 'Ada North', 'Cy West'],
      ['pending', 'high', ['vip'], 'Repairs', 'Ada North', 'Cy West'],
    ],
  )
  assert.ok(run.problems.some(({ reason }) => reason.includes('Intercom tells 1 of its 700 parts')))
  const subjects = await desk.database.rows<{ text: string }>(sql`select distinct text from subject_revision`)
  assert.deepEqual(subjects, [{ text: 'The lamp flickers' }])
  assert.deepEqual(await desk.database.row(sql`select name, scope, body from macro`), {
    name: 'Thanks',
    scope: 'team',
    body: '<p>Hi {{requester.firstName}}, {{old.order_number}}</p>',
  })
  assert.deepEqual((await verifyAll(desk.database)).differences, [])

  const again = await other.run()
  for (const [kind, each] of Object.entries(again.counts)) assert.equal(each?.created, 0, kind)
  const undone = await undoImport(desk, run.id)
  assert.deepEqual([undone?.taken, undone?.texts.taken], [2, 4])
  await other.close()
})

test('a conversation that went meanwhile is named; macros that a key may not read are said, and the rest comes', async () => {
  const other = await play('intercom:other.example#abc123', {
    '/conversations/502': { status: 404, json: {} },
    '/macros?per_page=150': { status: 403, json: {} },
  })
  const run = await other.run()
  assert.deepEqual([run.counts['tickets']?.created, run.counts['tickets']?.failed], [1, 1])
  assert.ok(run.problems.some(({ reason }) => reason === 'it could not be read (404)'))
  assert.ok(
    run.problems.some(({ kind, reason }) => kind === 'replies' && reason.includes('does not give this list')),
  )
  await other.close()
})

test('a list that ends before what its desk counts is not whole, and the shortfall is said', async () => {
  const short = { json: { data: [], total_count: 4, pages: { next: null } } }
  const other = await play('intercom:short.example#abc123', {
    '/contacts?per_page=150&starting_after=Wz%3D%3D': short,
  })
  const run = await other.run()
  assert.equal(run.complete, false)
  assert.deepEqual(
    run.problems.flatMap(({ kind, reason }) => (reason.includes('own count') ? [`${kind}: ${reason}`] : [])),
    ['users: the list ended before its end: it has 4 records by its own count, and 1 came'],
  )
  await other.close()
})

test('a key of another workspace than the one that was named is refused', async () => {
  const other = await play('intercom:api.example#another')
  await assert.rejects(other.run(), /opens the workspace abc123, not another/)
  await other.close()
})

test('an address that stands in a message is asked for without the key, were it the API itself', async () => {
  const other = await startOtherDesk(() => ({ bytes: Buffer.from('{}') }))
  const client = createClient(desk.egress, { url: other.url, authorization: 'Bearer key' })
  await client.file(`${other.url}/contacts`, 'nobody')
  await client.file(`${other.url}/attachment`, 'desk')
  assert.deepEqual(
    other.asked.map(({ authorization }) => authorization),
    [null, 'Bearer key'],
  )
  await other.close()
})
