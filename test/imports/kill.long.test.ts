// An import that is killed at any moment and given again ends as one that nobody disturbed.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from 'node:test'
import { fill } from '#commands/demo.ts'
import { verifyAll } from '#commands/verify.ts'
import { LINES } from '#imports/lines/source.ts'
import { writeFolder } from '#imports/lines/write-folder.ts'
import { sql } from '#store/sql.ts'
import { bareDesk } from '../support/bare-desk.ts'
import { run } from '../support/command.ts'
import { root } from '../support/database.ts'

/** `DOCKET_TEST_KILLS=200` takes some ten minutes. */
const KILLS = Number(process.env['DOCKET_TEST_KILLS'] ?? 4)
const TICKETS = Math.max(300, KILLS * 55)
const skip = process.env['DOCKET_TEST_LONG'] === undefined && 'asked for with DOCKET_TEST_LONG=1'

test(
  'an import that is killed again and again ends as an undisturbed one',
  { timeout: 400_000 + KILLS * 10_000, skip },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'docket-kill-'))
    const source = await bareDesk()
    await fill(source.desk, TICKETS, 5, Date.parse('2026-03-02T00:00:00Z'), {})
    await writeFolder(source.desk, join(folder, 'out'))
    await source.close()
    const { desk, url, close } = await bareDesk()
    const env = { DATABASE_URL: url, DOCKET_DATA: join(folder, 'data'), DOCKET_LOG: 'silent' }
    const args = ['import', 'jsonl', join(folder, 'out')]
    const told = async () =>
      (await desk.database.row<{ n: number }>(sql`select count(*) as n from import_ref`))?.n ?? 0
    let killed = 0
    // A draw that is the same each time.
    const drawn = draws(KILLS)
    for (let each = 0; each < KILLS; each++) {
      const before = await told()
      const child = spawn(join(root, 'docket'), args, {
        env: { ...process.env, ...env },
        stdio: 'ignore',
        detached: true,
      })
      const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
      // Mostly once there is something to lose, however slow the machine is; now and then while it starts.
      const isOver = ended.then(() => true)
      const isLater = each % 4 !== 3
      while (
        isLater &&
        (await told()) === before &&
        !(await Promise.race([isOver, pause(5).then(() => false)]))
      );
      await Promise.race([ended, pause((drawn[each] ?? 0) * (isLater ? 250 : 1_500))])
      if (child.exitCode !== null) break
      process.kill(-(child.pid ?? 0), 'SIGKILL')
      await ended
      killed++
    }
    assert.ok(killed > 0, 'it was too fast to be killed')
    console.error(`killed ${killed} times, the last time with ${await told()} names told`)
    const { code, out, err } = await run([...args, '--json'], env)
    assert.equal(code, 0, err)
    const report = JSON.parse(out)
    assert.equal(report.complete, true)
    for (const [kind, { seen, created, unchanged }] of Object.entries<Record<string, number>>(report.kinds))
      assert.equal((created ?? 0) + (unchanged ?? 0), seen, kind)
    await writeFolder(desk, join(folder, 'again'))
    const [first, second] = ['out', 'again'].map((name) => readFileSync(join(folder, name, LINES), 'utf8'))
    assert.ok(first === second, 'the same lines')
    assert.deepEqual((await verifyAll(desk.database)).differences, [])
    await close()
    rmSync(folder, { recursive: true, force: true })
  },
)

/** Numbers below 1, spread without order (a golden section at a time). */
function draws(count: number): number[] {
  return Array.from({ length: count }, (_, index) => ((index + 1) * 0.618_033_988_749_895) % 1)
}
