// Whether agents feel that the assistant learns from 100,000 texts: reads and new tickets by the API, alone and meanwhile, by turns. It
// learns in a process beside the desk's own, with the memory that ./docket gives itself. On a folder of its own, or DOCKET_BENCH_DATA.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { add, fill, noTimes, rowsOf, TURN_MS, TURNS, work } from './beside.ts'
import { startBenchDesk, type Bench } from './bench.ts'

/** Until the texts are made. */
const BEGINNING_MS = 4_000

export const run: Bench = async () => {
  const given = process.env['DOCKET_BENCH_DATA']
  const dataDir = given ?? mkdtempSync(join(tmpdir(), 'docket-bench-'))
  try {
    if (given === undefined) await fill(dataDir)
    const desk = await startBenchDesk(dataDir)
    await work(desk, TURN_MS)
    const times = { alone: noTimes(), beside: noTimes() }
    for (let turn = 0; turn < TURNS; turn++) {
      add(times.alone, await work(desk, TURN_MS))
      const learning = spawn(process.execPath, [
        '--max-semi-space-size=8',
        '--heap-growing-percent=50',
        join(import.meta.dirname, 'learn-many.ts'),
      ])
      await pause(BEGINNING_MS)
      add(times.beside, await work(desk, TURN_MS))
      if (learning.exitCode !== null) throw new Error('It had learnt before the turn was over')
      learning.kill()
      await pause(1_000)
    }
    await desk.stop()
    const rows = rowsOf(times, 'learning')
    return { rows, results: { rows } }
  } finally {
    if (given === undefined) rmSync(dataDir, { recursive: true, force: true })
  }
}
