// Help Scout by its API: a small one of our own in the shapes of its documentation, which pages, limits and forgets keys as it does.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { importFrom } from '#imports/begin.ts'
import { createClient } from '#imports/client.ts'
import { grantedBy } from '#imports/grant.ts'
import { helpscoutSource } from '#imports/helpscout/source.ts'
import { lookAtImport } from '#imports/run.ts'
import { undoImport } from '#imports/undo.ts'
import type { Desk } from '#desk/desk.ts'
import { sql } from '#store/sql.ts'
import { bareDesk } from '../support/bare-desk.ts'
import { startOtherDesk, type Said } from '../support/other-desk.ts'

let desk: Desk
let close: () => Promise<void>
before(async () => ({ desk, close } = await bareDesk(Date.parse('2026-03-02T09:00:00Z'))))
after(() => close())

const at = (minute: number) => `2024-05-06T10:${String(minute).padStart(2, '0')}:00Z`
const list = (name: string, items: object[], number = 1, totalPages = 1): Said => ({
  json: { _embedded: { [name]: items }, page: { size: 50, totalElements: 9, totalPages, number } },
})
const cy = { id: 1, type: 'customer', first: 'Cy', last: 'West', email: 'cy@customer.example' }
const ada = { id: 11, type: 'user', first: 'Ada', last: 'North', email: 'ada@desk.example' }
const conversation = (id: number, more: object = {}) => ({
  id,
  number: id - 9_000,
  threads: 2,
  type: 'email',
  status: 'closed',
  state: 'published',
  subject: `Conversation ${id}`,
  preview: 'Hello',
  mailboxId: 5,
  assignee: ada,
  createdBy: cy,
  createdAt: at(1),
  closedAt: at(30),
  userUpdatedAt: at(30),
  customerWaitingSince: { time: at(1), friendly: `${Math.random()} ago` },
  source: { type: 'email', via: 'customer' },
  tags: [{ id: 1, color: '#fff', tag: 'vip' }],
  primaryCustomer: cy,
  customFields: [{ id: 8, name: 'Plan', value: '2', text: 'Gold' }],
  ...more,
})
const thread = (id: number, type: string, minute: number, more: object = {}) => ({
  id,
  type,
  status: 'active',
  state: 'published',
  body: `<p>Thread ${id}</p>`,
  source: { type: 'email', via: type === 'customer' ? 'customer' : 'user' },
  customer: cy,
  createdBy: type === 'customer' ? cy : ada,
  assignedTo: ada,
  to: [],
  cc: ['dee@customer.example'],
  bcc: [],
  createdAt: at(minute),
  ...more,
})

type World = Record<string, Said | (() => Said)>
const world = (picture: string): World => ({
  '/v2/mailboxes?page=1': list('mailboxes', [{ id: 5, name: 'Support', email: 'help@desk.example' }]),
  '/v2/teams?page=1': list('teams', [{ id: 7, name: 'Escalations' }]),
  '/v2/teams/7/members?page=1': list('users', [{ id: 11 }]),
  '/v2/users?mailbox=5&page=1': list('users', [{ id: 11 }]),
  '/v2/mailboxes/5/saved-replies?includeChatReplies=true': {
    json: [{ id: 31, name: 'Thanks', preview: 'Hi' }],
  },
  '/v2/mailboxes/5/saved-replies/31': {
    json: { id: 31, name: 'Thanks', text: 'Hi {%customer.firstName,fallback=there%},<br>{%user.phone%}' },
  },
  '/v2/mailboxes/5/fields?page=1': list('fields', [
    { id: 8, name: 'Plan', type: 'DROPDOWN', options: [{ id: 2, order: 1, label: 'Gold' }] },
  ]),
  '/v2/users?page=1': list('users', [
    {
      id: 11,
      firstName: 'Ada',
      lastName: 'North',
      email: 'ada@desk.example',
      role: 'owner',
      timezone: 'Europe/Berlin',
    },
  ]),
  '/v2/customers?sortField=createdAt&sortOrder=asc&page=1': list('customers', [
    {
      id: 1,
      firstName: 'Cy',
      lastName: 'West',
      organization: 'Acme',
      createdAt: at(0),
      _embedded: {
        emails: [
          { id: 1, value: 'cy@customer.example', type: 'work' },
          { id: 2, value: 'cy@home.example', type: 'home' },
        ],
        phones: [{ id: 1, value: '+49 30 1', type: 'work' }],
      },
    },
  ]),
  '/v2/conversations?status=all&sortField=createdAt&sortOrder=asc&page=1': () =>
    list('conversations', [conversation(9_001), conversation(9_002, { state: 'deleted' })], 1, 2),
  '/v2/conversations?status=all&sortField=createdAt&sortOrder=asc&page=2': () =>
    list(
      'conversations',
      [
        conversation(9_003, {
          status: 'pending',
          assignee: { id: 7, type: 'team', first: 'Escalations' },
          customFields: [],
        }),
      ],
      2,
      2,
    ),
  '/v2/conversations?status=spam&sortField=createdAt&sortOrder=asc&page=1': () =>
    list('conversations', [conversation(9_004, { status: 'spam', assignee: null })]),
  // The newest first, as there; those of chats in two pages.
  '/v2/conversations/9001/threads?page=1': list(
    'threads',
    [
      thread(16, 'lineitem', 30, {
        status: 'closed',
        body: '',
        action: { type: 'default', text: 'Ada closed' },
      }),
      thread(15, 'message', 20, { status: 'pending', body: '<p>Answer<script>x</script></p>' }),
      thread(14, 'message', 15, { state: 'draft', body: 'never sent' }),
      thread(13, 'note', 12, { body: 'Inside' }),
    ],
    1,
    2,
  ),
  '/v2/conversations/9001/threads?page=2': list(
    'threads',
    [
      thread(12, 'customer', 1, {
        assignedTo: null,
        body: `<p>Help <img src="https://s3.helpscout.net/inline/1.png"> <img src="${picture}"></p>`,
        _embedded: {
          attachments: [
            {
              id: 4,
              filename: 'log.txt',
              mimeType: 'text/plain',
              size: 5,
              _links: {
                data: { href: 'https://api.helpscout.net/v2/conversations/9001/attachments/4/data' },
              },
            },
            {
              id: 5,
              filename: 'gone.txt',
              mimeType: 'text/plain',
              _links: { data: { href: '/v2/conversations/9001/attachments/5/data' } },
            },
          ],
        },
      }),
    ],
    2,
    2,
  ),
  '/v2/conversations/9001/attachments/4/data': { json: { data: Buffer.from('12345').toString('base64') } },
  '/v2/conversations/9003/threads?page=1': list('threads', [thread(21, 'phone', 2, { createdBy: ada })]),
  '/v2/conversations/9004/threads?page=1': list('threads', [thread(22, 'customer', 2)]),
})

/** Plays a world; the first question with each key is refused as busy, and a key ends after thirty. */
async function play(name: string, said: World) {
  const keys = { asked: 0, given: 0, used: 0 }
  const other = await startOtherDesk((path, { method, headers }): Said | null => {
    if (path === '/v2/oauth2/token') {
      // Its door is busy now and then.
      if (++keys.asked % 2 === 0) return { status: 503, json: {} }
      return method === 'POST'
        ? { json: { token_type: 'bearer', access_token: `key ${++keys.given}`, expires_in: 172_800 } }
        : null
    }
    if (headers.authorization !== `Bearer key ${keys.given}` || keys.used >= 30 * keys.given)
      return { status: 401, json: { error: 'invalid_token' } }
    if (keys.used++ === 0) return { status: 429, headers: { 'x-ratelimit-retry-after': '7' }, json: {} }
    const found = said[path]
    return typeof found === 'function' ? found() : (found ?? null)
  })
  const waited: number[] = []
  const authorization = grantedBy(desk.egress, {
    url: `${other.url}/v2/oauth2/token`,
    id: 'app',
    secret: 'secret',
  })
  const client = createClient(
    desk.egress,
    { url: other.url, authorization },
    { wait: async (ms) => void waited.push(ms) },
  )
  const source = () => helpscoutSource(desk, client, name)
  return {
    keys,
    waited,
    look: () => lookAtImport(source()),
    run: () => importFrom(desk, source(), {}),
    close: other.close,
  }
}

test('a desk comes with its conversations, teams, people and saved replies, and once', async () => {
  const stranger = await startOtherDesk(() => ({ bytes: Buffer.from('pixel') }))
  const other = await play('helpscout:one', world(`${stranger.url}/pixel.png`))
  const looked = await other.look()
  assert.deepEqual([looked.counts['tickets']?.created, looked.counts['tickets']?.skipped], [3, 1])
  const run = await other.run()
  assert.equal(run.complete, true, JSON.stringify(run.problems))
  assert.equal(other.waited[0], 7_000)
  assert.ok(other.keys.given > 1, 'a key that has ended is asked for anew')
  const { groups, fields, organizations, users, tickets, replies } = run.counts
  assert.deepEqual(
    [groups, fields, organizations, users, tickets, replies].map((each) => [each?.seen, each?.created]),
    [
      [2, 2],
      [1, 1],
      [1, 1],
      [2, 2],
      [4, 3],
      [1, 1],
    ],
  )
  const told = await desk.database.rows<
    Record<string, string | null>
  >(sql`select m.at, m.direction, m.body_text as text,
      p.name, (select string_agg(name, ',') from attachment where message_id = m.id) as files
    from message m join person p on p.id = m.author_id where m.ticket_id = 1 order by m.at`)
  assert.deepEqual(
    told.map((each) => [
      each['at']?.slice(14, 16),
      each['direction'],
      each['text']?.trim(),
      each['name'],
      each['files'],
    ]),
    [
      ['01', 'inbound', 'Help', 'Cy West', 'log.txt'],
      ['12', 'internal', 'Inside', 'Ada North', null],
      ['20', 'outbound', 'Answer', 'Ada North', null],
    ],
  )
  const rows = await desk.database.rows<
    Record<string, unknown>
  >(sql`select t.id, t.status, t.tags, g.name as team,
      t.hidden_as as hidden, p.name as assignee from ticket t left join team g on g.id = t.team_id
      left join person p on p.id = t.assignee_id order by t.id`)
  assert.deepEqual(
    rows.map(({ id, status, team, assignee, hidden }) => [id, status, team, assignee, hidden]),
    [
      [1, 'closed', 'Support', 'Ada North', null],
      [3, 'pending', 'Escalations', null, null],
      [4, 'open', 'Support', null, 'spam'],
    ],
  )
  assert.deepEqual(
    rows.map(({ tags }) => tags),
    [['vip'], ['vip'], ['vip']],
  )
  const phone = await desk.database.row(sql`select m.direction, p.name, m.channel from message m
    join person p on p.id = m.author_id where m.ticket_id = 3`)
  assert.deepEqual(phone, { direction: 'inbound', name: 'Cy West', channel: 'phone' })
  assert.deepEqual(await desk.database.row(sql`select name, scope, body from macro`), {
    name: 'Thanks',
    scope: 'shared',
    body: 'Hi {{requester.firstName}},<br />{{old.user_phone}}',
  })
  assert.deepEqual(stranger.asked, [], 'pictures that tell that somebody reads are not asked for')
  assert.ok(run.problems.some(({ reason }) => reason.includes('a file could not be fetched')))
  assert.deepEqual((await verifyAll(desk.database)).differences, [])

  // How long a customer has waited in words is another one each time; it changes nothing.
  const again = await other.run()
  for (const kind of ['groups', 'fields', 'organizations', 'users', 'replies', 'tickets'])
    assert.equal(again.counts[kind]?.created, 0, kind)
  assert.equal(
    (await desk.database.row<{ n: number }>(sql`select count(*)::int as n from message where ticket_id = 1`))
      ?.n,
    3,
  )
  const undone = await undoImport(desk, run.id)
  assert.deepEqual([undone?.taken, undone?.texts.taken], [3, 1])
  await Promise.all([other.close(), stranger.close()])
})

test('what ends early, a conversation that went meanwhile, and a secret that is none are said', async () => {
  const { '/v2/conversations/9003/threads?page=1': _gone, ...rest } = world('')
  const other = await play('helpscout:two', {
    ...rest,
    '/v2/conversations?status=spam&sortField=createdAt&sortOrder=asc&page=1': { status: 500, json: {} },
  })
  const run = await other.run()
  assert.equal(run.complete, false)
  assert.deepEqual([run.counts['tickets']?.created, run.counts['tickets']?.failed], [1, 1])
  assert.ok(run.problems.some(({ reason }) => reason === 'its threads could not be read (404)'))
  await other.close()
  const closed = await startOtherDesk(() => ({ status: 401, json: { error: 'invalid_client' } }))
  const ask = grantedBy(desk.egress, { url: `${closed.url}/v2/oauth2/token`, id: 'app', secret: 'wrong' })
  await assert.rejects(ask(null), /does not accept the application or its secret/)
  await closed.close()
})
