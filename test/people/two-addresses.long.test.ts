// Two addresses of one person: mail from the second is theirs on every ticket, and answers go back to where they last wrote from.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { acceptMail } from '#desk/inbound/receive.ts'
import type { Address } from '#mail/address.ts'
import { replyAddress } from '#mail/token.ts'
import { sql } from '#store/sql.ts'
import { letter } from '../support/customer.ts'
import { startDesk, until, type Call, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

const support = 'support@docket.localhost'
let desk: TestDesk
let api: Call
before(async () => {
  desk = await startDesk()
  api = desk.api
})
after(() => desk.close())

let made = 0
/** A person with a second address, and a ticket that they opened from the first. */
async function cy() {
  const first = `cy${++made}@work.example`
  const second = `cy${made}@home.example`
  const { body: ticket } = await api('POST', '/tickets', {
    subject: `Printer ${made}`,
    body: 'It is broken.',
    requester: { email: first, name: 'Cy' },
  })
  const personId = ticket.requester.id as number
  const added = await api('POST', `/people/${personId}/addresses`, { email: second })
  assert.deepEqual([added.status, added.body.emails], [201, [first, second]])
  return { first, second, personId, ticketId: ticket.id as number }
}

async function take(mail: Parameters<typeof letter>[0], to: string = support) {
  const { desk: inside } = desk.running
  const envelope = { from: null, to: [to], remoteAddress: null }
  const { id } = await acceptMail(inside, inside.database, { bytes: letter(mail), envelope, source: 'api' })
  return until(async () => {
    const row = await inside.database.row<{ outcome: Record<string, unknown> | null }>(
      sql`select outcome from raw_mail where id = ${id}`,
    )
    return row?.outcome
  })
}

async function answer(ticketId: number, more: object = {}) {
  const { body } = await api('POST', `/tickets/${ticketId}/messages`, {
    kind: 'reply',
    body: 'Yes.',
    ...more,
  })
  const row = await desk.running.desk.database.row<{ rfc: string; to: string[]; cc: string[] }>(
    sql`select rfc_message_id as rfc, array(select jsonb_path_query(recipients, '$.to[*].email') #>> '{}') as to,
      array(select jsonb_path_query(recipients, '$.cc[*].email') #>> '{}') as cc from message where id = ${body.id}`,
  )
  return row ?? assert.fail('no such message')
}

test('mail from the second address joins the ticket by Message-ID, and the answer goes back there', async () => {
  const { first, second, personId, ticketId } = await cy()
  const asked = await answer(ticketId)
  assert.deepEqual(asked.to, [first])
  const joined = await take({ from: second, to: support, inReplyTo: asked.rfc })
  assert.deepEqual(joined, { joined: ticketId })
  const { body } = await api('GET', `/tickets/${ticketId}/messages`)
  assert.equal(body.items.at(-1).author.id, personId)
  assert.deepEqual((await answer(ticketId)).to, [second])
  desk.clock.pass(60)
  await until(async () => desk.sink.mails.find(({ to }) => to.includes(second)))
  await take({ from: first, to: support, inReplyTo: asked.rfc })
  assert.deepEqual((await answer(ticketId)).to, [first])
})

test('by the signed address as well, as the requester who reopens it', async () => {
  const { second, ticketId } = await cy()
  await api('PATCH', `/tickets/${ticketId}`, { status: 'resolved' })
  const signed = replyAddress(support as Address, ticketId, desk.running.desk.secret)
  assert.deepEqual(
    await take({ from: second.toUpperCase(), to: signed, text: 'Still broken, please look again.' }, signed),
    { joined: ticketId },
  )
  assert.equal((await api('GET', `/tickets/${ticketId}`)).body.status, 'open')
})

test('a new mail from the second address is a ticket of the same person, with their name', async () => {
  const { second, personId } = await cy()
  const { opened } = await take({ from: second, to: support, subject: 'From home' })
  const { body } = await api('GET', `/tickets/${String(opened)}`)
  assert.deepEqual([body.requester.id, body.requester.name], [personId, 'Cy'])
  assert.deepEqual((await answer(body.id)).to, [second])
})

test('the API and the search find the person by any address, and the conditions that forbid them as well', async () => {
  const { first, second, personId, ticketId } = await cy()
  const asked = { subject: 'Again', body: 'Again', requester: { email: second } }
  assert.equal((await api('POST', '/tickets', asked)).body.requester.id, personId)
  const found = async (q: string) =>
    (await api('GET', `/tickets?q=${encodeURIComponent(q)}`)).body.items.map(({ id }: { id: number }) => id)
  assert.ok((await found(`requester:${second}`)).includes(ticketId))
  assert.ok((await found(`requester:${first}`)).includes(ticketId))
  assert.ok(!(await found(`-requester:${second}`)).includes(ticketId))
  await until(async () => (await found(second)).includes(ticketId))
  const { body } = await api('GET', `/people?q=${second}`)
  assert.deepEqual(
    body.items.map(({ id }: { id: number }) => id),
    [personId],
  )
})

test('in copy by the second address they are asked there, and no second person comes into being', async () => {
  const { second, personId } = await cy()
  const { body } = await api('POST', '/tickets', {
    subject: 'Other',
    body: 'Hello',
    requester: { email: 'dy@work.example' },
  })
  assert.deepEqual((await answer(body.id, { cc: [second] })).cc, [second])
  const { body: now } = await api('GET', `/tickets/${body.id}`)
  assert.deepEqual(
    now.participants.map(({ id }: { id: number }) => id),
    [personId],
  )
})

test('an address goes: mail from it is a stranger’s again, and answers go to the first', async () => {
  const { first, second, personId, ticketId } = await cy()
  const asked = await answer(ticketId)
  await take({ from: second, to: support, inReplyTo: asked.rfc })
  const gone = await api('DELETE', `/people/${personId}/addresses/${second}`)
  assert.deepEqual([gone.status, gone.body.emails], [200, [first]])
  assert.deepEqual((await answer(ticketId)).to, [first])
  const late = await take({ from: second, to: support, inReplyTo: asked.rfc })
  assert.ok('held' in late || 'quarantined' in late, JSON.stringify(late))
})

test('another address is made the one that mail goes to; that one stays', async () => {
  const { first, second, personId, ticketId } = await cy()
  const path = `/people/${personId}/addresses`
  assert.equal((await api('DELETE', `${path}/${first}`)).status, 400)
  const turned = await api('POST', `${path}/${second}/primary`)
  assert.deepEqual([turned.status, turned.body.email, turned.body.emails], [200, second, [second, first]])
  assert.equal((await api('DELETE', `${path}/${second}`)).status, 400)
  assert.equal((await api('POST', `${path}/nobody@home.example/primary`)).status, 404)
  assert.equal((await api('DELETE', `${path}/nobody@home.example`)).status, 404)
  const { body } = await api('GET', `/tickets/${ticketId}`)
  assert.equal(body.requester.email, second)
})

test('what is somebody else’s, a mailbox’s or no address is refused, and whose it is said', async () => {
  const one = await cy()
  const other = await cy()
  for (const email of [other.first, other.second.toUpperCase()]) {
    const { status, body } = await api('POST', `/people/${one.personId}/addresses`, { email })
    assert.deepEqual([status, body.ownerId], [400, other.personId])
  }
  for (const email of [support, 'no address'])
    assert.equal((await api('POST', `/people/${one.personId}/addresses`, { email })).status, 400)
  assert.equal((await api('POST', '/people', { email: other.second })).status, 400)
  const agent = { email: other.second, name: 'Cy', role: 'agent' }
  assert.equal((await api('POST', '/agents', agent)).status, 400)
})

test('who does not see all tickets of a person changes none of their addresses; colleagues change their own', async () => {
  const { body: team } = await api('POST', '/teams', { name: 'Behind a wall' })
  const { token, principal } = await desk.addAgent('Otto', 'agent')
  await api('PATCH', `/agents/${principal.agentId}`, { sees: 'own_teams' })
  const otto = desk.as(token)
  const { second, personId, ticketId } = await cy()
  const path = `/people/${personId}/addresses`
  assert.equal((await otto('POST', path, { email: `seen${made}@home.example` })).status, 201)
  const moved = await api('PATCH', `/tickets/${ticketId}`, { team: team.id })
  assert.deepEqual([moved.status, moved.body.team?.id], [200, team.id], JSON.stringify(moved.body))
  assert.equal((await otto('POST', path, { email: `hidden${made}@home.example` })).status, 403)
  assert.equal((await otto('POST', `${path}/${second}/primary`)).status, 403)
  assert.equal((await otto('DELETE', `${path}/${second}`)).status, 403)
  const { principal: ada } = await desk.addAgent('Ada', 'agent')
  const own = { email: 'ada@home.example' }
  assert.equal((await otto('POST', `/people/${ada.agentId}/addresses`, own)).status, 403)
  assert.equal((await api('POST', `/people/${ada.agentId}/addresses`, own)).status, 201)
})

test('where a reply goes is told before it is written, and another address of the same person can be chosen', async () => {
  const { first, second, ticketId } = await cy()
  const asked = await answer(ticketId)
  await take({ from: second, to: support, inReplyTo: asked.rfc })
  const told = await api('GET', `/tickets/${ticketId}/recipients`)
  assert.deepEqual(told.body, { to: second, addresses: [first, second], cc: [] })
  assert.deepEqual((await answer(ticketId, { to: first })).to, [first])
  const draft = await api('PUT', `/tickets/${ticketId}/draft?mode=reply`, { body: 'Well', to: first })
  assert.equal(draft.body.to, first)
  assert.equal((await api('GET', `/tickets/${ticketId}/draft?mode=reply`)).body.to, first)
  const { first: stranger } = await cy()
  const refused = { kind: 'reply', body: 'Yes.', to: stranger }
  const { status, body } = await api('POST', `/tickets/${ticketId}/messages`, refused)
  assert.deepEqual([status, body.errors[0].path], [400, 'to'])
})

test('what rules and the desk itself write goes to where they wrote from, on the first mail as later', async () => {
  const { second, personId } = await cy()
  const rule = aRule(1, { on: ['created'], do: [{ reply: { template: 'hello' } }] })
  await publishRules(desk, [rule], [{ key: 'hello', body: 'We look at it.' }])
  const { opened } = await take({ from: second, to: support, subject: 'Rules at home' })
  await publishRules(desk, [])
  await api('PATCH', `/tickets/${String(opened)}`, { status: 'resolved' })
  const mails = await desk.running.desk.database.rows<{ kind: string; to: string }>(
    sql`select kind, recipients #>> '{to,0,email}' as "to" from outbox where ticket_id = ${Number(opened)} order by id`,
  )
  assert.deepEqual(
    new Set(mails.map((mail) => `${mail.kind} ${mail.to}`)),
    new Set(['acknowledgement', 'notification', 'resolved'].map((kind) => `${kind} ${second}`)),
  )
  assert.equal((await api('GET', `/tickets/${String(opened)}`)).body.requester.id, personId)
})

test('whoever reads an organisation’s tickets is given an address by leads alone, and an address that is taken away lets nobody in', async () => {
  const { personId, second } = await cy()
  await api('PATCH', `/people/${personId}`, { organization: 'Works' })
  assert.equal((await api('PUT', `/people/${personId}/manager`, { manages: true })).status, 200)
  const agent = desk.as((await desk.addAgent('Ann', 'agent')).token)
  const refused = await agent('POST', `/people/${personId}/addresses`, { email: 'mine@elsewhere.example' })
  assert.deepEqual([refused.status, refused.body.refusal], [403, 'manager'])
  const revoked = () =>
    desk.running.desk.database.rows(sql`select from portal_revoked where person_id = ${personId}`)
  assert.equal((await revoked()).length, 0)
  assert.equal((await api('DELETE', `/people/${personId}/addresses/${second}`)).status, 200)
  assert.equal((await revoked()).length, 1)
})
