// How long a first and a second start take, and how much memory app and database hold, idle and after work.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { rateOf, startBenchDesk, type Bench } from './bench.ts'

export const run: Bench = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'docket-bench-'))
  try {
    const cold = await startBenchDesk(dataDir)
    await cold.stop()
    const warm = await startBenchDesk(dataDir)
    await pause(5_000)
    const idle = memoryOf(warm.pid)
    await rateOf(16, 10_000, async () => {
      const answer = await fetch(`${warm.url}/api/v1/tickets`, {
        method: 'POST',
        headers: { authorization: `Bearer ${warm.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          subject: 'Memory',
          body: 'A request like many others. '.repeat(40),
          requester: { email: 'c@customer.example' },
        }),
      })
      await answer.arrayBuffer()
    })
    const loaded = memoryOf(warm.pid)
    await warm.stop()
    return {
      rows: [
        { name: 'first start, packages installed', value: `${(cold.readyMs / 1000).toFixed(1)} s` },
        { name: 'second start', value: `${(warm.readyMs / 1000).toFixed(1)} s` },
        { name: 'memory idle, app + database', value: megabytes(idle) },
        { name: 'memory after 10 s of 16 clients', value: megabytes(loaded) },
      ],
      results: { coldMs: cold.readyMs, warmMs: warm.readyMs, idleBytes: idle, loadedBytes: loaded },
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB (proportional share of shared pages)`
}

/** What a process and all it started hold, in bytes; pages that several share count once (Linux). */
function memoryOf(pid: number): number {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const stat = read(`/proc/${name}/stat`)
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const belongs = (each: number): boolean => each === pid || (each > 1 && belongs(parents.get(each) ?? 0))
  let bytes = 0
  for (const each of parents.keys()) {
    if (belongs(each))
      bytes += Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${each}/smaps_rollup`))?.[1] ?? 0) * 1024
  }
  return bytes
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // ended in between
  }
}
