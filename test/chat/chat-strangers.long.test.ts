// What strangers must not become, and what must not last: who a chat is given to, when a visit ends, what is bounded, and what is forgotten.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { SignJWT } from 'jose'
import { solve } from '../../widget/puzzle.ts'
import { callChat, comes, listens, type ChatVisitor, type Listening, type Place } from '../support/chat.ts'
import { handClock, startDesk, until, type TestDesk } from '../support/desk.ts'
import { housekeeping } from '#desk/housekeep.ts'
import { instant } from '#kit/time.ts'
import { sql } from '#store/sql.ts'

let desk: TestDesk
let place: Place
let widgetId: number
let secret: string
before(async () => {
  const clock = handClock(instant(Date.parse('2026-03-02T10:00:00Z')))
  desk = await startDesk({ clock, trustedProxies: ['127.0.0.1'] })
  await desk.api('PATCH', '/settings', { acknowledgement: false })
  const origins = ['https://shop.example', 'https://old.example']
  const made = await desk.api('POST', '/widgets', { name: 'Shop', brand: 1, origins })
  widgetId = made.body.id
  place = { url: desk.url, key: made.body.key, isFromAnywhere: true }
  secret = (await desk.api('POST', `/widgets/${widgetId}/keys`, { algorithm: 'HS256' })).body.secret
})
after(() => desk.close())

const sign = (claims: object, header: object = {}) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256', ...header })
    .setAudience(place.key)
    .setExpirationTime(Math.floor(Date.parse(desk.clock.now()) / 1000) + 600)
    .sign(new TextEncoder().encode(secret))
const signed = (sub: string) => sign({ sub, email: `${sub}@customer.example`, name: sub })
const answer = (id: number, body: string) =>
  desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, sendAnyway: true })
const begins = async (visitor: ChatVisitor, text: string, more: object = {}): Promise<number> =>
  (await visitor.say(text, more)).body.state.id
const conversation = async (visitor: ChatVisitor) => (await visitor.call('GET', '/conversation')).body
const texts = (news: { messages: { text: string }[] }) => news.messages.map(({ text }) => text)
const requesterOf = async (id: number) => (await desk.api('GET', `/tickets/${id}`)).body.requester

test('a chat that an agent gives to somebody is no longer the stranger’s: they read no more of it, write as themselves, and the answer is mailed', async () => {
  const stranger = await comes(place)
  const id = await begins(stranger, 'I am Ann')
  const live = await listens(place, stranger.token)
  await desk.api('PATCH', `/tickets/${id}`, { requester: { email: 'ann@customer.example' } })
  assert.equal((await requesterOf(id)).email, 'ann@customer.example')
  assert.equal((await conversation(stranger)).state, null)
  const posted = await answer(id, 'For Ann alone')
  assert.notEqual(posted.body.via, 'chat')
  assert.equal((await desk.api('GET', `/tickets/${id}/chat`)).body, null)
  const { items } = (await desk.api('GET', `/outbox?ticketId=${id}`)).body
  assert.deepEqual(
    items.map(({ messageId }: { messageId: number | null }) => messageId),
    [posted.body.id],
  )
  const next = await begins(stranger, 'Hello?')
  assert.notEqual(next, id)
  assert.equal((await requesterOf(next)).email, '')
  assert.deepEqual(live.texts().includes('For Ann alone'), false)
  live.stop()
})

test('whoever is joined into a person was shown to be them, or begins anew as nobody', async () => {
  const stranger = await comes(place)
  const id = await begins(stranger, 'I am Bea')
  const real = (await desk.api('POST', '/people', { name: 'Bea', email: 'bea@customer.example' })).body.id
  const visitorPerson = (await requesterOf(id)).id
  const joined = await desk.api('POST', `/people/${real}/join`, { otherId: visitorPerson })
  assert.equal(joined.status, 200, JSON.stringify(joined.body))
  assert.equal((await requesterOf(id)).email, 'bea@customer.example')
  assert.equal((await conversation(stranger)).state, null)
  assert.equal((await requesterOf(await begins(stranger, 'Again'))).email, '')
  const shown = await comes(place, { identity: await signed('cleo') })
  const theirs = await begins(shown, 'I am Cleo')
  await desk.api('POST', `/people/${real}/join`, { otherId: (await requesterOf(theirs)).id })
  assert.equal((await requesterOf(theirs)).email, 'bea@customer.example')
  assert.deepEqual(texts(await conversation(shown)), ['I am Cleo'])
})

test('after another conversation was begun the stream of the one before ends, and answers come in the new one', async () => {
  const visitor = await comes(place)
  const first = await begins(visitor, 'One')
  const live = await listens(place, visitor.token)
  await until(async () => live.texts().length === 1)
  const second = await begins(visitor, 'Two', { isNew: true })
  assert.notEqual(second, first)
  await until(async () => live.hasEnded())
  const again = await listens(place, visitor.token)
  await answer(second, 'To the second')
  await until(async () => again.texts().includes('To the second'))
  again.stop()
})

test('what a site has shown lasts as long as it said, ends when the page says nothing more, and with the key that signed it', async () => {
  const long = await comes(place, { identity: await signed('dan') })
  await begins(long, 'For ten minutes')
  desk.clock.pass(700)
  assert.equal((await long.call('GET', '/conversation')).status, 401)
  const again = await comes(place, { token: long.token, identity: await signed('dan') })
  assert.deepEqual([again.token, texts(await conversation(again))], [long.token, ['For ten minutes']])
  const out = await comes(place, { token: again.token })
  assert.equal(out.visit.kind, 'anonymous')
  assert.equal((await again.call('GET', '/conversation')).status, 401)
  const key = await desk.api('POST', `/widgets/${widgetId}/keys`, { algorithm: 'HS256' })
  const kept = await comes(place, { identity: await signed('dan') })
  const before = secret
  secret = key.body.secret
  const gone = await comes(place, { identity: await signed('eli') })
  secret = before
  await desk.api('DELETE', `/widgets/${widgetId}/keys/${key.body.id}`)
  assert.deepEqual(
    [(await kept.call('GET', '/conversation')).status, (await gone.call('GET', '/conversation')).status],
    [200, 401],
  )
})

test('a stream is told nothing any more once its visit has ended, or its page may not show the widget', async () => {
  const visitor = await comes(place, { identity: await signed('fay') })
  const id = await begins(visitor, 'Hello')
  const live = await listens(place, visitor.token)
  const old = await comes({ ...place, origin: 'https://old.example' }, { identity: await signed('fay') })
  const elsewhere = await listens({ ...place, origin: 'https://old.example' }, old.token)
  await until(async () => live.texts().length === 1 && elsewhere.texts().length === 1)
  await comes(place, { token: visitor.token })
  await desk.api('PATCH', `/widgets/${widgetId}`, { origins: ['https://shop.example'] })
  await answer(id, 'Not for them')
  await until(async () => live.hasEnded() && elsewhere.hasEnded())
  assert.deepEqual([live.texts(), elsewhere.texts()], [['Hello'], ['Hello']])
})

test('a visitor has eight streams; the ninth ends the oldest', async () => {
  const visitor = await comes(place)
  await begins(visitor, 'Many')
  const lives: Listening[] = []
  for (let number = 0; number < 9; number++) lives.push(await listens(place, visitor.token))
  await until(async () => lives[0]?.hasEnded())
  assert.equal(
    lives.slice(1).some((live) => live.hasEnded()),
    false,
  )
  lives.forEach((live) => live.stop())
})

test('a signed word of another shape is refused, and breaks nothing', async () => {
  const number = await sign({ sub: 42, email: 'gus@customer.example' })
  assert.equal((await comes(place, { identity: number })).visit.refused, 'claims')
  const [, claims, signature] = number.split('.')
  const header = Buffer.from(JSON.stringify({ alg: 'HS256', crit: ['x'], x: 1 })).toString('base64url')
  const { visit } = await comes(place, { identity: [header, claims, signature].join('.') })
  assert.equal(visit.refused, 'unreadable')
})

test('an erased message is taken out of what was told; a colleague who looks on stops no sentence', async () => {
  const visitor = await comes(place)
  const id = await begins(visitor, 'Hello')
  const live = await listens(place, visitor.token)
  const posted = await answer(id, 'A secret')
  await until(async () => live.texts().includes('A secret'))
  await desk.api('PUT', '/presence', { tab: 'a tab of Bo', ticketId: id, typing: 'reply' })
  await until(async () => live.heard.some(({ event }) => event === 'typing'))
  await desk.api('PUT', '/presence', { tab: 'another tab', ticketId: id, typing: null })
  const erased = await desk.api('POST', `/tickets/${id}/messages/${posted.body.id}/redact`, {})
  assert.ok(erased.status < 300, JSON.stringify(erased.body))
  await until(async () => live.heard.some(({ data }) => data.removed?.includes(posted.body.id)))
  assert.deepEqual(
    live.heard.filter(({ event }) => event === 'typing').map(({ data }) => data.name),
    ['Bo'],
  )
  live.stop()
})

test('a chat that was merged into another of theirs goes on there', async () => {
  const visitor = await comes(place)
  const [one, two] = [await begins(visitor, 'One'), await begins(visitor, 'Two', { isNew: true })]
  const merged = await desk.api('POST', `/tickets/${two}/merge`, { into: one })
  assert.ok(merged.status < 300, JSON.stringify(merged.body))
  assert.equal(await begins(visitor, 'Three'), one)
})

test('one network begins no more than sixty at once without work, whatever its tokens; who goes on is not counted', async () => {
  const fixed = { ...place, isFromAnywhere: false }
  const early = await comes(fixed)
  const id = await begins(early, 'Early')
  await desk.running.desk.database.rows(
    sql`update sign_in_try set level = 59 where bucket like 'chats from %'`,
  )
  const statuses: number[] = []
  for (let number = 0; number < 2; number++) {
    const { token } = await comes(place)
    const said = { clientId: randomUUID(), text: 'Spam' }
    statuses.push((await callChat(fixed, 'POST', '/messages', said, token)).status)
  }
  assert.deepEqual(statuses, [201, 429])
  // Whoever has worked out the small sum for it is heard: for this visitor and message, and no other.
  const [{ token }, { token: other }] = [await comes(place), await comes(place)]
  const said = { clientId: randomUUID(), text: 'I am no spam' }
  const asked = await callChat(fixed, 'POST', '/messages', said, token)
  assert.deepEqual([asked.status, asked.body.refusal], [429, 'puzzle'])
  const worked = { ...said, answer: await solve(`${token}:${said.clientId}`) }
  assert.equal((await callChat(fixed, 'POST', '/messages', worked, other)).body.refusal, 'puzzle')
  // With files it is asked for before any of them is read or counted.
  const withFiles = await fetch(`${fixed.url}/api/v1/chat/${fixed.key}/files?clientId=${said.clientId}`, {
    method: 'POST',
    headers: {
      origin: 'https://shop.example',
      'x-docket-visitor': token,
      'content-type': 'multipart/form-data',
    },
    body: 'no form at all',
  })
  assert.deepEqual(
    [withFiles.status, ((await withFiles.json()) as { refusal: string }).refusal],
    [429, 'puzzle'],
  )
  assert.equal((await callChat(fixed, 'POST', '/messages', worked, token)).status, 201)
  assert.equal(await begins(early, 'Still here'), id)
})

test('who left a message five times has left enough, or was marked as spam; forgotten after a month, with whom a site has shown', async () => {
  const visitor = await comes(place)
  const leave = (text: string) =>
    visitor.call('POST', '/left-messages', {
      clientId: randomUUID(),
      name: 'Hal',
      email: 'hal@customer.example',
      text,
    })
  const left = []
  for (let number = 0; number < 6; number++) left.push(await leave(`Message ${number}`))
  assert.deepEqual(
    left.map(({ status }) => status),
    [201, 201, 201, 201, 201, 429],
  )
  // The last that was taken, sent again, is the same; with files too.
  const eve = await comes(place)
  const word = { name: 'Eve', email: 'eve@customer.example', text: 'Hello' }
  const five = Array.from({ length: 5 }, () => randomUUID())
  const send = (clientId: string) =>
    eve.send({ ...word, clientId }, [new File(['a'], 'a.txt')], `/left-messages/files?clientId=${clientId}`)
  const sent = []
  for (const clientId of [...five, ...five.slice(4), randomUUID()]) sent.push(await send(clientId))
  assert.deepEqual(
    sent.map(({ status }) => status),
    [201, 201, 201, 201, 201, 201, 429],
  )
  assert.equal(sent[5]?.body.ticketId, sent[4]?.body.ticketId)
  const other = await eve.send(
    { ...word, clientId: randomUUID() },
    [new File(['a'], 'a.txt')],
    `/left-messages/files?clientId=${five[0]}`,
  )
  assert.equal(other.status, 400, 'what was let in as a message that was taken already is no other')
  await desk.api('PATCH', `/tickets/${left[0]?.body.ticketId}`, { spam: true })
  assert.equal((await leave('More')).body.refusal, 'blocked')
  await comes(place, { identity: await signed('ivy') })
  const count = async () =>
    (
      await desk.running.desk.database.row<{ count: number }>(sql`select count(*)::int as count from visitor v
      where not exists (select from chat where visitor_id = v.id)`)
    )?.count
  assert.ok(Number(await count()) > 0)
  desk.clock.pass(31 * 86_400)
  await housekeeping(desk.running.desk)()
  assert.equal(await count(), 0)
})
