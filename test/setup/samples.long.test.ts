// Samples on a new desk: loaded by one click, marked, mailed to nobody, and gone by one click; what is the desk's own stays.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDesk, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk()
})
after(() => desk?.close())

const count = async (q: string) =>
  (await desk.api('GET', `/tickets?limit=200&q=${encodeURIComponent(q)}`)).body.items.length as number

test('samples are loaded, marked and mailed to nobody', async () => {
  assert.deepEqual((await desk.api('GET', '/samples')).body, { tickets: 0, loadable: true })
  const { body, status } = await desk.api('POST', '/samples')
  assert.equal(status, 201, JSON.stringify(body))
  assert.ok(body.tickets >= 200 && !body.loadable)
  assert.ok((await count('')) > 150)
  assert.equal(await count('NOT tag:sample'), 0)
  desk.clock.pass(3_600)
  assert.equal((await desk.api('GET', '/outbox')).body.items.length, 0)
  assert.equal(desk.sink.mails.length, 0)
})

test('a desk with tickets takes no samples', async () => {
  assert.equal((await desk.api('POST', '/samples')).status, 409)
})

test('only who keeps the settings loads, sees or removes them', async () => {
  const lou = desk.as((await desk.addAgent('Lou', 'lead')).token)
  for (const method of ['GET', 'POST', 'DELETE']) assert.equal((await lou(method, '/samples')).status, 403)
})

test('they go with one call; what came to the desk itself stays', async () => {
  const own = { subject: 'A real one', body: 'Hello', requester: { email: 'cy@customer.example' } }
  const { id } = (await desk.api('POST', '/tickets', own)).body
  assert.ok((await desk.api('GET', '/people?limit=200')).body.items.length > 50)
  assert.equal((await desk.api('DELETE', '/samples')).status, 204)
  assert.deepEqual((await desk.api('GET', '/samples')).body, { tickets: 0, loadable: false })
  const { items } = (await desk.api('GET', '/tickets?limit=200')).body
  assert.deepEqual(
    items.map((each: { id: number }) => each.id),
    [id],
  )
  const people = (await desk.api('GET', '/people?limit=200')).body.items
  assert.deepEqual(people.map((each: { email: string }) => each.email).toSorted(), [
    'bo@desk.example',
    'cy@customer.example',
    'lou@desk.example',
  ])
})
