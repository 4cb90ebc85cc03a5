// `npm run check`: format, lint, types and unused code. The house rules are tests (test/tidy.test.ts, test/words.test.ts) and run here too.
import { spawnSync } from 'node:child_process'

const steps: ReadonlyArray<readonly [string, readonly string[]]> = [
  [
    'format',
    ['node_modules/oxfmt/bin/oxfmt', '--check', 'src', 'web', 'widget', 'demo', 'bench', 'test', 'scripts'],
  ],
  [
    'lint',
    [
      'node_modules/oxlint/bin/oxlint',
      '--deny-warnings',
      'src',
      'web',
      'widget',
      'demo',
      'bench',
      'test',
      'scripts',
    ],
  ],
  ['types', ['node_modules/typescript/bin/tsc']],
  ['types of the web app', ['node_modules/typescript/bin/tsc', '-p', 'web']],
  ['types of the client', ['node_modules/typescript/bin/tsc', '-p', 'client', '--noEmit']],
  ['types of the widget', ['node_modules/typescript/bin/tsc', '-p', 'widget']],
  ['notices of others’ work', ['scripts/notices.ts', '--check']],
  ['unused code', ['node_modules/knip/bin/knip.js', '--no-progress']],
  ['house rules', ['--test', '--test-reporter=dot', 'test/tidy.test.ts', 'test/words.test.ts']],
]

let failed = false
for (const [name, args] of steps) {
  const startedAt = performance.now()
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
  failed ||= status !== 0
}
process.exit(failed ? 1 : 0)
