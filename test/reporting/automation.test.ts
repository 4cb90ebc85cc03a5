// How rules fared, on a live desk: what people took back of what a rule set is regret.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { reviewRules } from '#desk/outbound/rule-reviews.ts'
import { instant } from '#kit/time.ts'
import { listReviews } from '#reporting/rule-review-store.ts'
import { aRule, publishRules } from '../support/rulebook.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { signedIn } from '../support/session.ts'

let desk: TestDesk
let account: { email: string; password: string }
let ada: Awaited<ReturnType<typeof signedIn>>
before(async () => {
  desk = await startDesk({ work: false })
  account = await desk.addAgent('Ada', 'lead')
  ada = await signedIn(desk.url, account)
  const onCreated = { on: ['created'] as const }
  await publishRules(desk, [
    aRule(1, { ...onCreated, do: [{ setPriority: 'urgent' }], title: 'Everything is urgent' }),
    aRule(2, {
      ...onCreated,
      do: [{ addTags: ['seen'] }],
      if: { field: 'subject', op: 'contains_phrase', value: 'none' },
    }),
  ])
})
after(() => desk.close())

async function open(): Promise<number> {
  const requester = { email: 'cy@customer.example' }
  return (await desk.api('POST', '/tickets', { subject: 'Hello', body: 'Help', requester })).body.id
}
async function change(id: number, priority: string): Promise<void> {
  const { status } = await ada.call('PATCH', `/tickets/${id}`, { priority })
  assert.equal(status, 200)
}
const items = async () => (await desk.api('GET', '/reports/automation')).body.items
const rule = async (wanted: number) =>
  (await items()).find(({ ruleId }: { ruleId: number }) => ruleId === wanted)

test('a person who sets otherwise within a day regrets; a program, a late one and one who changes something else do not', async () => {
  const [one, late, program, other] = [await open(), await open(), await open(), await open()]
  await change(one, 'low')
  await desk.api('PATCH', `/tickets/${program}`, { priority: 'low' })
  await ada.call('PATCH', `/tickets/${other}`, { tags: ['known'] })
  desk.clock.pass(86_401)
  // A session ends before a day does.
  ada = await signedIn(desk.url, account)
  await change(late, 'low')
  const { regret, days7, days90, verdicts } = await rule(1)
  assert.deepEqual([regret.set, regret.regretted], [4, 1])
  assert.deepEqual([days7.fired, days90.fired], [4, 4])
  assert.deepEqual(verdicts, [])
})

test('many of them are a verdict, which stands first, and a rule without occasion has none', async () => {
  for (let count = 0; count < 20; count++) await change(await open(), 'low')
  const [first] = await items()
  assert.equal(first.ruleId, 1)
  assert.deepEqual(first.verdicts, ['wrong'])
  assert.deepEqual((await rule(2)).verdicts, [])
  desk.clock.pass(8 * 86_400)
  const { days7, days30 } = await rule(1)
  assert.deepEqual([days7.fired, days30.fired], [0, 24])
})

test('who may not read rules does not read how they fare', async () => {
  const { token } = await desk.addAgent('Vi', 'viewer')
  assert.equal((await desk.as(token)('GET', '/reports/automation')).status, 403)
})

test('a verdict is let be with a reason, for its time, by its owner or who writes rules', async () => {
  const owner = await desk.addAgent('Ow', 'agent')
  const other = await desk.addAgent('Ot', 'agent')
  const reason = 'Known: the shop moves next month'
  const until = '2026-06-01'
  await publishRules(desk, [
    aRule(1, {
      on: ['created'],
      do: [{ setPriority: 'urgent' }],
      title: 'Everything is urgent',
      ownerId: owner.principal.agentId,
    }),
  ])
  const snooze = (token: string, body: object) =>
    desk.as(token)('POST', '/reports/automation/1/snooze', { verdict: 'wrong', until, reason, ...body })
  assert.equal((await snooze(other.token, {})).status, 403)
  assert.equal((await snooze(owner.token, { reason: ' ' })).status, 400)
  assert.equal((await snooze(owner.token, { until: '2026-03-02' })).status, 400)
  assert.equal((await snooze(owner.token, { until: '2027-12-01' })).status, 400)
  assert.equal((await snooze(owner.token, {})).status, 204)
  assert.deepEqual((await rule(1)).snoozed, [{ verdict: 'wrong', until, reason, by: 'Ow' }])
  const [audited] = (await desk.api('GET', '/audit?limit=1')).body.items
  assert.deepEqual([audited.action, audited.changes[0].to], ['rule_review_snoozed', `${until}: ${reason}`])
  desk.clock.set(instant(Date.parse('2026-06-01T12:00:00Z')))
  assert.deepEqual((await rule(1)).snoozed, [])
})

test('what stands for a week is told to the owner once, and again after a quarter; what was mended is forgotten', async () => {
  const { desk: own } = desk.running
  const ow = (await desk.api('GET', '/agents')).body.items.find(({ name }: { name: string }) => name === 'Ow')
  const riskyRule = (more: object) =>
    aRule(7, { on: ['created'], do: [{ setStatus: 'resolved' }], title: 'Resolves', ownerId: ow.id, ...more })
  const mailsTo = async () => {
    const { items } = (await desk.api('GET', '/outbox?limit=200')).body
    return items.filter(({ to }: { to: { email: string }[] }) => to[0]?.email === ow.email)
  }
  const look = async (days: number) => {
    desk.clock.pass(days * 86_400)
    await reviewRules(own)()
    return (await mailsTo()).length
  }
  await publishRules(desk, [riskyRule({})])
  assert.deepEqual([await look(0), await look(6), await look(1), await look(1)], [0, 0, 1, 1])
  assert.equal(await look(92), 2)
  await publishRules(desk, [riskyRule({ do: [{ setStatus: 'pending' }], reviewBy: '2027-06-01' })])
  await look(1)
  assert.deepEqual(await listReviews(own.database), [])
})

test('what changed since the quarter before is told with how sure that is', async () => {
  const urgent = aRule(1, { on: ['created'], do: [{ setPriority: 'urgent' }], title: 'Everything is urgent' })
  await publishRules(desk, [urgent])
  desk.clock.pass(200 * 86_400)
  ada = await signedIn(desk.url, account)
  for (let count = 0; count < 12; count++) await change(await open(), 'low')
  desk.clock.pass(100 * 86_400)
  for (let count = 0; count < 12; count++) await open()
  desk.clock.pass(60)
  const { regret, days90, before } = await rule(1)
  assert.deepEqual(
    [days90.fired, regret.regretted, before.fired, before.set, before.regretted],
    [12, 0, 12, 12, 12],
  )
  assert.equal(before.change.regret.value, -1)
  assert.ok(before.change.regret.high < 0)
  assert.ok(before.change.fired.low < 0 && before.change.fired.high > 0)
})
