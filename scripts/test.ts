// `npm test`: every test, with whatever they need (a browser) installed first. Arguments narrow it: `npm test -- src/tickets`.
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'

const wanted = process.argv.slice(2)
const matches = (file: string) => wanted.length === 0 || wanted.some((part) => file.includes(part))

const pure = globSync('src/**/*.test.ts').filter(matches).sort()
const journeys = globSync('test/**/*.test.ts').filter(matches).sort()

if (journeys.some((file) => file.includes('browser'))) run(['scripts/browser.ts'])
if (pure.length > 0) run(['--test', '--test-isolation=none', '--test-reporter=dot', ...pure])
if (journeys.length > 0) run(['--test', '--test-concurrency=2', '--test-timeout=120000', '--test-reporter=spec', ...journeys])
if (pure.length + journeys.length === 0) {
  console.error(`No test file matches: ${wanted.join(' ')}`)
  process.exit(1)
}

function run(args: readonly string[]) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
