// What an administrator changed can be put back: for every kind of thing the audit keeps the request that does it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { signedIn } from '../support/session.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk()
})
after(() => desk?.close())

type Body = Record<string, unknown>
type Kind = { path: string; add: () => Promise<Body>; change: Body }

const team = async (name: string) =>
  (await desk.api('POST', '/teams', { name, members: [] })).body.id as number

const kinds: Record<string, Kind> = {
  macro: {
    path: '/macros',
    add: async () => ({ scope: 'shared', name: 'Thanks', message: { kind: 'reply', body: '<p>Thanks</p>' } }),
    change: { name: 'Gone', message: null, change: { status: 'resolved' }, archived: true },
  },
  view: {
    path: '/views',
    add: async () => ({ scope: 'shared', name: 'Urgent', query: 'priority:urgent', sort: 'newest' }),
    change: { query: 'priority:low', archived: true },
  },
  team: { path: '/teams', add: async () => ({ name: 'South', members: [] }), change: { name: 'North' } },
  category: { path: '/categories', add: async () => ({ name: 'billing' }), change: { archived: true } },
  tag: { path: '/tags', add: async () => ({ name: 'vip' }), change: { archived: true } },
  field: {
    path: '/fields',
    add: async () => ({ label: 'Size', type: 'select', options: ['S', 'L'] }),
    change: { options: ['L'], help: 'Pick one', requiredOnResolve: true },
  },
  brand: {
    path: '/brands',
    add: async () => ({ name: 'Second' }),
    change: { fromName: 'X', color: '#112233' },
  },
  form: {
    path: '/forms',
    add: async () => ({
      key: 'back',
      title: 'Send back',
      intro: '',
      brand: 1,
      team: null,
      category: null,
      questions: ['email', 'message'].map((ask) => ({ ask, label: null, help: null, required: true })),
      files: true,
      thanks: '',
    }),
    change: { title: 'Another', files: false, archived: true },
  },
  queue: {
    path: '/queues',
    add: async () => ({ title: 'First', primaryTeams: [await team('Queue')], q: 'priority:urgent' }),
    change: { title: 'Other', mode: 'pull', q: '' },
  },
  skill: { path: '/skills', add: async () => ({ name: 'French' }), change: { name: 'German' } },
  calendar: {
    path: '/calendars',
    add: async () => ({
      name: 'Office',
      hours: { timeZone: 'UTC', weekly: { mon: [['09:00', '17:00']] }, holidays: [], exceptions: {} },
    }),
    change: { name: 'Elsewhere', archived: true },
  },
}

for (const [kind, { path, add, change }] of Object.entries(kinds))
  test(`a changed ${kind} is put back by what the audit keeps`, async () => {
    const added = await desk.api('POST', path, await add())
    assert.equal(added.status, 201, JSON.stringify(added.body))
    const changed = await desk.api('PATCH', `${path}/${added.body.id}`, change)
    assert.equal(changed.status, 200, JSON.stringify(changed.body))
    assert.deepEqual(plain(await putBack(kind)), plain(added.body))
  })

test('an archived queue and an archived skill come back', async () => {
  for (const [path, kind, body] of [
    ['/queues', 'queue', { title: 'Put away', primaryTeams: [await team('Away')] }],
    ['/skills', 'skill', { name: 'Knots' }],
  ] as const) {
    const { body: added } = await desk.api('POST', path, body)
    await desk.api('PATCH', `${path}/${added.id}`, { archived: true })
    await putBack(kind)
    const { items } = (await desk.api('GET', path)).body
    assert.ok(items.some(({ id }: { id: number }) => id === added.id))
  }
})

test('an agent keeps role, name and teams; a password alone has no way back', async () => {
  const una = await desk.addAgent('Una', 'agent')
  const path = `/agents/${una.principal.agentId}`
  const before = (await desk.api('GET', path)).body
  await desk.api('PATCH', path, { name: 'Una Other', role: 'lead', teams: [await team('Una')] })
  assert.deepEqual(plain(await putBack('agent')), plain(before))
  const boss = await desk.addAgent('Boss', 'admin')
  const screen = await signedIn(desk.url, boss)
  const changed = await screen.call('PATCH', path, { password: 'another long password' })
  assert.equal(changed.status, 200)
  assert.equal((await newest('agent')).back, null)
})

test('settings, mail safety, units, templates and policies are put back', async () => {
  const was = (await desk.api('GET', '/settings')).body
  await desk.api('PATCH', '/settings', { deskName: 'Renamed', autoCloseSeconds: 7_200 })
  assert.deepEqual(await putBack('settings'), was)
  const policy = (await desk.api('GET', '/mail-policy')).body
  await desk.api('PATCH', '/mail-policy', { trustedServers: ['mx.example'] })
  assert.deepEqual(await putBack('mail_policy'), policy)
  const units = (await desk.api('GET', '/queues/units')).body
  await desk.api('PUT', '/queues/units', { ...units, pending: 0.5 })
  assert.deepEqual(await putBack('routing'), units)
  const words = { kind: 'acknowledgement', brandId: null, language: 'de', subject: '', body: 'Danke' }
  const kept = (await desk.api('PUT', '/mail-templates', words)).body
  await desk.api('DELETE', `/mail-templates/${kept.id}`)
  assert.equal((await putBack('mail_template')).body, 'Danke')
  const targets = (seconds: number) =>
    ['low', 'normal', 'high', 'urgent'].map((priority) => ({
      metric: 'first_reply',
      priority,
      seconds,
      calendar: 'always',
    }))
  const terms = { title: 'Everyone', q: '', targets: targets(3_600) }
  const { body: made } = await desk.api('POST', '/policies', { ...terms, kind: 'customer' })
  assert.ok(made.id, JSON.stringify(made))
  const slower = { ...terms, targets: targets(7_200) }
  const slow = await desk.api('POST', `/policies/${made.id}/versions`, slower)
  assert.equal(slow.status, 201, JSON.stringify(slow.body))
  assert.equal((await putBack('policy')).targets[0].seconds, 3_600)
})

test('the audit of several kinds, and of one thing, is for administrators', async () => {
  const { items } = (await desk.api('GET', '/audit?thing=tag,field&limit=50')).body
  assert.deepEqual([...new Set(items.map((each: Entry) => each.thing.type))].toSorted(), ['field', 'tag'])
  const { id } = items[0].thing
  const one = (await desk.api('GET', `/audit?thing=${items[0].thing.type}&thingId=${id}`)).body.items
  assert.ok(one.length > 0 && one.every((each: Entry) => each.thing.id === id))
  const lou = await desk.addAgent('Lou', 'lead')
  assert.equal((await desk.as(lou.token)('GET', '/audit')).status, 403)
})

type Entry = {
  thing: { type: string; id: number }
  back: { method: string; path: string; body: object } | null
}

async function newest(kind: string): Promise<Entry> {
  return (await desk.api('GET', `/audit?thing=${kind}&limit=1`)).body.items[0]
}

async function putBack(kind: string) {
  const { back } = await newest(kind)
  assert.ok(back !== null, `a changed ${kind} has a way back`)
  const answer = await desk.api(back.method, back.path, back.body)
  assert.ok(answer.status < 300, `${back.method} ${back.path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** Without what counts changes. */
const plain = (thing: Body): Body => ({ ...thing, version: null })
