// What people who run desks meet: damaged senders, files nobody sees, forms, one mail twice, answers below a quotation. Nothing that
// somebody sent may vanish.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { letter, post, type Letter } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const support = 'support@docket.localhost'
let count = 0
const someone = () => `person${++count}@customer.example`

async function send(raw: Uint8Array, from: string, to: readonly string[] = [support]): Promise<void> {
  assert.match(await post(desk.smtpPort, raw, { from, to }), /^250 /)
}

const write = (from: string, mail: Partial<Letter>, path = from) =>
  send(letter({ to: support, ...mail, from }), path, [mail.to ?? support])

const found = async (subject: string) =>
  (await until(async () => (await desk.api('GET', `/tickets?q="${subject}"`)).body.items[0])) as {
    id: number
  }

async function opened(from: string, more: Partial<Letter> = {}, path = from): Promise<number> {
  const subject = `Affair ${++count}y`
  await write(from, { subject, ...more }, path)
  return (await found(subject)).id
}

const ticket = async (id: number) => (await desk.api('GET', `/tickets/${id}`)).body
type Message = { text: string; kind: string; quotedText: string | null; attachments: { name: string }[] }
const messages = async (id: number): Promise<Message[]> =>
  (await desk.api('GET', `/tickets/${id}/messages`)).body.items
const notes = async (id: number) => (await messages(id)).filter(({ kind }) => kind === 'note')
const heldOf = (q: string) =>
  until(async () => (await desk.api('GET', `/quarantine?q=${encodeURIComponent(q)}`)).body.items[0])

async function answered(id: number, body: string, more: object = {}) {
  assert.equal(
    (await desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, ...more })).status,
    201,
  )
  desk.clock.pass(11)
  const sent = await until(async () =>
    desk.sink.mails.find(({ mail }) => mail.text?.includes(body.split('\n')[0] ?? '')),
  )
  return { to: sent.mail.replyTo[0]?.email ?? '', inReplyTo: sent.mail.messageId ?? '' }
}

test('a sender whose From is damaged opens a ticket all the same', async () => {
  const senders: Readonly<Record<string, string>> = {
    'Muster, Max <comma@customer.example>': 'comma@customer.example',
    "'apo@customer.example' <'apo@customer.example'>": 'apo@customer.example',
    'Max <mailto:scheme@customer.example>': 'scheme@customer.example',
    '"taro..yamada."@phones.example': 'taro..yamada.@phones.example',
    'Jürgen <jürgen@müller-bau.example>': 'jürgen@xn--mller-bau-q9a.example',
    'Scanner <scanner@PRINTER01>': 'scanner@printer01',
    '"Max Muster <open@customer.example>': 'open@customer.example',
  }
  for (const [from, email] of Object.entries(senders)) {
    const id = await opened(from, {}, 'path@customer.example')
    assert.equal((await ticket(id)).requester.email, email, from)
    assert.equal((await desk.api('GET', `/tickets/${id}/messages`)).status, 200)
  }
  await opened('odd@customer.example', {}, 'taro..yamada.@phones.example')
})

test('without any usable sender the mail is held, names whom it may be from, and a person chooses', async () => {
  const subject = `Affair ${++count}y`
  const headers = { 'Reply-To': 'Max Muster <max@shop.example>' }
  await write('Fax Server', { subject, headers }, 'fax@shop.example')
  const held = await heldOf(subject)
  assert.match(held.reasons[0].detail, /max@shop\.example, fax@shop\.example/)
  const { senders } = (await desk.api('GET', `/quarantine/${held.id}`)).body
  assert.deepEqual(senders, [
    { name: 'Max Muster', email: 'max@shop.example' },
    { name: '', email: 'fax@shop.example' },
  ])
  const recover = (body: object) => desk.api('POST', `/quarantine/${held.id}/recover`, body)
  assert.equal((await recover({ sender: support })).status, 409)
  const { body, status } = await recover({ sender: 'max@shop.example' })
  assert.equal(status, 200)
  assert.deepEqual(
    [(await ticket(body.ticketId)).requester.email, (await ticket(body.ticketId)).requester.name],
    ['max@shop.example', 'Max Muster'],
  )
})

test('an answer to a signed address that is held leaves a word on its ticket', async () => {
  const id = await opened(someone())
  const { to } = await answered(id, 'Which lamp is it, please?')
  await write('Fax Server', { to, subject: 'Re: lamp', text: 'the red one' }, 'fax@shop.example')
  const [note] = await until(async () => {
    const all = await notes(id)
    return all.length > 0 && all
  })
  assert.match(note?.text ?? '', /held in quarantine: It does not say who sent it/)
})

test('a form’s mail is offered to the person in Reply-To, and theirs when the sender is ours', async () => {
  const headers = { 'Reply-To': 'Carl <carl@client.example>' }
  const stranger = await opened('Website <wordpress@shop.example>', { headers }, 'wordpress@shop.example')
  assert.equal((await ticket(stranger)).requester.email, 'wordpress@shop.example')
  assert.match((await notes(stranger))[0]?.text ?? '', /asks to answer Carl <carl@client\.example>/)
  const own = await opened('Website <wordpress@docket.localhost>', { headers }, 'wordpress@docket.localhost')
  assert.equal((await ticket(own)).requester.email, 'carl@client.example')
  assert.match((await notes(own))[0]?.text ?? '', /Set wordpress@docket\.localhost instead/)
  const ours = await opened(
    'Website <wordpress@docket.localhost>',
    { headers: { 'Reply-To': support } },
    'wordpress@docket.localhost',
  )
  assert.equal((await ticket(ours)).requester.email, 'wordpress@docket.localhost')
})

test('a thumb, a machine’s notice and a reaction leave a resolved ticket resolved; a question reopens it', async () => {
  const from = someone()
  const id = await opened(from)
  const { to, inReplyTo } = await answered(id, 'It is repaired.', { status: 'resolved' })
  const quiet: Partial<Letter>[] = [
    { text: '👍' },
    { text: 'We received your mail.', headers: { 'Auto-Submitted': 'auto-generated' } },
    { text: '❤ Cy reacted via Gmail' },
  ]
  for (const [index, mail] of quiet.entries()) {
    await write(from, { to, inReplyTo, ...mail })
    await until(async () => (await messages(id)).length === index + 3)
    assert.equal((await ticket(id)).status, 'resolved', mail.text)
  }
  await write(from, { to, inReplyTo, text: '👎' })
  await until(async () => (await ticket(id)).status === 'open')
})

test('one mail to two mailboxes is one ticket with one acknowledgement', async () => {
  assert.equal((await desk.api('POST', '/mailboxes', { address: 'billing@docket.localhost' })).status, 201)
  await desk.api('PATCH', '/settings', { acknowledgement: true })
  const from = someone()
  const subject = `Affair ${++count}y`
  const raw = letter({ from, to: `${support}, billing@docket.localhost`, subject })
  const before = desk.sink.mails.length
  await Promise.all([send(raw, from), send(raw, from, ['billing@docket.localhost'])])
  const { id } = await found(subject)
  await until(async () => (await notes(id)).some(({ text }) => /also sent to/.test(text)))
  assert.equal((await desk.api('GET', `/tickets?q="${subject}"`)).body.items.length, 1)
  assert.ok(desk.sink.mails.length - before <= 1)
  const other = letter({
    from,
    to: support,
    subject: `Affair ${++count}y`,
    messageId: 'same@customer.example',
  })
  await send(other, from)
  await send(
    letter({
      from,
      to: support,
      subject: `Affair ${count}y two`,
      text: 'Other words',
      messageId: 'same@customer.example',
    }),
    from,
    ['billing@docket.localhost'],
  )
  await found(`Affair ${count}y two`)
})

test('an answer below an unmarked quotation is read, for our own words are known', async () => {
  const from = someone()
  const id = await opened(from)
  const words = 'The invoice was sent again today.\nWhich address shall we use for the next one?'
  const { to, inReplyTo } = await answered(id, words)
  const text = `Hi,\n\nOn Mon, 2 Mar 2026 at 10:11, Desk <${support}> wrote:\n${words}\n\nPlease use Lindenweg 4.`
  await write(from, { to, inReplyTo, text })
  const last = await until(async () => (await messages(id)).find((each) => each.text.includes('Lindenweg')))
  assert.equal(last.text, 'Hi,\n\nPlease use Lindenweg 4.')
  assert.match(last.quotedText ?? '', /The invoice was sent again/)
})

test('every file is listed that the HTML does not show', async () => {
  const subject = `Affair ${++count}y`
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const part = (name: string, type: string, more = '') =>
    `--b\r\nContent-Type: ${type}; name="${name}"\r\nContent-Disposition: inline; filename="${name}"\r\n${more}Content-Transfer-Encoding: base64\r\n\r\n${png}\r\n`
  const from = someone()
  const raw = `From: ${from}\r\nTo: ${support}\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>See <img src="cid:logo@x"> <a href="cid:doc@x">this</a></p>\r\n${part('logo.png', 'image/png', 'Content-ID: <logo@x>\r\n')}${part('photo.png', 'image/png', 'Content-ID: <photo@x>\r\n')}${part('plan.pdf', 'application/pdf', 'Content-ID: <doc@x>\r\n')}--b--\r\n`
  await send(Buffer.from(raw), from)
  const [message] = await messages((await found(subject)).id)
  assert.deepEqual(
    message?.attachments.map(({ name }) => name),
    ['photo.png', 'plan.pdf'],
  )
})
