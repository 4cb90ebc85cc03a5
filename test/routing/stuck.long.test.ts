// Tickets that nobody can take are told to those who lead: by mail, once for each ticket and cause, and many in one.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { routeNext } from '#desk/routing/lane.ts'
import { setRouteMarks } from '../support/route-world.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let world: Awaited<ReturnType<typeof setRouteMarks>>
before(async () => {
  desk = await startDesk()
  world = await setRouteMarks(desk)
  await world.ana.call('PUT', '/staff/me', { presence: 'online' })
})
after(() => desk.close())

const open = async (tags: string[] = []): Promise<number> => {
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  return (await desk.api('POST', '/tickets', { subject: 'Help', body: 'Please', requester, tags })).body.id
}
const told = () => desk.sink.mails.filter(({ mail }) => /wait/.test(mail.subject))
const waits = (id: number) =>
  until(async () => (await desk.api('GET', `/tickets/${id}/routing`)).body.waiting !== null)

test('a ticket that nobody on staff can take is told at once, to leads and administrators alone', async () => {
  const id = await open(['klingon'])
  const mails = await until(async () => told().length >= 2 && told())
  assert.deepEqual(mails.map(({ to }) => to.join()).toSorted(), ['bo@desk.example', 'lea@desk.example'])
  for (const { mail } of mails) {
    assert.equal(mail.subject, `Ticket #${id} waits: nobody on staff has Klingon`)
    assert.match(mail.text ?? '', new RegExp(`/tickets/${id}\\b`))
    assert.deepEqual(mail.headers.get('auto-submitted'), ['auto-generated'])
  }
})

test('more of them in the next quarter of an hour come in one mail, and none is told twice', async () => {
  const ids = [await open(['klingon']), await open(['klingon']), await open(['klingon'])]
  for (const id of ids) await waits(id)
  await routeNext(desk.running.desk)
  assert.equal(told().length, 2, 'a mail went out a moment ago')
  desk.clock.pass(901)
  const mails = await until(async () => told().length >= 4 && told().slice(2))
  for (const { mail } of mails) {
    assert.equal(mail.subject, '3 tickets wait that nobody can take')
    for (const id of ids)
      assert.match(mail.text ?? '', new RegExp(`#${id} in General: nobody on staff has Klingon`))
  }
  desk.clock.pass(3_600)
  for (let round = 0; round < 3; round++) await routeNext(desk.running.desk)
  assert.equal(told().length, 4)
})

test('a queue where everybody is away is told after a quarter of an hour, once in six hours', async () => {
  const before = told().length
  for (const { call } of [world.ana, world.bo]) await call('PUT', '/staff/me', { presence: 'away' })
  const id = await open()
  await waits(id)
  desk.clock.pass(901)
  const mails = await until(async () => told().length >= before + 2 && told().slice(before))
  for (const { mail } of mails)
    assert.equal(mail.subject, `Ticket #${id} waits: everybody in the queue’s teams is away`)
  const next = await open()
  await waits(next)
  desk.clock.pass(3_600)
  await routeNext(desk.running.desk)
  assert.equal(told().length, before + 2)
})

test('queues that would hand a ticket on in a circle are refused with the way it would go', async () => {
  const { items } = (await desk.api('GET', '/queues')).body
  const [a, b] = items
  const over = (to: number) => ({ relax: [{ after: 600, do: { overflow: true } }], overflowQueueId: to })
  assert.equal((await desk.api('PATCH', `/queues/${a.id}`, over(b.id))).status, 200)
  const refused = await until(async () => {
    const answer = await desk.api('PATCH', `/queues/${b.id}`, over(a.id))
    return answer.status === 400 && answer
  })
  assert.match(refused.body.detail, new RegExp(`circle: ${b.title} → ${a.title} → ${b.title}`))
})
