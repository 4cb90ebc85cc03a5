// `./docket start` as a process of its own, with its API: for faults that a test's own process would not survive.
import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './database.ts'
import { freePort } from './desk.ts'

export type DocketProcess = {
  readonly child: ChildProcess
  readonly url: string
  readonly smtpPort: number
  readonly token: string
  readonly env: NodeJS.ProcessEnv
  /** The HTTP status of /readyz, or null when nothing answers. */
  readonly readiness: () => Promise<number | null>
  /** Whether it has ended by itself. */
  readonly hasEnded: () => boolean
  /** Sends SIGTERM and gives the exit code. */
  readonly stop: () => Promise<number | null>
}

/** Starts Docket on a data folder, and on `databaseUrl` where one is given, with an administrator's token. */
export async function startProcess(
  dataDir: string,
  databaseUrl = '',
  more: Readonly<Record<string, string>> = {},
): Promise<DocketProcess> {
  const [port, smtpPort] = [await freePort(), await freePort()]
  const env = {
    ...process.env,
    DOCKET_DATA: dataDir,
    DATABASE_URL: databaseUrl,
    DOCKET_PORT: String(port),
    DOCKET_SMTP_PORT: String(smtpPort),
    DOCKET_ADMIN_EMAIL: 'bo@desk.example',
    DOCKET_ADMIN_PASSWORD: 'bo has a long password',
    DOCKET_LOG: 'silent',
    ...more,
  }
  const child = spawn(join(root, 'docket'), ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  await lineThat(child, /^Docket is ready/)
  const maker = spawn(join(root, 'docket'), ['token', 'create', '--name', 't', '--scopes', '*'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const token = await lineThat(maker, /^\S{20,}$/)
  const url = `http://127.0.0.1:${port}`
  const ended = new Promise<number | null>((done) => child.once('exit', done))
  return {
    child,
    url,
    smtpPort,
    token,
    env,
    readiness: () =>
      fetch(`${url}/readyz`, { signal: AbortSignal.timeout(20_000) }).then(
        ({ status }) => status,
        () => null,
      ),
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** The first line of a child's output that fits. */
export async function lineThat(child: ChildProcess, shape: RegExp): Promise<string> {
  if (child.stdout === null) throw new Error('Bug: a child without output')
  for await (const line of createInterface({ input: child.stdout })) {
    if (!shape.test(line)) continue
    child.stdout.resume()
    return line
  }
  throw new Error(`It ended without a line like ${shape}`)
}
