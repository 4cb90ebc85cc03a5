// F1, F2, F4: machines that answer each other fall silent, bounces are facts on the ticket they are about and on no other, and what a form
// sends tells nobody anything that a stranger typed.
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { acceptMail } from '#desk/inbound/receive.ts'
import { sql } from '#store/sql.ts'
import { letter, post } from '../support/customer.ts'
import { root } from '../support/database.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const support = 'support@docket.localhost'
const settled = (at: TestDesk) =>
  until(async () => {
    const { database } = at.running.desk
    return (
      (
        await database.rows(sql`select 1 from raw_mail where state = 'waiting'
      union all select 1 from outbox where state in ('queued', 'sending')`)
      ).length === 0
    )
  }, 20_000)

async function take(
  at: TestDesk,
  bytes: Uint8Array,
  from: string | null,
  to: readonly string[],
): Promise<number> {
  const { desk: inside } = at.running
  return (
    await acceptMail(inside, inside.database, {
      bytes,
      envelope: { from, to, remoteAddress: null },
      source: 'test',
    })
  ).id
}

test('F1: two desks with acknowledgements, facing each other, fall silent', async (t) => {
  const other = await startDesk({ clock: desk.clock })
  t.after(() => other.close())
  const move = async (from: TestDesk, to: TestDesk, already: number): Promise<number> => {
    for (const mail of from.sink.mails.slice(already)) await post(to.smtpPort, mail.raw, mail)
    return from.sink.mails.length
  }
  await other.running.desk.database.rows(sql`update mailbox set address = 'help@other.localhost'`)
  other.running.desk.setup.forget()
  const first = letter({ from: 'help@other.localhost', to: support, subject: 'Hello from a desk' })
  await post(desk.smtpPort, first, { from: 'help@other.localhost', to: [support] })
  let [ours, theirs] = [0, 0]
  for (let round = 0; round < 12; round++) {
    await settled(desk)
    ours = await move(desk, other, ours)
    await settled(other)
    theirs = await move(other, desk, theirs)
    desk.clock.pass(300)
  }
  assert.ok(ours > 0, 'the first mail was acknowledged')
  assert.ok(ours + theirs <= 4, `${ours + theirs} mails in an hour`)
})

test('F1: a responder that strips every header gets a few answers, then silence', async () => {
  const before = desk.sink.mails.length
  const times: number[] = []
  for (let round = 0; round < 30; round++) {
    const mail = letter({
      from: 'robot@naive.com',
      to: support,
      subject: `Your mail ${round}`,
      text: `We got it ${round}`,
    })
    await take(desk, mail, 'robot@naive.com', [support])
    await settled(desk)
    times.push(desk.sink.mails.length - before)
    desk.clock.pass(20)
  }
  assert.ok((times.at(-1) ?? 99) <= 5, `${times.at(-1)} answers in ten minutes`)
})

const bounces = () => globSync(`${corpus}/lhost-*.eml`).toSorted()
const corpus = join(process.env['DOCKET_CORPORA'] ?? join(root, '..', 'shared', 'corpora'), 'bounces')

test(
  'F1, F4: real bounces are never answered and match nothing of ours',
  { skip: existsSync(corpus) ? false : '../shared/corpora is not here' },
  async () => {
    const before = desk.sink.mails.length
    const facts = await desk.running.desk.database.rows(
      sql`select 1 from ticket_event where kind = 'message_delivery'`,
    )
    for (const file of bounces().filter((_, index) => index % 3 === 0))
      await take(desk, readFileSync(file), '', [support])
    await settled(desk)
    assert.equal(desk.sink.mails.length, before, 'nothing was answered')
    const now = await desk.running.desk.database.rows(
      sql`select 1 from ticket_event where kind = 'message_delivery'`,
    )
    assert.equal(now.length, facts.length, 'none was taken for a report on a mail of ours')
  },
)

test(
  'F4: real bounces to our signed return path are matched to the mail they are about, at least 99 of 100',
  { skip: existsSync(corpus) ? false : '../shared/corpora is not here' },
  async () => {
    const { body: ticket } = await desk.api('POST', '/tickets', {
      subject: 'Matched',
      body: 'x',
      requester: { email: 'matched@gone.com' },
    })
    await desk.api('POST', `/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'Do you read this?' })
    desk.clock.pass(11)
    const sent = await until(async () => desk.sink.mails.find(({ raw }) => raw.includes('Do you read this?')))
    const before = desk.sink.mails.length
    const files = bounces().filter((_, index) => index % 3 === 1)
    for (const file of files) await take(desk, readFileSync(file), '', [sent.from])
    await settled(desk)
    const matched = await desk.running.desk.database.rows(
      sql`select 1 from raw_mail where outcome->>'delivery' = ${String(ticket.id)}`,
    )
    assert.ok(matched.length >= files.length * 0.99, `${matched.length} of ${files.length}`)
    const { items } = (await desk.api('GET', `/tickets/${ticket.id}/messages?before=end`)).body
    assert.equal(items.length, 2, 'none is a message')
    assert.ok(
      desk.sink.mails.slice(before).every(({ to }) => to[0] === 'bo@desk.example'),
      'nobody is answered; the author is told',
    )
    await desk.api('DELETE', '/suppressions/matched@gone.com')
  },
)

test('F4: a bounce to the signed return path marks the address, tells the ticket, and stops automatic mail', async () => {
  const { body: ticket } = await desk.api('POST', '/tickets', {
    subject: 'Bounces',
    body: 'x',
    requester: { email: 'dead@gone.com' },
  })
  await desk.api('POST', `/tickets/${ticket.id}/messages`, { kind: 'reply', body: 'Are you there?' })
  desk.clock.pass(11)
  const sent = await until(async () => desk.sink.mails.find(({ raw }) => raw.includes('Are you there?')))
  assert.match(sent.from, /^support\+b\.\d+\.[a-z2-7]{26}@docket\.localhost$/, 'the return path is signed')
  const report = (to: string) =>
    Buffer.from(
      `From: MAILER-DAEMON@mx.gone.com\r\nTo: ${to}\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nUser unknown\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.gone.com\r\n\r\nFinal-Recipient: rfc822; dead@gone.com\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n\r\n--b--\r\n`,
    )
  const delivery = async () =>
    (await desk.api('GET', `/tickets/${ticket.id}/messages?before=end`)).body.items.at(-1).delivery
  // The other server has the mail before the desk has written down that it left.
  await until(async () => (await delivery()).state === 'sent')
  await take(desk, report(sent.from.replace(/[a-z2-7]{26}/, 'a'.repeat(26))), '', [
    sent.from.replace(/[a-z2-7]{26}/, 'a'.repeat(26)),
  ])
  await settled(desk)
  assert.equal((await delivery()).state, 'sent', 'a forged return path says nothing')
  await take(desk, report(sent.from), '', [sent.from])
  const bounced = await until(async () => {
    const found = await delivery()
    return found.state === 'bounced' ? found : null
  })
  assert.match(bounced.detail, /User unknown/)
  const { body: list } = await desk.api('GET', '/suppressions')
  assert.deepEqual(
    list.items.map(({ email, reason }: { email: string; reason: string }) => [email, reason]),
    [['dead@gone.com', 'hard_bounce']],
  )
  const [alert] = (await desk.api('GET', '/alerts')).body.items
  assert.deepEqual([alert.kind, alert.ticketId, alert.address], ['undelivered', ticket.id, 'dead@gone.com'])
  await until(async () =>
    desk.sink.mails.some(
      ({ mail, to }) => to[0] === 'bo@desk.example' && mail.subject.includes('dead@gone.com'),
    ),
  )
  const toTheDead = () => desk.sink.mails.filter(({ to }) => to.includes('dead@gone.com')).length
  const count = toTheDead()
  await take(desk, letter({ from: 'dead@gone.com', to: support, subject: 'Back' }), 'dead@gone.com', [
    support,
  ])
  await settled(desk)
  assert.equal(toTheDead(), count, 'no acknowledgement to a dead address')
  assert.equal((await desk.api('DELETE', '/suppressions/dead@gone.com')).status, 204)
})

test('templates speak the customer’s language, and a form’s acknowledgement repeats nothing that was typed', async () => {
  const put = (language: string | null, body: string) =>
    desk.api('PUT', '/mail-templates', {
      kind: 'acknowledgement',
      brandId: null,
      language,
      subject: '',
      body,
    })
  assert.equal((await put(null, 'Hi {{ requester.firstName }}, about {{ ticket.subject }}')).status, 200)
  assert.equal((await put('de', 'Guten Tag, Nummer {{ ticket.id }}')).status, 200)
  assert.equal((await put('fr', '{{ ticket.nothing }}')).status, 400, 'an unknown placeholder is named')
  const before = desk.sink.mails.length
  const written = await desk.api('POST', '/tickets', {
    subject: '{{ 7 | times: 6 }}',
    body: 'Hello',
    requester: { email: 'cy@templates.com', name: '{{ desk.name }} Doe' },
  })
  assert.equal(written.status, 201)
  const english = await until(async () => desk.sink.mails[before])
  assert.match(
    english.mail.text ?? '',
    /Hi \{\{, about \{\{ 7 \| times: 6 \}\}/,
    'C8: what people write is never a template',
  )
  await desk.running.desk.database.rows(
    sql`insert into person (email, language) values ('hans@templates.com', 'de-AT')`,
  )
  await take(
    desk,
    letter({ from: 'hans@templates.com', to: support, subject: 'Hallo' }),
    'hans@templates.com',
    [support],
  )
  const german = await until(async () => desk.sink.mails[before + 1])
  assert.match(german.mail.text ?? '', /Guten Tag, Nummer \d+/)
})
