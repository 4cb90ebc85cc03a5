// Lists and tickets over HTTP at 10,000 and at 100,000 tickets of the same desk: the simulated company, copied tenfold.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { output, percentile, startBenchDesk, type Bench, type BenchDesk } from './bench.ts'
import { copyTickets } from './copies.ts'

const TICKETS = 10_000
const COPIES = 9
const ASKED = 150

const questions: Readonly<Record<string, (number: number) => string>> = {
  'list, newest change first': () => '/tickets?limit=50',
  'list, open': () => '/tickets?q=status:open&limit=50',
  'list by priority': () => '/tickets?q=status:open&sort=priority&limit=50',
  'search for a word': () => '/tickets?q=invoice&limit=50',
  'the whole list as numbers': () => '/tickets/ids',
  'search while typing': () => '/tickets?q=inv&typing=true&limit=5',
  counts: () => '/tickets/counts',
  'one ticket': (number) => `/tickets/${number}`,
  'its messages': (number) => `/tickets/${number}/messages?limit=50`,
}

export const run: Bench = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'docket-bench-'))
  try {
    await output(['demo', '--tickets', String(TICKETS)], {
      ...process.env,
      DOCKET_DATA: dataDir,
      DOCKET_LOG: 'warn',
    })
    const desk = await startBenchDesk(dataDir)
    const small = await ask(desk, TICKETS)
    await copyTickets(dataDir, COPIES)
    const large = await ask(desk, TICKETS * (COPIES + 1))
    await desk.stop()
    const rows = Object.keys(questions).map((name) => {
      const [before, after] = [small[name] ?? never(name), large[name] ?? never(name)]
      const growth = after.p95 / before.p95
      return {
        name,
        value: `p50 ${after.p50.toFixed(1)} ms, p95 ${after.p95.toFixed(1)} ms at 100,000; p95 ${before.p95.toFixed(1)} ms at 10,000: ${growth.toFixed(2)} times`,
      }
    })
    return { rows, results: { small, large } }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function never(name: string): never {
  throw new Error(`Bug: ${name} was not measured`)
}

async function ask(desk: BenchDesk, tickets: number) {
  const found: Record<string, { p50: number; p95: number }> = {}
  for (const [name, path] of Object.entries(questions)) {
    const times: number[] = []
    for (let turn = 0; turn < ASKED + 20; turn++) {
      const startedAt = performance.now()
      const answer = await fetch(`${desk.url}/api/v1${path(1 + ((turn * 7919) % tickets))}`, {
        headers: { authorization: `Bearer ${desk.token}` },
      })
      await answer.arrayBuffer()
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`)
      if (turn >= 20) times.push(performance.now() - startedAt)
    }
    found[name] = { p50: percentile(times, 0.5), p95: percentile(times, 0.95) }
  }
  return found
}
