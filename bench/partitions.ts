// Whether the log is better cut into parts: as one table, by month, and by ticket number, each with the same events. What is
// measured is what a desk does all day: append to tickets old and new, and read one ticket's whole log.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '#store/embedded.ts'
import { quiet } from '../test/support/database.ts'
import { percentile, root, type Bench } from './bench.ts'

const TICKETS = Number(process.env['BENCH_TICKETS'] ?? 1_000_000)
const EVENTS_EACH = 10
const MONTHS = 36
const PART_OF_TICKETS = 100_000
const ROUNDS = 3
const READS = 4_000
const APPENDS = 4_000

const COLUMNS = `id bigint not null, ticket_id bigint not null, seq integer not null, update_id bigint not null, at timestamptz not null,
  actor_type text not null, actor_id bigint, cause_event_id bigint, kind text not null, payload jsonb not null`

/** How each is cut, and what can be unique in it: an index is unique only where it names what the parts are cut by. */
const SHAPES = {
  whole: { cut: '', key: 'primary key (ticket_id, seq)', parts: [] as readonly string[] },
  'by month': {
    cut: 'partition by range (at)',
    key: 'primary key (ticket_id, seq, at)',
    parts: Array.from(
      { length: MONTHS },
      (_, at) =>
        `for values from (timestamptz '2023-01-01' + interval '${at} months') to (timestamptz '2023-01-01' + interval '${at + 1} months')`,
    ),
  },
  'by ticket number': {
    cut: 'partition by range (ticket_id)',
    key: 'primary key (ticket_id, seq)',
    parts: Array.from(
      { length: Math.ceil(TICKETS / PART_OF_TICKETS) },
      (_, at) => `for values from (${at * PART_OF_TICKETS}) to (${(at + 1) * PART_OF_TICKETS})`,
    ),
  },
}
type Shape = keyof typeof SHAPES
const shapes = Object.keys(SHAPES) as Shape[]
const tableOf = (shape: Shape) => `log_${shape.replaceAll(' ', '_')}`

export const run: Bench = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'docket-bench-'))
  const server = await startEmbedded({ root, dataDir, log: quiet })
  const client = new pg.Client({ connectionString: server.url, options: '-c statement_timeout=0' })
  await client.connect()
  try {
    for (const shape of shapes) await fill(client, shape)
    const read = new Map<Shape, number[]>(shapes.map((shape) => [shape, []]))
    const append = new Map<Shape, number[]>(shapes.map((shape) => [shape, []]))
    // By turns: the machine is not equally quiet all the time.
    for (let round = 0; round < ROUNDS; round++)
      for (const shape of shapes) {
        read.get(shape)?.push(...(await reads(client, shape)))
        append.get(shape)?.push(...(await appends(client, shape, round)))
      }
    const rows = shapes.map((shape) => {
      const [r, a] = [read.get(shape) ?? [], append.get(shape) ?? []]
      const shown = (all: number[]) =>
        `p50 ${percentile(all, 0.5).toFixed(2)} p95 ${percentile(all, 0.95).toFixed(2)} ms`
      return { name: shape, value: `a ticket's log ${shown(r)}; ten events of one commit ${shown(a)}` }
    })
    return { rows, results: { TICKETS, read: Object.fromEntries(read), append: Object.fromEntries(append) } }
  } finally {
    await client.end()
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function fill(client: pg.Client, shape: Shape): Promise<void> {
  const { cut, key, parts } = SHAPES[shape]
  const table = tableOf(shape)
  await client.query(`create table ${table} (${COLUMNS}, ${key}) ${cut}`)
  for (const [at, bounds] of parts.entries()) {
    // Bounds are constants, not expressions.
    const values = bounds.replace(
      /timestamptz '2023-01-01' \+ interval '(\d+) months'/g,
      (_, months: string) => `'${new Date(Date.UTC(2023, Number(months), 1)).toISOString()}'`,
    )
    await client.query(`create table ${table}_${at} partition of ${table} ${values}`)
  }
  const STEP = 100_000
  for (let from = 0; from < TICKETS; from += STEP)
    await client.query(
      `insert into ${table} select t * ${EVENTS_EACH} + s, t, s, t * ${EVENTS_EACH} + s,
        timestamptz '2023-01-01 UTC' + (t::float8 / ${TICKETS} * ${MONTHS - 2} + s * 0.1) * interval '30 days', 'agent', t % 50, null,
        (array['created','inbound_message','outbound_message','assigned','status_changed'])[1 + s % 5],
        jsonb_build_object('from', 'open', 'to', 'pending', 'messageId', t * 10 + s)
      from generate_series($1::bigint, $2::bigint) t, generate_series(1, ${EVENTS_EACH}) s`,
      [from, Math.min(from + STEP, TICKETS) - 1],
    )
  await client.query(`create ${shape === 'whole' ? 'unique ' : ''}index on ${table} (id)`)
  await client.query(`create index on ${table} (kind, at)`)
  await client.query(`vacuum analyze ${table}`)
}

/** Nine of ten are among the newest twentieth: what a desk works on. */
function anyTicket(): number {
  const among = Math.random() < 0.9 ? 0.05 : 1
  return Math.floor(TICKETS * (1 - Math.random() * among))
}

async function reads(client: pg.Client, shape: Shape): Promise<number[]> {
  const took: number[] = []
  for (let at = 0; at < READS; at++) {
    const startedAt = performance.now()
    await client.query({
      name: `read ${shape}`,
      text: `select * from ${tableOf(shape)} where ticket_id = $1 order by seq`,
      values: [anyTicket()],
    })
    took.push(performance.now() - startedAt)
  }
  return took
}

async function appends(client: pg.Client, shape: Shape, round: number): Promise<number[]> {
  const took: number[] = []
  for (let at = 0; at < APPENDS; at++) {
    const number = TICKETS * EVENTS_EACH + (round * APPENDS + at + 1) * EVENTS_EACH
    const startedAt = performance.now()
    await client.query({
      name: `append ${shape}`,
      text: `insert into ${tableOf(shape)} select $1::bigint + s, $2, $3::int + s, $1, '2025-11-15', 'agent', 7, null, 'assigned', '{"to":7}'
        from generate_series(1, ${EVENTS_EACH}) s`,
      values: [number, anyTicket(), number],
    })
    took.push(performance.now() - startedAt)
  }
  return took
}
