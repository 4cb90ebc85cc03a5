// Settled tickets as witnesses on a desk: only of the same brand's, only once they have stayed settled, and gone when they are redacted.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrandId } from '#kit/ids.ts'
import { keepPast, type Past } from '#desk/assistant/past.ts'
import { createReader } from '#desk/assistant/reader.ts'
import { sql } from '#store/sql.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let past: Past
let settled: number
let brandId: BrandId
const reader = createReader()
const question = 'How can I return the brass lamp?'

before(async () => {
  desk = await startDesk({ relay: false })
  past = keepPast(reader)
  settled = await settle('Send it back within 30 days, my card is 4111 1111 1111 1111.')
  const of = sql`select brand_id as id from ticket where id = ${settled}`
  brandId = (await desk.running.desk.database.row<{ id: BrandId }>(of))?.id ?? assert.fail('No such ticket')
})
after(async () => {
  await reader.close()
  await desk.close()
})

async function settle(reply: string) {
  const requester = { email: `c${Math.random().toString().slice(2)}@customer.example` }
  const made = await desk.api('POST', '/tickets', { subject: 'Return', body: question, requester })
  const id = made.body.id as number
  await desk.api('POST', `/tickets/${id}/messages`, { kind: 'note', body: 'Told to be a secret.' })
  await desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body: reply, status: 'resolved' })
  return id
}

async function found(of: number = brandId) {
  const { database: db, clock } = desk.running.desk
  await past.refresh(db, clock.now())
  return past.find(db, { question, brandId: of, at: clock.now() })
}

test('a ticket is a witness once it has stayed settled for seven days; masked, and without notes', async () => {
  desk.clock.pass(6 * 86_400)
  assert.deepEqual(await found(), [])
  desk.clock.pass(86_400 + 60)
  const [one, ...rest] = await found()
  assert.deepEqual([one?.ticketId, rest.length], [settled, 0])
  assert.equal(one?.text, 'Send it back within 30 days, my card is [card].')
})

test('another brand has its own witnesses', async () => {
  assert.deepEqual(await found(brandId + 1), [])
})

test('one that was reopened is none', async () => {
  await desk.api('PATCH', `/tickets/${settled}`, { status: 'open' })
  assert.deepEqual(await found(), [])
})

test('what is redacted or taken back is gone at once, of the question as of the answer', async () => {
  const { database: db, clock } = desk.running.desk
  for (const [direction, column] of [
    ['outbound', sql`redacted_at`],
    ['outbound', sql`voided_at`],
    ['inbound', sql`redacted_at`],
  ] as const) {
    const id = await settle('Send it back within 30 days.')
    desk.clock.pass(8 * 86_400)
    assert.ok((await found()).some(({ ticketId }) => ticketId === id))
    await db.rows(sql`update message set ${column} = ${clock.now()} where ticket_id = ${id} and direction = ${direction}
      and kind = 'reply'`)
    assert.ok(!(await found()).some(({ ticketId }) => ticketId === id), direction)
  }
})
