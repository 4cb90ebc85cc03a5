// Strangers who fill memory, and partners whose key somebody has, forty at once, and what the desk with its database takes for them
// beside what it takes at rest. Each attack holds what it has sent until all have sent it, ends by itself, and stays on this machine.
import { createHash, createHmac } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { startBenchDesk, type Bench, type BenchDesk } from './bench.ts'
import { peakWhile, pssOf } from './pss.ts'

const CLIENTS = 40
const MB = 1_000_000
const CHUNK = Buffer.alloc(64 * 1024, 'abcdefghijklmnopqrstuvwxyz0123456789 hold this for a while.\r\n')
/** Nothing that is sent here goes on for longer, whatever the desk does. */
const LONGEST_MS = 45_000

export const run: Bench = async () => {
  const desk = await startBenchDesk()
  const file = await largeFile(desk)
  const provider = await addProvider(desk)
  await pause(3_000)
  const rows: { name: string; value: string }[] = []
  const results: Record<string, unknown> = {}
  for (const [name, attack] of Object.entries(attacks({ file, provider }))) {
    const idle = totalOf(desk)
    const { peak, result } = await peakWhile(desk.pid, () => besidePeople(desk, () => attack(desk)))
    await pause(1_000)
    const over = peak.all - idle
    const answers = Object.entries(Object.groupBy(result.answers, (each) => each)).map(
      ([answer, all = []]) => `${all.length} × ${answer}`,
    )
    rows.push({
      name,
      value: `${over.toFixed(0)} MiB over ${idle.toFixed(0)} (Node ${peak.desk.toFixed(0)}); others waited ${result.longestMs.toFixed(0)} ms; ${answers.join(', ')}`,
    })
    results[name] = { idle, ...peak, over, answers, longestMs: result.longestMs }
  }
  await desk.stop()
  return { rows, results }
}

type Attack = (desk: BenchDesk) => Promise<readonly string[]>

/** Paths of a large file, and of the door of a provider that posts mail. */
type Targets = { readonly file: string; readonly provider: string }

function attacks({ file, provider }: Targets): Readonly<Record<string, Attack>> {
  const all = (
    each: (desk: BenchDesk, number: number, held: () => Promise<void>) => Promise<string>,
  ): Attack => {
    return (desk) => {
      const held = meeting(CLIENTS)
      return Promise.all(Array.from({ length: CLIENTS }, (_, number) => each(desk, number, held)))
    }
  }
  return {
    'unknown hook keys, 50 MB each': all((desk, number, held) =>
      send(
        desk,
        number,
        { path: `/api/v1/inbound/hooks/unknown-${number}`, type: 'text/plain', size: 50 * MB },
        held,
      ),
    ),
    'forms with a file of 25 MB': all((desk, number, held) => send(desk, number, form([25 * MB]), held)),
    'forms with five files of 9 MB': all((desk, number, held) =>
      send(desk, number, form([9, 9, 9, 9, 9].map((each) => each * MB)), held),
    ),
    'sign-in with 1.9 MB': all((desk, number, held) =>
      send(desk, number, { path: '/api/v1/session', type: 'application/json', size: 1_900_000 }, held),
    ),
    'a provider’s forms with mails of 45 MB': all((desk, number, held) =>
      send(desk, number, providerForm(provider, number), held),
    ),
    'raw mails of 45 MB over HTTP': all((desk, number, held) =>
      send(
        desk,
        number,
        {
          path: '/api/v1/inbound/email',
          type: 'message/rfc822',
          size: 45 * MB,
          head: mailHead(number),
          token: desk.token,
        },
        held,
      ),
    ),
    'slow readers of a large file': all((desk, number) => readSlowly(desk, number, file)),
    'dripping headers': all((desk, number) => drip(desk, number)),
    'mails of 48 MB': all((desk, number, held) => mail(desk, number, held)),
  }
}

function totalOf({ pid }: BenchDesk): number {
  const { desk, children } = pssOf(pid)
  return desk + children
}

/** Resolves for all when the last has come, or when it takes too long. */
function meeting(size: number): () => Promise<void> {
  let come = 0
  const all = Promise.withResolvers<void>()
  return () => {
    if (++come === size) all.resolve()
    return Promise.race([all.promise, pause(15_000)])
  }
}

/** Others ask for a page meanwhile: the longest they wait. */
async function besidePeople(desk: BenchDesk, work: () => Promise<readonly string[]>) {
  let running = true
  let longestMs = 0
  const people = async () => {
    for (; running; await pause(200)) {
      const startedAt = performance.now()
      await fetch(`${desk.url}/api/v1/tickets`, { headers: { authorization: `Bearer ${desk.token}` } }).then(
        (answer) => answer.text(),
      )
      longestMs = Math.max(longestMs, performance.now() - startedAt)
    }
  }
  const asking = people()
  const answers = await work().finally(() => (running = false))
  await asking
  return { answers, longestMs }
}

type Posted = {
  readonly path: string
  readonly type: string
  readonly size: number
  readonly parts?: readonly number[]
  /** What a body begins and ends with. */
  readonly head?: string
  readonly tail?: string
  readonly token?: string
}

const BOUNDARY = 'forty-at-once'
const partHead = (number: number) =>
  `${number === 0 ? '' : '\r\n'}--${BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="f${number}.bin"\r\n` +
  'Content-Type: application/octet-stream\r\n\r\n'
const END = `\r\n--${BOUNDARY}--\r\n`

function form(parts: readonly number[]): Posted {
  const size = parts.reduce((sum, part, number) => sum + part + partHead(number).length, END.length)
  return { path: '/forms/contact', type: `multipart/form-data; boundary=${BOUNDARY}`, size, parts }
}

const mailHead = (number: number) =>
  `From: a@a.example\r\nTo: support@docket.localhost\r\nSubject: ${number}\r\n\r\n`

const SIGNING_KEY = 'a signing key'

/** The door of a provider whose mails are believed: they are signed with the agreed key. */
async function addProvider(desk: BenchDesk): Promise<string> {
  const answer = await fetch(`${desk.url}/api/v1/inbound-sources`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'attack', provider: 'mailgun', proof: SIGNING_KEY }),
  })
  return new URL(((await answer.json()) as { url: string }).url).pathname
}

function providerForm(path: string, number: number): Posted {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signature = createHmac('sha256', SIGNING_KEY).update(`${timestamp}token`).digest('hex')
  const part = (name: string, value: string) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}`
  const fields = Object.entries({
    timestamp,
    token: 'token',
    signature,
    recipient: 'support@docket.localhost',
  })
  const head = `${fields.map(([name, value]) => `${part(name, value)}\r\n`).join('')}${part('body-mime', mailHead(number))}`
  return { path, type: `multipart/form-data; boundary=${BOUNDARY}`, size: 45 * MB, head, tail: END }
}

/** Each client of an address of its own, as strangers are. */
function dial(port: number, number: number): Socket {
  const socket = connect({ host: '127.0.0.1', port, localAddress: `127.0.${number + 1}.1` })
  socket.on('error', () => {})
  return socket
}

/** Posts all but the last bytes, waits until everybody has, sends the rest, and returns the answer's status. */
async function send(
  desk: BenchDesk,
  number: number,
  posted: Posted,
  held: () => Promise<void>,
): Promise<string> {
  const socket = dial(Number(new URL(desk.url).port), number)
  const { head = '', tail = posted.parts === undefined ? 'the end...' : END } = posted
  const answer = firstAnswer(socket)
  socket.write(
    `POST ${posted.path} HTTP/1.1\r\nHost: desk\r\nContent-Type: ${posted.type}\r\nContent-Length: ${posted.size}\r\n` +
      `${posted.token === undefined ? '' : `Authorization: Bearer ${posted.token}\r\n`}\r\n${head}`,
  )
  if (posted.parts === undefined) await pour(socket, posted.size - head.length - tail.length)
  else
    for (const [index, size] of posted.parts.entries()) {
      socket.write(partHead(index))
      await pour(socket, size)
    }
  await held()
  if (!socket.destroyed) socket.write(tail)
  return answer.finally(() => socket.destroy())
}

async function pour(socket: Socket, size: number): Promise<void> {
  for (let left = size; left > 0 && socket.writable; left -= CHUNK.length) {
    if (socket.write(CHUNK.subarray(0, Math.min(left, CHUNK.length)))) continue
    const moved = Promise.withResolvers<void>()
    const go = () => moved.resolve()
    socket.once('drain', go).once('close', go)
    await Promise.race([moved.promise, pause(LONGEST_MS)])
    socket.off('drain', go).off('close', go)
  }
}

/** The status of an answer; how it ended when there was none. */
function firstAnswer(socket: Socket): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  socket.once('data', (bytes) => resolve(/^(?:HTTP\/1\.1 )?(\d{3})/.exec(String(bytes))?.[1] ?? 'no HTTP'))
  socket.once('close', () => resolve('hung up'))
  setTimeout(() => resolve('no answer'), LONGEST_MS).unref()
  return promise
}

/** Asks for a file and takes a few bytes a second of it. */
async function readSlowly(desk: BenchDesk, number: number, path: string): Promise<string> {
  const socket = dial(Number(new URL(desk.url).port), number)
  socket.write(`GET ${path} HTTP/1.1\r\nHost: desk\r\nAuthorization: Bearer ${desk.token}\r\n\r\n`)
  const answer = await firstAnswer(socket)
  socket.pause()
  for (let second = 0; second < 15; second++) {
    socket.read(1_000)
    await pause(1_000)
  }
  socket.destroy()
  return answer
}

/** A header that never ends, a byte at a time. */
async function drip(desk: BenchDesk, number: number): Promise<string> {
  const socket = dial(Number(new URL(desk.url).port), number)
  const answer = firstAnswer(socket)
  socket.write('GET / HTTP/1.1\r\nHost: desk\r\nX-Long: ')
  for (let second = 0; second < 15 && socket.writable; second++) {
    socket.write('a')
    await pause(1_000)
  }
  socket.destroy()
  return answer
}

/** A large mail whose last line waits until everybody has come so far. */
async function mail({ smtpPort }: BenchDesk, number: number, held: () => Promise<void>): Promise<string> {
  const socket = dial(smtpPort, number)
  const said = async (line: string) => {
    const answer = firstAnswer(socket)
    socket.write(line)
    return answer
  }
  await firstAnswer(socket)
  for (const line of ['EHLO a.example', 'MAIL FROM:<a@a.example>', 'RCPT TO:<support@docket.localhost>'])
    await said(`${line}\r\n`)
  await said('DATA\r\n')
  socket.write(mailHead(number))
  await pour(socket, 48 * MB)
  await held()
  const answer = await said('\r\n.\r\n')
  socket.destroy()
  return answer
}

/** The path of a file of 50 MB. No door takes one so large; a mail's may come near. */
async function largeFile(desk: BenchDesk): Promise<string> {
  const body = new FormData()
  body.append('file', new File(['small'], 'large.bin'))
  const headers = { authorization: `Bearer ${desk.token}` }
  const answer = await fetch(`${desk.url}/api/v1/attachments`, { method: 'POST', headers, body })
  const { id } = (await answer.json()) as { id: number }
  const bytes = Buffer.alloc(50 * MB, CHUNK)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const folder = join(desk.dataDir, 'blobs', sha256.slice(0, 2))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, sha256), bytes)
  const client = new pg.Client({
    connectionString: readFileSync(join(desk.dataDir, 'postgres.url'), 'utf8').trim(),
  })
  await client.connect()
  await client.query('update attachment set sha256 = $1, size = $2 where id = $3', [sha256, bytes.length, id])
  await client.end()
  return `/api/v1/attachments/${id}`
}
