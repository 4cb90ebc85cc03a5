// M3: an agent answers a notification by mail. Real rules, real mail both ways.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { letter, post } from '../support/customer.ts'
import { aRule, publishRules } from '../support/rulebook.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => {
  desk = await startDesk()
  await desk.api('PATCH', '/mail-policy', { trustedServers: ['mx.desk.example'], agentAnswers: 'reply' })
  const notify = { notify: { template: 'alert', to: ['agent:1'] } } as const
  await publishRules(
    desk,
    [aRule(1, { on: ['created'], do: [notify] })],
    [{ key: 'alert', subject: 'Look at {{ticket.id}}', body: 'Internal: {{ticket.url}}' }],
  )
})
after(() => desk.close())

/** A new ticket and the notification that its agent gets. */
async function notified() {
  const requester = { email: 'cy@customer.example', name: 'Cy' }
  const { body } = await desk.api('POST', '/tickets', { subject: 'Late', body: 'Where is it?', requester })
  const sent = await until(async () =>
    desk.sink.mails.find(({ raw, to }) => to.includes('bo@desk.example') && raw.includes(`#${body.id}]`)),
  )
  return { id: body.id as number, address: sent.mail.replyTo[0]?.email ?? '', sent }
}

/** Answers as a mail program does, with the notification quoted below. */
async function answer(
  to: string,
  text: string,
  { from = 'bo@desk.example', dmarc = 'pass' } = {},
): Promise<string> {
  const result = `Authentication-Results: mx.desk.example; dmarc=${dmarc} header.from=desk.example\r\n`
  const quoted = '> ##- Write above this line to answer -##\n>\n> Internal: a secret'
  const mail = letter({ from, to, text: `${text}\n\nOn Monday Docket wrote:\n${quoted}` })
  const said = await post(desk.smtpPort, Buffer.concat([Buffer.from(result), mail]), { from, to: [to] })
  assert.match(said, /^250/)
  const newest = await until(async () => {
    const { items } = (await desk.api('GET', '/mails?limit=1')).body
    return items[0]?.outcome.what !== 'waiting' && items[0]
  })
  return newest.outcome.reason ?? newest.outcome.what
}

async function messagesOf(id: number) {
  const { items } = (await desk.api('GET', `/tickets/${id}/messages`)).body
  return items.map((item: { kind: string; text: string }) => [item.kind, item.text])
}

test('a proven answer becomes a reply to the customer, without what it quotes', async () => {
  const { id, address, sent } = await notified()
  assert.match(address, /^support\+a\./)
  assert.match(sent.mail.text ?? '', /^##- Write above this line/)
  assert.equal(await answer(address, 'It comes on Friday.\n\n-- \nBo'), 'joined')
  assert.deepEqual((await messagesOf(id)).at(-1), ['reply', 'It comes on Friday.'])
  desk.clock.pass(11)
  const reply = await until(async () =>
    desk.sink.mails.find(({ mail }) => mail.text?.includes('It comes on Friday.') === true),
  )
  assert.deepEqual(reply.to, ['cy@customer.example'])
  assert.equal(reply.raw.includes('a secret'), false)
  assert.equal(await answer(address, '#note\nHe called twice.'), 'joined')
  assert.deepEqual((await messagesOf(id)).at(-1), ['note', 'He called twice.'])
})

test('anybody else, unproven mail, and an agent who has left are held', async () => {
  const { id, address } = await notified()
  const before = await messagesOf(id)
  assert.equal(await answer(address, 'Hi', { from: 'eve@evil.example' }), 'participant_mismatch')
  assert.equal(await answer(address, 'Hello', { dmarc: 'fail' }), 'failed_authentication')
  assert.equal(await answer(address, 'Hey', { dmarc: 'none' }), 'unverified_sender')
  assert.equal(await answer(address.replace(/\.[a-z2-7]{20}/, '.aaaaaaaaaaaaaaaaaaaa'), 'Ho'), 'opened')
  await desk.api('PATCH', '/mail-policy', { agentAnswers: 'off' })
  desk.running.desk.setup.forget()
  assert.equal(await answer(address, 'Off'), 'unknown_author_update')
  assert.deepEqual(await messagesOf(id), before)
})
