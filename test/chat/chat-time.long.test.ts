// What time does to a chat: hours, silence, an answer nobody read, the mail that carries it, and a restart with many who listen.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { SignJWT } from 'jose'
import { comes, listens, type ChatVisitor, type Place } from '../support/chat.ts'
import { handClock, startDesk, until, type TestDesk } from '../support/desk.ts'
import { reader } from '../support/pages.ts'
import { dropUnusedFiles } from '#desk/privacy/unused-files.ts'
import { instant } from '#kit/time.ts'
import { hashOf } from '#store/blobs.ts'

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
  await visitor.send({ text: 'Mine' }, [new File(['a,b'], 'list.csv')])
  assert.deepEqual((await visitor.call('POST', '/transcripts', {})).body, { to: 'pia@customer.example' })
  const [mail] = await until(async () => {
    const found = await mailsTo('pia@customer.example')
    return found.length > 0 && found
  })
  assert.match(String(mail?.mail.text ?? ''), /You:\s+Mine\s+\[list\.csv\]/)
  assert.equal((await nobody.call('POST', '/endings', {})).status, 204)
  assert.equal((await nobody.call('GET', '/conversation')).status, 401)
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
  // Files go along; what is called a picture and is none does not.
  const csv = new File(['a,b'], 'list.csv')
  const fields = { ...left, clientId: randomUUID() }
  const [sent, again] = [
    await visitor.send(fields, [csv], '/left-messages/files'),
    await visitor.send(fields, [csv], '/left-messages/files'),
  ]
  assert.deepEqual([sent.status, again.body.ticketId], [201, sent.body.ticketId])
  const { items } = (await desk.api('GET', `/tickets/${sent.body.ticketId}/messages`)).body
  assert.deepEqual(
    items.map(({ attachments }: { attachments: { name: string }[] }) => attachments.map(({ name }) => name)),
    [['list.csv']],
  )
  const lying = new File(['<html>'], 'x.png', { type: 'image/png' })
  const refused = await visitor.send({ ...left, clientId: randomUUID() }, [lying], '/left-messages/files')
  assert.deepEqual([refused.status, refused.body.refusal], [400, 'lying_file'])
  // What is refused once its files came leaves none of them behind.
  const { blobs } = desk.running.desk
  const lost = new File(['refused after it came'], 'lost.csv')
  const nowhere = { ...left, clientId: randomUUID(), email: 'no' }
  assert.equal((await visitor.send(nowhere, [lost], '/left-messages/files')).status, 400)
  const name = hashOf(Buffer.from('refused after it came'))
  assert.equal(await blobs.has(name), true)
  await dropUnusedFiles({ ...desk.running.desk, clock: { now: () => instant(Date.now() + 7_200_000) } })()
  assert.deepEqual([await blobs.has(name), await blobs.has(hashOf(Buffer.from('a,b')))], [false, true])
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

const confirmLinks = async (email: string) =>
  (await mailsTo(email)).flatMap(({ mail }) => /\/portal\/chat\/[\w.-]+/.exec(mail.text ?? '')?.[0] ?? [])
const numberOf = async (visitor: ChatVisitor, email: string) => {
  const before = (await confirmLinks(email)).length
  const { status, body } = await visitor.call('POST', '/confirmations', {})
  assert.equal(status, 201)
  return { code: String(body.code), link: await until(async () => (await confirmLinks(email))[before]) }
}

test('a typed address is confirmed by a link and the number that the chat shows; then the chat is that person’s, and its mail opens it elsewhere (K05)', async () => {
  const email = 'rosa@customer.example'
  const visitor = await comes(place)
  const id: number = (await visitor.say('Do you repair lamps?')).body.state.id
  assert.equal((await visitor.call('POST', '/confirmations', {})).status, 409)
  await visitor.call('POST', '/introductions', { name: 'Rosa', email: 'Rosa@customer.example' })
  const { code, link } = await numberOf(visitor, email)
  const phone = reader(desk.url)
  // Mail scanners look at it, more than once.
  for (const _ of [1, 2]) assert.match((await phone.get(link)).html, /Is this your address\?/)
  assert.equal((await visitor.call('GET', '/conversation')).body.state.kind, 'claimed')
  const form = await phone.get(link)
  const done = await phone.send(form, link, { code })
  assert.match(done.html, /Your address is confirmed/)
  const here = /\/portal\/t\/[\w.-]+/.exec(done.html)?.[0] ?? ''
  assert.match((await phone.get(here)).html, /Do you repair lamps\?/)
  assert.match((await phone.send(form, link, { code })).html, /Your address is confirmed/, 'pressed twice')
  assert.equal((await phone.get(link)).status, 410)
  assert.equal((await visitor.call('GET', '/conversation')).body.state.kind, 'verified')
  assert.equal((await desk.api('GET', `/tickets/${id}`)).body.requester.email, email)
  // The token goes on as that person, with no word of the page; another person whom the page names begins anew.
  const again = await comes(place, { token: visitor.token })
  assert.deepEqual([again.visit.kind, again.visit.isOfPage, again.visit.token], ['verified', false, null])
  const other = await comes(place, { token: visitor.token, identity: await signed('otto') })
  assert.notEqual(other.token, visitor.token)
  assert.equal((await visitor.call('GET', '/conversation')).status, 401)
  // They have left: what is answered is mailed, with a way to the same conversation.
  await answer(id, 'Yes, bring it.')
  desk.clock.pass(200)
  const mail = await until(async () =>
    (await mailsTo(email)).find((each) => (each.mail.text ?? '').includes('Yes, bring it.')),
  )
  const path = /\/portal\/t\/[\w.-]+/.exec(mail.mail.text ?? '')?.[0] ?? ''
  const elsewhere = reader(desk.url)
  const page = await elsewhere.get(path)
  assert.match(page.html, /Do you repair lamps\?[\s\S]*Yes, bring it\./)
  await elsewhere.send(page, '/answer', { text: 'Tomorrow then' })
  const { items } = (await desk.api('GET', `/tickets/${id}/messages`)).body
  assert.equal(items.at(-1).text, 'Tomorrow then')
})

test('whoever types somebody else’s address gains nothing by a link that the other one opens, and the answer is the same for every address', async () => {
  const email = 'noa@customer.example'
  const liar = await comes(place)
  const id: number = (await liar.say('It is me')).body.state.id
  await liar.call('POST', '/introductions', { name: 'Noa', email })
  const { code, link } = await numberOf(liar, email)
  const victim = reader(desk.url)
  const wrong = code === '11' ? '12' : '11'
  const guessed = await victim.send(await victim.get(link), link, { code: wrong })
  assert.deepEqual([guessed.status, /not the number/.test(guessed.html)], [422, true])
  // One try.
  assert.equal((await victim.get(link)).status, 410)
  assert.equal((await victim.post(link, { code })).status, 410)
  const seen = async () => (await liar.call('GET', '/conversation')).body
  assert.deepEqual([(await seen()).state.id, (await seen()).state.kind], [id, 'claimed'])
  // They name another address before the first is confirmed: the link is of the first, and shows nothing.
  const second = await numberOf(liar, email)
  await liar.call('POST', '/introductions', { name: 'Noa', email: 'liar@customer.example' })
  assert.equal(
    (await victim.send(await victim.get(second.link), second.link, { code: second.code })).status,
    422,
  )
  // After fifteen minutes it opens nothing.
  await liar.call('POST', '/introductions', { name: 'Noa', email: 'eva@customer.example' })
  const late = await numberOf(liar, 'eva@customer.example')
  desk.clock.pass(901)
  assert.equal((await victim.get(late.link)).status, 410)
  assert.equal((await victim.get('/portal/chat/1.forged')).status, 404)
  // Of an address that is asked for too often nothing more is mailed, and no number is shown that opens nothing.
  await liar.call('POST', '/introductions', { name: 'Noa', email })
  const more = await liar.call('POST', '/confirmations', {})
  assert.deepEqual([more.status, more.body.refusal], [429, 'too_many_links'])
  await liar.call('POST', '/introductions', { name: 'Noa', email: 'unknown@nowhere.example' })
  const unknown = await numberOf(liar, 'unknown@nowhere.example')
  // Whoever asks again is told the number that the links ask for, also when no more of them go out.
  for (const _ of [1, 2]) {
    const { status, body } = await liar.call('POST', '/confirmations', {})
    assert.deepEqual([status, String(body.code)], [201, unknown.code])
  }
  // Whoever has said nothing has nobody mailed.
  const silent = await comes(place)
  await silent.call('POST', '/introductions', { name: 'X', email: 'anybody@nowhere.example' })
  assert.equal((await silent.call('POST', '/confirmations', {})).status, 409)
  assert.equal((await confirmLinks(email)).length, 2)
})
