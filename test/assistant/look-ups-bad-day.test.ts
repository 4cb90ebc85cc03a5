// Look-ups on a bad day, and in bad hands: another system that redirects, floods, hangs, drips and lies; customers who want what is not
// theirs; and what is left of all that in the desk's own tables.
import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Procedure } from '#assistant/procedure.ts'
import { asksForOrder } from '#assistant/sentences.ts'
import { lookUpFor } from '#desk/assistant/look-ups.ts'
import { sql } from '#store/sql.ts'
import { goLive } from '../support/assistant.ts'
import { startDesk, until, type TestDesk } from '../support/desk.ts'
import { scan } from '../support/scan.ts'

let desk: TestDesk
let system: Server
let base: string
let shipping: number
let lookUpId: number
const asked: { url: string; headers: IncomingMessage['headers'] }[] = []
let react: (response: ServerResponse) => void = (response) => response.end('{}')
const says = (body: unknown) => (response: ServerResponse) =>
  void response.end(typeof body === 'string' ? body : JSON.stringify(body))
const SECRET = 'Bearer sesame-of-the-shop'

const steps: Procedure['steps'] = [
  asksForOrder,
  { kind: 'look_up', only: [], fact: 'carrier', from: 'outside.orders.carrier' },
  { kind: 'answer', only: [], text: { en: 'Order {{order}} is with {{carrier}}.' }, closes: false },
]
const late: Procedure = {
  key: 'late-parcel',
  name: 'Late parcel',
  categoryId: null,
  brandId: null,
  languages: ['en'],
  phrases: ['parcel is late'],
  mostQuestions: 2,
  steps,
}

before(async () => {
  desk = await startDesk()
  shipping = (await desk.api('POST', '/categories', { name: 'shipping' })).body.id
  system = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers })
    response.on('error', () => undefined)
    react(response)
  })
  await new Promise<void>((done) => system.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(system.address() as AddressInfo).port}`
  const made = await desk.api('POST', '/assistant/look-ups', {
    key: 'orders',
    name: 'Orders',
    url: `${base}/orders/{order}?of={requester.email}`,
    secret: SECRET,
    answers: [{ name: 'carrier', path: 'carrier', as: 'text' }],
    timeoutSeconds: 1,
    forAnyone: true,
  })
  lookUpId = made.body.id
  await goLive(desk, shipping, { procedures: [late] })
})
after(async () => {
  await desk?.close()
  system?.closeAllConnections()
  system?.close()
})

const ask = async (order = 'LU-1') => {
  const known = { order, 'requester.email': 'cy@example.com' }
  const beganAt = performance.now()
  const { failed, answers } = await lookUpFor(
    desk.running.desk,
    { brandId: 1, isProven: true },
    { key: 'orders', known },
  )
  return { failed, carrier: answers['carrier'], ms: performance.now() - beganAt }
}
async function open(
  body = 'My parcel is late: LU-22101',
  email = `cy${Math.random().toString().slice(2)}@example.com`,
) {
  const ticket = { subject: 'My order', body, requester: { email }, category: 'shipping', channel: 'email' }
  return (await desk.api('POST', '/tickets', ticket)).body as { id: number; requester: { id: number } }
}
const runOn = (id: number) =>
  until(async () => (await desk.api('GET', `/tickets/${id}/assistant`)).body.runs[0] ?? null)
const messages = async (id: number) => (await desk.api('GET', `/tickets/${id}/messages`)).body.items

test('a system that redirects, floods, hangs, drips, breaks off or answers something else fails within its time', async () => {
  let sent = 0
  const flood = Buffer.alloc(65_536, 'x')
  const pour = (response: ServerResponse) => {
    while (!response.destroyed && sent < 200_000_000 && response.write(flood)) sent += flood.length
    if (!response.destroyed && sent < 200_000_000) response.once('drain', () => pour(response))
  }
  const bad: [string, string, (response: ServerResponse) => void][] = [
    ['redirect', 'refused', (response) => response.writeHead(302, { location: `${base}/stolen` }).end()],
    ['200 MB', 'too_large', pour],
    [
      'bomb',
      'too_large',
      (response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
    ],
    ['hang', 'timeout', () => undefined],
    [
      'drip',
      'timeout',
      (response) => {
        response.writeHead(200)
        const timer = setInterval(() => response.write(' '), 50)
        response.on('close', () => clearInterval(timer))
      },
    ],
    ['breaks off', 'unreachable', (response) => response.socket?.destroy()],
    [
      'breaks off in the middle',
      'unreachable',
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"carrier":')
        setTimeout(() => response.socket?.destroy(), 20)
      },
    ],
    [
      'headers',
      'unreachable',
      (response) => response.writeHead(200, { 'x-long': 'x'.repeat(100_000) }).end('{}'),
    ],
    ['HTML', 'unreadable', says('<!doctype html><h1>Sign in</h1>')],
    ['deep', 'unreadable', says(`{"a":${'['.repeat(120_000)}`)],
    ['deep and whole', 'unreadable', says('['.repeat(120_000) + ']'.repeat(120_000))],
    ['500', 'refused', (response) => response.writeHead(500).end()],
    ['kind', 'shape', says({ carrier: { name: 'Snail' } })],
  ]
  for (const [name, failed, how] of bad) {
    react = how
    const found = await ask()
    assert.deepEqual([name, found.failed], [name, failed])
    assert.ok(found.ms < 3_000, `${name} took ${found.ms} ms`)
    // Five failures in a row leave a system alone.
    react = says({})
    assert.equal((await ask()).failed, null)
  }
  assert.ok(sent < 20_000_000, `${sent} bytes were taken`)
  assert.ok(!asked.some(({ url }) => url.includes('stolen')))
})

test('five failures in a row leave a system alone for a minute, but for somebody who tries it', async () => {
  react = (response) => response.writeHead(503).end()
  for (let time = 0; time < 5; time++) assert.equal((await ask()).failed, 'refused')
  const before = asked.length
  react = says({ carrier: 'Snail' })
  assert.deepEqual([(await ask()).failed, asked.length], ['unreachable', before])
  const known = { order: 'LU-1', 'requester.email': 'cy@example.com' }
  const tried = (await desk.api('POST', `/assistant/look-ups/${lookUpId}/trial`, { known })).body
  assert.deepEqual([tried.failed, tried.answers], [null, { carrier: 'Snail' }])
  // It answers again: so does everybody's.
  assert.equal((await ask()).carrier, 'Snail')
})

test('what comes back is told as it stands there; no content is nothing found', async () => {
  for (const [said, carrier] of [
    ['{"carrier": 340434161094042557123}', '340434161094042557123'],
    ['{"carrier": 12.50}', '12.50'],
    ['{"carrier": 1e3}', '1000'],
    ['\uFEFF{"carrier": "Snail"}', 'Snail'],
  ] as const) {
    react = says(said)
    assert.equal((await ask()).carrier, carrier)
  }
  react = (response) => response.writeHead(204).end()
  const { failed, carrier } = await ask()
  assert.deepEqual([failed, carrier], [null, null])
})

test('markup, templates and formulas of another system are words, or not said at all', async () => {
  for (const [carrier, isSaid] of [
    ['<img src=x onerror=alert(1)>', false],
    ['{{requester.email}}', false],
    ['evil.example/pay', false],
    ['[x](javascript:alert(1)) **b**', true],
    ["'; drop table ticket; --", true],
  ] as const) {
    react = says({ carrier })
    const { id } = await open()
    const run = await runOn(id)
    const last = (await messages(id)).at(-1)
    assert.deepEqual([run.decision, last.html], [isSaid ? 'answer_stay_open' : 'escalate', null], carrier)
    assert.ok(last.text.includes(isSaid ? `is with ${carrier}.` : `carrier: ${carrier}`), last.text)
  }
})

test('a customer of whom nothing proves who they are is told nothing, whoever of them wrote the number', async () => {
  react = says({ carrier: 'Snail' })
  await desk.api('PATCH', `/assistant/look-ups/${lookUpId}`, { forAnyone: false })
  await desk.api('DELETE', '/assistant/live')
  const { id } = await open('My parcel is late.')
  const { database } = desk.running.desk
  await desk.api('POST', `/tickets/${id}/participants`, { role: 'cc', email: 'mallory@example.com' })
  const says2 = (email: string, body: string) =>
    desk.api('POST', `/tickets/${id}/messages`, { kind: 'reply', body, onBehalfOf: { email } })
  const before = asked.length
  const { requester } = (await desk.api('GET', `/tickets/${id}`)).body
  assert.equal((await says2('mallory@example.com', 'The order is LU-99999.')).status, 201)
  assert.equal((await says2(requester.email, 'Is there any news of the parcel yet?')).status, 201)
  // All but what the cc wrote is signed by the domain of its author.
  await database.rows(
    sql`update message set sender_check = 'verified', channel = 'email' where ticket_id = ${id}`,
  )
  await goLive(desk, shipping, { procedures: [late] })
  await desk.api('PUT', `/tickets/${id}/assistant`, { enabled: true })
  const run = await runOn(id)
  assert.deepEqual([run.decision, asked.length], ['escalate', before])
  assert.ok(!asked.some(({ url }) => url.includes('LU-99999')))
  await desk.api('PATCH', `/assistant/look-ups/${lookUpId}`, { forAnyone: true })
})

test('two at once ask for their own; one that is changed in the middle answers to nobody as what it was', async () => {
  const waiting: ServerResponse[] = []
  react = (response) => void waiting.push(response)
  const both = [ask('LU-10001'), ask('LU-10002')]
  await until(async () => waiting.length === 2)
  for (const [at, { url }] of asked.slice(-2).entries())
    waiting[at]?.end(JSON.stringify({ carrier: `of ${url.slice(8, 16)}` }))
  assert.deepEqual(
    (await Promise.all(both)).map(({ carrier }) => carrier),
    ['of LU-10001', 'of LU-10002'],
  )
  // The version that it was asked under is gone when it answers: what came is not said under another.
  react = (response) => void waiting.push(response)
  const { id } = await open('My parcel is late: LU-10003')
  await until(async () => waiting.length === 3)
  await goLive(desk, shipping, { procedures: [{ ...late, steps: [{ kind: 'hand_over', only: [] }] }] })
  waiting[2]?.end(JSON.stringify({ carrier: 'Snail' }))
  assert.equal((await runOn(id)).decision, 'escalate')
  assert.ok((await messages(id)).every(({ text }: { text: string }) => !text.includes('Snail')))
  await goLive(desk, shipping, { procedures: [late] })
})

test('what was looked up goes with the words it was looked up for; the secret stands nowhere', async () => {
  react = says({ carrier: 'Snailmarkus' })
  const email = 'mallory.markus@example.com'
  const { id, requester } = await open('My parcel is late: LU-77123', email)
  await runOn(id)
  const { id: handed } = await open('My parcel is late: LU-77123', email)
  react = says({ carrier: '<b>Snailmarkus</b>' })
  await runOn(handed)
  desk.clock.pass(3_600)
  const { version } = (await desk.api('GET', '/assistant')).body.live
  const { id: simulation } = (await desk.api('POST', '/assistant/simulations', { version, days: 30 })).body
  const path = `/assistant/simulations/${simulation}`
  await until(async () => (await desk.api('GET', path)).body.state === 'done', 60_000)
  const where = async (...words: string[]) =>
    (await scan(desk.config.databaseUrl ?? '', words)).map(({ place }) => place)
  const told = await where('Snailmarkus')
  assert.ok(
    told.includes('assistant_run.procedure') && told.includes('assistant_simulated.answer'),
    String(told),
  )
  assert.deepEqual(await where('sesame'), [])
  const [first] = await messages(id)
  const redacted = await desk.api('POST', `/tickets/${id}/messages/${first.id}/redact`, {
    words: ['LU-77123'],
  })
  assert.equal(redacted.status, 200)
  const { database } = desk.running.desk
  const left = await database.rows(
    sql`select answer from assistant_simulated where ticket_id = ${id} and answer is not null
      union all select procedure::text from assistant_run where ticket_id = ${id} and procedure::text ~ 'LU-77123|Snailmarkus'`,
  )
  assert.deepEqual(left, [])
  const asking = { tickets: 2, otherTickets: 0 }
  assert.equal((await desk.api('POST', `/people/${requester.id}/erasure`, asking)).status, 202)
  await until(async () => (await where('Snailmarkus', 'LU-77123', email)).length === 0, 20_000).catch(
    async () => assert.deepEqual(await where('Snailmarkus', 'LU-77123', email), []),
  )
})
