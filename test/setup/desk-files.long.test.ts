// A whole desk as files: written, built anew on an empty desk, compared, changed; what cannot be is named with its place.
import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
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
async function setUp({ api }: TestDesk): Promise<void> {
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
  const team = await make('/teams', { name: 'Warehouse', members: [cleo.id] })
  await api('PATCH', `/mailboxes/${box.id}`, { brand: brand.id, team: team.id, signature: 'Ember' })
  await api('PATCH', `/brands/${brand.id}`, { mailbox: box.id })
  const calendar = await make('/calendars', {
    name: 'Mornings',
    hours: { timeZone: 'Europe/Berlin', weekly: { mon: [['08:00', '12:00']] }, holidays: ['12-25'] },
  })
  await api('PUT', '/calendar-uses', { owner: 'team', ownerId: team.id, calendarId: calendar.id })
  const goods = await make('/categories', { name: 'Goods', definition: 'What is sold.', distinct: true })
  await make('/categories', { name: 'Broken', parentId: goods.id })
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
  const article = { section: section.id, status: 'published', audience: 'public' }
  const lamp = await make('/articles', {
    ...article,
    title: 'Mend a lamp',
    body: '<p>Screw it in.</p>',
    language: 'en',
  })
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
  const { standard } = (await api('GET', '/assistant')).body
  const rows = [{ brandId: brand.id, channel: null, categoryId: goods.id, mode: 'suggest', share: 0 }]
  await make('/assistant/versions', { settings: { ...standard, rows, highStakes: [goods.id] } })
}

test('a desk is built from another’s files, and says the same', async () => {
  const exported = await docket(from, 'config', 'export', at('a'), '--desk')
  assert.equal(exported.code, 0, exported.err)
  const own = await docket(from, 'config', 'plan', at('a'), '--json')
  assert.equal(own.code, 0, own.err)
  assert.deepEqual(JSON.parse(own.out), {
    changes: [],
    unnamed: {},
    problems: [],
    routing: [],
    rulebook: null,
  })
  const plan = await docket(to, 'config', 'plan', at('a'))
  assert.equal(plan.code, 2, plan.err)
  for (const line of [
    '+ Brands "Ember"',
    '+ Sections "Ember: Reparatur/Lamps"',
    '+ Views "Warehouse: Broken goods"',
  ])
    assert.ok(plan.out.includes(line), `${line} in ${plan.out}`)
  assert.equal((await to.api('GET', '/brands')).body.items.length, 1, 'a plan changes nothing')
  const applied = await docket(to, 'config', 'apply', at('a'))
  assert.equal(applied.code, 0, applied.err + applied.out)
  await docket(to, 'config', 'export', at('b'), '--desk')
  assert.deepEqual(filesOf('b'), filesOf('a'))
  assert.equal((await docket(to, 'config', 'apply', at('a'))).out, 'No changes.\n')
  const { role, customRole } = (await to.api('GET', '/agents?q=Cleo')).body.items[0]
  assert.deepEqual([role, customRole.name], ['viewer', 'Ember only'])
  const tokens = (await to.api('GET', '/tokens')).body.items
  assert.ok(
    tokens.every(({ name }: { name: string }) => name !== 'config'),
    'its token is gone',
  )
})

test('what is changed, put away and taken back is told thing by thing', async () => {
  rewrite('a/forms.yaml', (text) => text.replace('title: Something broke', 'title: It broke'))
  rewrite('a/tags.yaml', (text) => text.replace('name: spare', 'name: heavy'))
  rewrite('a/calendars.yaml', (text) =>
    text.replace('12:00', '13:00').replace(/teams:\n\s+- Warehouse/, 'teams: []'),
  )
  const plan = await docket(to, 'config', 'plan', at('a'))
  assert.match(plan.out, /~ Forms "broken": title\n/)
  assert.match(plan.out, /left as they are: Tags spare/)
  const applied = await docket(to, 'config', 'apply', at('a'), '--prune')
  assert.equal(applied.code, 0, applied.err)
  assert.deepEqual(applied.out.trim().split('\n').toSorted(), [
    '+ Tags "heavy"',
    '- Tags "spare"',
    '~ Calendars "Mornings": hours, teams',
    '~ Forms "broken": title',
  ])
  const [calendar] = (await to.api('GET', '/calendars')).body.items
  assert.deepEqual([calendar.versions.length, calendar.usedBy], [2, []])
  rewrite('a/tags.yaml', (text) => text.replace('name: heavy', 'name: spare'))
  assert.match((await docket(to, 'config', 'apply', at('a'))).out, /^↺ Tags "spare"\n/)
})

test('what cannot be is named with its place, and nothing is changed', async () => {
  const before = (await to.api('GET', '/audit?limit=1')).body.items[0].id
  rewrite('a/forms.yaml', (text) => text.replace('brand: Ember', 'brand: Nobody\n    colour: red'))
  rewrite('a/fields.yaml', (text) => text.replace('type: text', 'type: number'))
  writeFileSync(
    at('a/more-tags.yaml'),
    'apiVersion: docket/v1\nkind: Tags\nitems: [{ name: spare }, { label: x }]\n',
  )
  writeFileSync(at('a/odd.yaml'), 'apiVersion: docket/v1\nkind: Teams\nitem: []\n')
  const { code, err } = await docket(to, 'config', 'apply', at('a'))
  assert.equal(code, 1)
  for (const line of [
    'Forms "broken" brand: names Brands "Nobody"',
    'Forms "broken" colour: is not known here',
    'Fields "serial" type: is fixed once it is made',
    'Tags "spare": stands twice',
    'has no name',
    'odd.yaml',
    'Nothing was changed.',
  ])
    assert.ok(err.includes(line), `${line} in ${err}`)
  assert.equal((await to.api('GET', '/audit?limit=1')).body.items[0].id, before)
})
