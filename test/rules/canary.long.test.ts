// A version of the rules judges a share of the tickets, is compared with the rest, and is then for all, or withdrawn.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { beginBacktest } from '#desk/past/backtest.ts'
import { liveConfiguration } from '#desk/past/configurations.ts'
import { instant } from '#kit/time.ts'
import { isInShare } from '#rules/canary.ts'
import { findScan } from '#rules/timer-store.ts'
import { addDraft, dropDraftVersion } from '#rules/rulebook-store.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk()
  await publishRules(desk, [greets, waits(3_600)])
})
after(() => desk.close())

const greets = aRule(101, { key: 'greets', on: ['created'], do: [{ addTags: ['greeted'] }] })
const raises = aRule(102, { key: 'raises', on: ['created'], do: [{ setPriority: 'high' }] })
const waits = (hold: number) =>
  aRule(103, {
    key: 'waits',
    kind: 'timer',
    on: [],
    timer: { hold },
    if: { all: [{ field: 'status', op: 'is', value: 'new' }] },
    do: [{ addTags: ['waited'] }],
  })

const ok = async (method: string, path: string, body?: unknown) => {
  const answer = await desk.api(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path} ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const opened = async (count: number): Promise<number[]> => {
  const ids: number[] = []
  for (let index = 0; index < count; index++) {
    const requester = { email: `c${index}@customer.example`, name: 'Cy' }
    ids.push((await ok('POST', '/tickets', { subject: 'A lamp', body: 'It is dark', requester })).id)
    desk.clock.pass(1)
  }
  return ids
}
const drafted = async (rules: ReturnType<typeof aRule>[]) => {
  const { database, clock } = desk.running.desk
  await database.transaction(async (tx) => {
    await dropDraftVersion(tx)
    const content = { sections: [{ key: 'all', title: 'All' }], rules, templates: [] }
    await addDraft(tx, { content, parent: null, by: null, at: clock.now() })
  })
}
const publish = async (more: object = {}) => {
  const version = await ok('POST', '/rulebook/publish', { note: 'try', reason: 'a test', ...more })
  desk.running.desk.setup.forget()
  return version
}
const end = async (verb: 'widen' | 'withdraw') => {
  const version = await ok('POST', `/rulebook/canary/${verb}`, {})
  desk.running.desk.setup.forget()
  return version
}
const ticket = (id: number) => ok('GET', `/tickets/${id}`)
const isTagged = async (id: number, tag: string) => (await ticket(id)).tags.includes(tag)

/** Under the versions of their time every ticket is lived again as it was. */
const replayed = async () => {
  const own = desk.running.desk
  const live = await liveConfiguration(own, own.database)
  const window = { from: instant(0), to: desk.clock.now() }
  const words = { filter: null, sample: null }
  const run = await beginBacktest(own.database, {
    baseline: live,
    candidate: live,
    window,
    seed: 1,
    words,
    choice: { where: null, sample: null },
    routing: null,
  })
  while ((await run.next()) !== null);
  return (await run.report()).fidelity
}

let share = { version: 0, percent: 50 }
const [earlier, fresh]: [number[], number[]] = [[], []]

test('the share is judged by the new version, the rest by what is live, and Why? says which', async () => {
  earlier.push(...(await opened(6)))
  await drafted([greets, raises, waits(1_800)])
  const { version, state, percent } = await publish({ percent: 50 })
  assert.deepEqual([state, percent], ['canary', 50])
  share = { version, percent }
  await until(async () => (await findScan(desk.running.desk.database, 103))?.finishedAt)
  desk.clock.pass(60)
  fresh.push(...(await opened(20)))
  const inside = fresh.filter((id) => isInShare(share, id))
  assert.ok(inside.length > 2 && inside.length < 18, String(inside))
  for (const id of fresh) {
    const { priority, tags } = await ticket(id)
    assert.deepEqual([priority, tags], [isInShare(share, id) ? 'high' : 'normal', ['greeted']], String(id))
    const { rulebookVersion } = await ok('GET', `/tickets/${id}/rules/explain`)
    assert.equal(rulebookVersion === version, isInShare(share, id))
  }
  const book = await ok('GET', '/rulebook')
  assert.deepEqual([book.canary.version, book.live.version === version], [version, false])
})

test('timers of either version wait on their own tickets', async () => {
  const all = [...earlier, ...fresh]
  desk.clock.pass(1_900)
  const early = all.filter((id) => isInShare(share, id))
  for (const id of early) await until(() => isTagged(id, 'waited'))
  for (const id of all.filter((each) => !isInShare(share, each)))
    assert.equal(await isTagged(id, 'waited'), false)
  desk.clock.pass(3_600)
  for (const id of all) await until(() => isTagged(id, 'waited'))
})

test('both are counted side by side', async () => {
  const { tickets, rules, to } = await ok('GET', `/rulebook/versions/${share.version}/canary`)
  const inside = [...earlier, ...fresh].filter((id) => isInShare(share, id))
  assert.deepEqual([tickets, to], [{ canary: inside.length, rest: 26 - inside.length }, null])
  const fired = Object.fromEntries(
    rules.map((each: { rule: { id: number }; canary: number; rest: number }) => [
      each.rule.id,
      [each.canary, each.rest],
    ]),
  )
  const raised = fresh.filter((id) => isInShare(share, id)).length
  assert.deepEqual(fired[102], [raised, 0])
  assert.deepEqual(fired[101], [raised, fresh.length - raised])
  const refused = await desk.api('POST', '/rulebook/publish', { note: '', percent: 10 })
  assert.equal(refused.body.refusal, 'no_draft')
  await drafted([greets])
  const second = await desk.api('POST', '/rulebook/publish', { note: '', reason: 'a test', percent: 10 })
  assert.equal(second.body.refusal, 'canary_runs')
})

test('a replay goes by the version that judged each ticket', async () => {
  assert.deepEqual(await replayed(), { tickets: 26, reproduced: 26, share: 1, causes: {} })
})

test('withdrawn, nothing more is judged by it; another is widened to all', async () => {
  assert.equal((await end('withdraw')).state, 'withdrawn')
  const made = await ok('GET', `/rulebook/versions/${share.version}/made`)
  assert.ok(made.tickets > 0, 'what it did can be taken back')
  desk.clock.pass(60)
  const after = await opened(6)
  for (const id of after) assert.equal((await ticket(id)).priority, 'normal')
  await drafted([greets, raises, waits(3_600)])
  const next = await publish({ percent: 1 })
  desk.clock.pass(60)
  const widened = await end('widen')
  assert.deepEqual([widened.version, widened.state], [next.version, 'published'])
  desk.clock.pass(60)
  for (const id of await opened(4)) assert.equal((await ticket(id)).priority, 'high')
  assert.equal((await desk.api('POST', '/rulebook/canary/widen', {})).body.refusal, 'no_canary')
  const { items } = await ok('GET', '/rulebook/versions')
  assert.deepEqual(
    items.map(({ state }: { state: string }) => state),
    ['published', 'withdrawn', 'superseded'],
  )
  assert.deepEqual(await replayed(), { tickets: 36, reproduced: 36, share: 1, causes: {} })
})
