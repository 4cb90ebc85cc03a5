// Creating tickets by the API beside the same inserts by the raw driver, on the same database, in the same run, by turns.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { Pool as HttpPool } from 'undici'
import { letter, openPost } from '../test/support/customer.ts'
import { median, rateOf, startBenchDesk, type Bench } from './bench.ts'

const ROUND_MS = 2_000
const ROUNDS = 3
export const BODY =
  'My parcel with the blue lamp has not arrived. The tracking page says delivered on Monday. '.repeat(12)

export const run: Bench = async () => {
  const desk = await startBenchDesk()
  const url = readFileSync(join(desk.dataDir, 'postgres.url'), 'utf8').trim()
  const database = new pg.Pool({ connectionString: url, max: 32 })
  const http = new HttpPool(desk.url, { connections: 32 })
  await database.query(`create table if not exists raw_ticket (id bigserial primary key, subject text, status text, person bigint,
      at timestamptz); create table if not exists raw_message (id bigserial primary key, ticket_id bigint, body text);
    create index if not exists raw_message_ticket on raw_message (ticket_id);
    create table if not exists raw_event (id bigserial primary key, ticket_id bigint, seq int, kind text, payload jsonb);
    create index if not exists raw_event_ticket on raw_event (ticket_id, seq);
    create table if not exists raw_outbox (id bigserial primary key, ticket_id bigint, recipient text, state text)`)

  const rows: { name: string; value: string }[] = []
  const results: Record<string, unknown> = {}
  await rateOf(8, 1_000, () => createByApi(http, desk.token))
  for (const clients of [1, 8, 32]) {
    const api: number[] = []
    const raw: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      api.push(await rateOf(clients, ROUND_MS, () => createByApi(http, desk.token)))
      raw.push(await rateOf(clients, ROUND_MS, () => createRaw(database)))
    }
    const ratio = median(api.map((rate, index) => rate / (raw[index] ?? 1)))
    rows.push({
      name: `create by API, ${clients} clients`,
      value: `${median(api).toFixed(0)}/s, ${ratio.toFixed(2)} of raw inserts (${median(raw).toFixed(0)}/s)`,
    })
    results[`clients${clients}`] = { api: median(api), raw: median(raw), ratio }
  }
  let number = 0
  const posts = await Promise.all(Array.from({ length: 16 }, () => openPost(desk.smtpPort)))
  const smtp = await rateOf(16, ROUND_MS * 2, async (client) => {
    const raw = letter({
      from: `c${number++ % 500}@customer.example`,
      to: 'support@docket.localhost',
      text: BODY,
    })
    const answer = await posts[client]?.post(raw, {
      from: 'c@customer.example',
      to: ['support@docket.localhost'],
    })
    if (answer?.startsWith('250') !== true) throw new Error(answer)
  })
  for (const each of posts) each.end()
  const startedAt = performance.now()
  for (;;) {
    const { rows: waiting } = await database.query(
      `select count(*)::int as n from raw_mail where state = 'waiting'`,
    )
    if (waiting[0].n === 0) break
    await new Promise((done) => setTimeout(done, 100))
  }
  const processed = (number / (ROUND_MS * 2 + performance.now() - startedAt)) * 1000
  rows.push({
    name: 'mail in over SMTP, acknowledged, 16 connections',
    value: `${smtp.toFixed(0)}/s; fully processed ${processed.toFixed(0)}/s`,
  })
  results['smtp'] = { acknowledged: smtp, processed }
  await http.close()
  await database.end()
  await desk.stop()
  return { rows, results }
}

let person = 0

/** Opens a ticket. */
export async function createByApi(http: HttpPool, token: string): Promise<void> {
  const { statusCode, body } = await http.request({
    method: 'POST',
    path: '/api/v1/tickets',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      subject: 'Where is my parcel?',
      body: BODY,
      requester: { email: `person${person++ % 2_000}@customer.example`, name: 'Some Person' },
      tags: ['parcel'],
    }),
  })
  const text = await body.text()
  if (statusCode !== 201) throw new Error(`${statusCode} ${text}`)
}

/** The same facts by hand: a ticket, its message, two events, a mail to send, in one durable transaction. */
async function createRaw(database: pg.Pool): Promise<void> {
  const client = await database.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query(
      'insert into raw_ticket (subject, status, person, at) values ($1, $2, $3, now()) returning id',
      ['Where is my parcel?', 'new', 7],
    )
    const id = rows[0].id
    await client.query('insert into raw_message (ticket_id, body) values ($1, $2)', [id, BODY])
    await client.query(
      'insert into raw_event (ticket_id, seq, kind, payload) values ($1, 1, $2, $3), ($1, 2, $4, $3)',
      [id, 'ticket_opened', '{"status":"new"}', 'subject_changed'],
    )
    await client.query('insert into raw_outbox (ticket_id, recipient, state) values ($1, $2, $3)', [
      id,
      'person@customer.example',
      'queued',
    ])
    await client.query('commit')
  } finally {
    client.release()
  }
}
