// `npm run dev`: starts Docket and starts it again on every change of the server; the web app is rebuilt with it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const watched = ['src', 'web', 'widget', 'migrations'].flatMap((folder) => [
  '--watch-path',
  join(root, folder),
])
const child = spawn(
  process.execPath,
  ['--watch', '--watch-preserve-output', ...watched, join(root, 'src', 'cli.ts'), 'start'],
  {
    stdio: 'inherit',
  },
)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
child.once('exit', (code) => process.exit(code ?? 0))
