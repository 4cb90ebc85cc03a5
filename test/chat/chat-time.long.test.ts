// What time does to a chat: hours, silence, an answer nobody read, the mail that carries it, and a restart with many who listen.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { SignJWT } from 'jose'
import { comes, listens, type Place } from '../support/chat.ts'
import { handClock, startDesk, until, type TestDesk } from '../support/desk.ts'
import { instant } from '#kit/time.ts'

let desk: TestDesk
let place: Place
let widgetId: number
let secret: string
before(async () => {
  desk = await startDesk({ clock: handClock(instant(Date.parse('2026-03-02T10:00:00Z'))) })
  await desk.api('PATCH', '/settings', { acknowledgement: false })
  const made = await desk.api('POST', '/widgets', {
    name: 'Shop',
    brand: 1,
    origins: ['https://shop.example'],
  })
  widgetId = made.body.id
  place = { url: desk.url, key: made.body.key }
  secret = (await desk.api('POST', `/widgets/${widgetId}/keys`, { algorithm: 'HS256' })).body.secret
})
after(() => desk.close())

const signed = (sub: string) =>
  new SignJWT({ sub, email: `${sub}@customer.example`, name: sub })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(place.key)
    .setExpirationTime(Math.floor(Date.parse(desk.clock.now()) / 1000) + 600)
    .sign(new TextEncoder().encode(secret))
const answer = (id: number, body: string, more: object = {}) =>
  desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, ...more })
const statusOf = async (id: number) => (await desk.api('GET', `/tickets/${id}`)).body.status
const mailsTo = async (email: string) => desk.sink.mails.filter(({ to }) => to.includes(email))

test('a visitor who falls silent is asked after five minutes, and the chat is solved after fifteen; a word brings it back', async () => {
  const visitor = await comes(place)
  const id: number = (await visitor.say('Hello')).body.state.id
  await answer(id, 'What is the number of your order?')
  desk.clock.pass(301)
  await until(async () => (await visitor.call('GET', '/conversation')).body.state.isAsked)
  assert.notEqual(await statusOf(id), 'resolved')
  desk.clock.pass(600)
  await until(async () => (await statusOf(id)) === 'resolved')
  assert.equal((await visitor.call('GET', '/conversation')).body.state.status, 'ended')
  await visitor.say('Sorry, here I am')
  assert.equal(await statusOf(id), 'open')
  // The desk has not answered: nobody is hurried.
  desk.clock.pass(5_000)
  assert.equal((await visitor.call('GET', '/conversation')).body.state.isAsked, false)
})

test('what is left unread goes out as one mail two minutes after its reader left, and the answer by mail is in the chat', async () => {
  const visitor = await comes(place, { identity: await signed('noa') })
  const id: number = (await visitor.say('Do you have it in blue?')).body.state.id
  await answer(id, 'I look.')
  await answer(id, 'Yes, we have.')
  await visitor.call('POST', '/read', { seq: 1 })
  desk.clock.pass(60)
  assert.deepEqual(await mailsTo('noa@customer.example'), [])
  desk.clock.pass(61)
  const [mail] = await until(async () => {
    const found = await mailsTo('noa@customer.example')
    return found.length > 0 && found
  })
  assert.match(String(mail?.mail.text ?? ''), /I look\.[^]*Yes, we have\./)
  assert.equal((await mailsTo('noa@customer.example')).length, 1)
  desk.clock.pass(600)
  await answer(id, 'Shall I put it aside?')
  await visitor.call('GET', '/conversation')
  await visitor.call('POST', '/read', { seq: 1_000 })
  desk.clock.pass(400)
  assert.equal((await mailsTo('noa@customer.example')).length, 1, 'what was read is not mailed')
})

test('what was said is mailed on request, to an address that is shown to be theirs and to no other', async () => {
  const nobody = await comes(place)
  await nobody.say('Hello')
  await nobody.call('POST', '/introductions', { name: 'Pia', email: 'pia@customer.example' })
  assert.equal((await nobody.call('POST', '/transcripts', {})).body.refusal, 'unverified')
  const visitor = await comes(place, { identity: await signed('pia') })
  await visitor.say('Mine')
  assert.deepEqual((await visitor.call('POST', '/transcripts', {})).body, { to: 'pia@customer.example' })
  const [mail] = await until(async () => {
    const found = await mailsTo('pia@customer.example')
    return found.length > 0 && found
  })
  assert.match(String(mail?.mail.text ?? ''), /You:\s+Mine/)
})

test('K07: outside of the hours nobody waits in vain: the next opening is told, and what is left becomes a ticket', async () => {
  const week = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]),
  )
  const calendar = await desk.api('POST', '/calendars', {
    name: 'Office',
    hours: { timeZone: 'Europe/Berlin', weekly: week },
  })
  assert.equal(calendar.status, 201, JSON.stringify(calendar.body))
  const patched = await desk.api('PATCH', `/widgets/${widgetId}`, { calendar: String(calendar.body.id) })
  assert.equal(patched.status, 200, JSON.stringify(patched.body))
  const early = await comes(place)
  const open = await early.call('GET', '')
  assert.equal(open.body.isOpen, true)
  const id: number = (await early.say('Before closing')).body.state.id
  desk.clock.set(instant(Date.parse('2026-03-06T22:00:00Z')))
  const closed = (await early.call('GET', '')).body
  assert.deepEqual([closed.isOpen, closed.opensAt], [false, '2026-03-09T08:00:00.000Z'])
  const visitor = await comes(place)
  assert.equal((await visitor.say('Anybody?')).body.refusal, 'away')
  const left = { clientId: randomUUID(), name: 'Uma', email: 'uma@customer.example', text: 'Call me' }
  const [one, two] = [
    await visitor.call('POST', '/left-messages', left),
    await visitor.call('POST', '/left-messages', left),
  ]
  assert.deepEqual([one.status, two.body.ticketId], [201, one.body.ticketId])
  const { body: ticket } = await desk.api('GET', `/tickets/${one.body.ticketId}`)
  assert.deepEqual([ticket.channel, ticket.requester.email], ['form', 'uma@customer.example'])
  assert.equal(
    (await visitor.call('POST', '/left-messages', { ...left, clientId: randomUUID(), email: 'no' })).status,
    400,
  )
  // Who has a conversation goes on with it.
  assert.equal((await early.say('One more thing')).body.state.id, id)
  await desk.api('PATCH', `/widgets/${widgetId}`, { calendar: 'always' })
})

test('who is there is told to the desk, who types to the visitor, and a note that is written to nobody', async () => {
  const visitor = await comes(place)
  const id: number = (await visitor.say('Hello')).body.state.id
  const live = await listens(place, visitor.token)
  const agent = await agentListens()
  const presence = (typing: string | null) =>
    desk.api('PUT', '/presence', { tab: 'a tab of Bo', ticketId: id, typing })
  await presence('note')
  await presence('reply')
  await until(async () => live.heard.some(({ event, data }) => event === 'typing' && data.name === 'Bo'))
  assert.equal(live.heard.filter(({ event }) => event === 'typing').length, 1)
  await visitor.call('POST', '/typing', { typing: true })
  await until(async () => agent.text().includes(`"ticketId":${id},"typing":true`))
  const seen = (await desk.api('GET', `/tickets/${id}/chat`)).body
  assert.deepEqual([seen.isHere, seen.visitor.kind, seen.page], [true, 'anonymous', null])
  await desk.api('POST', `/tickets/${id}/read`, { seq: 1 })
  await until(async () => live.heard.some(({ event, data }) => event === 'news' && data.state.readSeq >= 1))
  live.stop()
  agent.stop()
})

async function agentListens() {
  const stop = new AbortController()
  const response = await fetch(`${desk.url}/api/v1/stream`, {
    headers: { authorization: `Bearer ${desk.token}` },
    signal: stop.signal,
  })
  let all = ''
  const read = async () => {
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) all += piece
  }
  void read().catch(() => {})
  return { text: () => all, stop: () => stop.abort() }
}
