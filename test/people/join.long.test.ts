// Two people become one and two again: tickets, addresses, fields, and what the log says of it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { verifyAll } from '#commands/verify.ts'
import { startDesk, type Call, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
let api: Call
before(async () => {
  desk = await startDesk({ work: false })
  api = desk.api
})
after(() => desk.close())

let made = 0
const mail = (name: string) => `${name}${made}@customer.example`
async function ticketOf(email: string, more: object = {}) {
  const asked = {
    subject: 'Question',
    body: 'How?',
    requester: { email, name: email.split('@')[0] },
    ...more,
  }
  const { body } = await api('POST', '/tickets', asked)
  return { id: body.id as number, personId: body.requester.id as number }
}

/** Two people with a ticket each in every state, and one on which both take part. */
async function two() {
  made++
  const one = await ticketOf(mail('one'))
  const other = await ticketOf(mail('two'))
  const states = { closed: await ticketOf(mail('two')), spam: await ticketOf(mail('two')) }
  await api('PATCH', `/tickets/${states.closed.id}`, { status: 'resolved' })
  await api('POST', `/tickets/${states.closed.id}/close`)
  await api('POST', `/tickets/${states.spam.id}/spam`)
  const copied = await ticketOf(mail('third'))
  await api('POST', `/tickets/${copied.id}/participants`, { role: 'cc', email: mail('two') })
  await api('POST', `/tickets/${one.id}/participants`, { role: 'cc', email: mail('two') })
  await api('POST', `/tickets/${other.id}/participants`, { role: 'cc', email: mail('one') })
  const tickets = [one.id, other.id, states.closed.id, states.spam.id, copied.id]
  return { keptId: one.personId, goneId: other.personId, tickets }
}

const peopleOn = (ids: readonly number[]) =>
  Promise.all(
    ids.map(async (id) => {
      const { body } = await api('GET', `/tickets/${id}`)
      return [
        body.requester.id,
        ...body.participants.map((each: { id: number; role: string }) => `${each.role} ${each.id}`),
      ]
    }),
  )
const differences = async () => (await verifyAll(desk.running.desk.database)).differences

test('join, undo, and every ticket is as it was; the log says the same as the rows after each', async () => {
  const { keptId, goneId, tickets } = await two()
  await api('PATCH', `/people/${keptId}`, { phone: '1', notes: 'Calls often', organization: 'Acme' })
  await api('PATCH', `/people/${goneId}`, { phone: '2', notes: 'Likes tea', language: 'de' })
  const before = await peopleOn(tickets)
  const persons = await Promise.all(
    [keptId, goneId].map(async (id) => (await api('GET', `/people/${id}`)).body),
  )
  const preview = (await api('GET', `/people/${keptId}/join/${goneId}`)).body
  assert.deepEqual(
    preview.conflicts.map(({ field }: { field: string }) => field),
    ['name', 'phone'],
  )
  assert.equal(preview.refusal, null)
  const done = await api('POST', `/people/${keptId}/join`, { otherId: goneId, take: ['phone'] })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  const { name, phone, language, notes, emails } = done.body
  assert.deepEqual(
    [name, phone, language, notes, emails],
    [`one${made}`, '2', 'de', 'Calls often\n\nLikes tea', [mail('one'), mail('two')]],
  )
  const flat = (await peopleOn(tickets)).flat()
  assert.ok(!flat.includes(goneId) && !flat.includes(`cc ${goneId}`), JSON.stringify(flat))
  assert.deepEqual(await differences(), [])
  assert.equal((await ticketOf(mail('two'))).personId, keptId)
  const listed = (await api('GET', `/people?q=${mail('two')}`)).body.items
  assert.deepEqual(
    listed.map(({ id }: { id: number }) => id),
    [keptId],
  )
  const [join] = (await api('GET', `/people/${keptId}/joins`)).body.items
  const undone = await api('POST', `/people/${keptId}/joins/${join.id}/undo`)
  assert.equal(undone.status, 200, JSON.stringify(undone.body))
  assert.deepEqual(await peopleOn(tickets), before)
  assert.deepEqual(await differences(), [])
  const again = await Promise.all(
    [keptId, goneId].map(async (id) => (await api('GET', `/people/${id}`)).body),
  )
  const plain = (each: { ticketCount: number }) => ({ ...each, ticketCount: 0 })
  assert.deepEqual(again.map(plain), persons.map(plain))
  // What came from the other's address in between is theirs again.
  assert.equal(again[1].ticketCount, persons[1].ticketCount + 1)
  const log = (await api('GET', '/audit?limit=5')).body.items.map(({ action }: { action: string }) => action)
  assert.ok(log.includes('people_joined') && log.includes('people_join_undone'), JSON.stringify(log))
})

test('what was changed after a join stays changed when it is undone', async () => {
  const { keptId, goneId } = await two()
  await api('PATCH', `/people/${goneId}`, { phone: '2', language: 'de' })
  await api('POST', `/people/${keptId}/join`, { otherId: goneId })
  await api('PATCH', `/people/${keptId}`, { phone: '3' })
  await api('POST', `/people/${keptId}/addresses/${mail('two')}/primary`)
  const [join] = (await api('GET', `/people/${keptId}/joins`)).body.items
  const { body } = await api('POST', `/people/${keptId}/joins/${join.id}/undo`)
  assert.deepEqual([body.phone, body.language, body.emails], ['3', null, [mail('one')]])
  assert.deepEqual((await api('GET', `/people/${goneId}`)).body.emails, [mail('two')])
})

test('after thirty days it stands', async () => {
  const { keptId, goneId } = await two()
  await api('POST', `/people/${keptId}/join`, { otherId: goneId })
  const [join] = (await api('GET', `/people/${keptId}/joins`)).body.items
  desk.clock.pass(30 * 86_400)
  assert.equal((await api('POST', `/people/${keptId}/joins/${join.id}/undo`)).status, 409)
  assert.deepEqual((await api('GET', `/people/${keptId}/joins`)).body.items, [])
})

test('chains are undone from their end; who is gone is joined with nobody', async () => {
  const { keptId, goneId } = await two()
  const { personId: third } = await ticketOf(mail('third'))
  await api('POST', `/people/${keptId}/join`, { otherId: goneId })
  await api('POST', `/people/${third}/join`, { otherId: keptId })
  const [first] = (await api('GET', `/people/${keptId}/joins`)).body.items
  assert.equal((await api('POST', `/people/${keptId}/joins/${first.id}/undo`)).status, 409)
  assert.equal(
    (await api('POST', `/people/${goneId}/join`, { otherId: third })).body.refusal,
    'joined_already',
  )
  const [last] = (await api('GET', `/people/${third}/joins`)).body.items
  assert.equal((await api('POST', `/people/${third}/joins/${last.id}/undo`)).status, 200)
  assert.equal((await api('POST', `/people/${keptId}/joins/${first.id}/undo`)).status, 200)
  assert.deepEqual((await api('GET', `/people/${goneId}`)).body.emails, [mail('two')])
  assert.deepEqual(await differences(), [])
})

test('colleagues are joined with nobody, and who does not see all tickets of both is told and joins nothing', async () => {
  const { keptId, goneId, tickets } = await two()
  const { token, principal } = await desk.addAgent('Otto', 'agent')
  const otherwise = await api('POST', `/people/${keptId}/join`, { otherId: principal.agentId })
  assert.deepEqual([otherwise.status, otherwise.body.refusal], [409, 'colleague'])
  assert.equal((await api('POST', `/people/${principal.agentId}/join`, { otherId: keptId })).status, 409)
  const { body: team } = await api('POST', '/teams', { name: `Walled ${made}` })
  await api('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams' })
  const otto = desk.as(token)
  assert.equal((await otto('GET', `/people/${keptId}/join/${goneId}`)).body.refusal, null)
  // Only as a cc, on a ticket of somebody else.
  await api('PATCH', `/tickets/${tickets.at(-1)}`, { team: team.id })
  const seen = await otto('GET', `/people/${keptId}/join/${goneId}`)
  assert.equal(seen.body.refusal, 'out_of_sight')
  const refused = await otto('POST', `/people/${keptId}/join`, { otherId: goneId })
  assert.deepEqual([refused.status, refused.body.refusal], [403, 'out_of_sight'])
  await api('POST', `/people/${keptId}/join`, { otherId: goneId })
  const [join] = (await api('GET', `/people/${keptId}/joins`)).body.items
  assert.equal((await otto('POST', `/people/${keptId}/joins/${join.id}/undo`)).status, 403)
})
