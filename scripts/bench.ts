// `npm run bench [-- name…]`: measures what Docket is fast at, as ratios within one run, prints a table and writes JSON.
import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import type { Bench } from '../bench/bench.ts'

const benches: Readonly<Record<string, () => Promise<{ run: Bench }>>> = {
  create: () => import('../bench/create.ts'),
  chat: () => import('../bench/chat.ts'),
  attack: () => import('../bench/attack.ts'),
  backup: () => import('../bench/backup.ts'),
  imports: () => import('../bench/imports.ts'),
  memory: () => import('../bench/memory.ts'),
  rules: () => import('../bench/rules.ts'),
  'rules-oracle': () => import('../bench/rules-oracle.ts'),
  timers: () => import('../bench/timers.ts'),
  help: () => import('../bench/help.ts'),
  lists: () => import('../bench/lists.ts'),
  reads: () => import('../bench/reads.ts'),
  search: () => import('../bench/search.ts'),
  sla: () => import('../bench/sla.ts'),
  routing: () => import('../bench/routing.ts'),
  'sla-oracle': () => import('../bench/sla-oracle.ts'),
  start: () => import('../bench/start.ts'),
  web: () => import('../bench/web.ts'),
  mail: () => import('../bench/mail.ts'),
  assistant: () => import('../bench/assistant.ts'),
  retrieval: () => import('../bench/retrieval.ts'),
  'mail-fuzz': () => import('../bench/mail-fuzz.ts'),
  'mail-flow': () => import('../bench/mail-flow.ts'),
  backtest: () => import('../bench/backtest.ts'),
  beside: () => import('../bench/beside.ts'),
  'beside-learning': () => import('../bench/beside-learning.ts'),
  report: () => import('../bench/report.ts'),
  partitions: () => import('../bench/partitions.ts'),
  mcp: () => import('../bench/mcp.ts'),
  processes: () => import('../bench/processes.ts'),
  roles: () => import('../bench/roles.ts'),
}

const asked = process.argv.slice(2)
// A million tickets take a while to make: such run when they are asked for.
const names =
  asked.length > 0 ? asked : Object.keys(benches).filter((name) => name !== 'search' && name !== 'partitions')
const folder = join(import.meta.dirname, '..', 'bench', 'results')
mkdirSync(folder, { recursive: true })

for (const name of names) {
  const load = benches[name]
  if (load === undefined) {
    console.error(`There is no benchmark "${name}". There are: ${Object.keys(benches).join(', ')}`)
    process.exit(64)
  }
  const before = loadavg()[0] ?? 0
  console.log(`\n${name} (load ${before.toFixed(1)})`)
  const { rows, results } = await (await load()).run()
  const width = Math.max(...rows.map((row) => row.name.length))
  for (const row of rows) console.log(`  ${row.name.padEnd(width)}  ${row.value}`)
  const at = new Date().toISOString()
  writeFileSync(
    join(folder, `${name}.json`),
    `${JSON.stringify({ name, at, loadBefore: before, results }, null, 2)}\n`,
  )
}
process.exit(0)
