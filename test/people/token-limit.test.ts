// A token that asks too much is asked to wait, by the headers that programs know; what tokens did is told by day.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '#store/sql.ts'
import { startDesk, type Call, type TestDesk } from '../support/desk.ts'
import { signedIn } from '../support/session.ts'

let desk: TestDesk
let limited: Call
let id: number
before(async () => {
  desk = await startDesk({ work: false })
  const { call } = await signedIn(desk.url, await desk.addAgent('Boss', 'admin'))
  const made = (await (
    await call('POST', '/tokens', { name: 'Shop', scopes: ['desk:read'], perMinute: 5 })
  ).json()) as { id: number; token: string; perMinute: number }
  assert.equal(made.perMinute, 5)
  id = made.id
  limited = desk.as(made.token)
  const usual = (await (await call('POST', '/tokens', { name: 'Usual', scopes: ['desk:read'] })).json()) as {
    perMinute: null
  }
  assert.equal(usual.perMinute, null)
})
after(() => desk?.close())

const saidOf = (headers: Headers) =>
  ['ratelimit-policy', 'ratelimit', 'retry-after'].map((name) => headers.get(name))

test('each answer says what is left; beyond that it is 429 with the time to wait, and then it goes on', async () => {
  for (let left = 4; left >= 0; left--) {
    const { status, headers } = await limited('GET', '/settings')
    assert.deepEqual([status, ...saidOf(headers)], [200, '"token";q=5;w=60', `"token";r=${left};t=60`, null])
  }
  desk.clock.pass(20)
  const refused = await limited('GET', '/settings')
  assert.equal(refused.status, 429)
  assert.match(refused.body.type, /too-many$/)
  assert.deepEqual(saidOf(refused.headers), ['"token";q=5;w=60', '"token";r=0;t=40', '40'])
  desk.clock.pass(40)
  const again = await limited('GET', '/agents')
  assert.deepEqual([again.status, again.headers.get('ratelimit')], [200, '"token";r=4;t=60'])
  const own = await desk.api('GET', '/settings')
  assert.deepEqual(saidOf(own.headers), [null, null, null], 'one without a limit is told of none')
})

test('what a token did is told by day, without a write for each request; old days are forgotten', async () => {
  const { database } = desk.running.desk
  assert.equal((await limited('GET', '/tickets')).status, 403)
  const written = await database.rows(sql`select from token_usage where token_id = ${id} and requests > 8`)
  assert.equal(written.length, 0)
  desk.clock.pass(86_400)
  await limited('GET', '/settings')
  const usage = async () =>
    (await desk.api('GET', '/tokens')).body.items.find((each: { id: number }) => each.id === id).usage
  assert.deepEqual(await usage(), [
    { day: '2026-03-03', requests: 1, refusals: 0 },
    { day: '2026-03-02', requests: 8, refusals: 2 },
  ])
  desk.clock.pass(29 * 86_400)
  assert.deepEqual(await usage(), [{ day: '2026-03-03', requests: 1, refusals: 0 }])
})
