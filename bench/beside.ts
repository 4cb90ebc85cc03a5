// Whether agents feel a backtest: reads and new tickets by the API, alone and while the desk's whole past is lived again, by turns. On a
// folder that has many tickets already with DOCKET_BENCH_DATA.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { output, percentile, startBenchDesk, type Bench, type BenchDesk } from './bench.ts'
import { copyTickets, forgetKept } from './copies.ts'

const TICKETS = 3_000
const COPIES = 6
export const TURNS = 3
export const TURN_MS = 10_000
const CLIENTS = 2
/** Between two requests of one client: people, not a flood. */
const PAUSE_MS = 40

export const run: Bench = async () => {
  const given = process.env['DOCKET_BENCH_DATA']
  const dataDir = given ?? mkdtempSync(join(tmpdir(), 'docket-bench-'))
  try {
    if (given === undefined) await fill(dataDir)
    const desk = await startBenchDesk(dataDir)
    await work(desk, TURN_MS)
    const times = { alone: noTimes(), beside: noTimes() }
    let lived = 0
    for (let turn = 0; turn < TURNS; turn++) {
      add(times.alone, await work(desk, TURN_MS))
      await forgetKept(dataDir)
      const { id } = await call(desk, 'POST', '/backtests', { candidate: 'live', last: 365 })
      while ((await call(desk, 'GET', `/backtests/${id}`)).done === 0) await pause(50)
      const before = await call(desk, 'GET', `/backtests/${id}`)
      add(times.beside, await work(desk, TURN_MS))
      const after = await call(desk, 'GET', `/backtests/${id}`)
      if (after.state !== 'running') throw new Error(`It was ${after.state} before the turn was over`)
      lived += after.done - before.done
      await call(desk, 'POST', `/backtests/${id}/cancel`)
      await pause(1_000)
    }
    await desk.stop()
    const rows = rowsOf(times, 'a backtest')
    const rate = lived / ((TURNS * TURN_MS) / 1_000)
    return {
      rows: [...rows, { name: 'lived again meanwhile', value: `${rate.toFixed(0)} tickets a second` }],
      results: { rows, rate },
    }
  } finally {
    if (given === undefined) rmSync(dataDir, { recursive: true, force: true })
  }
}

/** What each kind took alone and beside something. */
export function rowsOf(times: { readonly alone: Times; readonly beside: Times }, what: string) {
  return (Object.keys(times.alone) as Kind[]).flatMap((kind) =>
    [0.5, 0.95].map((share) => {
      const [alone, beside] = [percentile(times.alone[kind], share), percentile(times.beside[kind], share)]
      return {
        name: `${kind}, p${share * 100}`,
        value: `${alone.toFixed(1)} ms alone, ${beside.toFixed(1)} ms beside ${what}: ${(beside / alone).toFixed(2)} times`,
      }
    }),
  )
}

export async function fill(dataDir: string): Promise<void> {
  await output(['demo', '--tickets', String(TICKETS)], {
    ...process.env,
    DOCKET_DATA: dataDir,
    DOCKET_LOG: 'warn',
  })
  const desk = await startBenchDesk(dataDir)
  await copyTickets(dataDir, COPIES)
  await desk.stop()
}

type Kind = 'read' | 'create'
type Times = Record<Kind, number[]>
export const noTimes = (): Times => ({ read: [], create: [] })

export function add(to: Times, from: Times): void {
  for (const kind of ['read', 'create'] as const) to[kind].push(...from[kind])
}

/** What agents do for a while. */
export async function work(desk: BenchDesk, ms: number): Promise<Times> {
  const times = noTimes()
  const end = performance.now() + ms
  const client = async (number: number) => {
    for (let turn = number; performance.now() < end; turn += CLIENTS) {
      const kind: Kind = turn % 5 === 0 ? 'create' : 'read'
      const startedAt = performance.now()
      await (kind === 'create' ? create(desk, turn) : read(desk, turn))
      times[kind].push(performance.now() - startedAt)
      await pause(PAUSE_MS)
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)))
  return times
}

function read(desk: BenchDesk, turn: number): Promise<unknown> {
  const paths = ['/tickets?q=status:open&limit=50', `/tickets/${1 + ((turn * 7919) % TICKETS)}`]
  return call(desk, 'GET', paths[turn % paths.length] ?? '')
}

function create(desk: BenchDesk, turn: number): Promise<unknown> {
  const requester = { email: `bench${turn % 50}@customer.example`, name: 'A Customer' }
  return call(desk, 'POST', '/tickets', {
    subject: `The lamp ${turn} is dark`,
    body: 'Please help.',
    requester,
  })
}

async function call(desk: BenchDesk, method: string, path: string, body?: object) {
  const answer = await fetch(`${desk.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${desk.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? { body: method === 'GET' ? null : '{}' } : { body: JSON.stringify(body) }),
  })
  const said = (await answer.json()) as { id: number; done: number; state: string }
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(said)}`)
  return said
}
