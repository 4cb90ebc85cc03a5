// A Docket that does the background work of somebody else's database and ends itself, without warning, at a named step.
import { watchSteps } from '#kit/crash.ts'
import { plus } from '#kit/time.ts'
import { systemClock } from '#kit/clock.ts'
import { runDocket } from '#server.ts'
import { noDns } from './desk.ts'
import { sql } from '#store/sql.ts'
import { quiet, root } from './database.ts'
import type { Config } from '#config.ts'

const { config, crashAt, aheadSeconds } = JSON.parse(process.argv[2] ?? '{}') as {
  config: Config
  crashAt: string
  aheadSeconds: number
}
let last = performance.now()
let fetched = false
watchSteps((name) => {
  last = performance.now()
  fetched ||= name.startsWith('fetch')
  if (name !== crashAt) return
  process.stdout.write(`${name}\n`)
  process.kill(process.pid, 'SIGKILL')
})
// Claims of the dead run out by the clock, which is ahead a little more with each life.
const clock = { now: () => plus(systemClock.now(), aheadSeconds) }
const running = await runDocket(config, root, quiet, { web: false, work: true }, clock, noDns)
last = performance.now()
const waiting = async () => {
  const rows = await running.desk.database.rows(sql`select 1 from raw_mail where state = 'waiting'
    union all select 1 from outbox where state in ('queued', 'sending') limit 1`)
  return rows.length > 0
}
// Nothing has happened for a while and nothing waits: the work is done. Signing in takes a moment.
setInterval(async () => {
  if (performance.now() - last > (fetched ? 500 : 6_000) && !(await waiting())) process.exit(0)
}, 100)
setTimeout(() => process.exit(0), 60_000)
