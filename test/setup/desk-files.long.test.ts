// A whole desk as files: written, built anew on an empty desk, compared, changed; what cannot be is named with its place.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createLocks } from '#store/lock.ts'
import { sql } from '#store/sql.ts'
import { docket as runDocket } from '../support/command.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'

const folder = mkdtempSync(join(tmpdir(), 'docket-desk-'))
let from: TestDesk
let to: TestDesk
before(async () => {
  ;[from, to] = await Promise.all([startDesk({ relay: false }), startDesk({ relay: false })])
  await setUp(from)
})
after(async () => {
  await Promise.all([from.close(), to.close()])
  rmSync(folder, { recursive: true, force: true })
})

const docket = (desk: TestDesk, ...args: string[]) => runDocket(desk, folder, args)
const at = (name: string) => join(folder, name)
const filesOf = (name: string) =>
  Object.fromEntries(readdirSync(at(name)).map((file) => [file, readFileSync(join(at(name), file), 'utf8')]))
const rewrite = (path: string, change: (text: string) => string) =>
  writeFileSync(at(path), change(readFileSync(at(path), 'utf8')))

/** A desk with something of each kind, each naming others. */
async function setUp({ api, running }: TestDesk): Promise<void> {
  const make = async (path: string, body: object): Promise<{ readonly id: number }> => {
    const { status, body: made } = await api('POST', path, body)
    assert.ok(status < 300, `${path}: ${JSON.stringify(made)}`)
    return made
  }
  const brand = await make('/brands', { name: 'Ember', color: '#224466', footer: 'Ember GmbH' })
  const box = await make('/mailboxes', { address: 'hallo@ember.example', name: 'Ember' })
  const role = await make('/roles', {
    name: 'Ember only',
    actions: ['ticket.read'],
    limits: { brandIds: [brand.id], mailboxIds: null },
  })
  const cleo = await make('/agents', {
    name: 'Cleo',
    email: 'cleo@desk.example',
    role: 'agent',
    roleId: role.id,
  })
  const gone = await make('/agents', { name: 'Gil', email: 'gil@desk.example', role: 'agent' })
  const team = await make('/teams', { name: 'Warehouse', members: [cleo.id, gone.id] })
  await api('PATCH', `/agents/${gone.id}`, { active: false })
  await api('PATCH', `/mailboxes/${box.id}`, { brand: brand.id, team: team.id, signature: 'Ember' })
  await api('PATCH', `/brands/${brand.id}`, { mailbox: box.id })
  const calendar = await make('/calendars', {
    name: 'Mornings',
    hours: { timeZone: 'Europe/Berlin', weekly: { mon: [['08:00', '12:00']] }, holidays: ['12-25'] },
  })
  const summer = await make('/calendars', {
    name: 'Summer',
    hours: { timeZone: 'Europe/Berlin', weekly: { sun: [['08:00', '12:00']] } },
  })
  await make('/calendars', { name: 'Always one', hours: { union: [String(calendar.id), String(summer.id)] } })
  await make('/widgets', { name: 'Stand', brand: brand.id, team: null, calendar: String(summer.id) })
  // As a desk may have it from before that was refused.
  assert.equal((await api('PATCH', `/calendars/${summer.id}`, { archived: true })).status, 409)
  await running.desk.database.rows(sql`update calendar set archived_at = now() where id = ${summer.id}`)
  await api('PUT', '/calendar-uses', { owner: 'team', ownerId: team.id, calendarId: calendar.id })
  const goods = await make('/categories', { name: 'Goods', definition: 'What is sold.', distinct: true })
  await make('/categories', { name: 'Broken', parentId: goods.id })
  const old = await make('/categories', { name: 'Old' })
  await make('/categories', { name: 'Kept', parentId: old.id })
  await api('PATCH', `/categories/${old.id}`, { archived: true })
  for (const name of ['fragile', 'spare']) await make('/tags', { name })
  await make('/fields', { key: 'serial', label: 'Serial number', type: 'text' })
  await make('/forms', {
    key: 'broken',
    title: 'Something broke',
    intro: '',
    brand: brand.id,
    team: team.id,
    category: 'Goods/Broken',
    questions: [{ ask: 'email' }, { ask: 'message' }, { ask: 'field.serial', required: true }],
    files: true,
    thanks: 'Thanks',
  })
  await make('/widgets', { name: 'Shop', brand: brand.id, team: team.id, calendar: String(calendar.id) })
  const parent = await make('/sections', { brand: brand.id, names: { en: 'Repairs', de: 'Reparatur' } })
  const section = await make('/sections', { brand: brand.id, parentId: parent.id, names: { en: 'Lamps' } })
  const second = await make('/sections', { brand: brand.id, names: { en: 'About us' } })
  await api('PATCH', `/sections/${second.id}`, { names: { en: 'Who we are' } })
  const closed = await make('/sections', { brand: brand.id, parentId: parent.id, names: { en: 'Closed' } })
  const article = { section: section.id, status: 'published', audience: 'public' }
  await make('/articles', { ...article, section: closed.id, title: 'Undefined variable', language: 'en' })
  await api('PATCH', `/sections/${closed.id}`, { archived: true })
  const lamp = await make('/articles', {
    ...article,
    title: 'Mend a lamp',
    body: '<p>Screw it in.</p>',
    language: 'en',
  })
  await make('/articles', { title: 'ランナー', language: 'ja' })
  const czech = { ...article, title: 'Lampa', language: 'cs', translationOf: lamp.id }
  const { id } = await make('/articles', czech)
  await api('PATCH', `/articles/${id}`, { status: 'archived' })
  await make('/articles', {
    ...article,
    title: 'Lampe reparieren',
    body: '<p>Eindrehen.</p>',
    language: 'de',
    translationOf: lamp.id,
  })
  await make('/macros', {
    name: 'To the warehouse',
    scope: 'team',
    team: team.id,
    folder: 'Parcels',
    change: { team: team.id, assignee: cleo.id, category: 'Goods/Broken', addTags: ['fragile'] },
    message: { kind: 'reply', body: '<p>We look.</p>', texts: { de: '<p>Wir sehen nach.</p>' } },
  })
  const twin = { name: 'To the warehouse', scope: 'team', team: team.id, change: { priority: 'high' } }
  for (const folder of ['Parcels', 'Pallets']) {
    const made = await make('/macros', { ...twin, folder })
    if (folder === 'Parcels') await api('PATCH', `/macros/${made.id}`, { archived: true })
  }
  await make('/views', { name: 'Broken goods', scope: 'team', team: team.id, query: 'category:Goods/Broken' })
  await make('/policies', {
    kind: 'customer',
    title: 'Everyone',
    q: '',
    targets: (['low', 'normal', 'high', 'urgent'] as const).map((priority) => ({
      metric: 'first_reply',
      priority,
      seconds: 3600,
      calendar: String(calendar.id),
    })),
  })
  await make('/assistant/look-ups', {
    key: 'orders',
    name: 'Orders of Ember',
    url: 'https://shop.ember.example/orders/{order}',
    secret: 'Bearer sesame-of-ember',
    answers: [{ name: 'state', path: 'order.state', as: 'text' }],
    brandId: brand.id,
  })
  const { standard } = (await api('GET', '/assistant')).body
  const sentence = { key: 'thanks', text: 'Thank them first.', channel: null, reviewBy: null }
  const guidance = [{ ...sentence, brandId: brand.id, categoryId: goods.id, ownerId: cleo.id }]
  const rows = [{ brandId: brand.id, channel: null, categoryId: goods.id, mode: 'suggest', share: 0 }]
  await make('/assistant/versions', { settings: { ...standard, rows, guidance, highStakes: [goods.id] } })
}

/** Twenty commands, each a process: what they hold in small is in the sentences of `src/programs/configuration`. */
const skip = process.env['DOCKET_TEST_LONG'] === undefined && 'asked for with DOCKET_TEST_LONG=1'

test('a desk is built from another’s files, and says the same', async () => {
  const exported = await docket(from, 'config', 'export', at('a'), '--desk')
  assert.equal(exported.code, 0, exported.err)
  assert.doesNotMatch(exported.out, /does not take/)
  const own = await docket(from, 'config', 'plan', at('a'), '--json')
  assert.equal(own.code, 0, own.err)
  assert.deepEqual(JSON.parse(own.out), {
    changes: [],
    unnamed: {},
    problems: [],
    notes: [
      {
        kind: 'Categories',
        key: 'Old',
        place: '',
        message: 'is archived here, around ones that are not, and stays so',
      },
    ],
    routing: [],
    rulebook: null,
  })
  const plan = await docket(to, 'config', 'plan', at('a'))
  assert.equal(plan.code, 2, plan.err)
  for (const line of ['+ Brands "Ember"', '+ Sections "Ember: lamps"', '+ Views "Warehouse: Broken goods"'])
    assert.ok(plan.out.includes(line), `${line} in ${plan.out}`)
  assert.equal((await to.api('GET', '/brands')).body.items.length, 1, 'a plan changes nothing')
  const applied = await docket(to, 'config', 'apply', at('a'))
  assert.equal(applied.code, 0, applied.err + applied.out)
  await docket(to, 'config', 'export', at('b'), '--desk')
  assert.deepEqual(filesOf('b'), filesOf('a'))
  assert.equal((await docket(to, 'config', 'apply', at('a'))).out, 'No changes.\n')
  const sections = (await to.api('GET', '/sections')).body.items
  assert.deepEqual(
    sections.map(({ slug, level }: { slug: string; level: number }) => [slug, level]),
    [
      ['repairs', 0],
      ['lamps', 1],
      ['about-us', 0],
    ],
  )
  const { role, customRole } = (await to.api('GET', '/agents?q=Cleo')).body.items[0]
  assert.deepEqual([role, customRole.name], ['viewer', 'Ember only'])
  const tokens = (await to.api('GET', '/tokens')).body.items
  assert.ok(
    tokens.every(({ name }: { name: string }) => name !== 'config'),
    'its token is gone',
  )
})

test('a role may change, and nobody loses it', async () => {
  rewrite('a/roles.yaml', (text) => text.replace('- ticket.read', '- ticket.read\n      - ticket.reply'))
  // What a role makes of somebody is not said beside it; where it is, it means nothing.
  rewrite('a/agents.yaml', (text) => text.replace('    roleId: Ember', '    role: viewer\n    roleId: Ember'))
  assert.equal((await docket(to, 'config', 'apply', at('a'))).out, '~ Roles "Ember only": actions\n')
  assert.equal((await docket(to, 'config', 'apply', at('a'))).out, 'No changes.\n')
  const { role, customRole } = (await to.api('GET', '/agents?q=Cleo')).body.items[0]
  assert.deepEqual([role, customRole?.name], ['agent', 'Ember only'])
  rewrite('a/agents.yaml', (text) => text.replace('    roleId: Ember only\n', ''))
  const { code, err } = await docket(to, 'config', 'apply', at('a'))
  assert.equal(code, 1)
  assert.match(err, /has a role of the desk’s own here/)
  rewrite('a/agents.yaml', (text) => text.replace('    role: viewer\n', '    roleId: Ember only\n'))
})

test('what is changed, put away and taken back is told thing by thing', { skip }, async () => {
  const [team] = (await to.api('GET', '/teams?q=Warehouse')).body.items
  const { id: night } = (await to.api('POST', '/teams', { name: 'Night' })).body
  const made = await to.api('POST', '/queues', { title: 'Local', primaryTeams: [night] })
  assert.ok(made.status < 300)
  rewrite('a/forms.yaml', (text) => text.replace('title: Something broke', 'title: It broke'))
  rewrite('a/articles.yaml', (text) => text.replace('title: ランナー', 'title: ランニング'))
  rewrite('a/tags.yaml', (text) => text.replace('name: spare', 'name: heavy'))
  rewrite('a/calendars.yaml', (text) =>
    text.replace('12:00', '13:00').replace(/teams:\n\s+- Warehouse/, 'teams: []'),
  )
  const plan = await docket(to, 'config', 'plan', at('a'))
  assert.match(plan.out, /~ Forms "broken": title\n/)
  assert.match(plan.out, /left as they are: Tags spare/)
  const applied = await docket(to, 'config', 'apply', at('a'), '--prune')
  assert.equal(applied.code, 1, 'a team that is in use stays, and all else is done')
  assert.match(applied.err, /Teams "Night": .*“Local”.*\nDone so far: 5/)
  await to.api('PATCH', `/queues/${made.body.id}`, { primaryTeams: [team.id] })
  assert.equal((await docket(to, 'config', 'apply', at('a'), '--prune')).out, '- Teams "Night"\n')
  assert.deepEqual(applied.out.trim().split('\n').toSorted(), [
    '+ Tags "heavy"',
    '- Tags "spare"',
    '~ Articles "ja/ランナー": title',
    '~ Calendars "Mornings": hours, teams',
    '~ Forms "broken": title',
  ])
  const calendar = (await to.api('GET', '/calendars')).body.items.find(
    ({ name }: { name: string }) => name === 'Mornings',
  )
  assert.deepEqual([calendar.versions.length, calendar.usedBy], [2, []])
  rewrite('a/tags.yaml', (text) => text.replace('name: heavy', 'name: spare'))
  writeFileSync(
    at('a/routing.json'),
    JSON.stringify({
      apiVersion: 'docket/v1',
      kind: 'Routing',
      queues: [{ title: 'Returns', primaryTeams: ['Warehouse'] }],
    }),
  )
  assert.match((await docket(to, 'config', 'apply', at('a'))).out, /^↺ Tags "spare"\n\+ queue Returns\n$/)
  const queues = (await to.api('GET', '/queues')).body.items
  // What goes may be named by what goes with it.
  const late = (await to.api('POST', '/teams', { name: 'Late' })).body.id
  await to.api('POST', '/queues', { title: 'Late', primaryTeams: [late] })
  await to.api('POST', '/views', { name: 'Late', scope: 'shared', query: 'queue:Late' })
  await to.api('PATCH', `/queues/${made.body.id}`, { archived: true })
  assert.equal(
    (await docket(to, 'config', 'apply', at('a'), '--prune')).out,
    '- Views "Late"\n- Tags "heavy"\n- queue Late\n- Teams "Late"\n',
  )
  assert.deepEqual(
    queues.map(({ title }: { title: string }) => title),
    ['Local', 'Returns'],
  )
})

test('a desk that has tickets takes what needs a reason, and what needs examples', { skip }, async () => {
  for (let n = 1; n <= 100; n++)
    await to.api('POST', '/tickets', {
      subject: `Lamp ${n}`,
      body: 'Dark',
      requester: { email: `n${n}@people.example` },
    })
  rewrite(
    'a/policies.yaml',
    (text) => `${text}${text.slice(text.indexOf('items:\n') + 7).replace('Everyone', 'Others')}`,
  )
  rewrite('a/categories.yaml', (text) => `${text}  - path: Parts\n    definition: Of a lamp.\n`)
  const unanswered = await docket(to, 'config', 'apply', at('a'), '--json')
  assert.equal(unanswered.code, 1)
  assert.deepEqual(
    JSON.parse(unanswered.out).changes.map(({ kind, key }: { kind: string; key: string }) => [kind, key]),
    [['Categories', 'Parts']],
    'what was done is told',
  )
  assert.match(unanswered.err, /Done so far: 1\./)
  const answered = await docket(to, 'config', 'apply', at('a'), '--reason', 'Nobody waits on it')
  assert.equal(answered.out, '+ Policies "customer: Others"\n', answered.err)
  const { code, out } = await docket(to, 'config', 'plan', at('a'))
  assert.equal(code, 0, out)
  assert.match(out, /note: Categories "Parts" definition: is fixed/)
})

test('what cannot be is named with its place, and nothing is changed', async () => {
  const changesOf = async () =>
    (await to.api('GET', '/audit?limit=20')).body.items.filter(
      ({ action }: { action: string }) => !action.startsWith('token_'),
    )
  const before = (await changesOf())[0].id
  rewrite('a/forms.yaml', (text) => text.replace('brand: Ember', 'brand: Nobody\n    colour: red'))
  rewrite('a/fields.yaml', (text) => text.replace('type: text', 'type: number'))
  writeFileSync(
    at('a/more-tags.yaml'),
    'apiVersion: docket/v1\nkind: Tags\nitems: [{ name: spare }, { label: x }]\n',
  )
  writeFileSync(at('a/routing.json'), '{ "apiVersion": "docket/v1", "kind": "Routing", "queue": [] }')
  writeFileSync(at('a/rules.yaml'), 'apiVersion: docket/v1\nkind: Rulebook\nrules: []\n')
  writeFileSync(at('a/broken.yaml'), 'apiVersion: docket/v1\nkind: Tags\nitems: [\n')
  writeFileSync(at('a/odd.yaml'), 'apiVersion: docket/v1\nkind: Teams\nitem: []\n')
  const { code, err } = await docket(to, 'config', 'apply', at('a'), '--expect-version', '99')
  assert.equal(code, 1)
  for (const line of [
    'Forms "broken" brand: names Brands "Nobody"',
    'Forms "broken" colour: is not known here',
    'Fields "serial" type: is fixed once it is made',
    'Tags "spare": stands twice',
    'has no name',
    'odd.yaml',
    'version_moved: ',
    'File "Routing": Unrecognized key: "queue"',
    'rules.yaml": Unrecognized key: "rules"',
    'broken.yaml": Flow sequence',
    'Nothing was changed.',
  ])
    assert.ok(err.includes(line), `${line} in ${err}`)
  assert.equal((await changesOf())[0].id, before)
  const locks = createLocks(to.running.desk.database)
  await locks.take('config apply', 0)
  const second = await docket(to, 'config', 'apply', at('a'))
  await locks.close()
  assert.deepEqual([second.code, /applied to this desk already/.test(second.err)], [75, true])
  await to.api('POST', '/agents', { name: 'Lea', email: 'lea@desk.example', role: 'lead' })
  const asLead = await docket(to, 'config', 'apply', at('a'), '--as', 'lea@desk.example', '--publish')
  assert.match(
    asLead.err,
    /lea@desk.example may not do this: routing.write\n.*teams.write\n.*rules.publish\n/,
  )
})
