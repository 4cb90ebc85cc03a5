// The second backtest reads what the first has lived, and says the same as if it had lived all of it; what is taken back is not kept.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { forgetAllKept, keepTickets } from '#backtest/kept-store.ts'
import { backtestNext } from '#desk/past/backtest-lane.ts'
import { eraseNext } from '#desk/privacy/erase.ts'
import { routingLane } from '#desk/routing/lane.ts'
import { fireRuleTimers } from '#desk/rules/timers.ts'
import { plus } from '#kit/time.ts'
import { addDraft } from '#rules/rulebook-store.ts'
import { sql } from '#store/sql.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

let desk: TestDesk
let ids: readonly number[] = []
before(async () => {
  desk = await startDesk({ work: false })
  await publishRules(desk, [
    aRule(1, { key: 'hello', on: ['created'], do: [{ addTags: ['greeted'] }] }),
    aRule(2, {
      key: 'waits',
      kind: 'timer',
      on: [],
      timer: { hold: 7_200 },
      if: { all: [{ field: 'status', op: 'is', value: 'new' }] },
      do: [{ addTags: ['waits'] }],
    }),
  ])
  const opened: number[] = []
  for (let number = 1; number <= 8; number++) {
    const requester = { email: `c${number}@customer.example`, name: `Customer ${number}` }
    const subject = number % 4 === 0 ? 'An invoice' : 'A question'
    opened.push((await ok('POST', '/tickets', { subject, body: 'The lamp is dark', requester })).id)
    desk.clock.pass(60)
  }
  ids = opened
})
after(() => desk.close())

const ok = async (method: string, path: string, body?: unknown) => {
  const answer = await desk.api(method, path, body)
  assert.ok(answer.status < 300, `${method} ${path} ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}
const draft = async (word: string, field = 'subject') => {
  const { database } = desk.running.desk
  await desk.api('DELETE', '/rulebook/draft')
  const rule = aRule(9, {
    key: 'urgent',
    on: ['created'],
    if: { all: [{ field, op: 'contains_word', value: word }] },
    do: [{ setPriority: 'urgent' }],
  })
  const live = await ok('GET', '/rulebook/versions')
  assert.ok(live.items.length > 0)
  const { rules } = await liveRules()
  const content = { sections: [{ key: 'all', title: 'All' }], rules: [...rules, rule], templates: [] }
  await addDraft(database, { content, parent: null, by: null, at: desk.clock.now() })
}
const liveRules = async () => (await desk.running.desk.setup.now()).rulebook.rulebook
const asked = async (): Promise<number> =>
  (await ok('POST', '/backtests', { candidate: 'draft', last: 30 })).id
const finish = async (id: number) => {
  const round = backtestNext(desk.running.desk)
  while ((await round()) === 'more');
  const found = await ok('GET', `/backtests/${id}`)
  assert.equal(found.state, 'done', found.failure)
  return found
}
const tried = async () => (await finish(await asked())).report
const forget = () => forgetAllKept(desk.running.desk.database)
/** Where each row lies: one that is written anew lies elsewhere. */
const rows = async (): Promise<ReadonlyMap<string, string>> => {
  const { database } = desk.running.desk
  const found = await database.rows<{ key: string; place: string }>(
    sql`select basis_id || ' ' || ticket_id as key, ctid::text as place from backtest_kept`,
  )
  return new Map(found.map(({ key, place }) => [key, place]))
}
const untouchedIn = (earlier: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>) =>
  [...earlier].filter(([key, place]) => now.get(key) === place).length

test('another draft on the same day reads what it cannot touch, and says the same as one that lives all of it', async () => {
  await draft('invoice')
  const first = await tried()
  assert.deepEqual([first.tickets, first.diffs], [8, 2])
  const before = await rows()
  assert.equal(before.size, 10, 'eight under what is live, and both that differ under the draft')
  assert.equal((await tried()).hash, first.hash)
  assert.equal(untouchedIn(before, await rows()), 10, 'the same again lives nothing')
  for (const [word, field, diffs] of [
    ['question', 'subject', 6],
    ['lamp', 'message.text', 8],
    ['nothing', 'text', 0],
  ] as const) {
    await draft(word, field)
    const earlier = await rows()
    const quick = await tried()
    assert.equal(quick.diffs, diffs)
    assert.equal(untouchedIn(earlier, await rows()) >= 8 - diffs, true, field)
    await forget()
    assert.equal((await tried()).hash, quick.hash, field)
  }
})

test('what has happened since is lived again: on the ticket, to its customer, by time, to what is live', async () => {
  await draft('invoice')
  await forget()
  await tried()
  const [first = 0, second = 0, third = 0] = ids
  const changes = [
    () => ok('PATCH', `/tickets/${first}`, { priority: 'low' }),
    () => ok('POST', `/tickets/${second}/messages`, { kind: 'note', body: 'An invoice' }),
    async () => {
      const { requester } = await ok('GET', `/tickets/${third}`)
      await ok('PATCH', `/people/${requester.id}`, { name: 'Somebody Else' })
    },
    async () => {
      desk.clock.pass(3 * 3_600)
      await ok('PATCH', `/tickets/${first}`, { priority: 'high' })
    },
    () => ok('POST', '/teams', { name: 'South' }),
  ]
  for (const [index, change] of changes.entries()) {
    desk.clock.pass(60)
    await change()
    desk.running.desk.setup.forget()
    const quick = await tried()
    await forget()
    assert.equal((await tried()).hash, quick.hash, `change ${index}`)
  }
})

test('whoever works on it dies in the middle: the next goes on with what was lived, and says the same', async () => {
  await forget()
  const whole = await tried()
  // As it is when somebody died who had lived half of them.
  const { database } = desk.running.desk
  await database.rows(sql`delete from backtest_kept where ticket_id > ${ids[3] ?? 0}`)
  const before = await rows()
  const id = await asked()
  await backtestNext(desk.running.desk)()
  desk.clock.pass(61)
  const found = await finish(id)
  assert.deepEqual([found.begunAgain, found.done, found.report.hash], [1, 8, whole.hash])
  const after = await rows()
  assert.ok(before.size > 0 && after.size > before.size)
  assert.equal(untouchedIn(before, after), before.size)
})

test('words that are taken back and people who are erased take what is kept along', async () => {
  const { database } = desk.running.desk
  const [first = 0] = ids
  const keptOf = async (ticketId: number) =>
    (await database.rows(sql`select from backtest_kept where ticket_id = ${ticketId}`)).length
  assert.ok((await keptOf(first)) > 0)
  const { items } = await ok('GET', `/tickets/${first}/messages`)
  await ok('POST', `/tickets/${first}/messages/${items[0].id}/redact`, {})
  assert.equal(await keptOf(first), 0)
  const { requester } = await ok('GET', `/tickets/${ids[1]}`)
  const { tickets, otherTickets } = await ok('GET', `/people/${requester.id}/erasure`)
  await ok('POST', `/people/${requester.id}/erasure`, { tickets, otherTickets })
  while ((await eraseNext(desk.running.desk)) === 'more');
  // Whoever read them before keeps nothing of it any more.
  await keepTickets(database, [{ basisId: 4_711, ticketId: first, seq: 1, kept: '{}' }])
  assert.equal((await rows()).size, 0)
  const report = await tried()
  await forget()
  assert.equal((await tried()).hash, report.hash)
})

test('after a downtime a rule that was due fires before routing gives its ticket away, so that it can be told again', async () => {
  const { desk: own } = desk.running
  await ok('POST', '/tickets', {
    subject: 'A question',
    body: 'Still dark',
    requester: { email: 'late@customer.example', name: 'Late' },
  })
  desk.clock.pass(3 * 3_600)
  const route = routingLane(own)
  assert.equal(await route(), plus(own.clock.now(), 1))
  await fireRuleTimers(own)
  assert.equal(await route(), null)
})
