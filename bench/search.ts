// Search over HTTP at 10,000 and at 1,000,000 tickets of the same desk: the simulated company, copied a hundredfold. A smaller
// number does with DOCKET_BENCH_TICKETS=200000.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { output, percentile, startBenchDesk, type Bench, type BenchDesk } from './bench.ts'
import { copyTickets } from './copies.ts'
import { byTurns } from './search-turns.ts'

const TICKETS = 10_000
const WANTED = 1_000_000
const ASKED = 100
const WARMING = 10

const list = (q: string, more = '&limit=50') => `/tickets?q=${encodeURIComponent(q)}${more}`

/** Several of each kind, asked by turns: one lucky word says little. */
const questions: Readonly<Record<string, readonly string[]>> = {
  'a common word': ['order', 'invoice', 'lamp', 'the', 'refund'].map((q) => list(q)),
  'a phrase': ['"thank you"', '"order number"', '"the lamp"', '"replacement light"'].map((q) => list(q)),
  'two words': ['order lamp', 'invoice address', 'refund photo', 'mail setting'].map((q) => list(q)),
  'completion while typing': ['inv', 'ord', 'ref', 'repl', 'setti'].map((q) =>
    list(q, '&typing=true&limit=5'),
  ),
  'counts of a search': ['order', 'invoice', 'lamp', '"thank you"', 'refund photo'].map(
    (q) => `/tickets/counts?q=${encodeURIComponent(q)}`,
  ),
  'a word nobody wrote': ['xylophonist', 'quetzalcoatlus'].map((q) => list(q)),
  'a word and a filter': ['order status:open', 'lamp is:unassigned', 'invoice status:on_hold'].map((q) =>
    list(q),
  ),
}

type Times = Readonly<Record<string, { readonly p50: number; readonly p95: number }>>

export const run: Bench = async () => {
  const wanted = Number(process.env['DOCKET_BENCH_TICKETS'] ?? WANTED)
  const dataDir = mkdtempSync(join(tmpdir(), 'docket-bench-'))
  try {
    const environment = { ...process.env, DOCKET_DATA: dataDir, DOCKET_LOG: 'warn' }
    await output(['demo', '--tickets', String(TICKETS)], environment)
    const desk = await startBenchDesk(dataDir)
    const small = await ask(desk)
    await copyTickets(dataDir, Math.round(wanted / TICKETS) - 1)
    const large = await ask(desk)
    const turns = await byTurns(dataDir)
    await desk.stop()
    const rows = Object.entries(large).map(([name, after]) => {
      const before = small[name]?.p95 ?? Number.NaN
      const growth = `p95 ${before.toFixed(1)} ms at 10,000: ${(after.p95 / before).toFixed(2)} times`
      const at = `p50 ${after.p50.toFixed(1)} ms, p95 ${after.p95.toFixed(1)} ms`
      return { name, value: `${at} at ${wanted.toLocaleString('en')}; ${growth}` }
    })
    return { rows: [...rows, ...turns.rows], results: { small, large, turns: turns.results } }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function ask({ url, token }: BenchDesk): Promise<Times> {
  const found: Record<string, { p50: number; p95: number }> = {}
  for (const [name, paths] of Object.entries(questions)) {
    const times: number[] = []
    for (let turn = 0; turn < ASKED + WARMING; turn++) {
      const path = paths[turn % paths.length] ?? ''
      const startedAt = performance.now()
      const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${token}` } })
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
      if (turn >= WARMING) times.push(performance.now() - startedAt)
    }
    found[name] = { p50: percentile(times, 0.5), p95: percentile(times, 0.95) }
  }
  return found
}
