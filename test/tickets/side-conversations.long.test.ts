// Side conversations over real SMTP: what is asked of a vendor and what they answer never reaches the requester.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { letter, post, type Letter } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { aRule, publishRules } from '../support/rulebook.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const VENDOR = 'repairs@vendor.example'
let count = 0

async function newTicket(): Promise<{ id: number; email: string }> {
  const email = `buyer${++count}@customer.example`
  const asked = {
    subject: `The lamp is dark ${count}`,
    body: `It stays dark, order 77${count}.`,
    requester: { email },
  }
  return { id: (await desk.api('POST', '/tickets', asked)).body.id, email }
}
const path = (id: number, rest = '') => `/tickets/${id}/side-conversations${rest}`
const begin = (id: number, more: object = {}) =>
  desk.api('POST', path(id), { subject: 'Spare driver?', to: [VENDOR], body: 'Do you have one?', ...more })
const sentTo = async (email: string, text: string) => {
  desk.clock.pass(11)
  return until(async () =>
    desk.sink.mails.find(({ to, mail }) => to.includes(email) && mail.text?.includes(text)),
  )
}
async function answer(from: string, mail: Omit<Letter, 'from'>): Promise<void> {
  assert.match(await post(desk.smtpPort, letter({ ...mail, from }), { from, to: [mail.to] }), /^250 /)
}
const asideTexts = async (id: number, side: number): Promise<string[]> =>
  (await desk.api('GET', path(id, `/${side}/messages`))).body.items.map(({ text }: { text: string }) =>
    text.trim(),
  )
const publicTexts = async (id: number): Promise<string[]> =>
  (await desk.api('GET', `/tickets/${id}/messages`)).body.items.map(({ text }: { text: string }) =>
    text.trim(),
  )

test('a vendor is asked beside the ticket, and their answer lands there and nowhere else', async () => {
  const { id, email } = await newTicket()
  await desk.api('PATCH', `/tickets/${id}`, { status: 'on_hold' })
  const { status, body: side } = await begin(id)
  assert.equal(status, 201)
  const mail = await sentTo(VENDOR, 'Do you have one?')
  assert.deepEqual([mail.to, mail.mail.subject], [[VENDOR], 'Spare driver?'])
  const replyTo = mail.mail.replyTo[0]?.email ?? ''
  await answer(VENDOR, { to: replyTo, subject: 'Re: Spare driver?', text: 'Two in stock.' })
  await until(async () => (await asideTexts(id, side.id)).includes('Two in stock.'))
  assert.equal((await publicTexts(id)).length, 1, 'the conversation with the requester is as it was')
  const { body: ticket } = await desk.api('GET', `/tickets/${id}`)
  assert.equal(ticket.status, 'open', 'the answer takes the ticket off hold')
  assert.deepEqual(ticket.participants, [], 'the vendor takes no part in the ticket')
  // The next public reply answers the requester's thread, not the vendor's.
  await desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body: 'A new driver is on its way.' })
  const reply = await sentTo(email, 'on its way')
  assert.deepEqual(reply.to, [email])
  assert.ok(!JSON.stringify(reply.mail.references).includes(mail.mail.messageId ?? '?'))
  assert.ok(
    !desk.sink.mails.some(({ to, mail: each }) => to.includes(email) && /in stock/.test(each.text ?? '')),
  )
})

test('a colleague of the vendor may answer to the signed address; a stranger is held, and recovered into the thread', async () => {
  const { id } = await newTicket()
  const { body: side } = await begin(id, { subject: 'Stock?' })
  desk.clock.pass(11)
  const { mail } = await until(async () =>
    desk.sink.mails.find(({ mail: each }) => each.subject === 'Stock?'),
  )
  const address = mail.replyTo[0]?.email ?? ''
  await answer('kim@vendor.example', { to: address, subject: 'Re: Stock?', text: 'Kim here, yes.' })
  await until(async () => (await asideTexts(id, side.id)).includes('Kim here, yes.'))
  const listed = (await desk.api('GET', path(id))).body.items[0]
  assert.deepEqual(
    listed.participants.map(({ email }: { email: string }) => email),
    [VENDOR, 'kim@vendor.example'],
  )
  await answer('sam@elsewhere.example', { to: address, subject: 'Re: Stock?', text: 'Me too.' })
  const held = await until(async () => (await desk.api('GET', '/quarantine?q=elsewhere')).body.items[0])
  assert.equal(held.reasons[0].name, 'unknown_author_update')
  await desk.api('POST', `/quarantine/${held.id}/recover`, { ticketId: id })
  await until(async () => (await asideTexts(id, side.id)).includes('Me too.'))
  assert.equal((await publicTexts(id)).length, 1)
  assert.deepEqual((await desk.api('GET', `/tickets/${id}`)).body.participants, [])
})

test('forwarding takes a message and its files along, and leaves the ticket as it is', async () => {
  const from = `forward${++count}@customer.example`
  const parts = ['It looks so.', 'a picture of it'].map(
    (text, at) =>
      `--b\r\nContent-Type: text/plain${at === 0 ? '' : '; name="photo.txt"\r\nContent-Disposition: attachment'}\r\n\r\n${text}\r\n`,
  )
  const head = `From: ${from}\r\nTo: support@docket.localhost\r\nSubject: See the photo\r\nMessage-ID: <photo@customer.example>`
  const raw = `${head}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.join('')}--b--\r\n`
  assert.match(
    await post(desk.smtpPort, Buffer.from(raw), { from, to: ['support@docket.localhost'] }),
    /^250 /,
  )
  const { id } = await until(async () => (await desk.api('GET', '/tickets?q="See the photo"')).body.items[0])
  const [first] = (await desk.api('GET', `/tickets/${id}/messages`)).body.items
  const forwarded = await begin(id, { subject: 'Fwd: See the photo', body: '', forward: first.id })
  assert.equal(forwarded.status, 201, JSON.stringify(forwarded.body))
  const { mail } = await sentTo(VENDOR, 'It looks so.')
  assert.match(mail.text ?? '', new RegExp(`From: .*${from}`))
  assert.deepEqual(
    mail.attachments.map(({ name }) => name),
    ['photo.txt'],
  )
  assert.equal((await desk.api('GET', `/tickets/${id}`)).body.status, 'new')
  const elsewhere = await newTicket()
  assert.equal((await begin(elsewhere.id, { forward: first.id })).status, 400, 'a message of another ticket')
})

test('a side conversation is ended, and opens again when somebody writes', async () => {
  const { id } = await newTicket()
  const { body: side } = await begin(id)
  const set = async (status: string) =>
    (await desk.api('PATCH', path(id, `/${side.id}`), { status })).body.status
  assert.equal(await set('done'), 'done')
  assert.equal(
    (await desk.api('POST', path(id, `/${side.id}/messages`), { body: 'One more thing' })).status,
    201,
  )
  assert.equal((await desk.api('GET', path(id))).body.items[0].status, 'open')
  const [posted] = (await desk.api('GET', path(id, `/${side.id}/messages`))).body.items
  const undone = await desk.api('POST', `/tickets/${id}/messages/${posted.id}/undo-send`)
  assert.equal(undone.status, 404, 'it never becomes the draft of a public reply')
})

test('who may not reply may not write aside, who may not see the ticket sees nothing, and nobody writes to the requester here', async () => {
  const { id, email } = await newTicket()
  const { body: side } = await begin(id)
  const viewer = desk.as((await desk.addAgent('Vera', 'viewer')).token)
  assert.equal((await viewer('GET', path(id))).status, 200)
  assert.equal((await viewer('POST', path(id), { subject: 'x', to: [VENDOR], body: 'x' })).status, 403)
  assert.equal((await viewer('PATCH', path(id, `/${side.id}`), { status: 'done' })).status, 403)
  const mia = await desk.addAgent('Mia', 'agent')
  const { body: team } = await desk.api('POST', '/teams', { name: 'Elsewhere' })
  await desk.api('PATCH', `/tickets/${id}`, { team: team.id })
  await desk.api('PATCH', `/agents/${mia.principal.agentId}`, { sees: 'own_teams' })
  assert.equal((await desk.as(mia.token)('GET', path(id))).status, 404)
  assert.equal((await desk.as('nonsense')('GET', path(id))).status, 401)
  const other = await newTicket()
  assert.equal(
    (await desk.api('GET', path(other.id, `/${side.id}/messages`))).status,
    404,
    'not of this ticket',
  )
  assert.equal((await begin(id, { to: [email] })).status, 400)
  assert.equal((await begin(id, { to: ['support@docket.localhost'] })).status, 400)
})

test('what is begun is kept for its writer on every device, for nobody else, and gone once it is sent', async () => {
  const { id } = await newTicket()
  const drafts = async (call = desk.api) => (await call('GET', `/tickets/${id}/side-drafts`)).body.items
  const put = (thread: string, body: string) =>
    desk.api('PUT', `/tickets/${id}/side-drafts/${thread}`, { to: VENDOR, subject: 'Spare?', body })
  const [first] = (await desk.api('GET', `/tickets/${id}/messages`)).body.items
  await put('new', '<p>Have you</p>')
  assert.equal((await put('new', '<p>Have you one?</p>')).status, 200)
  await put(`forward-${first.id}`, '')
  const kept = await drafts()
  assert.deepEqual(
    kept.map(({ thread, to, body }: { thread: string; to: string; body: string }) => [thread, to, body]),
    [
      [`forward-${first.id}`, VENDOR, ''],
      ['new', VENDOR, '<p>Have you one?</p>'],
    ],
  )
  const una = desk.as((await desk.addAgent('Una', 'agent')).token)
  assert.deepEqual(await drafts(una), [])
  const { body: side } = await begin(id)
  await put(String(side.id), '<p>And a second</p>')
  assert.deepEqual(
    (await drafts()).map(({ thread }: { thread: string }) => thread),
    [String(side.id), `forward-${first.id}`],
    'sending a new one throws its draft away',
  )
  await desk.api('POST', path(id, `/${side.id}/messages`), { body: 'And a second' })
  await begin(id, { subject: 'Fwd', body: '', forward: first.id })
  assert.deepEqual(await drafts(), [])
  assert.equal((await put('elsewhere', '')).status, 400)
  const viewer = desk.as((await desk.addAgent('Vic', 'viewer')).token)
  assert.equal((await viewer('GET', `/tickets/${id}/side-drafts`)).status, 403)
})

test('what is said aside is no text of the ticket for rules, whatever they listen to', async () => {
  const texts = ['message.text', 'anyMessage.text']
  await publishRules(
    desk,
    texts.map((field, index) =>
      aRule(index + 1, {
        on: ['any'],
        if: { field, op: 'contains_word', value: 'driver' },
        do: [{ addTags: [`met-${index}`] }],
      }),
    ),
  )
  const { id } = await newTicket()
  const { body: side } = await begin(id, { body: 'Is a driver left?' })
  const { mail } = await sentTo(VENDOR, 'Is a driver left?')
  await answer(VENDOR, {
    to: mail.replyTo[0]?.email ?? '',
    subject: 'Re: Spare driver?',
    text: 'A driver is there.',
  })
  await until(async () => (await asideTexts(id, side.id)).includes('A driver is there.'))
  assert.deepEqual((await desk.api('GET', `/tickets/${id}`)).body.tags, [])
  await desk.api('POST', `/tickets/${id}/messages`, { kind: 'note', body: 'The driver is there.' })
  assert.deepEqual((await desk.api('GET', `/tickets/${id}`)).body.tags, ['met-0', 'met-1'])
})
