// The report on the taxonomy, on a live desk: what it counts is what a search finds, and what was undone never was.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
const categories = new Map<string, number>()
before(async () => {
  desk = await startDesk({ relay: false })
  for (const name of ['Refund', 'Refunds', 'Other', 'Late parcel'])
    categories.set(name, (await desk.api('POST', '/categories', { name })).body.id)
  const below = { name: 'Gift', parentId: categories.get('Refund') }
  categories.set('Gift', (await desk.api('POST', '/categories', below)).body.id)
})
after(() => desk.close())

async function open(count: number, category: string | null, tags: readonly string[] = []): Promise<number[]> {
  const ids: number[] = []
  for (let nth = 0; nth < count; nth++) {
    const requester = { email: `c${nth}@customer.example` }
    const { body } = await desk.api('POST', '/tickets', {
      subject: `About ${category}`,
      body: 'Help',
      requester,
    })
    await desk.api('PATCH', `/tickets/${body.id}`, {
      ...(category === null ? {} : { category }),
      ...(tags.length === 0 ? {} : { tags }),
    })
    ids.push(body.id)
  }
  return ids
}

const taxonomy = async (query = '') => (await desk.api('GET', `/reports/taxonomy${query}`)).body

test('an empty desk has no score, and says nothing of its categories', async () => {
  const { n, score, effective, categories: all } = await taxonomy()
  assert.deepEqual([n, score, effective], [0, null, 0])
  assert.ok(all.every(({ faults }: { faults: string[] }) => faults.length === 0))
})

test('tickets are counted by the category they have, and each number is what a search finds', async () => {
  await open(20, 'Refund', ['refund'])
  await open(3, 'Refund/Gift')
  await open(9, 'Refunds', ['refnud', 'money'])
  await open(8, 'Other')
  await open(5, null)
  const found = await taxonomy()
  assert.equal(found.n, 45)
  assert.equal(found.unset, 5)
  assert.equal(found.other, 0.2)
  for (const [name, count] of [
    ['Refund', 20],
    ['Refunds', 9],
    ['Gift', 3],
  ] as const) {
    const own = found.categories.find(({ id }: { id: number }) => id === categories.get(name))
    assert.equal(own.count, count)
  }
  const q = encodeURIComponent(`category:"Refunds" created:>=${found.since}`)
  const listed = (await desk.api('GET', `/tickets?q=${q}&limit=100`)).body.items
  assert.equal(listed.length, 9)
  const none = encodeURIComponent(`category:none created:>=${found.since}`)
  assert.equal((await desk.api('GET', `/tickets?q=${none}&limit=100`)).body.items.length, 5)
  assert.deepEqual(
    found.pairs.map(({ ids, by }: { ids: number[]; by: string }) => [...ids, by]),
    [[categories.get('Refund'), categories.get('Refunds'), 'name']],
  )
  assert.equal((await taxonomy('?filter=tag:money')).n, 9)
})

test('a category that was changed after it was set is churn, unless that was undone', async () => {
  const [one = 0, two = 0] = await open(2, 'Refund')
  await desk.api('PATCH', `/tickets/${one}`, { category: 'Late parcel' })
  await desk.api('PATCH', `/tickets/${two}`, { category: 'Late parcel' })
  const before = await taxonomy()
  assert.equal(before.churn, 2)
  assert.deepEqual(before.churnBy, [{ by: 'api', count: 2 }])
  const events = (await desk.api('GET', `/tickets/${two}/events?limit=100`)).body.items
  assert.equal((await desk.api('POST', `/tickets/${two}/undo`, { seq: events.at(-1).seq })).status, 200)
  assert.equal((await taxonomy()).churn, 1)
})

test('a rare tag that looks like a common one is a slip of the pen', async () => {
  await open(20, 'Refund', ['late'])
  await open(1, 'Refund', ['laet'])
  assert.deepEqual((await taxonomy()).tags.typos, [{ tag: 'laet', meant: 'late' }])
})

test('nobody is told of tickets out of their sight', async () => {
  const team = (await desk.api('POST', '/teams', { name: 'North' })).body.id
  const [one = 0] = await open(1, 'Late parcel', ['secret'])
  await desk.api('PATCH', `/tickets/${one}`, { team })
  const { principal, token } = await desk.addAgent('Cy', 'agent')
  const seen = async () => (await desk.as(token)('GET', '/reports/taxonomy')).body.n
  const whole = await seen()
  await desk.api('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams', teams: [] })
  assert.equal(await seen(), whole - 1)
})

test('what was before is told of the 90 days before, with how sure a change is', async () => {
  const past = await taxonomy()
  desk.clock.pass(91 * 86_400)
  await open(40, null)
  const { n, unset, churn, before } = await taxonomy()
  assert.deepEqual([n, unset, churn], [40, 40, 0])
  assert.equal(before.n, past.n)
  assert.ok(Math.abs(before.effective - past.effective) < 1e-9)
  assert.ok(Math.abs(before.shares.unset.share - past.unset / past.n) < 1e-9)
  assert.ok(Math.abs(before.shares.churn.share - past.churn / past.n) < 1e-9)
  assert.ok(Math.abs(before.shares.other.share - past.other) < 1e-9)
  assert.ok(before.shares.unset.change.low > 0)
  assert.equal(before.shares.other.change, null)
})
