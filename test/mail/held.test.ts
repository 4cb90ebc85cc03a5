// Each reason for which a mail is held, shown by a mail that has it: no ticket, no answer, and a person can let it in.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { acceptMail } from '#desk/inbound/receive.ts'
import { dropUnusedFiles } from '#desk/privacy/unused-files.ts'
import { instant } from '#kit/time.ts'
import { sql } from '#store/sql.ts'
import { letter } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

const support = 'support@docket.localhost'
let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

async function take(
  bytes: Uint8Array,
  from = 'cy@customer.com',
  to = support,
): Promise<{ held?: string; opened?: number }> {
  const { desk: inside } = desk.running
  const envelope = { from, to: [to], remoteAddress: null }
  const { id } = await acceptMail(inside, inside.database, { bytes, envelope, source: 'test' })
  return until(async () => {
    const row = await inside.database.row<{ outcome: { held?: string; opened?: number } | null }>(
      sql`select outcome from raw_mail where id = ${id}`,
    )
    return row?.outcome
  })
}

const from = 'cy@customer.com'
const plain = (more: Partial<Parameters<typeof letter>[0]>) => letter({ from, to: support, ...more })
const report = (more: string) =>
  Buffer.from(
    `From: MAILER-DAEMON@mx.elsewhere.com\r\nSubject: Undelivered Mail Returned to Sender\r\n${more}\r\n<bo@gone.com>: User unknown\r\n`,
  )
const nobody = 'no-reply@docket.localhost'
const held: Readonly<Record<string, [Buffer, string?, string?]>> = {
  from_own_address: [plain({ from: support, subject: 'To ourselves' }), support],
  mail_loop: [plain({ subject: 'Came back', headers: { 'X-Docket-Loop': support } })],
  too_many_recipients: [
    plain({ to: [support, ...Array.from({ length: 100 }, (_, n) => `p${n}@customer.com`)].join(',\r\n ') }),
  ],
  empty_message: [plain({ subject: '', text: '' })],
  unparseable: [Buffer.from('To: support@docket.localhost\r\nSubject: Nobody\r\n\r\nhello\r\n')],
  auto_reply: [plain({ subject: 'Automatic reply: Lamp', headers: { 'Auto-Submitted': 'auto-replied' } })],
  vacation: [plain({ subject: 'Out of office: Lamp', headers: { 'Auto-Submitted': 'auto-replied' } })],
  malware: [
    plain({ subject: 'Your bill', headers: { 'X-Virus-Status': 'Infected (Win.Test.EICAR_HDB-1)' } }),
  ],
  malicious_link: [
    plain({
      subject: 'Your account',
      headers: { 'X-Spamd-Result': 'default: False [4.10 / 15.00]; DBL_PHISH(2.50)[evil.example]' },
    }),
  ],
  no_reply_recipient: [plain({ to: nobody, subject: 'Does anybody read this?' }), from, nobody],
  bounce: [report(''), ''],
  backscatter: [report('X-Original-Message-ID: <not-ours@elsewhere.com>\r\n'), ''],
  spam_score: [plain({ subject: 'Offer', headers: { 'X-Spam-Flag': 'YES', 'X-Spam-Score': '25' } })],
}

test('each reason holds its mail, says why, and answers nobody', async () => {
  assert.equal((await desk.api('PATCH', '/mail-policy', { spamHeaders: true })).status, 200)
  const before = desk.sink.mails.length
  for (const [reason, [bytes, sender, to]] of Object.entries(held))
    assert.deepEqual(await take(bytes, sender, to), { held: reason }, reason)
  const { items } = (await desk.api('GET', '/quarantine?limit=50')).body
  const shown = items.map((each: { reasons: { name: string; detail: string | null }[] }) => each.reasons[0])
  assert.deepEqual(shown.map(({ name }: { name: string }) => name).toSorted(), Object.keys(held).toSorted())
  for (const { name, detail } of shown) assert.ok(detail !== null && detail.length > 8, `${name}: ${detail}`)
  assert.equal(desk.sink.mails.length, before)
  const arrived = (await desk.api('GET', '/mails?limit=50')).body.items
  const own = arrived.find(({ subject }: { subject: string }) => subject === 'To ourselves')
  assert.deepEqual([own.from.email, own.outcome.reason], [support, 'from_own_address'])
  assert.ok(
    arrived.some(({ from }: { from: unknown }) => from === null),
    'one named no sender',
  )
  assert.deepEqual((await desk.api('GET', '/tickets')).body.items, [])
})

test('the file of a mail that is held in the end is swept', async () => {
  const { opened } = await take(plain({ subject: 'Lamp', messageId: 'lamp@customer.com' }))
  assert.equal((await desk.api('PATCH', `/tickets/${opened}`, { spam: true })).status, 200)
  const { blobs, database } = desk.running.desk
  const letGo = async () =>
    (await database.rows<{ sha256: string }>(sql`select sha256 from blob_unused`)).map(({ sha256 }) => sha256)
  const before = await letGo()
  const answer = plain({
    subject: 'Re: Lamp',
    inReplyTo: 'lamp@customer.com',
    headers: { 'Content-Disposition': 'attachment; filename="lamp.txt"' },
  })
  assert.equal((await take(answer)).held, 'spam_score')
  const [file = '', ...more] = (await letGo()).filter((name) => !before.includes(name))
  assert.deepEqual(more, [])
  assert.ok(await blobs.has(file))
  await dropUnusedFiles({ ...desk.running.desk, clock: { now: () => instant(Date.now() + 7_200_000) } })()
  assert.ok(!(await blobs.has(file)))
})

test('a desk for the listed alone holds everybody else', async () => {
  await desk.api('PATCH', '/mail-policy', { onlyAllowed: true })
  assert.equal((await take(plain({ subject: 'May I?' }))).held, 'not_on_allow_list')
  await desk.api('POST', '/sender-rules', { pattern: '@customer.com', verdict: 'allow' })
  assert.ok((await take(plain({ subject: 'I may' }))).opened)
  await desk.api('PATCH', '/mail-policy', { onlyAllowed: false })
})

test('a desk for known people alone holds strangers, until somebody lets them in', async () => {
  await desk.api('PATCH', '/mail-policy', { onlyKnown: true })
  const stranger = 'di@elsewhere.com'
  const mail = (subject: string) => letter({ from: stranger, to: support, subject })
  assert.equal((await take(mail('Who am I?'), stranger)).held, 'signup_required')
  const [held] = (await desk.api('GET', '/quarantine?limit=1')).body.items
  assert.equal((await desk.api('POST', `/quarantine/${held.id}/recover`, {})).status, 200)
  assert.ok((await take(mail('Known by now'), stranger)).opened)
  await desk.api('PATCH', '/mail-policy', { onlyKnown: false })
})

test('what only says that it was sent in bulk is a first contact like others; what one unsubscribes from is held', async () => {
  const mail = (headers: Record<string, string>) =>
    letter({ from: 'ed@shop.com', to: support, subject: `Order ${Object.keys(headers).length}`, headers })
  for (const precedence of ['bulk', 'junk', 'list'])
    assert.ok((await take(mail({ Precedence: precedence }), 'ed@shop.com')).opened, precedence)
  const offers = {
    Precedence: 'bulk',
    'List-Unsubscribe': '<https://shop.com/>',
    'List-Id': '<offers.shop.com>',
  }
  assert.equal((await take(mail(offers), 'ed@shop.com')).held, 'mailing_list')
})
