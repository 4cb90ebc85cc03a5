// What mail does to tickets: the examples L15, L19, L27, L30, L35, L39–L43 and L45–L47 of the lifecycle, over real SMTP.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { letter, post, type Letter } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const support = 'support@docket.localhost'
const DAY = 86_400
let count = 0

type Message = { id: number; text: string; mergedFromTicketId: number | null; kind: string }

/** A customer nobody has heard of yet. */
const someone = () => `customer${++count}@customer.example`

async function write(from: string, mail: Omit<Letter, 'from' | 'to'> & { to?: string }): Promise<void> {
  const to = mail.to ?? support
  const answer = await post(desk.smtpPort, letter({ ...mail, from, to }), { from, to: [to] })
  assert.match(answer, /^250 /)
}

/** A ticket opened by a mail of its own subject. */
async function opened(from: string, more: Partial<Letter> = {}): Promise<number> {
  const subject = `Matter ${++count}x`
  await write(from, { subject, ...more })
  const found = await until(async () => (await desk.api('GET', `/tickets?q="${subject}"`)).body.items[0])
  return found.id
}

/** An answer that reached the customer: its address for replies and its Message-ID. */
async function answered(
  ticketId: number,
  body: object = {},
): Promise<{ replyTo: string; messageId: string }> {
  const text = `Answer ${++count}x`
  const posted = await desk.api('POST', `/tickets/${ticketId}/messages`, {
    kind: 'reply',
    body: text,
    ...body,
  })
  assert.equal(posted.status, 201)
  desk.clock.pass(11)
  const sent = await until(async () => desk.sink.mails.find(({ mail }) => mail.text?.includes(text)))
  return { replyTo: sent.mail.replyTo[0]?.email ?? '', messageId: sent.mail.messageId ?? '' }
}

const ticket = async (id: number) => (await desk.api('GET', `/tickets/${id}`)).body
const messages = async (id: number): Promise<Message[]> =>
  (await desk.api('GET', `/tickets/${id}/messages`)).body.items
const texts = async (id: number) => (await messages(id)).map(({ text }) => text.trim())
const said = (id: number, text: string) => until(async () => (await texts(id)).includes(text))
const held = (q: string) =>
  until(async () => (await desk.api('GET', `/quarantine?q=${encodeURIComponent(q)}`)).body.items[0])

test('L15 an out-of-office answer is a fact of delivery: nothing reopens, nobody is answered', async () => {
  const from = someone()
  const id = await opened(from)
  const { messageId } = await answered(id, { status: 'resolved' })
  const before = desk.sink.mails.length
  await write(from, {
    subject: 'Automatic reply: away',
    text: 'I am away until Monday.',
    inReplyTo: messageId,
    headers: { 'Auto-Submitted': 'auto-replied' },
  })
  const events = await until(async () => {
    const { items } = (await desk.api('GET', `/tickets/${id}/events`)).body
    const facts = items.filter(({ kind }: { kind: string }) => kind === 'message_delivery')
    return facts.length > 1 ? facts : null
  })
  assert.equal(events.at(-1).payload.messageId, (await messages(id)).at(-1)?.id)
  assert.equal((await ticket(id)).status, 'resolved')
  assert.ok(!(await texts(id)).some((text) => text.includes('away until')))
  assert.equal(desk.sink.mails.length, before)
})

test('an answer quotes below what its reader wrote, and nothing to whoever had not read it', async () => {
  const from = someone()
  const id = await opened(from, { text: 'My lamp flickers.\n\nSince Monday.' })
  const mailOf = async (body: object) => {
    const { messageId } = await answered(id, body)
    const found = desk.sink.mails.find(({ mail }) => mail.messageId === messageId) ?? assert.fail()
    return { messageId, text: found.mail.text ?? '', raw: found.raw.toString() }
  }
  const told = await mailOf({})
  assert.match(
    told.text,
    /Answer \d+x\r?\n\r?\n-- \r?\nBo\r?\n\r?\nOn .+ wrote:\r?\n> My lamp flickers\.\r?\n>\r?\n> Since Monday\./,
  )
  assert.match(told.raw, /font-family/)
  const wider = await mailOf({ cc: [someone()] })
  assert.doesNotMatch(wider.text, /flickers/)
  // Who answers is told by name, until that is not wanted.
  await desk.api('PATCH', '/settings', { nameBelow: false })
  assert.doesNotMatch((await mailOf({})).text, /^Bo\r?$/m)
  await desk.api('PATCH', '/settings', { nameBelow: true })
  // What they answer is read without it.
  const answer = `Works.\n\n${told.text.replace(/^/gm, '> ')}`
  await write(from, { subject: 'Re: lamp', text: answer, inReplyTo: told.messageId })
  await said(id, 'Works.')
  await desk.api('PATCH', '/settings', { quoteBelow: false })
  assert.doesNotMatch((await mailOf({})).text, /Works/)
  await desk.api('PATCH', '/settings', { quoteBelow: true })
})

test('L19 an answer after the reopen window opens a follow-up that says what it follows', async () => {
  const from = someone()
  const id = await opened(from)
  await desk.api('PATCH', `/tickets/${id}`, { priority: 'high', addTags: ['vip'] })
  const { messageId } = await answered(id, { status: 'resolved' })
  desk.clock.pass(4 * DAY + 1)
  await until(async () => (await ticket(id)).status === 'closed')
  desk.clock.pass(31 * DAY)
  await write(from, { subject: 'Re: long ago', text: 'It broke again.', inReplyTo: messageId })
  const { items } = await until(async () => {
    const { body } = await desk.api('GET', `/tickets/${id}/links`)
    return body.items.length > 0 ? body : null
  })
  assert.equal(items[0].type, 'followed_by')
  const next = await ticket(items[0].ticket.id)
  assert.deepEqual([next.status, next.priority, next.tags], ['new', 'normal', ['vip']])
  assert.equal((await ticket(id)).status, 'closed')
})

test('L27 and L30 a merged ticket’s address leads to the target; unmerging takes back what came through it', async () => {
  const from = someone()
  const [a, b] = [await opened(from), await opened(from)]
  const [toA, toB] = [await answered(a), await answered(b)]
  assert.equal((await desk.api('POST', `/tickets/${a}/merge`, { into: b })).status, 200)
  await write(from, { to: toA.replyTo, text: 'by the address of A' })
  await said(b, 'by the address of A')
  assert.equal(
    (await messages(b)).find(({ text }) => text.trim() === 'by the address of A')?.mergedFromTicketId,
    a,
  )
  await write(from, { to: toB.replyTo, text: 'by the address of B' })
  await said(b, 'by the address of B')
  assert.equal((await desk.api('POST', `/tickets/${a}/unmerge`)).status, 200)
  assert.ok((await texts(a)).includes('by the address of A'))
  assert.ok((await texts(b)).includes('by the address of B'))
  assert.ok(!(await texts(b)).includes('by the address of A'))
})

test('L35 the same Idempotency-Key twice is one reply', async () => {
  const id = await opened(someone())
  const body = { kind: 'reply', body: 'Once.' }
  const key = { 'idempotency-key': `reply-${id}` }
  const first = await desk.api('POST', `/tickets/${id}/messages`, body, key)
  const second = await desk.api('POST', `/tickets/${id}/messages`, body, key)
  assert.deepEqual([first.status, second.status], [201, 201])
  assert.equal(first.body.id, second.body.id)
  assert.equal((await texts(id)).filter((text) => text === 'Once.').length, 1)
})

test('L39 a stranger who answers a known thread is held, and joins only by an agent’s decision', async () => {
  const id = await opened(someone())
  const { messageId } = await answered(id)
  const stranger = someone()
  await write(stranger, { subject: `Re: from ${stranger}`, text: 'Me too.', inReplyTo: messageId })
  const mail = await held(stranger)
  assert.deepEqual([mail.reasons[0].name, mail.ticketId], ['unknown_author_update', id])
  assert.ok(!(await texts(id)).includes('Me too.'))
  assert.equal((await ticket(id)).participants.length, 0)
})

test('L40 mails without a Message-ID are tickets of their own; L47 a subject needs no number', async () => {
  const from = someone()
  const subject = `Nothing ${count}x`
  for (const text of ['one', 'two']) {
    const raw = Buffer.from(
      `From: ${from}\r\nTo: ${support}\r\nSubject: ${subject}\r\nMessage-ID:\r\n\r\n${text}\r\n`,
    )
    assert.match(await post(desk.smtpPort, raw, { from, to: [support] }), /^250 /)
  }
  const { items } = await until(async () => {
    const { body } = await desk.api('GET', `/tickets?q="${subject}"`)
    return body.items.length === 2 ? body : null
  })
  assert.deepEqual(items.map(({ snippet }: { snippet: string }) => snippet).toSorted(), ['one', 'two'])
})

test('L41 our signed address in Cc alone is enough', async () => {
  const from = someone()
  const id = await opened(from)
  const { replyTo } = await answered(id)
  const raw = letter({ from, to: 'friend@elsewhere.example', text: 'For you too.', headers: { Cc: replyTo } })
  assert.match(await post(desk.smtpPort, raw, { from, to: [replyTo] }), /^250 /)
  await said(id, 'For you too.')
})

test('L42 who takes part in one ticket takes no part in another', async () => {
  const from = someone()
  const copied = someone()
  const [one, two] = [await opened(from), await opened(someone())]
  await desk.api('POST', `/tickets/${one}/participants`, { email: copied, role: 'cc' })
  const { messageId } = await answered(two)
  await write(copied, { subject: `Re: of ${copied}`, text: 'Which thread is this?', inReplyTo: messageId })
  assert.equal((await held(copied)).ticketId, two)
  for (const id of [one, two]) assert.ok(!(await texts(id)).includes('Which thread is this?'))
})

test('L43 a machine that answers our answers gets none after a while', async () => {
  const from = someone()
  const before = desk.sink.mails.length
  const acknowledged = () => desk.sink.mails.slice(before).filter(({ to }) => to.includes(from)).length
  for (let turn = 0; turn < 8; turn++) await opened(from)
  await until(async () => acknowledged() >= 5)
  const last = await opened(someone())
  await until(async () => desk.sink.mails.some(({ mail }) => mail.subject.includes(`[#${last}]`)))
  assert.equal(acknowledged(), 5)
  // The brake is on, seen on the ticket and in the list, and somebody who may lets the mail go on.
  const ticketId = await opened(from)
  const brakes = async (query = '') => (await desk.api('GET', `/mail-brakes${query}`)).body.items
  const [brake] = await brakes(`?ticketId=${ticketId}`)
  assert.equal(brake.email, from)
  assert.deepEqual(await brakes(`?ticketId=${last}`), [], 'only there')
  const agent = desk.as((await desk.addAgent('Brakes', 'agent')).token)
  assert.equal((await agent('GET', '/mail-brakes')).status, 403)
  assert.equal((await agent('POST', `/mail-brakes/${brake.id}/end`)).status, 403)
  assert.equal((await desk.api('POST', `/mail-brakes/${brake.id}/end`)).status, 204)
  await opened(from)
  await until(async () => acknowledged() === 6)
  assert.deepEqual(await brakes(`?ticketId=${ticketId}`), [])
})

test('L45 a recovered mail’s ticket begins when it is recovered', async () => {
  const id = await opened(someone())
  const { messageId } = await answered(id)
  const stranger = someone()
  await write(stranger, { subject: `Held of ${stranger}`, text: 'A new matter.', inReplyTo: messageId })
  const mail = await held(stranger)
  desk.clock.pass(5 * 3_600)
  const recovered = await desk.api('POST', `/quarantine/${mail.id}/recover`, {})
  assert.ok(recovered.status < 300, JSON.stringify(recovered.body))
  const fresh = await ticket(recovered.body.ticketId)
  assert.notEqual(fresh.id, id)
  assert.equal(fresh.createdAt, desk.clock.now())
})

test('L46 who leaves the team leaves active tickets to it, and keeps what they settled', async () => {
  const ana = await desk.addAgent('Ana', 'agent')
  const team = (await desk.api('POST', '/teams', { name: 'North', members: [ana.principal.agentId] })).body
  const [open, resolved] = [await opened(someone()), await opened(someone())]
  for (const id of [open, resolved])
    await desk.api('PATCH', `/tickets/${id}`, { team: team.id, assignee: ana.principal.agentId })
  await desk.api('PATCH', `/tickets/${resolved}`, { status: 'resolved' })
  assert.equal((await desk.api('PATCH', `/teams/${team.id}`, { members: [] })).status, 200)
  assert.deepEqual([(await ticket(open)).assignee, (await ticket(resolved)).assignee?.name], [null, 'Ana'])
})

test('a ticket begins with a mail to a customer and a copy; their answer joins it and opens it', async () => {
  const from = someone()
  const asked = {
    direction: 'outbound',
    subject: 'Your lamp is ready',
    body: '<p>Come and <b>fetch</b> it.</p>',
    bodyFormat: 'html',
    requester: { email: from, name: 'Cy' },
    cc: ['copy@customer.example'],
  }
  const { body: made } = await desk.api('POST', '/tickets', asked)
  assert.equal(made.status, 'pending')
  desk.clock.pass(11)
  const sent = await until(async () => desk.sink.mails.find(({ mail }) => mail.text?.includes('fetch it')))
  assert.deepEqual(sent.to.toSorted(), ['copy@customer.example', from].toSorted())
  assert.match(sent.mail.subject ?? '', /^(?!Re:).*Your lamp is ready/)
  await write(from, { to: sent.mail.replyTo[0]?.email ?? '', text: 'I come on Monday.' })
  await said(made.id, 'I come on Monday.')
  assert.equal((await ticket(made.id)).status, 'open')
  assert.equal((await ticket(made.id)).snippet, 'I come on Monday.')
})

test('words of a mail are taken away for good, in search and in its source too; then all of it', async () => {
  const from = someone()
  const id = await opened(from, { text: 'My card is 4111 1111 1111 1111, the zirconium one.' })
  const [message] = await messages(id)
  assert.ok(message)
  const path = `/tickets/${id}/messages/${message.id}`
  const none = await desk.api('POST', `${path}/redact`, { words: ['not there'] })
  assert.equal(none.status, 400)
  assert.equal((await desk.api('GET', `${path}/source`)).status, 200)
  await desk.api('POST', `${path}/redact`, { words: ['4111 1111 1111 1111'] })
  assert.match((await texts(id))[0] ?? '', /^My card is █████, the zirconium one\./)
  assert.equal((await desk.api('GET', `${path}/source`)).status, 404)
  const { body } = await desk.api('POST', `${path}/redact`, {})
  assert.deepEqual([body.text, body.redactedAt === null], ['', false])
  await until(async () => (await desk.api('GET', '/tickets?q=zirconium')).body.items.length === 0)
})

test('a list downloads as CSV, in its order, without formulas', async () => {
  const from = someone()
  await opened(from)
  await desk.api('POST', '/tickets', { subject: '=1+1', body: 'x', requester: { email: from } })
  const { body } = await desk.api('GET', `/tickets/list.csv?q=requester:${from}&sort=oldest`)
  const [head, , second] = String(body).split('\r\n')
  assert.match(head ?? '', /^id,subject,status/)
  assert.match(second ?? '', /,'=1\+1,new,/)
})
