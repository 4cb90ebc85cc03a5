// Creating by API with 32 clients against one process that does everything, and against one, two and four of `serve` with as many of
// `work`, all on one machine and one database, by turns.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool as HttpPool } from 'undici'
import { startEmbedded } from '#store/embedded.ts'
import { quiet } from '../test/support/database.ts'
import { freePort, until } from '../test/support/desk.ts'
import { median, output, rateOf, root, type Bench } from './bench.ts'
import { createByApi } from './create.ts'

const CLIENTS = 32
const ROUNDS = 3
const ROUND_MS = 6_000
/** Each process that serves has compiled what it runs by then: of several, each takes a part of what is created only. */
const WARM_TICKETS = 3_000
const shapes = {
  'one process': null,
  '1 serve, 1 work': 1,
  '2 serve, 2 work': 2,
  '4 serve, 4 work': 4,
} as const

export const run: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-bench-'))
  const server = await startEmbedded({ root, dataDir: join(folder, 'database'), log: quiet })
  const env = {
    ...process.env,
    DATABASE_URL: server.url,
    DOCKET_DATA: join(folder, 'data'),
    DOCKET_SECRET: 'a secret for benchmarks that is long enough',
    DOCKET_ADMIN_EMAIL: 'bench@desk.example',
    DOCKET_ADMIN_PASSWORD: 'a password for benchmarks',
    DOCKET_LOG: 'silent',
  }
  try {
    await output(['migrate'], env)
    await output(['user', 'add', 'b@desk.example', '--name', 'B', '--role', 'admin'], env)
    const token = await output(
      ['token', 'create', '--name', 'bench', '--scopes', '*', '--user', 'b@desk.example'],
      env,
    )
    const rates = new Map<string, number[]>(Object.keys(shapes).map((name) => [name, []]))
    for (let round = 0; round < ROUNDS; round++)
      for (const [name, count] of Object.entries(shapes))
        rates.get(name)?.push(await measured(env, token, count))
    const alone = median(rates.get('one process') ?? [])
    const rows = Object.keys(shapes).map((name) => {
      const rate = median(rates.get(name) ?? [])
      return { name, value: `${rate.toFixed(0)}/s, ${(rate / alone).toFixed(2)} of one process` }
    })
    return { rows, results: Object.fromEntries(rates) }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Creates a second by clients that are spread over what serves. */
async function measured(env: NodeJS.ProcessEnv, token: string, count: number | null): Promise<number> {
  const parts = count === null ? ['start'] : Array.from({ length: count }, () => ['serve', 'work']).flat()
  const running = await Promise.all(parts.map((part) => started(part, env)))
  const doors = running.filter(({ part }) => part !== 'work')
  const pools = doors.map(({ port }) => new HttpPool(`http://127.0.0.1:${port}`, { connections: CLIENTS }))
  const work = (client: number) => createByApi(pools[client % pools.length] as HttpPool, token)
  let left = WARM_TICKETS * pools.length
  const warm = async (client: number) => {
    while (left-- > 0) await work(client)
  }
  await Promise.all(Array.from({ length: CLIENTS }, (_, client) => warm(client)))
  const rate = await rateOf(CLIENTS, ROUND_MS, work)
  await Promise.all(pools.map((pool) => pool.close()))
  await Promise.all(running.map(({ stop }) => stop()))
  return rate
}

async function started(part: string, env: NodeJS.ProcessEnv) {
  const port = await freePort()
  const child: ChildProcess = spawn(join(root, 'docket'), [part], {
    env: { ...env, DOCKET_PORT: String(port), DOCKET_SMTP_PORT: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise((done) => child.once('exit', done))
  if (part !== 'work')
    await until(
      () =>
        fetch(`http://127.0.0.1:${port}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        ),
      60_000,
    )
  return { part, port, stop: () => (child.kill('SIGTERM'), ended) }
}
