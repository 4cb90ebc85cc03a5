// A version lives through the past: with the articles that stood then, without what was said later, and goes live on what was found.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '#store/sql.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let version: number
const section =
  'Send it back within 30 days in any box you have. We pay for the parcel and the label is in the account.'

before(async () => {
  desk = await startDesk({ relay: false })
  await desk.api('POST', '/categories', { name: 'returns' })
  // Written before anything happened; the one about colours comes after all tickets.
  for (const [title, body] of [
    ['Returning a lamp', `<p>${section}</p>`],
    ['Warranty of lamps', '<p>Lamps are replaced for two years. Keep the receipt.</p>'],
    ['Resetting your password', '<p>Ask for a link on the page where you sign in.</p>'],
    ['When a parcel arrives', '<p>The courier writes to you before it comes.</p>'],
  ])
    await desk.api('POST', '/articles', { title, body, status: 'published' })
  desk.clock.pass(3_600)
  for (let number = 1; number <= 60; number++) {
    const requester = { email: `c${number}@customer.example` }
    const subject = number % 12 === 0 ? 'Colours of the shade' : `Returning a lamp, order ${number}`
    const body =
      number % 12 === 0 ? 'Which colours does the shade come in?' : `How can I return lamp ${number}?`
    const made = await desk.api('POST', '/tickets', { subject, body, requester, category: 'returns' })
    desk.clock.pass(300)
    const reply = number % 12 === 0 ? 'It comes in brass.' : `Hello,\n${section}`
    await desk.api('POST', `/tickets/${made.body.id}/messages`, {
      kind: 'reply',
      body: reply,
      status: 'resolved',
    })
  }
  desk.clock.pass(3_600)
  await desk.api('POST', '/articles', {
    title: 'Colours of the shade',
    body: '<p>The shade comes in brass and in black.</p>',
    status: 'published',
  })
  const { standard } = (await desk.api('GET', '/assistant')).body
  const settings = { ...standard, otherwise: 'auto', leastEvidence: 0.05, draftFrom: 0, maxWrong: 0.2 }
  version = (await desk.api('POST', '/assistant/versions', { settings })).body.version
})
after(() => desk.close())

const simulated = async () => {
  const { id } = (await desk.api('POST', '/assistant/simulations', { version, days: 30 })).body
  return until(async () => {
    const { body } = await desk.api('GET', `/assistant/simulations/${id}`)
    assert.notEqual(body.state, 'failed', body.failure)
    return body.state === 'done' && body
  }, 60_000)
}

test('A14 each ticket meets the articles of its own time, and what people answered says whether it was right', async () => {
  const { report, total } = await simulated()
  assert.deepEqual([report.n, total], [60, 60])
  const [returns] = report.categories
  assert.ok(returns.right >= 50, JSON.stringify(report.categories))
  // What it would have said of colours: nothing of the article that came later.
  const late = await desk.running.desk.database.rows(
    sql`select from assistant_simulated where evidence::text like '%Colours%'`,
  )
  assert.equal(late.length, 0)
})

test('ticket by ticket: what it would have said beside what people said, filtered, and what changed since the simulation before', async () => {
  const { id } = await simulated()
  const list = async (query = '') => {
    const { status, body } = await desk.api('GET', `/assistant/simulations/${id}/tickets?limit=200${query}`)
    assert.equal(status, 200)
    return body.items
  }
  const all = await list()
  assert.equal(all.length, 60)
  const right = await list('&right=true')
  assert.ok(right.length >= 50 && right.every(({ isRight }: { isRight: boolean }) => isRight))
  assert.match(right[0].answer, /Send it back within 30 days/)
  assert.match(right[0].reply, /^Hello,\n/)
  const [{ decision }] = all
  assert.ok((await list(`&decision=${decision}`)).length > 0)
  assert.deepEqual(await list('&reason=policy_hard'), [])
  assert.deepEqual([await list('&change=fixed'), await list('&change=broken')], [[], []])
  const { database: db } = desk.running.desk
  const { ticketId } = right[0]
  const worse = (await simulated()).id
  await db.rows(
    sql`update assistant_simulated set is_right = false where simulation_id = ${worse} and ticket_id = ${ticketId}`,
  )
  const { items } = (await desk.api('GET', `/assistant/simulations/${worse}/tickets?change=broken`)).body
  assert.deepEqual(
    items.map((each: { ticketId: number }) => each.ticketId),
    [ticketId],
  )
  // What was redacted since is shown to nobody.
  await db.rows(
    sql`update message set redacted_at = now() where ticket_id = ${ticketId} and direction = 'outbound'`,
  )
  assert.equal((await list()).find((each: { ticketId: number }) => each.ticketId === ticketId).reply, null)
  const page = (await desk.api('GET', `/assistant/simulations/${id}/tickets?limit=1`)).body
  const next = await desk.api('GET', `/assistant/simulations/${id}/tickets?limit=1&cursor=${page.nextCursor}`)
  assert.equal(next.body.items[0].ticketId, all[1].ticketId)
})

test('the same past gives the same report', async () => {
  const [one, other] = [await simulated(), await simulated()]
  const bare = ({ ms: _ms, ...report }: { ms: unknown }) => report
  assert.deepEqual(bare(one.report), bare(other.report))
})

test('a version that answers alone goes live on its simulation, and its thresholds are what was found', async () => {
  assert.equal((await desk.api('POST', `/assistant/versions/${version}/publish`)).status, 400)
  const { id } = await simulated()
  const used = await desk.api('POST', `/assistant/simulations/${id}/use`)
  assert.equal(used.status, 201)
  assert.equal(used.body.simulationId, id)
  assert.ok(Object.keys(used.body.thresholds).length > 0)
  assert.equal((await desk.api('POST', `/assistant/versions/${used.body.version}/publish`)).status, 200)
  const { live } = (await desk.api('GET', '/assistant')).body
  assert.equal(live.version, used.body.version)
  // Another decision of people is another version, which has not been simulated.
  const changed = await desk.api('POST', '/assistant/versions', {
    settings: { ...live.settings, leastEvidence: 0.01 },
  })
  assert.equal((await desk.api('POST', `/assistant/versions/${changed.body.version}/publish`)).status, 400)
})
