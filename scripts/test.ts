// `npm test`: what shows within four minutes whether Docket works, with what that needs (a browser) installed first. `npm test -- all` adds
// the long ones (`*.long.test.ts`): oracles, real peers, crash loops, and every journey of more than five seconds but those through the
// middle of the house. Other words narrow it: `npm test -- src/tickets`.
import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '../test/support/browser.ts'
import { startTestServer } from '../test/support/database.ts'
import { slowestIn } from './test-seconds.ts'

const wanted = process.argv.slice(2)
const matches = (file: string) => {
  if (wanted.length === 0) return !file.endsWith('.long.test.ts')
  return wanted.includes('all') || wanted.some((part) => file.includes(part))
}

const pure = globSync(['src/**/*.test.ts', 'web/**/*.test.ts', 'demo/*.test.ts']).filter(matches).toSorted()
// Those that last longest first: none of them is left at the end, while a processor has nothing to do.
const lasts = (file: string) => (/^test\/(?:store|faults|browser|api)\//.test(file) ? 0 : 1)
const journeys = globSync('test/**/*.test.ts')
  .filter(matches)
  .toSorted()
  .toSorted((a, b) => lasts(a) - lasts(b))
if (pure.length + journeys.length === 0) {
  console.error(`No test file matches: ${wanted.join(' ')}`)
  process.exit(1)
}

if (journeys.some((file) => file.includes('browser'))) await run(['scripts/browser.ts'])
// Built once and first: files of tests that start at the same moment would each build it.
if (journeys.length > 0) buildApp()
if (pure.length > 0) await run(['--test', '--test-isolation=none', '--test-reporter=dot', ...pure])
if (journeys.length > 0) {
  const server = await startTestServer()
  const folder = mkdtempSync(join(tmpdir(), 'docket-seconds-'))
  const report = join(folder, 'seconds')
  const env = { ...process.env, DOCKET_TEST_SERVER: server.url }
  const args = [
    '--test',
    // A good part of their time they wait, for clocks and for programs beside them.
    `--test-concurrency=${availableParallelism() + 2}`,
    '--test-timeout=180000',
    // A handle that a library forgot must not keep a file of tests for ever once all of them have ended.
    '--test-force-exit',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/test-seconds.ts',
    `--test-reporter-destination=${report}`,
    ...journeys,
  ]
  const code = await codeOf(args, env)
  await server.stop()
  console.log(slowestIn(report))
  rmSync(folder, { recursive: true })
  process.exit(code)
}

async function run(args: readonly string[]): Promise<void> {
  const code = await codeOf(args, process.env)
  if (code !== 0) process.exit(code)
}

function codeOf(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: 'inherit', env })
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)))
}
