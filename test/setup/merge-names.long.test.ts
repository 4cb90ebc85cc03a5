// Two names for one thing become one, and are two again when that is taken back: tickets, rules, views, macros and forms go along.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { workOnBulk } from '#desk/bulk.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
const ids: Record<string, number> = {}
before(async () => {
  desk = await startDesk({ relay: false, work: false })
  for (const name of ['Refund', 'Money back', 'Late'])
    ids[name] = (await ok('POST', '/categories', { name })).id
})
after(() => desk.close())

async function ok(method: string, path: string, body?: unknown) {
  const answer = await desk.api(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path} ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const open = async (more: object) =>
  (
    await ok('POST', '/tickets', {
      subject: 'Hello',
      body: 'Help',
      requester: { email: 'cy@customer.example' },
      ...more,
    })
  ).id as number
async function work(): Promise<void> {
  while ((await workOnBulk(desk.running.desk)) !== null);
  desk.running.desk.setup.forget()
}
const found = async (q: string) =>
  (await ok('GET', `/tickets?q=${encodeURIComponent(q)}`)).items
    .map(({ id }: { id: number }) => id)
    .toSorted()
const category = async (id: number) => (await ok('GET', `/tickets/${id}`)).category

test('a merged category takes its tickets along, keeps its name as an alias, and comes back', async () => {
  const one = await open({ category: 'Money back' })
  const closed = await open({ category: 'Money back' })
  await ok('PATCH', `/tickets/${closed}`, { status: 'closed', closeReason: 'other' })
  const other = await open({ category: 'Refund' })
  const macro = await ok('POST', '/macros', {
    name: 'Pay',
    scope: 'shared',
    change: { category: 'Money back' },
  })
  const report = await ok('POST', '/reports/saved', {
    name: 'Paid back',
    scope: 'shared',
    board: 'flow',
    state: {},
    filter: 'category:"Money back"',
  })
  const retention = { name: 'Old', days: 30, categoryIds: [ids['Money back']], tags: [] }
  const rule = await ok('POST', '/retention-rules', retention)
  const { name: _, ...conditions } = retention
  await ok('PUT', `/retention-rules/${rule.id}/on`, { count: 0, ...conditions })
  const ruleNow = async () => (await ok('GET', '/retention-rules')).items[0]
  const uses = await ok('GET', `/categories/${ids['Money back']}/uses`)
  assert.deepEqual(
    [uses.tickets, uses.closed, uses.items.map(({ kind }: { kind: string }) => kind)],
    [2, 1, ['macro', 'retention', 'report']],
  )
  const filterOf = async () =>
    (await ok('GET', '/reports/saved')).items.find(({ id }: { id: number }) => id === report.id).filter

  await ok('POST', `/categories/${ids['Money back']}/merge`, { into: ids['Refund'] })
  await work()
  assert.equal(await category(one), 'Refund')
  assert.equal(await category(closed), 'Money back')
  assert.deepEqual(await found('category:Refund'), [one, closed, other])
  assert.deepEqual(await found('category:"Money back"'), [one, closed, other])
  assert.equal(await category(await open({ category: 'Money back' })), 'Refund')
  const changeOf = async () =>
    (await ok('GET', '/macros')).items.find(({ id }: { id: number }) => id === macro.id).change.category
  assert.equal(await changeOf(), 'Refund')
  // It would take more than was looked at: it is off until somebody looks again.
  assert.deepEqual([(await ruleNow()).categoryIds, (await ruleNow()).isOn], [[ids['Refund']], false])
  const [turnedOff] = (await ok('GET', '/audit')).items.filter(
    ({ action }: { action: string }) => action === 'retention_changed',
  )
  assert.deepEqual(
    turnedOff.changes.find(({ field }: { field: string }) => field === 'isOn'),
    { field: 'isOn', from: true, to: false },
  )
  desk.clock.pass(40 * 86_400)
  const due = await ok('POST', '/retention-rules/preview', { ...conditions, categoryIds: [ids['Refund']] })
  assert.deepEqual([due.count, due.sample[0].id], [1, closed])
  assert.match(await filterOf(), /category:Refund/)
  assert.equal((await ok('GET', '/reports/taxonomy')).churn, 0)

  await ok('POST', `/categories/${ids['Money back']}/unmerge`)
  await work()
  assert.equal(await category(one), 'Money back')
  assert.equal(await category(other), 'Refund')
  assert.equal(await changeOf(), 'Money back')
  assert.match(await filterOf(), /Money back/)
  assert.equal((await desk.api('POST', `/categories/${ids['Money back']}/unmerge`)).status, 404)
})

test('what was changed since a merge stays when the merge is taken back', async () => {
  const one = await open({ category: 'Money back' })
  await ok('POST', `/categories/${ids['Money back']}/merge`, { into: ids['Refund'] })
  await work()
  await ok('PATCH', `/tickets/${one}`, { category: 'Late' })
  await ok('POST', `/categories/${ids['Money back']}/unmerge`)
  await work()
  assert.equal(await category(one), 'Late')
})

test('a category is not merged into itself, into an archived one, or with leaves left below it', async () => {
  const merge = (from: number | undefined, into: number | undefined) =>
    desk.api('POST', `/categories/${from}/merge`, { into })
  assert.equal((await merge(ids['Late'], ids['Late'])).status, 400)
  const leaf = (await ok('POST', '/categories', { name: 'Very', parentId: ids['Late'] })).id
  assert.equal((await merge(ids['Late'], ids['Refund'])).status, 409)
  await ok('PATCH', `/categories/${leaf}`, { archived: true })
  assert.equal((await merge(ids['Refund'], leaf)).status, 400)
})

test('a merged tag takes all its tickets along, closed ones too, and comes back', async () => {
  const one = await open({ tags: ['refnud'] })
  const both = await open({ tags: ['refnud', 'refund'] })
  await ok('PATCH', `/tickets/${one}`, { status: 'closed', closeReason: 'other' })
  const tags = (await ok('GET', '/tags?limit=100')).items
  const idOf = (wanted: string) => tags.find(({ name }: { name: string }) => name === wanted).id
  await ok('POST', `/tags/${idOf('refnud')}/merge`, { into: idOf('refund') })
  await work()
  const tagsOf = async (id: number) => (await ok('GET', `/tickets/${id}`)).tags
  assert.deepEqual([await tagsOf(one), await tagsOf(both)], [['refund'], ['refund']])
  await ok('POST', `/tags/${idOf('refnud')}/unmerge`)
  await work()
  assert.deepEqual((await tagsOf(one)).toSorted(), ['refnud'])
  assert.deepEqual((await tagsOf(both)).toSorted(), ['refnud', 'refund'])
})

test('a new category that is defined shows three tickets, and is unlike all others unless somebody says so', async () => {
  const examples = [await open({}), await open({}), await open({})]
  assert.equal((await desk.api('POST', '/categories', { name: 'Early', definition: 'x' })).status, 201)
  for (let count = 0; count < 30; count++) await open({})
  const add = (more: object) =>
    desk.api('POST', '/categories', { name: 'Refunds', definition: 'Money goes back.', examples, ...more })
  const problemAt = (answer: { body: { errors?: { path: string }[] } }) => answer.body.errors?.[0]?.path
  assert.equal(problemAt(await add({ definition: ' ' })), 'definition')
  assert.equal(problemAt(await add({ examples: examples.slice(1) })), 'examples')
  assert.equal(problemAt(await add({ examples: [...examples.slice(1), 999_999] })), 'examples')
  assert.equal(problemAt(await add({ examples: Array.from(examples, () => examples[0]) })), 'examples')
  assert.equal(problemAt(await add({})), 'distinct')
  const { body } = await add({ distinct: true })
  assert.equal(body.definition, 'Money goes back.')
})
