// What stands beside the log, on a live desk: reviews of resolves that were drawn, time with tickets, and what the assistant saved.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from '#store/sql.ts'
import { startDesk, type TestDesk } from '../support/desk.ts'
import { signedIn } from '../support/session.ts'

let desk: TestDesk
type Caller = {
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<Pick<Awaited<ReturnType<TestDesk['api']>>, 'status' | 'body'>>
}
let ada: Caller
let dee: Caller
/** As somebody of this name who signed in. */
async function enter(name: string, role: 'agent' | 'lead'): Promise<Caller> {
  const { call } = await signedIn(desk.url, await desk.addAgent(name, role))
  return {
    call: async (method, path, body) => {
      const answer = await call(method, path, body)
      return {
        status: answer.status,
        body: (await answer.json()) as Awaited<ReturnType<TestDesk['api']>>['body'],
      }
    },
  }
}
before(async () => {
  desk = await startDesk({ work: false })
  ada = await enter('Ada', 'agent')
  dee = await enter('Dee', 'lead')
})
after(() => desk.close())

const settings = async (body: object) =>
  assert.equal((await desk.api('PATCH', '/settings', body)).status, 200)
async function resolvedBy(who: Caller): Promise<number> {
  const requester = { email: 'cy@customer.example' }
  const { id } = (await desk.api('POST', '/tickets', { subject: 'Hello', body: 'Help', requester })).body
  const me = (await who.call('GET', '/session')).body
  assert.equal(
    (await who.call('PATCH', `/tickets/${id}`, { assignee: me.id, status: 'resolved' })).status,
    200,
  )
  return id
}
const waiting = async (who = dee) => (await who.call('GET', '/reviews/waiting')).body
const report = async (key: string, query = '') =>
  (await dee.call('GET', `/reports/${key}?from=-30d&to=today${query}`)).body

test('nothing is drawn until a desk asks for it; then never one’s own, and a larger share only adds', async () => {
  for (let count = 0; count < 12; count++) await resolvedBy(count % 3 === 0 ? dee : ada)
  assert.deepEqual([(await waiting()).items, (await waiting()).share], [[], 0])
  assert.equal((await ada.call('GET', '/reviews/waiting')).status, 403)
  await settings({ reviewShare: 0.4 })
  const some = (await waiting()).items.map(({ ticketId }: { ticketId: number }) => ticketId)
  await settings({ reviewShare: 1, reviewQuestions: ['Is it right?', 'Is it kind?'] })
  const { items, waiting: count } = await waiting()
  assert.equal(items.length, 8)
  assert.equal(count, 8)
  assert.deepEqual(
    new Set(items.map(({ agent }: { agent: { name: string } }) => agent.name)),
    new Set(['Ada']),
  )
  const all = new Set(items.map(({ ticketId }: { ticketId: number }) => ticketId))
  assert.ok(some.every((id: number) => all.has(id)))
  const page = (await dee.call('GET', '/reviews/waiting?limit=5')).body
  const rest = (await dee.call('GET', `/reviews/waiting?limit=5&cursor=${page.nextCursor}`)).body
  assert.deepEqual([...page.items, ...rest.items], items)
})

test('a review is a number of Quality with its list, and read by whom it is about alone', async () => {
  const [one, two, three] = (await waiting()).items
  const say = (of: typeof one, ...answers: string[]) =>
    dee.call('POST', '/reviews', {
      ticketId: of.ticketId,
      nth: of.nth,
      note: 'Well done',
      answers: ['Is it right?', 'Is it kind?'].map((question, at) => ({ question, answer: answers[at] })),
    })
  assert.equal((await say(one, 'yes', 'yes')).status, 201)
  assert.equal((await say(two, 'no', 'skip')).status, 201)
  assert.equal((await say(three, 'skip', 'skip')).body.passed, null)
  const wrong = {
    ticketId: one.ticketId,
    nth: one.nth,
    answers: [{ question: 'Was it short?', answer: 'yes' }],
  }
  assert.equal((await dee.call('POST', '/reviews', wrong)).status, 400)
  assert.equal((await dee.call('POST', '/reviews', { ...wrong, ticketId: 9_999 })).status, 400)
  assert.equal((await waiting()).waiting, 5)

  const { n, value } = await report('reviewed')
  assert.deepEqual([n, value], [2, 0.5])
  const { rows } = await report('reviewed', '&by=question')
  assert.deepEqual(
    rows.map((row: { group: string; n: number; value: number }) => [row.group, row.n, row.value]),
    [
      ['Is it right?', 2, 0.5],
      ['Is it kind?', 1, 1],
    ],
  )
  const list = (
    await dee.call('GET', '/reports/reviewed/tickets?from=-30d&to=today&by=question&group=Is it right%3F')
  ).body
  assert.equal(list.items.length, 2)

  const own = (await ada.call('GET', '/reviews/own')).body.items
  assert.equal(own.length, 3)
  assert.equal(own[0].note, 'Well done')
  assert.deepEqual((await dee.call('GET', '/reviews/own')).body.items, [])
  assert.equal((await dee.call('GET', '/reviews')).body.items.length, 3)
  assert.equal((await say(two, 'yes', 'yes')).body.passed, true)
  assert.equal((await report('reviewed')).value, 1)
})

test('time with tickets is counted where the desk asks for it, never faster than the clock, and told to others as sums', async () => {
  const id = await resolvedBy(ada)
  const touch = async (who: Caller, seconds: number) =>
    (await who.call('POST', `/tickets/${id}/touch`, { seconds })).body.seconds
  assert.equal(await touch(ada, 20), null)
  await settings({ touchTime: true })
  assert.equal(await touch(ada, 20), 20)
  desk.clock.pass(5)
  assert.equal(await touch(ada, 60), 25)
  assert.equal((await ada.call('POST', `/tickets/${id}/touch`, { seconds: 100_000 })).status, 400)
  assert.equal(await touch(dee, 40), 40)
  assert.equal((await dee.call('GET', `/tickets/${id}/touch`)).body.seconds, 40)
  const whole = await report('touchTime')
  assert.deepEqual([whole.n, whole.mean, whole.hours], [1, 65, 'wall'])
  const own = await report('touchTime', '&by=author')
  assert.deepEqual([own.n, own.mean], [1, 40])
  const { status } = await dee.call('GET', '/reports/touchTime?from=-30d&to=today&by=assignee')
  assert.equal(status, 400)
  const ofAda = `&filter=assignee:${(await ada.call('GET', '/session')).body.id}`
  assert.equal((await report('touchTime', ofAda)).status, 400)
})

test('what the assistant resolved alone saved what the desk sets down for a ticket, or what people take', async () => {
  const db = desk.running.desk.database
  const ids = [await resolvedBy(ada), await resolvedBy(ada)]
  await db.rows(sql`update report_fact set config_version = 1, assignee_id = null
    where kind = 'resolved' and ticket_id = any(${ids}::bigint[])`)
  await settings({ handlingSeconds: 240 })
  const assumed = await report('minutesSaved')
  assert.deepEqual([assumed.n, assumed.mean], [2, 240])
  const at = desk.clock.now()
  for (let count = 0; count < 10; count++)
    await db.rows(sql`insert into touch_time (ticket_id, agent_id, seconds, last_at)
      select ${await resolvedBy(ada)}, person_id, ${100 + count}, ${at} from agent limit 1`)
  desk.clock.pass(1)
  // Half of these ten and of the one of before take no longer.
  assert.equal((await report('minutesSaved')).mean, 104)
  const { items } = (await dee.call('GET', '/reports/minutesSaved/tickets?from=-30d&to=today')).body
  assert.deepEqual(
    items.map(({ ticketId, value }: { ticketId: number; value: number }) => [ticketId, value]),
    ids.map((id) => [id, 104]),
  )
})
