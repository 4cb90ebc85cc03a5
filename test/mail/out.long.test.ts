// What leaves: held until its moment, to exactly those who were meant, and whatever becomes of it is shown and never hidden.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createRelay } from '#channels/smtp-out.ts'
import { acceptMail } from '#desk/inbound/receive.ts'
import type { Fault } from '#kit/fault.ts'
import { letter } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { atEnd } from '../support/ends.ts'
import { startSink, type Sink } from '../support/sink.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

async function openTicket(email: string): Promise<number> {
  const asked = { subject: 'Lamp', body: 'It broke.', requester: { email, name: 'Cy' } }
  return (await desk.api('POST', '/tickets', asked)).body.id
}
const reply = async (id: number, body: string, more: object = {}) => {
  const answer = await desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, ...more })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const deliveryOf = async (id: number, messageId: number) =>
  (await desk.api('GET', `/tickets/${id}/messages?before=end`)).body.items.find(
    (each: { id: number }) => each.id === messageId,
  ).delivery
const left = (text: string) => desk.sink.mails.filter(({ mail }) => mail.text?.includes(text))
const take = async (bytes: Uint8Array, from: string, to: string) => {
  const { desk: inside } = desk.running
  await acceptMail(inside, inside.database, {
    bytes,
    envelope: { from, to: [to], remoteAddress: null },
    source: 'test',
  })
}

test('a reply is sent at the moment that was chosen, to those who were shown, though the ticket has changed since', async () => {
  const id = await openTicket('later@customer.com')
  const sendAt = new Date(Date.parse(desk.clock.now()) + 3_600_000).toISOString()
  const { id: messageId } = await reply(id, 'Sent in an hour.', { sendAt, cc: ['cc@customer.com'] })
  const planned = await deliveryOf(id, messageId)
  assert.deepEqual([planned.state, planned.sendAt], ['queued', sendAt])
  desk.clock.pass(1_800)
  const added = { role: 'cc', email: 'too-late@customer.com' }
  assert.ok((await desk.api('POST', `/tickets/${id}/participants`, added)).status < 300)
  assert.deepEqual(left('Sent in an hour'), [])
  desk.clock.pass(1_801)
  const [mail] = await until(async () => {
    const found = left('Sent in an hour')
    return found.length > 0 && found
  })
  assert.deepEqual([...(mail?.to ?? [])].toSorted(), ['cc@customer.com', 'later@customer.com'])
  assert.equal(mail?.mail.headers.has('bcc'), false)
  await until(async () => (await deliveryOf(id, messageId)).state === 'sent')
})

test('one of two recipients is refused: the other has the mail, and its author is told who has not', async () => {
  const id = await openTicket('good@customer.com')
  desk.sink.refuseRecipient('gone@customer.com')
  const { id: messageId } = await reply(id, 'To both of you.', { cc: ['gone@customer.com'] })
  desk.clock.pass(11)
  const delivery = await until(async () => {
    const found = await deliveryOf(id, messageId)
    return found.state === 'bounced' && found
  })
  assert.match(delivery.detail, /gone@customer\.com: 550 5\.1\.1 nobody there/)
  assert.deepEqual(
    left('To both of you').map(({ to }) => to),
    [['good@customer.com']],
    'once, and to the other',
  )
  const { items } = (await desk.api('GET', '/alerts')).body
  assert.deepEqual(
    items
      .filter((each: { ticketId: number }) => each.ticketId === id)
      .map((each: { address: string }) => each.address),
    ['gone@customer.com'],
  )
})

test('the server hangs up after the last byte: a reply leaves again under its Message-ID, an acknowledgement does not', async () => {
  const id = await openTicket('window@customer.com')
  const { id: messageId } = await reply(id, 'In the window.')
  desk.sink.hangUp('window@customer.com', 'In the window')
  desk.clock.pass(11)
  await until(async () => left('In the window').length === 1)
  const trying = await until(async () => {
    const found = await deliveryOf(id, messageId)
    return found.detail !== null && found
  })
  assert.equal(trying.state, 'queued')
  desk.clock.pass(31)
  await until(async () => left('In the window').length === 2)
  assert.equal(new Set(left('In the window').map(({ mail }) => mail.messageId)).size, 1)

  desk.sink.hangUp('ack@customer.com')
  const subject = 'Acknowledged perhaps'
  await take(
    letter({ from: 'ack@customer.com', to: 'support@docket.localhost', subject }),
    'ack@customer.com',
    'support@docket.localhost',
  )
  const entry = await until(async () => {
    const { items } = (await desk.api('GET', '/outbox?state=unknown')).body
    return items.length > 0 && items[0]
  })
  assert.match(entry.detail, /before the server answered/)
  const copies = () => desk.sink.mails.filter(({ to }) => to.includes('ack@customer.com')).length
  desk.clock.pass(86_400)
  await new Promise((done) => setTimeout(done, 300))
  assert.equal(copies(), 1, 'nothing automatic is sent twice')
})

test('F4: a report of delay shows as delayed, of delivery as delivered, and the last word on each recipient counts', async () => {
  const id = await openTicket('slow@customer.com')
  const { id: messageId } = await reply(id, 'Take your time.')
  desk.clock.pass(11)
  const sent = await until(async () => left('Take your time')[0])
  const becomes = (state: string) => until(async () => (await deliveryOf(id, messageId)).state === state)
  await take(report(sent.from, ['slow@customer.com', 'delayed', '4.4.1']), '', sent.from)
  await becomes('delayed')
  await take(report(sent.from, ['slow@customer.com', 'delivered', '2.0.0']), '', sent.from)
  await becomes('delivered')
})

test('F4: a report on several recipients counts for each of them', async () => {
  const id = await openTicket('here@customer.com')
  const { id: messageId } = await reply(id, 'To three.', { cc: ['dead@customer.com', 'full@customer.com'] })
  desk.clock.pass(11)
  const sent = await until(async () => left('To three')[0])
  const fates = [
    ['dead@customer.com', 'failed', '5.1.1'],
    ['full@customer.com', 'failed', '5.2.2'],
    ['here@customer.com', 'delivered', '2.0.0'],
  ] as const
  await take(report(sent.from, ...fates), '', sent.from)
  await until(async () => (await deliveryOf(id, messageId)).state === 'bounced')
  const about = (await desk.api('GET', '/alerts')).body.items.filter(
    (each: { ticketId: number }) => each.ticketId === id,
  )
  const bounced = (await desk.api('GET', '/outbox?state=bounced')).body.items
  assert.ok(
    bounced.some(
      (each: { ticketId: number; state: string }) => each.ticketId === id && each.state === 'bounced',
    ),
  )
  assert.deepEqual(about.map((each: { address: string }) => each.address).toSorted(), [
    'dead@customer.com',
    'full@customer.com',
  ])
  const { items } = (await desk.api('GET', '/suppressions')).body
  assert.deepEqual(
    items.map(({ email }: { email: string }) => email),
    ['dead@customer.com'],
    'a full mailbox is no dead address',
  )
})

/** A report (RFC 3464) to a return path, on recipients with action and status. */
function report(to: string, ...fates: readonly (readonly [string, string, string])[]): Buffer {
  const blocks = fates.map(
    ([recipient, action, status]) =>
      `Final-Recipient: rfc822; ${recipient}\r\nAction: ${action}\r\nStatus: ${status}\r\n\r\n`,
  )
  return Buffer.from(
    `From: MAILER-DAEMON@mx.customer.com\r\nTo: ${to}\r\nSubject: Delivery status\r\nMessage-ID: <${fates.join('-')}@mx>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee below\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\n${blocks.join('')}--b--\r\n`,
  )
}

test('an address whose letters the server does not take is never given to it, and is named; the others get the mail', async (t) => {
  const [older, newer] = await Promise.all([startSink({ isOld: true }), startSink()])
  atEnd(t, () => Promise.all([older.close(), newer.close()]))
  const mail = (...to: string[]) => ({
    raw: letter({ from: 'desk@desk.example', to: to.join(', '), subject: 'Lamp', text: 'It is mended.' }),
    envelope: { from: 'desk@desk.example', to },
  })
  const over = (sink: Sink) => {
    const relay = createRelay({ url: `smtp://127.0.0.1:${sink.port}` })
    atEnd(t, relay.close)
    return relay
  }
  const relay = over(older)
  const { rejected } = await relay.send(mail('jürgen@customer.com', 'cy@customer.com'))
  assert.deepEqual(
    rejected.map(({ address, code }) => [address, code]),
    [['jürgen@customer.com', 'SMTPUTF8']],
  )
  assert.deepEqual(
    older.mails.map(({ to }) => to),
    [['cy@customer.com']],
  )
  await assert.rejects(relay.send(mail('jürgen@customer.com')), (error: Fault) => {
    assert.deepEqual([error.code, error.retryable], ['SMTPUTF8', false])
    return /does not offer SMTPUTF8/.test(error.message)
  })
  assert.deepEqual((await over(newer).send(mail('jürgen@customer.com', 'cy@customer.com'))).rejected, [])
  assert.deepEqual(newer.mails[0]?.to, ['jürgen@customer.com', 'cy@customer.com'])
})
