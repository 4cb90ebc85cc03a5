// What benchmarks share: their shape, a desk of their own, and percentiles.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '../test/support/desk.ts'

export type Bench = () => Promise<{ rows: readonly { name: string; value: string }[]; results: object }>

export const root = join(import.meta.dirname, '..')

export type BenchDesk = {
  readonly url: string
  readonly smtpPort: number
  readonly dataDir: string
  readonly token: string
  /** How long the start took, in ms. */
  readonly readyMs: number
  readonly pid: number
  readonly stop: () => Promise<void>
}

/** Starts `./docket start` as its users do, on a folder of its own or on a given one. */
export async function startBenchDesk(
  given?: string,
  more: Readonly<Record<string, string>> = {},
): Promise<BenchDesk> {
  const dataDir = given ?? mkdtempSync(join(tmpdir(), 'docket-bench-'))
  const port = await freePort()
  const smtpPort = await freePort()
  const env = {
    ...process.env,
    DOCKET_DATA: dataDir,
    DOCKET_PORT: String(port),
    DOCKET_SMTP_PORT: String(smtpPort),
    DOCKET_ADMIN_EMAIL: 'bench@desk.example',
    DOCKET_ADMIN_PASSWORD: 'a password for benchmarks',
    DOCKET_LOG: 'warn',
    ...more,
  }
  const startedAt = performance.now()
  const child = spawn(join(root, 'docket'), ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  // A run that fails leaves nothing behind.
  process.once('exit', () => child.kill('SIGTERM'))
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith('Docket is ready')) break
  const readyMs = performance.now() - startedAt
  const token = await output(['token', 'create', '--name', 'bench', '--scopes', '*'], env)
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    if (given === undefined) rmSync(dataDir, { recursive: true, force: true })
  }
  return { url: `http://127.0.0.1:${port}`, smtpPort, dataDir, token, readyMs, pid: child.pid ?? 0, stop }
}

/** What a command prints; throws when it ends with another code than 0. */
export async function output(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(join(root, 'docket'), args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'close') as Promise<[number | null]>
  let text = ''
  for await (const chunk of child.stdout) text += String(chunk)
  const [code] = await ended
  if (code !== 0) throw new Error(`./docket ${args.join(' ')} ended with ${code}`)
  return text.trim()
}

/** The value that `share` of the numbers do not exceed. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

/** The one in the middle. */
export function median(numbers: readonly number[]): number {
  return percentile(numbers, 0.5)
}

/** Runs `work` with so many clients at once for a while; counts what was done. Returns the rate a second. */
export async function rateOf(
  clients: number,
  ms: number,
  work: (client: number) => Promise<void>,
): Promise<number> {
  const end = performance.now() + ms
  let done = 0
  const startedAt = performance.now()
  const client = async (number: number) => {
    while (performance.now() < end) {
      await work(number)
      done++
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  return (done / (performance.now() - startedAt)) * 1000
}
