// L1: strangers do not fill memory or disk: bodies have room, files come and go as streams, and what is not kept is gone.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { readdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from '#store/sql.ts'
import { post } from '../support/customer.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'

let desk: TestDesk
before(async () => void (desk = await startDesk()))
after(() => desk.close())

const MB = 1_000_000
const drafts = () => {
  try {
    return readdirSync(join(desk.config.dataDir, 'blobs', 'drafts')).length
  } catch {
    return 0
  }
}

/** Says that a body comes, and sends only its first bytes. */
async function begin(path: string, type: string, size: number | 'chunked', address = '127.0.0.1', more = '') {
  const socket = connect({ host: '127.0.0.1', port: desk.config.port, localAddress: address })
  let heard = ''
  socket.on('data', (bytes) => (heard += String(bytes)))
  socket.on('error', () => {})
  await once(socket, 'connect')
  const length = size === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${size}`
  socket.write(`POST ${path} HTTP/1.1\r\nHost: desk\r\nContent-Type: ${type}\r\n${more}${length}\r\n\r\n`)
  if (size !== 'chunked') socket.write('x'.repeat(10))
  return { socket, heard: () => heard }
}

test('L1: the body of an unknown hook key is not read, however large it says it is', async () => {
  const { socket, heard } = await begin('/api/v1/inbound/hooks/nobodys', 'text/plain', 50 * MB)
  await until(async () => heard() !== '')
  assert.match(heard(), /^HTTP\/1\.1 404/)
  assert.match(heard(), /connection: close/i)
  socket.destroy()
})

test('L1: when strangers send too much at once the next is told to come again, and whoever works here is served', async (t) => {
  const held = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      begin('/api/v1/session', 'application/json', 1_900_000, `127.0.${n}.2`),
    ),
  )
  t.after(() => held.forEach(({ socket }) => socket.destroy()))
  const late = await begin('/api/v1/session', 'application/json', 1_900_000, '127.0.99.2')
  await until(async () => late.heard() !== '')
  assert.match(late.heard(), /^HTTP\/1\.1 503/)
  assert.match(late.heard(), /retry-after: 5/i)
  const body = 'b'.repeat(500_000)
  const sent = { subject: 'Large', body, requester: { email: 'cy@customer.example' } }
  assert.notEqual((await desk.api('POST', '/tickets', sent)).status, 503)
  const small = await fetch(`${desk.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'a@b.example', password: 'a small body always finds a place' }),
  })
  assert.equal(small.status, 401)
  held.forEach(({ socket }) => socket.destroy())
  await until(async () => {
    const again = await begin('/api/v1/session', 'application/json', 1_900_000, '127.0.98.2')
    await new Promise((done) => setTimeout(done, 100))
    again.socket.destroy()
    return again.heard() === ''
  })
})

test('L1: a body that does not say how long it is takes all the room it might', async () => {
  const held = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      begin('/api/v1/session', 'application/json', 'chunked', `127.0.${n}.3`),
    ),
  )
  const late = await begin('/api/v1/session', 'application/json', 'chunked', '127.0.99.3')
  await until(async () => late.heard().startsWith('HTTP/1.1 503'))
  for (const { socket } of [...held, late]) socket.destroy()
})

async function sendForm(values: Record<string, string>, files: readonly File[]) {
  const form = new FormData()
  for (const [name, value] of Object.entries(values)) form.append(name, value)
  for (const file of files) form.append('files', file)
  return fetch(`${desk.url}/forms/contact`, { method: 'POST', body: form })
}
const file = (size: number) => new File([new Uint8Array(size).fill(7)], 'seven.bin')

test('L1: files of a form that is not taken leave nothing on disk', async () => {
  const missing = await sendForm({ name: 'Pat' }, [file(3 * MB)])
  assert.equal(missing.status, 422)
  const large = await sendForm({ name: 'Pat' }, [file(11 * MB)])
  assert.equal(large.status, 413)
  assert.match(await large.text(), /too large/)
  const wordy = await sendForm({ message: 'w'.repeat(1_100_000) }, [])
  assert.equal(wordy.status, 413)
  await until(async () => drafts() === 0)
})

test('L1: a form that is broken off leaves nothing on disk', async () => {
  const { socket } = await begin('/forms/contact', 'multipart/form-data; boundary=b', 5 * MB)
  socket.write('\r\n--b\r\nContent-Disposition: form-data; name="files"; filename="a.bin"\r\n\r\n')
  socket.write(Buffer.alloc(MB, 'a'))
  await until(async () => drafts() === 1)
  socket.destroy()
  await until(async () => drafts() === 0)
})

async function upload(bytes: Uint8Array<ArrayBuffer>): Promise<{ status: number; body: { id: number } }> {
  const body = new FormData()
  body.append('file', new File([bytes], 'upload.bin'))
  const headers = { authorization: `Bearer ${desk.token}` }
  const answer = await fetch(`${desk.url}/api/v1/attachments`, { method: 'POST', headers, body })
  return { status: answer.status, body: (await answer.json()) as { id: number } }
}

test('L1: an upload comes back to the byte, and a damaged file is never given out whole', async () => {
  const bytes = new Uint8Array(2 * MB).map((_, index) => index % 251)
  const { status, body } = await upload(bytes)
  assert.equal(status, 201)
  const download = () =>
    fetch(`${desk.url}/api/v1/attachments/${body.id}`, { headers: { authorization: `Bearer ${desk.token}` } })
  const given = await download()
  assert.equal(given.headers.get('content-length'), String(bytes.length))
  assert.ok(Buffer.from(await given.arrayBuffer()).equals(Buffer.from(bytes)))
  const found = await desk.running.desk.database.row<{ sha256: string }>(
    sql`select sha256 from attachment where id = ${body.id}`,
  )
  const sha256 = found?.sha256 ?? ''
  writeFileSync(join(desk.config.dataDir, 'blobs', sha256.slice(0, 2), sha256), bytes.with(MB, 0))
  await assert.rejects(async () => (await download()).arrayBuffer())
  assert.equal((await upload(new Uint8Array(26 * MB))).status, 413)
  assert.equal(drafts(), 0)
})

test('L1: a large mail lies on disk, is read from there, and can be looked at like any other', async () => {
  const line = `${'QUJDRGVm'.repeat(9)}\r\n`
  const raw = Buffer.from(
    'From: cy@customer.example\r\nTo: support@docket.localhost\r\nSubject: Largemail\r\nMessage-ID: <large@customer.example>\r\n' +
      'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHere it is.\r\n--b\r\n' +
      'Content-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n' +
      `Content-Disposition: attachment; filename=a.zip\r\n\r\n${line.repeat(10_000)}\r\n--b--\r\n`,
  )
  const envelope = { from: 'cy@customer.example', to: ['support@docket.localhost'] }
  for (const _twice of [1, 2]) assert.match(await post(desk.smtpPort, raw, envelope), /^250 /)
  const ticket = await until(async () => (await desk.api('GET', '/tickets?q=Largemail')).body.items[0])
  const [message] = (await desk.api('GET', `/tickets/${ticket.id}/messages`)).body.items
  assert.deepEqual([message.attachments.length, message.attachments[0].size], [1, 540_000])
  const rows = await desk.running.desk.database.rows<{ kept: number; size: number }>(
    sql`select octet_length(bytes) as kept, size from raw_mail where blob_sha256 is not null`,
  )
  assert.equal(rows.length, 1, 'sent twice it is one')
  assert.ok((rows[0]?.kept ?? 0) < 20_000 && (rows[0]?.size ?? 0) > 700_000)
  const source = await fetch(`${desk.url}/api/v1/tickets/${ticket.id}/messages/${message.id}/source`, {
    headers: { authorization: `Bearer ${desk.token}` },
  })
  assert.ok(Buffer.from(await source.arrayBuffer()).equals(raw))
  assert.equal(drafts(), 0)
})

test('L1: what a provider posts, and a raw mail, lie on disk while they come, and nothing is left of what is broken off or refused', async () => {
  const source = { name: 'Mailgun', provider: 'mailgun', proof: 'a signing key' }
  const made = await desk.api('POST', '/inbound-sources', source)
  const provider = new URL(made.body.url).pathname
  const token = `Authorization: Bearer ${desk.token}\r\n`
  for (const [path, type, more] of [
    [provider, 'multipart/form-data; boundary=b', ''],
    [provider, 'application/x-www-form-urlencoded', ''],
    ['/api/v1/inbound/email', 'message/rfc822', token],
    ['/api/v1/mails/explain', 'message/rfc822', token],
  ] as const) {
    const { socket, heard } = await begin(path, type, 5 * MB, '127.0.0.1', more)
    socket.write(Buffer.alloc(MB, 'a'))
    await until(async () => drafts() === 1)
    assert.equal(heard(), '')
    socket.destroy()
    await until(async () => drafts() === 0)
  }
  const post = async (path: string, headers: Record<string, string>, body: string | FormData) =>
    (await fetch(`${desk.url}${path}`, { method: 'POST', headers, body })).status
  const mail = `From: cy@customer.example\r\nTo: support@docket.localhost\r\nSubject: By form\r\n\r\n${'Long. '.repeat(50_000)}`
  const form = (key: string) => {
    const timestamp = String(Math.floor(Date.parse(desk.clock.now()) / 1000))
    const signature = createHmac('sha256', key).update(`${timestamp}token`).digest('hex')
    const fields = { timestamp, token: 'token', signature, recipient: 'support@docket.localhost' }
    const filled = new FormData()
    for (const [name, value] of Object.entries({ ...fields, 'body-mime': mail })) filled.append(name, value)
    return filled
  }
  assert.equal(await post(provider, {}, form('another key')), 403)
  assert.equal(await post(provider, {}, form(source.proof)), 200)
  const raw = { authorization: `Bearer ${desk.token}`, 'content-type': 'message/rfc822' }
  for (const refused of ['/inbound/email?unknown=1', '/inbound/email?mailbox=%00', '/nothing?x=%00'])
    assert.equal(await post(`/api/v1${refused}`, raw, mail), 400)
  assert.equal(await post('/api/v1/nothing', { 'content-type': 'message/rfc822' }, mail), 404)
  for (const [path, status, duplicate] of [
    ['/inbound/email?mailbox=support@docket.localhost', 202, true],
    ['/mails/explain', 200, undefined],
  ] as const) {
    const again = await desk.api('POST', path, Buffer.from(mail), { ...raw, 'idempotency-key': 'a mail' })
    const said = [again.status, again.body.duplicate]
    assert.deepEqual(said, [status, duplicate], 'the same mail by either door, to the byte')
  }
  const kept = await desk.running.desk.database.rows(sql`select from idempotency where key = 'a mail'`)
  assert.equal(kept.length, 0, 'neither waits for its turn within a transaction, to keep an answer')
  await until(async () => drafts() === 0)
})

test('L1: events of other systems lie in memory, and count there whatever they say they are', async (t) => {
  const mapping = { only: '', matter: '', name: '', body: '', status: '', priority: '', tags: '', fields: [] }
  const made = await desk.api('POST', '/hooks', {
    name: 'Shop',
    scheme: 'none',
    brand: 1,
    team: null,
    category: null,
    mapping: { ...mapping, email: 'shop@shop.example', subject: '{{ event.title }}' },
    again: 'note',
    acknowledges: false,
  })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { pathname } = new URL(made.body.url)
  const coming = await Promise.all(
    Array.from({ length: 101 }, () => begin(pathname, 'multipart/form-data; boundary=b', MB)),
  )
  t.after(() => coming.forEach(({ socket }) => socket.destroy()))
  await until(async () => coming.some(({ heard }) => heard().startsWith('HTTP/1.1 503')))
})
