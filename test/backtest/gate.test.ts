// The gate before rules go live: a backtest of exactly these rules, its findings answered for, or a reason for going without.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { backtestNext } from '#desk/past/backtest-lane.ts'
import { createToken } from '#people/access-store.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { aRule } from '../support/rulebook.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk({ work: false })))
after(() => desk.close())

/** As the API takes it, with a test, so that nothing but the backtest asks for a reason. */
const rule = (key: string, more: object) => {
  const { id: _, ...whole } = aRule(0, {
    key,
    title: key,
    description: 'A test.',
    on: ['created'],
    if: { all: [{ field: 'subject', op: 'contains_word', value: 'question' }] },
    do: [{ setPriority: 'high' }],
    tests: [{ given: { subject: 'A question' }, on: 'created', expect: {} }],
  })
  return { ...whole, ...more }
}
const ok = async (method: string, path: string, body?: unknown) => {
  desk.clock.pass(60)
  const answer = await desk.api(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const publish = (body: object = {}, api = desk.api) => api('POST', '/rulebook/publish', body)
const codesOf = ({ body }: { body: { problems: { code: string }[] } }) =>
  body.problems.map(({ code }) => code).toSorted()
const backtest = async (last = 30) => {
  const { id } = await ok('POST', '/backtests', { candidate: 'draft', last })
  const round = backtestNext(desk.running.desk)
  while ((await round()) === 'more');
  assert.equal((await ok('GET', `/backtests/${id}`)).state, 'done')
}

test('a desk without a past is not asked', async () => {
  await ok('PUT', '/rules/order', { sections: [{ key: 'all', title: 'All' }], rules: [] })
  await ok('POST', '/rules', { rule: rule('first', {}) })
  assert.equal((await publish()).status, 200)
})

test('rules that were not tried go live only with a reason, by who may; the version and the audit say so', async () => {
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  for (const subject of ['A question', 'An order'])
    await ok('POST', '/tickets', { subject, body: 'Help', requester })
  await ok('POST', '/rules', {
    rule: rule('second', { do: [{ setPriority: 'urgent' }] }),
  })
  const refused = await publish()
  assert.deepEqual([refused.status, refused.body.refusal], [409, 'needs_reason'])
  assert.ok(codesOf(refused).includes('backtest_missing'))
  const { principal } = await desk.addAgent('Ann', 'admin')
  const { secret } = await createToken(desk.running.desk.database, {
    name: 'publishes',
    agentId: principal.agentId,
    scopes: ['rules:write'],
    at: desk.clock.now(),
    expiresAt: null,
  })
  const untested = await publish({ reason: 'I may not' }, desk.as(secret))
  assert.deepEqual([untested.status, untested.body.refusal], [409, 'needs_backtest'])
  const { acknowledged } = (await publish({ reason: 'it burns' })).body
  assert.equal(acknowledged.reason, 'it burns')
  assert.ok(acknowledged.codes.includes(':backtest_missing:backtest'))
  const { items } = await ok('GET', '/audit?limit=1')
  assert.equal(items[0].action, 'rulebook_published_untested')
})

test('a finding is answered for with a reason; a draft that changed since was not tried', async () => {
  const { templates, draft } = await ok('GET', '/rulebook')
  assert.deepEqual([templates, draft], [[], null])
  await ok('PUT', '/rulebook/templates/thanks', {
    template: { key: 'thanks', subject: 'Thank you', body: 'We have it.' },
  })
  const mailing = { do: [{ reply: { template: 'thanks', to: 'requester' } }], if: { all: [] } }
  const added = await ok('POST', '/rules', { rule: rule('mails', mailing) })
  await backtest()
  const found = codesOf(await publish())
  assert.ok(found.includes('new_external_mail') && !found.includes('backtest_missing'), String(found))
  assert.ok(!found.includes('thin_history'))
  await ok('DELETE', `/rules/${added.rule.id}`)
  await ok('POST', '/rules', { rule: rule('tags', { do: [{ removeTags: ['x'] }] }) })
  assert.ok(codesOf(await publish()).includes('backtest_missing'))
  await backtest()
  const published = await publish({ reason: 'only a new tag' })
  assert.equal(published.status, 200)
  const codes = String(published.body.acknowledged?.codes)
  assert.ok(!codes.includes('backtest'), codes)
})

test('a trial is good for seven days', async () => {
  await ok('POST', '/rules', { rule: rule('third', { do: [{ removeTags: ['y'] }] }) })
  await backtest()
  const missing = async () => {
    const answer = await publish()
    if (answer.status === 200) return false
    return codesOf(answer).includes('backtest_missing')
  }
  desk.clock.pass(7 * 86_400 + 60)
  assert.equal(await missing(), true)
  await backtest()
  desk.clock.pass(6 * 86_400)
  assert.equal(await missing(), false)
})

test('the first week of a version stands beside what its backtest foretold', async () => {
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  const questions = async (count: number) => {
    for (let number = 0; number < count; number++)
      await ok('POST', '/tickets', { subject: 'A question', body: 'Help', requester })
  }
  await ok('POST', '/rules', { rule: rule('foretold', { do: [{ addTags: ['foretold'] }] }) })
  await backtest(365)
  const { version } = (await publish({ reason: 'it is a test' })).body
  desk.clock.pass(26 * 3_600)
  await questions(9)
  desk.clock.pass(24 * 3_600)
  const { isForetold, items } = await ok('GET', `/rulebook/versions/${version}/first-days`)
  const found = items.find((each: { rule: { title: string } }) => each.rule.title === 'foretold')
  assert.deepEqual([isForetold, found.low], [true, 0])
  assert.ok(found.high < 9, `${found.high}`)
  assert.deepEqual(
    found.days.map(({ count, isOutside }: { count: number; isOutside: boolean }) => [count, isOutside]),
    [
      [9, true],
      [0, false],
    ],
  )
  const alerts = (await ok('GET', '/alerts')).items.filter(
    ({ kind }: { kind: string }) => kind === 'foretold',
  )
  const named = alerts.map(
    ({ ruleId, address }: { ruleId: number; address: string }) => `${ruleId} ${address}`,
  )
  assert.ok(named.includes(`${found.rule.id} foretold`), 'its owner hears of it')
  const before = await ok('GET', '/rulebook/versions/1/first-days')
  assert.deepEqual(before, { isForetold: false, items: [] })
})
