// What stands beside the log, on a live desk: reviews of resolves that were drawn, time with tickets, and what the assistant saved.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { plus } from '#kit/time.ts'
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
      resolvedAt: of.resolvedAt,
      note: 'Well done',
      answers: ['Is it right?', 'Is it kind?'].map((question, at) => ({ question, answer: answers[at] })),
    })
  assert.equal((await say(one, 'yes', 'yes')).status, 201)
  assert.equal((await say(two, 'no', 'skip')).status, 201)
  assert.equal((await say(three, 'skip', 'skip')).body.passed, null)
  const wrong = {
    ticketId: one.ticketId,
    resolvedAt: one.resolvedAt,
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

test('a review goes with its resolve when that is undone, and is never one of whoever resolves next', async () => {
  const id = await resolvedBy(ada)
  const of = (await waiting()).items.find(({ ticketId }: { ticketId: number }) => ticketId === id)
  const answers = [{ question: 'Is it right?', answer: 'no' }]
  answers.push({ question: 'Is it kind?', answer: 'no' })
  const said = { ticketId: id, resolvedAt: of.resolvedAt, answers }
  const before = (await report('reviewed')).n
  assert.equal((await dee.call('POST', '/reviews', said)).status, 201)
  assert.equal((await report('reviewed')).n, before + 1)
  const { items } = (await ada.call('GET', `/tickets/${id}/events`)).body
  const undone = await ada.call('POST', `/tickets/${id}/undo`, { seq: items.at(-1).seq })
  assert.equal(undone.status, 200)
  desk.clock.pass(60)
  const ben = await enter('Ben', 'agent')
  const benId = (await ben.call('GET', '/session')).body.id
  assert.equal(
    (await ben.call('PATCH', `/tickets/${id}`, { assignee: benId, status: 'resolved' })).status,
    200,
  )
  assert.deepEqual((await ben.call('GET', '/reviews/own')).body.items, [])
  assert.equal((await report('reviewed')).n, before)
  const again = (await waiting()).items.find(({ ticketId }: { ticketId: number }) => ticketId === id)
  assert.equal(again.agent.name, 'Ben')
  assert.equal((await dee.call('POST', '/reviews', said)).status, 404)
})

test('whoever does not lead is told of the reviews of their own resolves alone, in numbers and in lists', async () => {
  const cy = await enter('Cy', 'agent')
  const asCy = async (path: string) => (await cy.call('GET', `/reports/reviewed${path}`)).body
  assert.ok((await report('reviewed')).n > 0)
  assert.equal((await asCy('?from=-30d&to=today')).n, 0)
  assert.equal((await asCy('?from=-30d&to=today&by=question')).n, 0)
  assert.deepEqual((await asCy('/tickets?from=-30d&to=today')).items, [])
})

test('time with tickets is counted where the desk asks for it, and never faster than the clock', async () => {
  const id = await resolvedBy(ada)
  const other = await resolvedBy(ada)
  const touch = async (who: Caller, seconds: number, ticket = id) =>
    (await who.call('POST', `/tickets/${ticket}/touch`, { seconds })).body.seconds
  assert.equal(await touch(ada, 20), null)
  await settings({ touchTime: true })
  assert.equal(await touch(ada, 20), 20)
  desk.clock.pass(5)
  assert.equal(await touch(ada, 60), 25)
  assert.equal((await ada.call('POST', `/tickets/${id}/touch`, { seconds: 100_000 })).status, 400)
  // Told a hundred times in a second it is one second, and so it is with ten tickets at once.
  for (let count = 0; count < 20; count++) {
    desk.clock.pass(0.05)
    await touch(ada, 1)
  }
  assert.equal(await touch(ada, 1), 26)
  desk.clock.pass(10)
  await Promise.all([touch(ada, 100), touch(ada, 100, other), touch(ada, 100), touch(ada, 100, other)])
  assert.equal((await touch(ada, 1)) + (await touch(ada, 1, other)), 36)
  desk.clock.pass(4)
  await touch(ada, 4, other)
  assert.equal(await touch(dee, 40), 40)
  assert.equal((await dee.call('GET', `/tickets/${id}/touch`)).body.seconds, 40)
})

test('time with tickets is told to others of three people or more, and of no single ticket', async () => {
  const whole = await report('touchTime')
  assert.deepEqual([whole.n, whole.value, whole.mean, whole.hours], [2, null, null, 'wall'])
  assert.deepEqual(whole.rows, [{ n: 2, value: null }])
  const own = await report('touchTime', '&by=author')
  assert.deepEqual([own.n, own.mean], [1, 40])
  const { status } = await dee.call('GET', '/reports/touchTime?from=-30d&to=today&by=assignee')
  assert.equal(status, 400)
  const ofAda = `&filter=assignee:${(await ada.call('GET', '/session')).body.id}`
  assert.equal((await report('touchTime', ofAda)).status, 400)

  const third = await enter('Eve', 'agent')
  const { items } = (await dee.call('GET', '/reports/touchTime/tickets?from=-30d&to=today')).body
  for (const { ticketId } of items) {
    desk.clock.pass(30)
    await third.call('POST', `/tickets/${ticketId}/touch`, { seconds: 7 })
  }
  const told = await report('touchTime')
  assert.deepEqual([told.n, told.mean], [2, (40 + 40 + 14) / 2])
  const list = (await dee.call('GET', '/reports/touchTime/tickets?from=-30d&to=today')).body.items
  assert.deepEqual(
    list.map(({ value }: { value: number | null }) => value),
    [null, null],
  )
  assert.equal((await report('touchTime', `&filter=${items[0].ticketId}`)).mean ?? null, null)
  const mine = (await ada.call('GET', '/reports/touchTime/tickets?from=-30d&to=today&by=author')).body.items
  assert.equal(
    mine.reduce((sum: number, { value }: { value: number }) => sum + value, 0),
    40,
  )
})

test('what the assistant resolved alone saved what the desk sets down for a ticket, or what people take', async () => {
  const db = desk.running.desk.database
  const ids = [await resolvedBy(ada), await resolvedBy(ada)]
  await db.rows(sql`update report_fact set config_version = 1, assignee_id = null
    where kind = 'resolved' and ticket_id = any(${ids}::bigint[])`)
  await settings({ handlingSeconds: 240 })
  const assumed = await report('minutesSaved')
  assert.deepEqual([assumed.n, assumed.mean], [2, 240])
  // Longer ago than what a day of the window would look back to, and no longer than the window does.
  const at = plus(desk.clock.now(), -100 * 86_400)
  const people = [ada, await enter('Flo', 'agent'), await enter('Gil', 'agent')]
  for (let count = 0; count < 10; count++)
    await db.rows(sql`insert into touch_time (ticket_id, agent_id, seconds, last_at)
      select ${await resolvedBy(people[count % 3] ?? ada)}, person_id, ${100 + count}, ${at} from agent limit 1`)
  desk.clock.pass(1)
  // Half of these ten and of the two of before take no longer.
  const measured = await report('minutesSaved')
  assert.equal(measured.mean, 103)
  const list = async (path = '') =>
    (await dee.call('GET', `/reports/minutesSaved/tickets?from=-30d&to=today${path}`)).body.items.map(
      ({ ticketId, value }: { ticketId: number; value: number }) => [ticketId, value],
    )
  const told = ids.map((id) => [id, 103])
  assert.deepEqual(await list(), told)
  // A part of the window is told by what people take in all of it.
  const { rows } = await report('minutesSaved', '&bucket=day')
  const day = rows.find(({ n }: { n: number }) => n > 0)
  assert.deepEqual([day.n, day.mean], [2, 103])
  assert.deepEqual(await list(`&bucket=day&at=${day.at}`), told)
  // What is set aside says nothing of how long one takes.
  await db.rows(
    sql`update ticket set hidden_as = 'spam' where id in (select ticket_id from touch_time where seconds >= 100)`,
  )
  assert.equal((await report('minutesSaved')).mean, 240)
})
