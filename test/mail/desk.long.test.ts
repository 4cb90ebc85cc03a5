// Mail as the desk's people meet it: quarantine and its lists, forwarded mail, invitations, signatures of our own, and who may see what.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { authenticate } from 'mailauth'
import { acceptMail } from '#desk/inbound/receive.ts'
import { sql } from '#store/sql.ts'
import { letter } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

const support = 'support@docket.localhost'
let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

type Outcome = { opened?: number; joined?: number; held?: string }

async function take(bytes: Uint8Array): Promise<Outcome> {
  const { desk: inside } = desk.running
  const envelope = { from: null, to: [support], remoteAddress: null }
  const { id } = await acceptMail(inside, inside.database, { bytes, envelope, source: 'test' })
  return until(async () => {
    const row = await inside.database.row<{ outcome: Outcome | null }>(
      sql`select outcome from raw_mail where id = ${id}`,
    )
    return row?.outcome
  })
}

const news = (n: number) =>
  letter({
    from: 'news@shop.com',
    to: support,
    subject: `Offer ${n}`,
    headers: { 'List-Id': '<offers.shop.com>', 'List-Unsubscribe': '<mailto:x@shop.com>' },
  })

test('held mail is let in by the dozen, its rate is counted, and lists decide from then on', async () => {
  for (let n = 0; n < 4; n++) assert.equal((await take(news(n))).held, 'mailing_list')
  const { items } = (await desk.api('GET', '/quarantine?reason=mailing_list')).body
  assert.equal(items.length, 4)
  assert.match(items[0].snippet, /question/)
  desk.clock.pass(3_600)
  const ids = items.map(({ id }: { id: number }) => id)
  const done = await desk.api('POST', '/quarantine/bulk', {
    ids: [...ids.slice(0, 3), 999_999],
    action: 'recover',
    allowSender: true,
  })
  assert.equal(done.body.done, 3)
  assert.deepEqual(
    done.body.failed.map(({ id }: { id: number }) => id),
    [999_999],
  )
  const rates = (await desk.api('GET', '/quarantine/rates')).body.reasons
  assert.deepEqual(
    rates.map(({ reason, held, recovered, rate }: Record<string, unknown>) => [
      reason,
      held,
      recovered,
      rate,
    ]),
    [['mailing_list', 4, 3, 0.75]],
  )
  assert.ok((await take(news(9))).opened, 'the sender was listed as let in')

  const opened = (await desk.api('GET', '/tickets?limit=200')).body.items.find(
    ({ subject }: { subject: string }) => subject === 'Offer 3',
  )
  assert.ok(opened.createdAt >= '2026-03-02T10:00', 'its clocks start when it was let in (L45)')
  const events = (await desk.api('GET', `/tickets/${opened.id}/events`)).body.items
  assert.equal(events[0].payload.openedFor, 'quarantine')

  const rule = (await desk.api('POST', '/sender-rules', { pattern: '@shop.com', verdict: 'block' })).body
  assert.equal(
    (await take(letter({ from: 'boss@shop.com', to: support, subject: 'Hello' }))).held,
    'blocked_sender',
  )
  assert.ok((await take(news(10))).opened, 'the address counts before its domain')
  assert.equal((await desk.api('DELETE', `/sender-rules/${rule.id}`)).status, 204)
  assert.equal(
    (
      await desk.api('POST', '/quarantine/bulk', {
        ids: Array.from({ length: 501 }, (_, n) => n + 1),
        action: 'discard',
      })
    ).status,
    400,
  )
})

test('a sender who floods is held, and spam headers count only from a filter of ours', async () => {
  await desk.api('PATCH', '/mail-policy', { senderPerHour: 3 })
  const outcomes: (string | undefined)[] = []
  for (let n = 0; n < 5; n++)
    outcomes.push((await take(letter({ from: 'flood@many.com', to: support, subject: `Flood ${n}` }))).held)
  assert.deepEqual(outcomes, [undefined, undefined, undefined, 'sender_flood', 'sender_flood'])
  desk.clock.pass(1_300)
  assert.ok(
    (await take(letter({ from: 'flood@many.com', to: support, subject: 'Later' }))).opened,
    'the bucket fills again',
  )
  await desk.api('PATCH', '/mail-policy', { senderPerHour: 1_000 })

  const spam = (n: number) =>
    letter({
      from: 'sp@am.com',
      to: support,
      subject: `Spam ${n}`,
      headers: { 'X-Spam-Status': 'Yes, score=15.2 required=5' },
    })
  assert.ok((await take(spam(1))).opened)
  await desk.api('PATCH', '/mail-policy', { spamHeaders: true })
  assert.equal((await take(spam(2))).held, 'spam_score')
  const { items } = (await desk.api('GET', '/quarantine?reason=spam_score')).body
  assert.deepEqual(
    items[0].breakdown.map(({ name }: { name: string }) => name),
    ['spam_filter'],
  )
})

test('P8: an agent forwards: the original sender is offered, and taken where the mailbox trusts it', async () => {
  await desk.addAgent('Ada', 'agent')
  const forwarded = letter({
    from: 'ada@desk.example',
    to: support,
    subject: 'Fwd: My order',
    text: 'FYI\n\n---------- Forwarded message ---------\nFrom: Rita Doe <rita@customer.com>\nDate: Mon, 2 Mar 2026 at 09:00\nSubject: My order\nTo: <ada@desk.example>\n\nWhere is my order?',
  })
  const { opened } = await take(forwarded)
  const ticket = (await desk.api('GET', `/tickets/${opened}`)).body
  assert.equal(ticket.requester.email, 'ada@desk.example')
  const { items } = (await desk.api('GET', `/tickets/${opened}/messages`)).body
  assert.match(items.at(-1).text, /rita@customer\.com/)
  assert.equal(items.at(-1).kind, 'note')
  const unreadable = letter({
    from: 'ada@desk.example',
    to: support,
    subject: 'Fwd: Something',
    text: 'see below',
  })
  const second = await take(unreadable)
  const notes = (await desk.api('GET', `/tickets/${second.opened}/messages`)).body.items
  assert.match(notes.at(-1).text, /could not be read safely/, 'the agent is told')

  const { items: boxes } = (await desk.api('GET', '/mailboxes')).body
  await desk.api('PATCH', `/mailboxes/${boxes[0].id}`, { trustForwards: true })
  await desk.api('PATCH', '/mail-policy', { trustedServers: ['mx.desk.example'] })
  const proven = Buffer.from(
    `Authentication-Results: mx.desk.example; dmarc=pass\r\n${forwarded.toString('latin1').replace(/Message-ID: .*\r\n/, 'Message-ID: <again@desk.example>\r\n')}`,
    'latin1',
  )
  const third = await take(proven)
  assert.equal((await desk.api('GET', `/tickets/${third.opened}`)).body.requester.email, 'rita@customer.com')
})

test('an invitation is shown as such, and mail that cannot be read says why', async () => {
  const part = (type: string, body: string) => `--b\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`
  const calendar =
    'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Visit\r\nDTSTART;TZID=Europe/Berlin:20260305T100000\r\nDTEND;TZID=Europe/Berlin:20260305T110000\r\nLOCATION:Room 5\r\nORGANIZER:mailto:rita@customer.com\r\nEND:VEVENT\r\nEND:VCALENDAR'
  const raw = `From: rita@customer.com\r\nTo: ${support}\r\nSubject: Invitation\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part('text/plain', 'Come and see us.')}${part('text/calendar; method=REQUEST; charset=utf-8', calendar)}--b--\r\n`
  const { opened } = await take(Buffer.from(raw))
  const [message] = (await desk.api('GET', `/tickets/${opened}/messages`)).body.items
  assert.deepEqual(message.invite, {
    method: 'request',
    summary: 'Visit',
    start: '2026-03-05T10:00:00',
    end: '2026-03-05T11:00:00',
    zone: 'Europe/Berlin',
    location: 'Room 5',
    organizer: 'rita@customer.com',
  })
  const sealed = `From: rita@customer.com\r\nTo: ${support}\r\nSubject: Secret\r\nMIME-Version: 1.0\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n`
  const secret = await take(Buffer.from(sealed))
  const [locked] = (await desk.api('GET', `/tickets/${secret.opened}/messages`)).body.items
  assert.match(locked.text, /encrypted \(S\/MIME\)/)
  assert.equal(locked.attachments.length, 1)
})

test('replies leave signed with the mailbox’s own key, and the signature holds', async () => {
  const { items } = (await desk.api('GET', '/mailboxes')).body
  const { body: mailbox } = await desk.api('PATCH', `/mailboxes/${items[0].id}`, { dkim: { selector: 'd1' } })
  const { body: ticket } = await desk.api('POST', '/tickets', {
    subject: 'Signed',
    body: 'x',
    requester: { email: 'sig@customer.com' },
  })
  await desk.api('POST', `/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'Signed answer' })
  desk.clock.pass(11)
  const sent = await until(async () =>
    desk.sink.mails.find(({ mail }) => mail.text?.includes('Signed answer') === true),
  )
  const resolver = async (name: string) => {
    if (name === 'd1._domainkey.docket.localhost') return [[mailbox.dkim.record]]
    throw Object.assign(new Error(name), { code: 'ENOTFOUND' })
  }
  const { dkim } = await authenticate(sent.raw, { resolver, disableBimi: true, disableArc: true })
  assert.equal(dkim.results[0]?.status.result, 'pass')
  await desk.api('PATCH', `/mailboxes/${items[0].id}`, { dkim: null })
})

test('mailboxes, policy and arrived mail are the administrators’', async () => {
  const vi = await desk.addAgent('Vi', 'viewer')
  const le = await desk.addAgent('Le', 'lead')
  const asked: [string, string][] = [
    ['GET', '/mailboxes'],
    ['POST', '/mailboxes'],
    ['GET', '/mail-policy'],
    ['PATCH', '/mail-policy'],
    ['GET', '/mails'],
    ['GET', '/mails/1'],
    ['POST', '/sender-rules'],
    ['GET', '/suppressions'],
    ['PUT', '/mail-templates'],
    ['POST', '/quarantine/bulk'],
  ]
  for (const [method, path] of asked) {
    const body = method === 'GET' ? undefined : {}
    assert.equal((await desk.as(vi.token)(method, path, body)).status, 403, `viewer ${method} ${path}`)
    assert.equal((await desk.as('nobody')(method, path, body)).status, 401, `stranger ${method} ${path}`)
  }
  assert.equal((await desk.as(le.token)('GET', '/mailboxes')).status, 200)
  assert.equal((await desk.as(le.token)('PATCH', '/mailboxes/1', { paused: true })).status, 403)
  const explained = (await desk.api('GET', '/mails/1')).body
  assert.ok(
    explained.parse !== null &&
      explained.identity !== null &&
      explained.judge !== null &&
      explained.quote !== null,
  )
})
