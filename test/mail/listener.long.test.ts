// The listener, byte by byte: it ends a message where RFC 5321 does and nowhere else, says 250 for what is stored, and what a client
// sends again because it never read that answer is the same mail.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { startSmtpIn } from '#channels/smtp-in.ts'
import { Fault } from '#kit/fault.ts'
import { sql } from '#store/sql.ts'
import { letter, post } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const support = 'support@docket.localhost'
const stored = async (): Promise<number> => {
  const [row] = await desk.running.desk.database.rows<{ n: number }>(
    sql`select count(*)::int as n from raw_mail`,
  )
  return row?.n ?? 0
}

/** A client that has come as far as DATA, and what it heard since. */
async function atData(port: number, from: string) {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  let heard = ''
  socket.on('data', (chunk) => (heard += String(chunk)))
  const answers = () => heard.split('\r\n').filter((line) => /^\d{3} /.test(line))
  await until(async () => answers().length === 1)
  for (const line of ['EHLO c.example', `MAIL FROM:<${from}>`, `RCPT TO:<${support}>`, 'DATA']) {
    const count = answers().length
    socket.write(`${line}\r\n`)
    await until(async () => answers().length > count)
  }
  const before = answers().length
  return { socket, answers: () => answers().slice(before) }
}

/** Writes the bytes after DATA in one go; the server's answers in order. */
async function speak(port: number, bytes: string): Promise<readonly string[]> {
  const { socket, answers } = await atData(port, 'mallory@evil.example')
  socket.write(Buffer.from(bytes, 'latin1'))
  await until(async () => answers().length > 0)
  socket.end('QUIT\r\n')
  await once(socket, 'close')
  return answers()
}

const head = 'From: mallory@evil.example\r\nTo: support@docket.localhost\r\nSubject: Outer\r\n\r\nhello'
const smuggled = `MAIL FROM:<boss@desk.example>\r\nRCPT TO:<${support}>\r\nDATA\r\nFrom: boss@desk.example\r\nSubject: Smuggled\r\n\r\nPay them.`

test('M9: no lax end of a message lets a second one in', async () => {
  const ends = [
    '\n.\n',
    '\n.\r\n',
    '\r.\r',
    '\r.\r\n',
    '\r\n.\n',
    '\r\n.\r',
    '\n.\r',
    '\r.\n',
    '\r\n.\r\r\n',
    '\n\n.\n\n',
  ]
  const before = await stored()
  for (const end of ends) {
    const answers = await speak(desk.smtpPort, `${head}${end}${smuggled}\r\n.\r\n`)
    const told = `${JSON.stringify(end)}: ${answers.join(' | ')}`
    assert.match(answers[0] ?? '', /^550 5\.6\.0 /, told)
    assert.deepEqual(
      answers.slice(1).map((line) => line.slice(0, 3)),
      ['221'],
      told,
    )
  }
  assert.equal(await stored(), before, 'nothing of it was stored')
})

test('M9: dots that belong to the text stay in it', async () => {
  const text = '\r\n..one\r\n..\r\n.. \r\nend'
  assert.match((await speak(desk.smtpPort, `${head}${text}\r\n.\r\n`))[0] ?? '', /^250 /)
  const [row] = await desk.running.desk.database.rows<{ bytes: Buffer }>(
    sql`select bytes from raw_mail order by id desc limit 1`,
  )
  assert.ok(row?.bytes.toString().includes('hello\r\n.one\r\n.\r\n. \r\nend'), row?.bytes.toString())
})

test('chunks, signing in and encryption are not offered, so nothing can hide in them', async () => {
  const socket = connect(desk.smtpPort, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => (heard += String(chunk)))
  const after = async (line: string) => {
    const from = heard.length
    socket.write(`${line}\r\n`)
    await until(async () => /^\d{3} .*\r\n$/m.test(heard.slice(from)))
    return heard.slice(from)
  }
  await until(async () => heard.startsWith('220'))
  assert.doesNotMatch(await after('EHLO x.example'), /CHUNKING|BINARYMIME|STARTTLS|AUTH/)
  for (const line of ['BDAT 5 LAST', 'STARTTLS', 'AUTH PLAIN AGEAYg=='])
    assert.match(await after(line), /^5\d\d /, line)
  socket.destroy()
})

test('RFC 5321: a client that never read 250 sends again, and it is one ticket', async () => {
  const mail = letter({ from: 'cy@customer.com', to: support, subject: 'Sent again and again' })
  const before = await stored()
  for (let turn = 0; turn < 3; turn++) {
    const { socket } = await atData(desk.smtpPort, 'cy@customer.com')
    // Gone once it is committed, deaf to the answer.
    socket.pause()
    socket.write(Buffer.concat([mail, Buffer.from('.\r\n')]))
    await until(async () => (await stored()) === before + 1)
    socket.destroy()
  }
  assert.match(await post(desk.smtpPort, mail, { from: 'cy@customer.com', to: [support] }), /^250 /)
  assert.equal(await stored(), before + 1)
  await until(async () => (await desk.api('GET', '/tickets?q=again')).body.items.length === 1)
})

test('one mail to two mailboxes is one ticket, and both copies are kept', async () => {
  const other = (await desk.api('POST', '/mailboxes', { address: 'sales@docket.localhost' })).body
  const mail = letter({
    from: 'cy@customer.com',
    to: `${support}, ${other.address}`,
    subject: 'To both of you',
  })
  for (const to of [support, other.address])
    assert.match(await post(desk.smtpPort, mail, { from: 'cy@customer.com', to: [to] }), /^250 /)
  await until(async () => {
    const { items } = (await desk.api('GET', '/mails?limit=50')).body
    const copies = items.filter(
      ({ subject, outcome }: { subject: string; outcome: { what: string } }) =>
        subject === 'To both of you' && outcome.what !== 'waiting',
    )
    return copies.length === 2
  })
  await until(async () => (await desk.api('GET', '/tickets?q=both')).body.items.length === 1)
})

const noLarge = {
  above: 1_000_000,
  spool: () => Promise.reject(new Error('there is no disk')),
  store: () => Promise.reject(new Error('there is no disk')),
}

test('what cannot be stored is left with the client, and said why', async (t) => {
  let fails: Error | null = null
  const listener = await startSmtpIn({
    host: '127.0.0.1',
    port: 0,
    maxBytes: 10_000,
    log: () => {},
    store: async () => {
      if (fails !== null) throw fails
    },
    large: noLarge,
  })
  t.after(() => listener.close())
  const mail = letter({ from: 'cy@customer.com', to: support })
  const answer = (raw = mail) => post(listener.port, raw, { from: 'cy@customer.com', to: [support] })
  assert.match(await answer(), /^250 /)
  fails = new Fault('disk full', { retryable: true, code: '53100' })
  assert.match(await answer(), /^452 4\.3\.1 /)
  fails = new Error('the database is away')
  assert.match(await answer(), /^451 4\.3\.0 /)
  fails = null
  assert.match(await answer(Buffer.concat([mail, Buffer.alloc(20_000, 'x\r\n')])), /^552 /)
  assert.match(await answer(), /^250 /, 'and the next one is taken')
})

test('two hundred clients that are silent or drip, of one address or of many, do not keep the next one out', async (t) => {
  const sink = await startSmtpIn({
    host: '127.0.0.1',
    port: 0,
    maxBytes: 1_000_000,
    log: () => {},
    store: async () => {},
    large: noLarge,
  })
  t.after(() => sink.close())
  const raw = letter({ from: 'cy@customer.example', to: support })
  const envelope = { from: 'cy@customer.example', to: [support] }
  const loop = (n: number) => `127.0.${1 + (n % 100)}.1`
  // Of one address: that one is refused in time, every other is served.
  const same = Array.from({ length: 200 }, () =>
    connect({ port: sink.port, host: '127.0.0.1', localAddress: '127.0.0.9' }),
  )
  await heardBy(same)
  assert.match(await post(sink.port, raw, envelope), /^250 /)
  same.forEach((socket) => socket.destroy())
  // Of many: whoever has got on least makes way, and dripping is no getting on.
  const many = Array.from({ length: 200 }, (_, n) =>
    connect({ port: sink.port, host: '127.0.0.1', localAddress: loop(n) }),
  )
  await heardBy(many)
  const drip = setInterval(() => many.forEach((socket) => socket.write('NOOP\r\n')), 500)
  t.after(() => clearInterval(drip))
  await new Promise((done) => setTimeout(done, 5_500))
  assert.match(await post(sink.port, raw, envelope), /^250 /)
  many.forEach((socket) => socket.destroy())
})

async function heardBy(sockets: readonly ReturnType<typeof connect>[]) {
  await Promise.all(
    sockets.map(async (socket) => {
      socket.on('error', () => {})
      await once(socket, 'data')
    }),
  )
}
