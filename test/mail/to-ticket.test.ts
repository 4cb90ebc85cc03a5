// The whole path: a mail comes in, is answered, the answer leaves, the customer's reply comes back to the same ticket.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { letter, post } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const support = 'support@docket.localhost'

async function write(text: string, more: Partial<Parameters<typeof letter>[0]> = {}) {
  const raw = letter({ from: 'Cy Doe <cy@customer.example>', to: support, subject: 'Refund', text, ...more })
  return post(desk.smtpPort, raw, { from: 'cy@customer.example', to: [more.to ?? support] })
}

test('a mail becomes a ticket, is answered, reopened by its customer, closed by time and reopened again', async () => {
  assert.match(await write('I want my money back.'), /^250 /)
  const ticket = await until(async () => (await desk.api('GET', '/tickets?q=refund')).body.items[0])
  assert.equal(ticket.status, 'new')
  assert.equal(ticket.requester.email, 'cy@customer.example')

  const ack = await until(async () => desk.sink.mails[0])
  assert.deepEqual(ack.to, ['cy@customer.example'])
  assert.equal(ack.from, '', 'an acknowledgement has the null return path (RFC 3834)')
  assert.equal(ack.mail.headers.get('auto-submitted')?.[0], 'auto-replied')

  const posted = await desk.api('POST', `/tickets/${ticket.id}/messages`, {
    kind: 'reply',
    body: 'It is on its way.',
    status: 'pending',
  })
  assert.equal(posted.status, 201)
  assert.equal(posted.body.delivery.state, 'queued')
  desk.clock.pass(11)
  const reply = await until(async () => desk.sink.mails[1])
  assert.match(reply.mail.subject, new RegExp(`\\[#${ticket.id}\\] Refund`))
  assert.match(reply.mail.replyTo[0]?.email ?? '', /^support\+r\.\d+\.[a-z2-7]{26}@docket\.localhost$/)
  assert.match(reply.mail.text ?? '', /It is on its way\./)

  await write('Thank you, but when?', {
    to: reply.mail.replyTo[0]?.email ?? '',
    subject: 'Re: something else',
  })
  await until(async () => (await desk.api('GET', `/tickets/${ticket.id}`)).body.status === 'open')

  await desk.api('POST', `/tickets/${ticket.id}/messages`, {
    kind: 'reply',
    body: 'Tomorrow.',
    status: 'resolved',
  })
  desk.clock.pass(4 * 86_400 + 1)
  await until(async () => (await desk.api('GET', `/tickets/${ticket.id}`)).body.status === 'closed', 20_000)

  await write('It did not come.', { inReplyTo: reply.mail.messageId ?? '' })
  const reopened = await until(async () => {
    const { body } = await desk.api('GET', `/tickets/${ticket.id}`)
    return body.status === 'open' ? body : null
  })
  assert.equal(reopened.reopenCount, 1)
  const { body } = await desk.api('GET', `/tickets/${ticket.id}/messages`)
  assert.deepEqual(
    body.items.map((message: { direction: string }) => message.direction),
    ['inbound', 'outbound', 'inbound', 'outbound', 'inbound'],
  )
})
