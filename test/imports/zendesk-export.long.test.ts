// Zendesk's own export in files: read alone, cut off, and gone on with by its API.
import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { importFrom } from '#imports/begin.ts'
import { createClient } from '#imports/client.ts'
import { lookAtImport } from '#imports/run.ts'
import { exportSource } from '#imports/zendesk/export-file.ts'
import { zendeskSource } from '#imports/zendesk/source.ts'
import { sql } from '#store/sql.ts'
import { bareDesk } from '../support/bare-desk.ts'
import { atEnd, temporaryFolder } from '../support/ends.ts'
import { startOtherDesk, type Said } from '../support/other-desk.ts'

const at = (minute: number) => `2024-05-06T10:${String(minute).padStart(2, '0')}:00Z`
const url = (list: string, id: number) => `https://acme.zendesk.com/api/v2/${list}/${id}.json`
const person = (id: number, name: string, role: string) => ({
  url: url('users', id),
  id,
  name,
  email: `${name.toLowerCase()}@${role === 'agent' ? 'desk' : 'customer'}.example`,
  role,
  active: true,
  created_at: at(0),
})
const [ada, cy] = [person(1, 'Ada', 'agent'), person(2, 'Cy', 'end-user')]
const comment = (id: number, author: number, minute: number, more: object = {}) => ({
  id,
  type: 'Comment',
  author_id: author,
  public: true,
  body: `Comment ${id}`,
  plain_body: `Comment ${id} \u2028 goes on`,
  html_body: `<p>Comment ${id}</p>`,
  attachments: [],
  created_at: at(minute),
  ...more,
})
const file = {
  id: 5,
  file_name: 'a.txt',
  content_type: 'text/plain',
  content_url: 'https://acme.zendesk.com/attachments/token/abc/?name=a.txt',
}
const comments = [
  comment(11, 2, 1, { attachments: [file] }),
  comment(12, 1, 2, { public: false }),
  comment(13, 9, 3),
]
const plain = {
  url: url('tickets', 41),
  id: 41,
  subject: 'From a file',
  description: 'Comment 11',
  status: 'pending',
  priority: 'high',
  created_at: at(1),
  updated_at: at(3),
  via: { channel: 'email' },
  tags: ['vip'],
  custom_fields: [],
}
/** As in the file: whom it names stands within it. */
const ticket = {
  ...plain,
  requester: cy,
  submitter: cy,
  assignee: ada,
  group: { id: 7, name: 'North' },
  organization: { id: 8, name: 'Acme' },
  collaborator: [],
  comments,
}

test(
  'an export in files comes, says what is broken, and the API goes on where it ends',
  { timeout: 60_000 },
  async (t) => {
    const { desk, close } = await bareDesk()
    atEnd(t, close)
    const folder = temporaryFolder(t)
    const lines = (name: string, records: readonly object[], rest = '') =>
      writeFileSync(join(folder, name), `${records.map((each) => JSON.stringify(each)).join('\n')}\n${rest}`)
    lines('users.json', [ada, cy])
    lines('organizations.json', [{ url: url('organizations', 8), id: 8, name: 'Acme', domain_names: [] }])
    lines(
      'tickets-2.json',
      [ticket, { ...ticket, url: url('tickets', 42), id: 42, status: 'deleted' }],
      '{"id": broken}\n{"url":"https://acme.zendesk.com/api/v2/tickets/43.json","id":43,"subj',
    )
    lines('noise.json', [{ hello: 1 }])
    const open = () => exportSource(desk, [folder], null)
    const looked = await lookAtImport(await open())
    assert.deepEqual(
      [looked.complete, looked.counts['tickets']?.created, looked.counts['tickets']?.skipped],
      [false, 1, 3],
    )
    const cut = await importFrom(desk, await open(), {})
    assert.equal(cut.source, 'zendesk:acme.zendesk.com')
    assert.equal(cut.complete, false)
    assert.ok(
      cut.problems.some(({ reason }) => reason === 'it ends in the middle of a record: tickets-2.json'),
    )
    assert.ok(cut.problems.some(({ sample }) => sample === 'tickets-2.json line 3'))
    assert.ok(cut.problems.some(({ reason }) => reason.startsWith('noise.json was passed over')))
    rmSync(join(folder, 'noise.json'))
    lines('tickets-2.json', [ticket])
    const whole = await importFrom(desk, await open(), {})
    assert.equal(whole.complete, true, JSON.stringify(whole.problems))
    assert.deepEqual(
      ['users', 'groups', 'organizations'].map((kind) => [
        whole.counts[kind]?.seen,
        whole.counts[kind]?.unchanged,
      ]),
      [
        [2, 2],
        [1, 1],
        [1, 1],
      ],
    )
    const messages = () =>
      desk.database.rows<Record<string, string | number>>(sql`select m.direction, m.body_text as text, p.name,
        (select count(*)::int from attachment where message_id = m.id) as files
      from message m join person p on p.id = m.author_id where m.ticket_id = 41 order by m.at`)
    const told = await messages()
    assert.deepEqual(
      told.map(({ direction, name, files }) => [direction, name, files]),
      [
        ['inbound', 'Cy', 0],
        ['internal', 'Ada', 0],
        ['outbound', 'Former agent', 0],
      ],
    )
    assert.match(String(told[0]?.['text']), /\u2028 goes on/)
    const row = await desk.database.row(sql`select t.status, t.priority, t.tags, g.name as team from ticket t
    left join team g on g.id = t.team_id where t.id = 41`)
    assert.deepEqual(row, { status: 'pending', priority: 'high', tags: ['vip'], team: 'North' })

    // What the API calls otherwise is the same; what is new comes, and the file that lacked.
    const byApi = {
      ...plain,
      requester_id: 2,
      assignee_id: 1,
      group_id: 7,
      organization_id: 8,
      updated_at: at(9),
    }
    const audit = (id: number, events: object[], minute: number) => ({
      id,
      author_id: 2,
      created_at: at(minute),
      events,
    })
    const world: Record<string, Said> = {
      '/api/v2/incremental/users/cursor.json?start_time=1': {
        json: { users: [ada, cy], end_of_stream: true, after_url: null },
      },
      '/api/v2/incremental/tickets/cursor.json?start_time=1': {
        json: { tickets: [byApi], end_of_stream: true, after_url: null },
      },
      '/api/v2/tickets/41/audits': {
        json: {
          audits: [
            ...comments.map((each, index) => audit(101 + index, [each], index + 1)),
            audit(110, [comment(14, 2, 9)], 9),
          ],
        },
      },
      '/attachments/token/abc/?name=a.txt': { bytes: Buffer.from('late') },
    }
    const other = await startOtherDesk((path) => world[path] ?? null)
    atEnd(t, other.close)
    const client = createClient(
      desk.egress,
      { url: other.url, authorization: 'Basic key' },
      { wait: async () => {} },
    )
    client.isHome('https://acme.zendesk.com/')
    const run = await importFrom(desk, zendeskSource(desk, client, 'zendesk:acme.zendesk.com'), {})
    assert.deepEqual([run.counts['tickets']?.updated, run.counts['tickets']?.created], [1, 0])
    assert.deepEqual(
      (await messages()).map(({ direction, files }) => [direction, files]),
      [
        ['inbound', 1],
        ['internal', 0],
        ['outbound', 0],
        ['inbound', 0],
      ],
    )
  },
)
