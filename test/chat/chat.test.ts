// Chats through a widget, without a browser: what a visitor says and hears, who is believed, and what is refused.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { SignJWT, UnsecuredJWT, exportSPKI, generateKeyPair } from 'jose'
import { goLive, writeHelp } from '../support/assistant.ts'
import { callChat, comes, listens, type ChatVisitor, type Place } from '../support/chat.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { hashOf } from '#store/blobs.ts'
import { sql } from '#store/sql.ts'

let desk: TestDesk
let place: Place
let widgetId: number
let secret: string
before(async () => {
  desk = await startDesk()
  const made = await desk.api('POST', '/widgets', {
    name: 'Shop',
    brand: 1,
    origins: ['https://shop.example'],
  })
  assert.equal(made.status, 201)
  widgetId = made.body.id
  place = { url: desk.url, key: made.body.key }
  const key = await desk.api('POST', `/widgets/${widgetId}/keys`, { algorithm: 'HS256' })
  secret = key.body.secret
})
after(() => desk.close())

const now = () => Math.floor(Date.parse(desk.clock.now()) / 1000)
const signed = (claims: object, { secret: by = secret, aud = place.key, exp = now() + 600 } = {}) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(aud)
    .setExpirationTime(exp)
    .sign(new TextEncoder().encode(by))
const ticketIdOf = ({ body }: { body: { state: { id: number } } }) => body.state.id
const answer = (id: number, body: string, more: object = {}) =>
  desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, ...more })
const conversation = async (visitor: ChatVisitor, query = '') =>
  (await visitor.call('GET', `/conversation${query}`)).body
const said = (news: { messages: { text: string }[] }) => news.messages.map(({ text }) => text)

test('what a visitor says is a ticket of the channel chat; what the desk answers is heard at once, and nothing is mailed', async () => {
  const visitor = await comes(place)
  const first = await visitor.say('Where is my parcel?\nIt is late.')
  assert.equal(first.status, 201)
  const id = ticketIdOf(first)
  const { body: ticket } = await desk.api('GET', `/tickets/${id}`)
  assert.deepEqual(
    [ticket.channel, ticket.subject, ticket.requester.email],
    ['chat', 'Where is my parcel?', ''],
  )
  const live = await listens(place, visitor.token)
  const posted = await answer(id, 'It comes <b>today</b>', { bodyFormat: 'html' })
  assert.deepEqual([posted.status, posted.body.delivery, posted.body.via], [201, null, 'chat'])
  await until(async () => live.texts().includes('It comes today'))
  live.stop()
  assert.deepEqual((await desk.api('GET', `/outbox?ticketId=${id}`)).body.items, [])
  // A note is the desk's own.
  await desk.api('POST', `/tickets/${id}/messages`, { kind: 'note', body: 'A liar, I think' })
  assert.deepEqual(said(await conversation(visitor)), ['Where is my parcel?\nIt is late.', 'It comes today'])
  const later = await answer(id, 'Later', { sendAt: '2026-03-03T09:00:00Z' })
  assert.equal(later.status, 400)
})

test('K01: a message that is sent again is one message', async () => {
  const visitor = await comes(place)
  const clientId = randomUUID()
  const [one, two] = await Promise.all([visitor.say('Once', { clientId }), visitor.say('Once', { clientId })])
  const again = await visitor.say('Once', { clientId })
  assert.deepEqual([one.status, two.status, again.status], [201, 201, 201])
  assert.deepEqual(said(await conversation(visitor)), ['Once'])
})

test('K02: what was answered while the line was away comes once, in order', async () => {
  const visitor = await comes(place)
  const { body } = await visitor.say('Hello')
  const id: number = body.state.id
  for (const text of ['one', 'two', 'three']) await answer(id, text, { sendAnyway: true })
  const live = await listens(place, visitor.token, id, body.cursor)
  await until(async () => live.texts().length >= 3)
  await answer(id, 'four')
  await until(async () => live.texts().length >= 4)
  live.stop()
  assert.deepEqual(live.texts(), ['one', 'two', 'three', 'four'])
  assert.deepEqual(said(await conversation(visitor, `?of=${id}&after=${body.cursor}`)), live.texts())
})

test('K03: whoever types somebody else’s address sees nothing of them, and no mail goes there', async () => {
  const known = await comes(place, {
    identity: await signed({ sub: 'ann', email: 'ann@customer.example', name: 'Ann' }),
  })
  await known.say('A secret of Ann’s')
  const liar = await comes(place)
  const { body } = await liar.say('Hello')
  const said1 = await liar.call('POST', '/introductions', {
    name: '<b>Ann</b>\n‮x',
    email: 'ann@customer.example',
  })
  assert.deepEqual([said1.status, said1.body.kind], [200, 'claimed'])
  assert.deepEqual(said(await conversation(liar)), ['Hello'])
  const id: number = body.state.id
  const seen = (await desk.api('GET', `/tickets/${id}/chat`)).body
  assert.deepEqual([seen.visitor.kind, seen.visitor.email], ['claimed', 'ann@customer.example'])
  const { requester } = (await desk.api('GET', `/tickets/${id}`)).body
  assert.deepEqual([requester.name, requester.email], ['<b>Ann</b> x', ''])
  const [message] = (await desk.api('GET', `/tickets/${id}/messages`)).body.items
  assert.equal(message.senderCheck, 'unverified')
  await answer(id, 'For you')
  desk.clock.pass(600)
  await answer(id, 'Still there?')
  desk.clock.pass(600)
  assert.deepEqual((await desk.api('GET', `/outbox?ticketId=${id}`)).body.items, [])
})

test('K04: a page’s word is refused that is expired, for another, unsigned, too long or of another key; the visitor goes on as nobody', async () => {
  const claims = { sub: 'eve', email: 'eve@customer.example' }
  const cases = {
    expired: await signed(claims, { exp: now() - 120 }),
    audience: await signed(claims, { aud: 'another-widget-key' }),
    signature: await signed(claims, { secret: 'another secret that is long enough' }),
    too_long: await signed(claims, { exp: now() + 90_000 }),
    claims: await signed({ sub: 'eve', email: 'no address' }),
    algorithm: new UnsecuredJWT(claims)
      .setAudience(place.key)
      .setExpirationTime(now() + 600)
      .encode(),
    unreadable: 'no token at all',
  }
  for (const [reason, identity] of Object.entries(cases)) {
    const { visit } = await comes(place, { identity })
    assert.deepEqual([visit.kind, visit.refused], ['anonymous', reason], reason)
  }
  const { refusals } = (await desk.api('GET', `/widgets/${widgetId}/health`)).body
  assert.deepEqual(
    refusals.slice(0, 7).map(({ reason }: { reason: string }) => reason),
    Object.keys(cases).toReversed(),
  )
  assert.equal(refusals[0].origin, 'https://shop.example')
})

test('two keys are good at once, a third is refused, and one that is taken away is good no more; public keys too', async () => {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA')
  const pem = await exportSPKI(publicKey)
  assert.equal(
    (await desk.api('POST', `/widgets/${widgetId}/keys`, { algorithm: 'RS256', publicKey: pem })).status,
    400,
  )
  const added = await desk.api('POST', `/widgets/${widgetId}/keys`, { algorithm: 'EdDSA', publicKey: pem })
  assert.deepEqual([added.status, added.body.secret], [201, null])
  assert.equal((await desk.api('POST', `/widgets/${widgetId}/keys`, { algorithm: 'HS256' })).status, 409)
  const identity = await new SignJWT({ sub: 'kim', email: 'kim@customer.example' })
    .setProtectedHeader({ alg: 'EdDSA' })
    .setAudience(place.key)
    .setExpirationTime(now() + 600)
    .sign(privateKey)
  assert.equal((await comes(place, { identity })).visit.kind, 'verified')
  // The text of a public key is no secret to sign with.
  const confused = await signed({ sub: 'eve', email: 'eve@customer.example' }, { secret: pem })
  assert.equal((await comes(place, { identity: confused })).visit.refused, 'signature')
  await desk.api('DELETE', `/widgets/${widgetId}/keys/${added.body.id}`)
  assert.equal((await comes(place, { identity })).visit.refused, 'algorithm')
  const { body: entry } = await desk.api('GET', `/audit?thing=widget&limit=1`)
  assert.doesNotMatch(JSON.stringify(entry), new RegExp(secret))
})

test('who is shown to be somebody finds their conversation on another device; another person in the same browser does not', async () => {
  const identity = await signed({ sub: 'lee', email: 'lee@customer.example', name: 'Lee' })
  const phone = await comes(place)
  await phone.say('I began as nobody')
  const shown = await callChat(place, 'POST', '/visits', { token: phone.token, identity })
  assert.deepEqual([shown.body.kind, shown.body.token], ['verified', null])
  const desktop = await comes(place, { identity })
  const news = await conversation(desktop)
  assert.deepEqual(said(news), ['I began as nobody'])
  const { requester } = (await desk.api('GET', `/tickets/${news.state.id}`)).body
  assert.equal(requester.email, 'lee@customer.example')
  const other = await signed({ sub: 'mia', email: 'mia@customer.example' })
  const next = await comes(place, { token: desktop.token, identity: other })
  assert.notEqual(next.token, desktop.token)
  assert.deepEqual(said(await conversation(next)), [])
  assert.equal((await desktop.call('GET', '/conversation')).status, 401)
  // Signed out at the site: the token alone goes on as nobody.
  const out = await comes(place, { token: next.token })
  assert.deepEqual([out.visit.kind, out.token === next.token], ['anonymous', false])
})

test('forged tokens open nothing, other pages are refused, and what is too large is not read', async () => {
  const visitor = await comes(place)
  for (const token of [
    '',
    'x',
    visitor.token.slice(0, -1) + (visitor.token.endsWith('A') ? 'B' : 'A'),
    "' or 1=1 --",
  ])
    assert.equal((await visitor.call('GET', '/conversation', undefined, token)).status, 401)
  assert.equal(
    (await callChat({ ...place, origin: 'https://evil.example' }, 'POST', '/visits', {})).status,
    403,
  )
  assert.equal((await callChat({ ...place, origin: 'null' }, 'POST', '/visits', {})).status, 403)
  assert.equal((await callChat({ ...place, key: 'no-such-widget-key' }, 'POST', '/visits', {})).status, 404)
  const preflight = await fetch(`${place.url}/api/v1/chat/${place.key}/messages`, {
    method: 'OPTIONS',
    headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
  })
  assert.deepEqual(
    [
      preflight.status,
      preflight.headers.get('access-control-allow-origin'),
      preflight.headers.get('access-control-allow-credentials'),
    ],
    [204, 'https://shop.example', null],
  )
  assert.equal((await visitor.say('x'.repeat(4_001))).status, 400)
  const huge = await visitor.say('x'.repeat(50_000_000)).catch(() => ({ status: 413 }))
  assert.equal(huge.status, 413)
})

test('ten messages a minute and five conversations a day are enough; whoever is blocked is not heard', async () => {
  const visitor = await comes(place)
  const statuses: number[] = []
  for (let number = 0; number < 60; number++) statuses.push((await visitor.say(`Message ${number}`)).status)
  assert.equal(statuses.filter((status) => status === 201).length, 10)
  assert.deepEqual([...new Set(statuses)], [201, 429])
  desk.clock.pass(61)
  for (let number = 0; number < 4; number++)
    assert.equal((await visitor.say('New', { isNew: true })).status, 201)
  const sixth = await visitor.say('New', { isNew: true })
  assert.deepEqual([sixth.status, sixth.body.refusal], [429, 'too_many_chats'])
  // What is refused by what is told ahead leaves none of its bytes behind.
  desk.clock.pass(61)
  const bytes = Buffer.from(randomUUID())
  const isKept = () =>
    desk.running.desk.blobs.get(hashOf(bytes)).then(
      () => true,
      () => false,
    )
  const seventh = await visitor.send({ isNew: 'true' }, [new File([bytes], 'new.txt')], '/files?isNew=true')
  assert.deepEqual([seventh.body.refusal, await isKept()], ['too_many_chats', false])
  const rude = await comes(place)
  const id = ticketIdOf(await rude.say('…'))
  await desk.api('PATCH', `/tickets/${id}`, { spam: true })
  assert.deepEqual((await rude.say('Again')).body.refusal, 'blocked')
  assert.deepEqual((await rude.say('Again', { isNew: true })).body.refusal, 'blocked')
  assert.deepEqual((await rude.send({}, [new File([bytes], 'x.txt')])).body.refusal, 'blocked')
  assert.deepEqual((await rude.call('POST', '/buttons', { button: 'solved' })).body.refusal, 'blocked')
  assert.deepEqual((await rude.call('POST', '/ratings', { score: 5 })).body.refusal, 'blocked')
  // A network sends so much in a day, whatever its tokens.
  const other = await comes(place)
  assert.equal((await other.send({}, [new File([bytes], 'y.txt')])).status, 201)
  await desk.running.desk.database.rows(
    sql`update sign_in_try set level = 500 where bucket like 'bytes from %'`,
  )
  const much = await other.send({}, [new File([bytes], 'y.txt')])
  assert.deepEqual([much.status, much.body.refusal], [429, 'too_much'])
  await desk.running.desk.database.rows(sql`delete from sign_in_try where bucket like 'bytes %'`)
})

test('what another desk called a chat has no visitor, and is answered by mail', async () => {
  const requester = { email: 'old@customer.example', name: 'Old' }
  const made = await desk.api('POST', '/tickets', {
    subject: 'An old chat',
    body: 'Hi',
    requester,
    channel: 'chat',
  })
  assert.equal(made.status, 201)
  const posted = await answer(made.body.id, 'By mail')
  assert.deepEqual(posted.body.to, [{ name: 'Old', email: 'old@customer.example' }])
  const { items } = (await desk.api('GET', `/outbox?ticketId=${made.body.id}`)).body
  assert.ok(
    items.some(({ messageId }: { messageId: number | null }) => messageId === posted.body.id),
    JSON.stringify(items),
  )
  assert.equal((await desk.api('GET', `/tickets/${made.body.id}/chat`)).body, null)
})

test('the assistant answers in the chat, marked as automated and mailed to nobody; who wants a person is left in peace', async () => {
  const category = (await desk.api('POST', '/categories', { name: 'returns' })).body.id
  await writeHelp(desk)
  await goLive(desk, category)
  const visitor = await comes(place)
  const id = ticketIdOf(await visitor.say('Returning a lamp: how can I return my lamp?'))
  await desk.api('PATCH', `/tickets/${id}`, { category: 'returns' })
  await desk.api('PUT', `/tickets/${id}/assistant`, { enabled: true })
  const news = await until(async () => {
    const found = await conversation(visitor)
    return found.messages.length > 1 && found
  })
  assert.deepEqual([news.messages.at(-1).by, news.messages.at(-1).name], ['automated', 'Lumi'])
  assert.match(news.messages.at(-1).text, /Send it back within 30 days/)
  assert.deepEqual((await desk.api('GET', `/outbox?ticketId=${id}`)).body.items, [])
  const pressed = await visitor.call('POST', '/buttons', { button: 'person' })
  assert.deepEqual([pressed.status, pressed.body.state.status !== 'ended'], [200, true])
  assert.equal((await desk.api('GET', `/tickets/${id}/assistant`)).body.state, 'off')
  assert.equal((await visitor.call('POST', '/buttons', { button: 'person' })).status, 200)
  const told = await desk.running.desk.database.rows(sql`select from ticket_event
    where ticket_id = ${id} and kind = 'assistant_enabled' and actor_type = 'requester'`)
  assert.equal(told.length, 1)
})

/** Gives who answers a picture, and adds a colleague with another who says nothing. */
async function addFaces(sha256: string): Promise<number> {
  const { body } = await desk.api('POST', '/agents', {
    name: 'Silent',
    email: 'silent@desk.example',
    role: 'agent',
  })
  const { database } = desk.running.desk
  await database.rows(
    sql`update agent set picture_sha256 = case when person_id = ${body.id} then ${hashOf(Buffer.from('a,b'))} else ${sha256} end`,
  )
  return body.id
}

test('files go both ways: a second try is one message, and only the conversation’s own visitor opens them', async () => {
  const visitor = await comes(place)
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const picture = new File([png], 'crack.png', { type: 'image/png' })
  const clientId = randomUUID()
  const first = await visitor.send({ clientId }, [picture, new File(['a,b'], 'list.csv')])
  assert.equal(first.status, 201)
  assert.equal((await visitor.send({ clientId }, [picture])).status, 201)
  const id = ticketIdOf(first)
  const { body: ticket } = await desk.api('GET', `/tickets/${id}`)
  assert.equal(ticket.subject, 'crack.png')
  const { items } = (await desk.api('GET', `/tickets/${id}/messages`)).body
  assert.deepEqual(
    items.map(({ attachments }: { attachments: { name: string }[] }) => attachments.map(({ name }) => name)),
    [['crack.png', 'list.csv']],
  )
  const upload = new FormData()
  upload.set('file', new File([png], 'label.png'))
  const sent = await fetch(`${desk.url}/api/v1/attachments`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.token}` },
    body: upload,
  })
  const { id: labelId } = (await sent.json()) as { id: number }
  await answer(id, 'Your label', { attachments: [labelId] })
  const { messages } = await conversation(visitor)
  const files = messages.flatMap(({ files: all }: { files: object[] }) => all)
  assert.deepEqual(
    files.map(({ name, isPicture }: { name: string; isPicture: boolean }) => [name, isPicture]),
    [
      ['crack.png', true],
      ['list.csv', false],
      ['label.png', true],
    ],
  )
  const open = async (token: string, fileId: number) =>
    (
      await fetch(`${place.url}/api/v1/chat/${place.key}/files/${fileId}`, {
        headers: { 'x-docket-visitor': token },
      })
    ).status
  const other = await comes(place)
  await other.say('Hello')
  for (const file of files)
    assert.deepEqual([await open(visitor.token, file.id), await open(other.token, file.id)], [200, 404])
  // Whoever answers is seen by whom they answer, and nobody else of the desk by anybody.
  const agentId = await addFaces(hashOf(png))
  const [{ face }] = (await conversation(visitor)).messages.filter(({ by }: { by: string }) => by === 'agent')
  assert.equal(face, hashOf(png).slice(0, 16))
  const look = (visiting: ChatVisitor, of: string) =>
    fetch(`${place.url}/api/v1/chat/${place.key}/faces/${of}`, {
      headers: { 'x-docket-visitor': visiting.token },
    })
  const seen = await look(visitor, face)
  assert.deepEqual([seen.status, seen.headers.get('content-type')], [200, 'image/png'])
  const silent = hashOf(Buffer.from('a,b')).slice(0, 16)
  assert.deepEqual([(await look(other, face)).status, (await look(visitor, silent)).status], [404, 404])
  await desk.api('PATCH', `/tickets/${id}`, { assignee: agentId })
  const { state } = await conversation(visitor)
  assert.deepEqual(state.with, { name: 'Silent', face: silent })
  assert.equal((await look(visitor, silent)).status, 200)
  // What nobody could open, what is empty and what is too large is refused, and nothing is kept of it.
  const lying = await visitor.send({ text: 'Look' }, [new File(['<html>'], 'x.png', { type: 'image/png' })])
  assert.deepEqual([lying.status, lying.body.refusal], [400, 'lying_file'])
  const empty = await visitor.send({ text: 'Look' }, [new File([], 'x.txt')])
  assert.deepEqual([empty.status, empty.body.refusal], [400, 'empty_file'])
  const large = await visitor.send({ text: 'Look' }, [new File([Buffer.alloc(10_000_001)], 'x.bin')])
  assert.equal(large.status, 413)
  assert.equal((await visitor.send({}, [])).status, 400)
  assert.equal((await visitor.send({ clientId: 'no id', text: 'Look' }, [picture])).status, 400)
  assert.equal((await conversation(visitor)).messages.length, 2)
})
