// How fast fifty requests a second are answered while the desk is backed up, beside the same without, by turns. They come when they come:
// one that waits holds up none behind it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Pool as HttpPool } from 'undici'
import { multiplied } from './imports.ts'
import { median, output, percentile, root, startBenchDesk, type Bench } from './bench.ts'

const TICKETS = Number(process.env['BENCH_TICKETS'] ?? 100_000)
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 3)
const EVERY_MS = 20
const ALONE_MS = 15_000

export const run: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-bench-backup-'))
  const env = (name: string) => ({ ...process.env, DOCKET_DATA: join(folder, name), DOCKET_LOG: 'warn' })
  await output(['demo', '--tickets', '1000'], env('demo'))
  await output(['export', 'jsonl', join(folder, 'told')], env('demo'))
  await multiplied(join(folder, 'told'), join(folder, 'lines'), TICKETS)
  await output(['import', 'jsonl', join(folder, 'lines'), '--json'], env('desk'))
  rmSync(join(folder, 'lines'), { recursive: true })
  const desk = await startBenchDesk(join(folder, 'desk'))
  const http = new HttpPool(desk.url, { connections: 64 })
  const ask = asker(http, desk.token)
  await asked(ask, pause(5_000))
  const rounds: { alone: number; beside: number; seconds: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const alone = percentile(await asked(ask, pause(ALONE_MS)), 0.95)
    const startedAt = performance.now()
    const child = spawn(join(root, 'docket'), ['backup', join(folder, `backup-${round}`)], {
      env: env('desk'),
      stdio: 'ignore',
    })
    const beside = percentile(await asked(ask, once(child, 'close')), 0.95)
    rounds.push({ alone, beside, seconds: (performance.now() - startedAt) / 1_000 })
    rmSync(join(folder, `backup-${round}`), { recursive: true })
  }
  await http.close()
  await desk.stop()
  rmSync(folder, { recursive: true, force: true })
  const of = (name: 'alone' | 'beside' | 'seconds') => median(rounds.map((each) => each[name]))
  const ratio = median(rounds.map(({ alone, beside }) => beside / alone))
  return {
    rows: [
      {
        name: `p95 of 50 requests a second, ${TICKETS} tickets`,
        value: `${of('beside').toFixed(0)} ms while it is backed up (${of('seconds').toFixed(0)} s), ${ratio.toFixed(2)} times without (${of('alone').toFixed(0)} ms)`,
      },
    ],
    results: { rounds },
  }
}

/** Asks every 20 ms until something ends; how long each took, in ms. */
async function asked(ask: () => Promise<void>, until: Promise<unknown>): Promise<number[]> {
  let going = true
  void until.then(() => (going = false))
  const took: number[] = []
  const waiting: Promise<void>[] = []
  const startedAt = performance.now()
  for (let number = 0; going; number++) {
    await pause(Math.max(0, startedAt + number * EVERY_MS - performance.now()))
    // What should have been asked earlier waits since then.
    const dueAt = startedAt + number * EVERY_MS
    waiting.push(ask().then(() => void took.push(performance.now() - dueAt)))
  }
  await Promise.all(waiting)
  return took
}

/** Lists and tickets, by turns. */
function asker(http: HttpPool, token: string): () => Promise<void> {
  let number = 0
  return async () => {
    const id = 1 + ((number++ * 7_919) % TICKETS)
    const path =
      number % 5 === 0 ? '/api/v1/tickets?q=status:open&limit=25' : `/api/v1/tickets/${id}/messages`
    const { body } = await http.request({
      method: 'GET',
      path,
      headers: { authorization: `Bearer ${token}` },
    })
    await body.dump()
  }
}
