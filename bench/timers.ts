// How late timer rules fire while 100,000 others wait: tickets are opened, each is due two seconds later, and the log says when.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { median, percentile, startBenchDesk, type Bench } from './bench.ts'

const WAITING = 100_000
const TICKETS = 200
const HOLD_SECONDS = 2

export const run: Bench = async () => {
  const desk = await startBenchDesk()
  const database = new pg.Pool({
    connectionString: readFileSync(join(desk.dataDir, 'postgres.url'), 'utf8').trim(),
    max: 4,
  })
  await database.query(
    `insert into rule_timer (ticket_id, rule_id, start_seq, started_at, due_at)
     select 10000000 + n, 999, 1, now(), now() + interval '1 day' + n * interval '1 second' from generate_series(1, $1::int) n`,
    [WAITING],
  )
  await database.query('analyze rule_timer')
  await publishTimer(desk)
  const startedAt = performance.now()
  for (let count = 0; count < TICKETS; count++) await call(desk, 'POST', '/tickets', ticket(count))
  const openedMs = performance.now() - startedAt
  await new Promise((done) => setTimeout(done, HOLD_SECONDS * 1_000))
  const late = await lateness(database)
  await database.end()
  await desk.stop()
  const p99Ms = percentile(late, 0.99)
  return {
    rows: [
      { name: 'timers waiting beside', value: WAITING.toLocaleString('en') },
      { name: `timers due, opened within ${(openedMs / 1000).toFixed(1)} s`, value: String(late.length) },
      { name: 'late, median', value: `${median(late).toFixed(0)} ms` },
      { name: 'late, p99', value: `${p99Ms.toFixed(0)} ms` },
      { name: 'late, worst', value: `${Math.max(...late).toFixed(0)} ms` },
    ],
    results: { waiting: WAITING, fired: late.length, medianMs: median(late), p99Ms },
  }
}

type Desk = Awaited<ReturnType<typeof startBenchDesk>>

async function publishTimer(desk: Desk): Promise<void> {
  await call(desk, 'PUT', '/rules/order', { sections: [{ key: 'all', title: 'All' }], rules: [] })
  const { items } = await call(desk, 'GET', '/agents')
  const rule = {
    key: 'wait',
    kind: 'timer',
    title: 'Wait',
    ownerId: items[0].id,
    reviewBy: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    section: 'all',
    if: { field: 'status', op: 'is', value: 'new' },
    do: [{ addTags: ['waited'] }],
    timer: { hold: HOLD_SECONDS },
  }
  await call(desk, 'POST', '/rules', { rule })
  await call(desk, 'POST', '/rulebook/publish', { reason: 'a benchmark' })
}

function ticket(count: number): object {
  return { subject: `Waiting ${count}`, body: 'Hello', requester: { email: `w${count % 50}@example.org` } }
}

/** Milliseconds from when each was due to when it fired, once all have. */
async function lateness(database: pg.Pool): Promise<number[]> {
  for (const end = Date.now() + 60_000; ;) {
    const { rows } = await database.query<{ late: string }>(
      `select extract(epoch from e.at - t.created_at) * 1000 - $1 as late
       from ticket_event e join ticket t on t.id = e.ticket_id where e.kind = 'rule_fired'`,
      [HOLD_SECONDS * 1_000],
    )
    if (rows.length === TICKETS || Date.now() > end) return rows.map(({ late }) => Number(late))
    await new Promise((done) => setTimeout(done, 200))
  }
}

// eslint-disable-next-line typescript/no-explicit-any
async function call(desk: Desk, method: string, path: string, body?: object): Promise<any> {
  const answer = await fetch(`${desk.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}
