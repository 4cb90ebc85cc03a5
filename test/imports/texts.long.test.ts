// Macros, canned texts and help centers of other desks: small ones of our own that answer as theirs do, and misbehave.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { importFrom } from '#imports/begin.ts'
import { createClient } from '#imports/client.ts'
import { freshdeskSource } from '#imports/freshdesk/source.ts'
import type { DatabaseKind } from '#imports/kinds.ts'
import { openSource } from '#imports/open-source.ts'
import { lookAtImport } from '#imports/run.ts'
import { undoImport } from '#imports/undo.ts'
import { zendeskSource } from '#imports/zendesk/source.ts'
import type { Desk } from '#desk/desk.ts'
import { addMacro, changeMacro, findMacro, type NewMacro } from '#rules/macro-store.ts'
import { sql } from '#store/sql.ts'
import { bareDesk } from '../support/bare-desk.ts'
import { freshDatabase, root } from '../support/database.ts'
import { atEnd } from '../support/ends.ts'
import { CHATWOOT, CHATWOOT_TEXTS, ZAMMAD, ZAMMAD_TEXTS } from '../support/old-databases.ts'
import { startOtherDesk, type Said } from '../support/other-desk.ts'

const at = '2024-05-06T10:00:00Z'
let desk: Desk
let close: () => Promise<void>
before(async () => ({ desk, close } = await bareDesk()))
after(() => close())

type World = Record<string, unknown>

/** Another desk that answers lists by their paths; what a world says at a path with its query goes before. */
async function worldOf(make: typeof zendeskSource, name: string, world: World) {
  const other = await startOtherDesk((path): Said | null => {
    const { pathname } = new URL(path, 'http://x')
    const said = world[path] ?? world[pathname]
    if (said instanceof Buffer) return { bytes: said }
    return said === undefined ? null : { json: said }
  })
  const client = createClient(desk.egress, { url: other.url, authorization: 'key' }, { wait: async () => {} })
  const source = () => make(desk, client, name)
  return { ...other, run: () => importFrom(desk, source(), {}), look: () => lookAtImport(source()) }
}

const outcomesOf = (counts: Record<string, Record<string, number>>, ...kinds: string[]) =>
  kinds.map((kind) => {
    const { seen = 0, created = 0, updated = 0, unchanged = 0, skipped = 0, failed = 0 } = counts[kind] ?? {}
    assert.equal(seen, created + updated + unchanged + skipped + failed)
    return { seen, created, updated, unchanged, skipped }
  })

const macros = async () => {
  const rows = await desk.database.rows<{ id: number }>(sql`select id from macro order by id`)
  const all = await Promise.all(rows.map(({ id }) => findMacro(desk.database, id, desk.clock.now())))
  return all.filter((each) => each !== null)
}
const articles = () =>
  desk.database.rows<
    Record<string, string | number | null>
  >(sql`select a.id, a.title, a.language, a.status, a.audience,
      a.body, a.version, a.created_at as "createdAt", section_name(s.names, a.language) as section,
      (select section_name(p.names, a.language) from section p where p.id = s.parent_id) as around,
      coalesce(a.translates_id, a.id) as "group" from article a left join section s on s.id = a.section_id order by a.id`)

const macro = (id: number, title: string, actions: [string, unknown][], more: object = {}) => ({
  id,
  title,
  active: true,
  restriction: null,
  actions: actions.map(([field, value]) => ({ field, value })),
  ...more,
})
const picture = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
const article = (id: number, locale: string, title: string, more: object = {}) => ({
  id,
  locale,
  title,
  body: `<h2>${title}</h2><script>alert(1)</script><p onclick="x()">Text</p>`,
  url: `https://old.zendesk.example/api/v2/help_center/${locale}/articles/${id}.json`,
  html_url: `https://old.zendesk.example/hc/${locale}/articles/${id}`,
  section_id: 20,
  author_id: 1,
  draft: false,
  user_segment_id: null,
  created_at: '2020-01-02T03:04:05Z',
  updated_at: at,
  ...more,
})
const zendesk: World = {
  '/api/v2/groups': { groups: [{ id: 5, name: 'North' }] },
  '/api/v2/ticket_fields': {
    ticket_fields: [
      { id: 9, type: 'tagger', title: 'Plan', custom_field_options: [{ value: 'plan_gold', name: 'Gold' }] },
    ],
  },
  '/api/v2/incremental/users/cursor.json': {
    users: [{ id: 1, name: 'Ada', email: 'ada@desk.example', role: 'agent', active: true, created_at: at }],
    after_url: null,
    end_of_stream: true,
  },
  '/api/v2/incremental/tickets/cursor.json': { tickets: [], after_url: null, end_of_stream: true },
  '/api/v2/macros': {
    macros: [
      macro(1, 'Resolve kindly', [
        ['status', 'solved'],
        ['priority', 'high'],
        ['assignee_id', 'current_user'],
        ['current_tags', 'kind done'],
        ['custom_fields_9', 'plan_gold'],
        ['comment_value', ['channel:all', 'plain']],
        [
          'comment_value_html',
          '<p>Dear {{ticket.requester.first_name}}, <b>{{ticket.assignee.phone}}</b>{% if x %}!{% endif %}</p><script>x</script>',
        ],
        ['notification_user', ['1', 'Hello']],
      ]),
      macro(
        2,
        'North only',
        [
          ['group_id', '5'],
          ['comment_value', 'a < b'],
          ['comment_mode_is_public', 'false'],
        ],
        {
          restriction: { type: 'Group', id: 5, ids: [5] },
        },
      ),
      macro(3, 'Private::Tags::Mine', [['remove_tags', 'x']], {
        restriction: { type: 'User', id: 1 },
        active: false,
      }),
      macro(4, 'Nothing here', [['brand_id', '7']]),
    ],
    next_page: null,
  },
  '/api/v2/help_center/locales.json': { locales: ['de', 'en-us'], default_locale: 'en-us' },
  '/api/v2/help_center/en-us/categories.json': {
    categories: [{ id: 10, name: 'Start', position: 1 }],
    next_page: null,
  },
  '/api/v2/help_center/de/categories.json': {
    categories: [{ id: 10, name: 'Anfang', position: 1 }],
    next_page: null,
  },
  '/api/v2/help_center/en-us/sections.json': {
    sections: [{ id: 20, name: 'First steps', category_id: 10, position: 1 }],
    next_page: null,
  },
  '/api/v2/help_center/de/sections.json': {
    sections: [{ id: 20, name: 'Schritte', category_id: 10 }],
    next_page: null,
  },
  '/api/v2/help_center/en-us/articles.json': {
    articles: [
      article(30, 'en-us', 'Where to begin', {
        body: '<p>See <img src="/hc/article_attachments/7/map.png" alt="map"> <a href="/hc/article_attachments/8/gone.pdf">gone</a> <a href="https://elsewhere.example/page">there</a></p>',
      }),
    ],
    next_page: '/api/v2/help_center/en-us/articles.json?page=2&per_page=100',
  },
  '/api/v2/help_center/en-us/articles.json?page=2&per_page=100': {
    articles: [
      article(31, 'en-us', 'For staff', { user_segment_id: 4 }),
      article(32, 'en-us', 'Not ready', { draft: true, section_id: 99 }),
    ],
    next_page: null,
  },
  '/api/v2/help_center/de/articles.json': { articles: [article(30, 'de', 'Wo anfangen')], next_page: null },
  '/hc/article_attachments/7/map.png': picture,
}

test('Zendesk’s macros and help center come, once, and what somebody changed here stays', async () => {
  const before: NewMacro = {
    name: 'Resolve kindly',
    scope: 'shared',
    ownerId: await anAdmin(),
    teamId: null,
    change: { status: 'resolved' },
    messageKind: null,
    body: null,
    texts: {},
    folder: '',
    archived: false,
  }
  const own = await addMacro(desk.database, before, desk.clock.now())
  const other = await worldOf(zendeskSource, 'zendesk:texts', zendesk)
  const looked = await other.look()
  assert.deepEqual(
    outcomesOf(looked.counts, 'replies', 'sections', 'articles').map(({ created }) => created),
    [4, 2, 4],
  )
  assert.ok(looked.problems.some(({ reason }) => reason.includes('notification_user')))
  assert.equal((await macros()).length, 1, 'a look writes nothing')
  const run = await other.run()
  assert.equal(run.complete, true, JSON.stringify(run.problems))
  assert.deepEqual(outcomesOf(run.counts, 'replies', 'sections', 'articles'), [
    { seen: 4, created: 3, updated: 0, unchanged: 0, skipped: 1 },
    { seen: 2, created: 2, updated: 0, unchanged: 0, skipped: 0 },
    { seen: 4, created: 4, updated: 0, unchanged: 0, skipped: 0 },
  ])
  const [kept, resolve, north, mine] = await macros()
  assert.deepEqual([kept?.id, kept?.change], [own, { status: 'resolved' }])
  assert.deepEqual(resolve?.change, {
    status: 'resolved',
    priority: 'high',
    assignee: 'me',
    addTags: ['kind', 'done'],
    fields: { zd9: 'Gold' },
  })
  // What has no counterpart must be filled before it is sent: it never reaches a customer as it stood.
  assert.equal(
    resolve?.body,
    '<p>Dear {{requester.firstName}}, <b>{{old.ticket_assignee_phone}}</b>{{old.if_x}}!{{old.endif}}</p>',
  )
  assert.deepEqual(
    [north?.scope, north?.messageKind, north?.body],
    ['team', 'note', '<p style="margin:0 0 1em">a &lt; b</p>'],
  )
  assert.deepEqual(
    [mine?.name, mine?.folder, mine?.scope, mine?.archived, mine?.ownerName],
    ['Mine', 'Private/Tags', 'personal', true, 'Ada'],
  )

  const [begin, staff, draft, german] = await articles()
  assert.deepEqual(
    [begin, staff, draft, german].map((each) => [each?.['language'], each?.['status'], each?.['audience']]),
    [
      ['en', 'published', 'public'],
      ['en', 'published', 'agents'],
      ['en', 'draft', 'public'],
      ['de', 'published', 'public'],
    ],
  )
  assert.deepEqual(
    [begin?.['section'], begin?.['around'], german?.['section']],
    ['First steps', 'Start', 'Schritte'],
  )
  assert.deepEqual([german?.['group'], begin?.['createdAt']], [begin?.['id'], '2020-01-02T03:04:05.000Z'])
  assert.match(String(begin?.['body']), /<img alt="map" src="\/help\/files\/[0-9a-f]{64}\/map\.png" \/>/)
  assert.match(String(begin?.['body']), /href="https:\/\/elsewhere\.example\/page"/)
  assert.match(
    String(begin?.['body']),
    /href="https:\/\/old\.zendesk\.example\/hc\/article_attachments\/8\/gone\.pdf"/,
  )
  assert.doesNotMatch(String(german?.['body']), /script|onclick/)
  assert.ok(run.problems.some(({ reason }) => reason.includes('could not be fetched: answered 404')))
  assert.ok(run.problems.some(({ reason }) => reason === 'its section is not here'))

  const again = await other.run()
  assert.deepEqual(outcomesOf(again.counts, 'replies', 'sections', 'articles'), [
    { seen: 4, created: 0, updated: 0, unchanged: 3, skipped: 1 },
    { seen: 2, created: 0, updated: 0, unchanged: 2, skipped: 0 },
    { seen: 4, created: 0, updated: 0, unchanged: 4, skipped: 0 },
  ])
  assert.deepEqual(
    (await articles()).map(({ version }) => version),
    [1, 1, 1, 1],
  )

  // A newer text comes; one that was changed here stays.
  if (north === undefined || resolve === undefined) assert.fail()
  await changeMacro(desk.database, north.id, { ...north, body: '<p>Ours</p>' }, desk.clock.now())
  const newer = await worldOf(zendeskSource, 'zendesk:texts', {
    ...zendesk,
    '/api/v2/macros': {
      macros: [
        macro(1, 'Resolve kindly', [['comment_value', 'New']]),
        macro(2, 'North only', [['comment_value', 'New']], {
          restriction: { type: 'Group', id: 5, ids: [5] },
        }),
      ],
    },
    '/api/v2/help_center/de/articles.json': { articles: [article(30, 'de', 'Wo man anfängt')] },
    '/hc/article_attachments/8/gone.pdf': Buffer.from('%PDF-1.4'),
  })
  const delta = await newer.run()
  assert.deepEqual(outcomesOf(delta.counts, 'replies', 'articles'), [
    { seen: 2, created: 0, updated: 1, unchanged: 0, skipped: 1 },
    { seen: 4, created: 0, updated: 2, unchanged: 2, skipped: 0 },
  ])
  assert.equal((await findMacro(desk.database, north.id, desk.clock.now()))?.body, '<p>Ours</p>')
  assert.match((await findMacro(desk.database, resolve.id, desk.clock.now()))?.body ?? '', />New</)
  const [late] = await articles()
  assert.match(String(late?.['body']), /href="\/help\/files\/[0-9a-f]{64}\/gone\.pdf"/)

  // One that the desk had already, just like it, is never written over; two that are alike there are two here.
  const twins = (...texts: readonly string[]) => ({
    ...zendesk,
    '/api/v2/help_center/locales.json': undefined,
    '/api/v2/macros': {
      macros: texts.map((text, index) => macro(50 + index, 'Twin', [['comment_value_html', text]])),
    },
  })
  const twin = { ...resolve, name: 'Twin', change: {}, body: '<p>A</p>' }
  await addMacro(desk.database, twin, desk.clock.now())
  const note = await addMacro(desk.database, { ...twin, messageKind: 'note' }, desk.clock.now())
  const named = async () =>
    (await macros()).filter(({ name }) => name === 'Twin').map(({ id, body }) => [id > note, body])
  for (const [texts, expected] of [
    [
      ['<p>A</p>', '<p>B</p>', '<p>B</p>'],
      ['<p>B</p>', '<p>B</p>'],
    ],
    [
      ['<p>A2</p>', '<p>B2</p>', '<p>B</p>'],
      ['<p>B2</p>', '<p>B</p>', '<p>A2</p>'],
    ],
    [
      ['<p>A3</p>', '<p>B2</p>', '<p>B</p>'],
      ['<p>B2</p>', '<p>B</p>', '<p>A3</p>'],
    ],
  ] as const) {
    const told = await worldOf(zendeskSource, 'zendesk:twins', twins(...texts))
    await told.run()
    assert.deepEqual(await named(), [
      [false, '<p>A</p>'],
      [false, '<p>A</p>'],
      ...expected.map((body) => [true, body]),
    ])
    await told.close()
  }
  // One that is for fewer there than before is for fewer here.
  for (const [ids, expected] of [
    [[], ['shared true']],
    [
      [5, 6],
      ['team true', 'personal true'],
    ],
    [[5], ['team true', 'personal false']],
    [
      [6, 5],
      ['team true', 'personal true'],
    ],
  ] as const) {
    const restriction = ids.length === 0 ? null : { type: 'Group', id: ids[0], ids }
    const told = await worldOf(zendeskSource, 'zendesk:twins', {
      ...twins(),
      '/api/v2/macros': { macros: [macro(60, 'Narrow', [['comment_value', 'A']], { restriction })] },
    })
    await told.run()
    const narrow = (await macros()).filter(({ name }) => name === 'Narrow')
    assert.deepEqual(
      narrow.map(({ scope, archived }) => `${scope} ${!archived}`),
      expected,
    )
    await told.close()
  }
  await desk.database.rows(sql`delete from macro where name in ('Twin', 'Narrow')`)

  const undone = await undoImport(desk, run.id)
  assert.deepEqual(undone?.texts, { taken: 2 + 4 + 2, kept: 1 })
  assert.deepEqual(
    (await macros()).map(({ id }) => id),
    [own, north.id],
  )
  assert.deepEqual(await articles(), [])
  const anew = await newer.run()
  assert.deepEqual(
    outcomesOf(anew.counts, 'articles', 'sections').map(({ created }) => created),
    [4, 2],
  )
  await Promise.all([other.close(), newer.close()])
})

/** Somebody whose texts are whose author nobody knows. */
async function anAdmin() {
  const row = await desk.database.row<{ id: number }>(
    sql`insert into person (name, created_at) values ('Bo', ${at}) returning id`,
  )
  await desk.database.rows(
    sql`insert into agent (person_id, role, created_at) values (${row?.id ?? 0}, 'admin', ${at})`,
  )
  return (row?.id ?? 0) as NewMacro['ownerId']
}

const folder = join(root, process.env['DOCKET_TEST_SHARED'] ?? '../shared', 'corpora/imports/freshdesk')
const skip = existsSync(folder) ? false : 'the recordings are not here'

test('Freshdesk’s canned responses and recorded solutions come in each language', { skip }, async () => {
  const recorded = (name: string) => readFileSync(join(folder, `${name}.json`))
  const other = await worldOf(freshdeskSource, 'freshdesk:texts', {
    '/api/v2/agents': [],
    '/api/v2/contacts': [],
    '/api/v2/tickets': [],
    '/api/v2/settings/helpdesk': {
      primary_language: 'en',
      supported_languages: ['fr'],
      portal_languages: ['fr'],
    },
    '/api/v2/canned_response_folders': [
      { id: 1, name: 'All', personal: false },
      { id: 2, name: 'Mine', personal: true },
    ],
    '/api/v2/agents/me': { id: 77 },
    '/api/v2/canned_response_folders/1/responses': [
      { id: 11, title: 'Thanks', content_html: '<div>Hi {{ticket.requester.name}}</div>', folder_id: 1 },
    ],
    '/api/v2/canned_response_folders/2/responses': [
      { id: 12, title: 'Own', content: 'Bye', folder_id: 2, attachments: [{ id: 1 }] },
    ],
    '/api/v2/solutions/categories': recorded('solution_categories'),
    '/api/v2/solutions/categories/fr': recorded('solution_categories_fr'),
    '/api/v2/solutions/categories/2/folders': recorded('solution_folders'),
    '/api/v2/solutions/categories/2/folders/fr': recorded('solution_folders_fr'),
    '/api/v2/solutions/folders/3/articles': recorded('solution_articles'),
    '/api/v2/solutions/folders/3/articles/fr': recorded('solution_articles_fr'),
  })
  const before = (await articles()).length
  const run = await other.run()
  assert.equal(run.complete, true, JSON.stringify(run.problems))
  const all = (await articles()).slice(before)
  assert.deepEqual(
    all
      .map((each) => [each['title'], each['language'], each['status'], each['section'], each['around']])
      .slice(0, 2),
    [
      ['Changing account details', 'en', 'published', 'Getting Started', 'General Category'],
      ['Adding a payment method', 'en', 'draft', 'Getting Started', 'General Category'],
    ],
  )
  const french = all.find(({ language }) => language === 'fr')
  assert.deepEqual([french?.['section'], french?.['around']], ['Commencer', 'Catégorie générale'])
  assert.equal(french?.['group'], all[0]?.['id'])
  assert.deepEqual(
    (await macros()).slice(-2).map(({ name, folder, scope, body }) => [name, folder, scope, body]),
    [
      ['Thanks', 'All', 'shared', '<div>Hi {{requester.name}}</div>'],
      ['Own', 'Mine', 'personal', '<p style="margin:0 0 1em">Bye</p>'],
    ],
  )
  const again = await other.run()
  for (const { seen, unchanged } of outcomesOf(again.counts, 'replies', 'sections', 'articles'))
    assert.equal(unchanged, seen)
  await other.close()
})

test('a list that is refused ends none of those behind it, and is said', async () => {
  const other = await worldOf(freshdeskSource, 'freshdesk:refused', {
    '/api/v2/agents': [],
    '/api/v2/contacts': [],
    '/api/v2/tickets': [],
    '/api/v2/canned_response_folders': [
      { id: 1, name: 'Refused', personal: false },
      { id: 2, name: 'All', personal: false },
    ],
    '/api/v2/canned_response_folders/2/responses': [
      { id: 21, title: 'Behind', content: 'Bye', folder_id: 2, group_ids: [] },
    ],
  })
  const run = await other.run()
  assert.equal(run.complete, false)
  assert.ok(run.problems.some(({ reason }) => reason.includes('canned_response_folders/1/responses')))
  assert.deepEqual(outcomesOf(run.counts, 'replies')[0]?.created, 1)
  await other.close()
})

const lineOf = (article: Record<string, string | number | null>) =>
  ['title', 'language', 'status', 'audience', 'section', 'around'].map((name) => article[name]).join(' ')

test('Zammad’s text modules and knowledge base, and Chatwoot’s canned responses and portals, come from their databases', async (t) => {
  const from = async (kind: DatabaseKind, statements: string, more = '') => {
    const { url, drop } = await freshDatabase()
    atEnd(t, drop)
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    await client.query(statements)
    await client.end()
    const source = () =>
      openSource(desk, desk.egress, { kind, database: `${url}${more}` }, { local: { files: null } })
    const [before, macrosBefore] = [(await articles()).length, (await macros()).length]
    const run = await importFrom(desk, source(), {})
    assert.equal(run.complete, true, JSON.stringify(run.problems))
    const again = await importFrom(desk, source(), {})
    for (const { seen, unchanged } of outcomesOf(again.counts, 'replies', 'sections', 'articles'))
      assert.equal(unchanged, seen)
    return {
      run,
      told: (await articles()).slice(before),
      said: (await macros()).slice(macrosBefore),
    }
  }
  const zammad = await from('zammad', `${ZAMMAD}${ZAMMAD_TEXTS}`)
  assert.deepEqual(zammad.told.map(lineOf), [
    'Fire en published public Printers Devices',
    'Feuer de published public Drucker Devices',
    'Limited en published agents Inside ',
    'Internal en published agents Devices ',
    'Draft en draft agents Devices ',
    'Archived en archived public Devices ',
    'Planned en draft agents Devices ',
    'Still en published public Devices ',
    'Off en draft agents Devices ',
  ])
  const [fire, feuer] = zammad.told
  assert.equal(feuer?.['group'], fire?.['id'])
  assert.match(
    String(fire?.['body']),
    /^<p>Pour water<\/p><img src="\/help\/files\/[0-9a-f]{64}\/smoke\.txt" \/><p><a href="\/help\/files\/[0-9a-f]{64}\/manual\.txt"/,
  )
  assert.deepEqual(
    zammad.said.map(({ name, scope, body, archived }) => [name, scope, body, archived]),
    [
      ['greeting', 'team', 'Dear {{requester.firstName}}, {{old.ticket_customer_note}}', false],
      ['greeting', 'team', 'Dear {{requester.firstName}}, {{old.ticket_customer_note}}', false],
      ['own', 'personal', '<b>mine</b>', false],
      ['old', 'shared', 'gone', true],
    ],
  )
  const chatwoot = await from('chatwoot', `${CHATWOOT}${CHATWOOT_TEXTS}`, '&account=1')
  assert.deepEqual(chatwoot.told.map(lineOf), [
    'Begin en published public Start ',
    'Anfangen de published public Anfang ',
    'Later en draft public  ',
  ])
  assert.match(String(chatwoot.told[0]?.['body']), /<h1>Begin<\/h1>/)
  assert.deepEqual(
    chatwoot.said.map(({ name, body }) => [name, body?.trim()]),
    [['hi', '<p>Hi <strong>{{requester.name}}</strong></p>']],
  )
})
