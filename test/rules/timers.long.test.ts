// Timer rules on a real desk: once for each episode, exact to the second, checked again under the lock, and safe with two workers.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { fireRuleTimers } from '#desk/rules/timers.ts'
import { plus } from '#kit/time.ts'
import type { Rule, TimerSpec } from '#rules/rule.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const HOUR = 3_600
const pending = { field: 'status', op: 'is', value: 'pending' } as const
const timer = (id: number, spec: TimerSpec, more: Partial<Rule> & Pick<Rule, 'do'>) =>
  aRule(id, { kind: 'timer', on: [], timer: spec, if: pending, ...more })

async function open(more: object = {}) {
  const body = {
    subject: 'Late',
    body: 'Where is it?',
    requester: { email: 'cy@example.org' },
    assignee: 1,
    ...more,
  }
  const answer = await desk.api('POST', '/tickets', body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const patch = (id: number, change: object) => desk.api('PATCH', `/tickets/${id}`, change)
const ticketOf = async (id: number) => (await desk.api('GET', `/tickets/${id}`)).body
const firingsOf = async (id: number) =>
  (await desk.api('GET', `/tickets/${id}/events?limit=200`)).body.items.filter(
    ({ kind }: { kind: string }) => kind === 'rule_fired',
  )

test('a timer fires once for each episode, at its second, and its update settles', async () => {
  await publishRules(desk, [
    timer(1, { hold: HOUR }, { do: [{ addTags: ['nudge'] }] }),
    aRule(2, {
      on: ['field_change'],
      if: { field: 'tags', op: 'has_any', value: ['nudge'] },
      do: [{ setPriority: 'high' }],
    }),
  ])
  const { id } = await open()
  await patch(id, { status: 'pending' })
  const dueAt = plus(desk.clock.now(), HOUR)
  desk.clock.pass(HOUR - 1)
  await fireRuleTimers(desk.running.desk)
  assert.deepEqual((await ticketOf(id)).tags, [])
  desk.clock.pass(1)
  const [fired] = await until(async () => {
    const found = await firingsOf(id)
    return found.length > 0 && found
  })
  assert.deepEqual([fired.at, fired.payload.ruleId], [dueAt, 1])
  const ticket = await ticketOf(id)
  assert.deepEqual([ticket.tags, ticket.priority], [['nudge'], 'high'])
  desk.clock.pass(100 * HOUR)
  await fireRuleTimers(desk.running.desk)
  assert.equal(
    (await firingsOf(id)).filter(({ payload }: { payload: { ruleId: number } }) => payload.ruleId === 1)
      .length,
    1,
  )
  await patch(id, { status: 'open' })
  await patch(id, { status: 'pending' })
  desk.clock.pass(HOUR)
  await until(
    async () =>
      (await firingsOf(id)).filter(({ payload }: { payload: { ruleId: number } }) => payload.ruleId === 1)
        .length === 2,
  )
})

test('a condition that ended before it was due does not fire; time alone can begin an episode', async () => {
  await publishRules(desk, [
    timer(3, { hold: HOUR }, { do: [{ addTags: ['late'] }] }),
    timer(
      4,
      { hold: 60 },
      {
        if: {
          all: [
            { field: 'age', op: 'gte', value: 2 * HOUR },
            { field: 'status', op: 'is', value: 'open' },
          ],
        },
        do: [{ addTags: ['old'] }],
      },
    ),
  ])
  const { id } = await open()
  await patch(id, { status: 'pending' })
  desk.clock.pass(HOUR / 2)
  await patch(id, { status: 'open' })
  desk.clock.pass(HOUR)
  await fireRuleTimers(desk.running.desk)
  assert.deepEqual((await ticketOf(id)).tags, [])
  desk.clock.pass(HOUR / 2 + 59)
  await fireRuleTimers(desk.running.desk)
  assert.deepEqual((await ticketOf(id)).tags, [])
  desk.clock.pass(1)
  await until(async () => (await ticketOf(id)).tags.includes('old'))
})

test('repeats come as often as the rule says', async () => {
  await publishRules(
    desk,
    [timer(5, { hold: HOUR, repeatEvery: HOUR, maxRepeats: 2 }, { do: [{ addNote: { template: 'n' } }] })],
    [{ key: 'n', body: 'Still waiting' }],
  )
  const { id } = await open()
  await patch(id, { status: 'pending' })
  for (let count = 1; count <= 5; count++) {
    desk.clock.pass(HOUR)
    await until(async () => (await firingsOf(id)).length === Math.min(count, 3))
  }
  await fireRuleTimers(desk.running.desk)
  assert.equal((await firingsOf(id)).length, 3)
})

test('two workers fire an episode once', async () => {
  await publishRules(desk, [timer(6, { hold: 60 }, { do: [{ addTags: ['once'] }] })])
  const tickets = await Promise.all(Array.from({ length: 8 }, () => open()))
  for (const { id } of tickets) await patch(id, { status: 'pending' })
  desk.clock.pass(60)
  await Promise.all([1, 2, 3].map(() => fireRuleTimers(desk.running.desk)))
  for (const { id } of tickets) assert.equal((await firingsOf(id)).length, 1)
  assert.deepEqual((await verifyAll(desk.running.desk.database)).differences, [])
})

test('a timer that goes live looks at the tickets there are: overdue ones are skipped, fired, or spread', async () => {
  const { api, clock } = desk
  await api('DELETE', '/rulebook/draft')
  const { id } = await open()
  await patch(id, { status: 'pending' })
  clock.pass(2 * HOUR)
  const rule = (key: string, onPublish: unknown) => ({
    rule: {
      key,
      kind: 'timer',
      title: key,
      ownerId: 1,
      reviewBy: '2026-12-01',
      section: 'all',
      if: pending,
      do: [{ addTags: [key] }],
      timer: { hold: HOUR, onPublish },
    },
  })
  for (const [key, how] of [
    ['skipped', 'skip'],
    ['fired', 'fire'],
    ['spread', { spreadHours: 1 }],
  ] as const)
    assert.equal((await api('POST', '/rules', rule(key, how))).status, 201)
  const published = await api('POST', '/rulebook/publish', { reason: 'a test' })
  assert.equal(published.status, 200, JSON.stringify(published.body))
  await until(async () => (await ticketOf(id)).tags.includes('fired'))
  const tags = (await ticketOf(id)).tags
  assert.ok(!tags.includes('skipped'))
  // Spread from the moment of its look at the tickets, which may come after the hour has passed.
  await until(async () => {
    clock.pass(600)
    return (await ticketOf(id)).tags.includes('spread')
  })
  const { items } = (await api('GET', '/rules')).body
  const scanned = (
    await api('GET', `/rules/${items.find(({ key }: { key: string }) => key === 'skipped').id}`)
  ).body.scan
  assert.ok(scanned.done >= 1 && scanned.overdue >= 1 && scanned.finishedAt !== null, JSON.stringify(scanned))
})
