// Keeps a started PostgreSQL running: when it ends by itself it is started again, after a pause that grows with each failure.
import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '#kit/log.ts'

export type Supervised = {
  /** The process id at the moment. */
  readonly pid: () => number
  /** Resolves when PostgreSQL ended and is not ours to start again. */
  readonly died: Promise<void>
  readonly stop: () => Promise<void>
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 30_000
const LONGEST_PAUSE_AFTER_RUN_MS = 2_000
/** Who ran this long did not fail at once: the pause is short again. */
const STEADY_MS = 60_000

/** Watches over `first`; `launch` starts the next, as long as `isOurs` says so. */
export function supervise(
  first: ChildProcess,
  { launch, isOurs, log }: { launch: () => Promise<ChildProcess>; isOurs: () => boolean; log: Log },
): Supervised {
  let child = first
  const stopping = new AbortController()
  const { signal } = stopping
  const next = async (): Promise<ChildProcess | null> => {
    for (let waitMs = FIRST_PAUSE_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_PAUSE_MS)) {
      await pause(waitMs, undefined, { signal }).catch(() => {})
      if (signal.aborted || !isOurs()) return null
      try {
        return await launch()
      } catch (error) {
        log.error({ err: error }, 'PostgreSQL could not be started again')
      }
    }
  }
  const keep = async () => {
    for (let quick = 0; ;) {
      const startedAt = performance.now()
      await watched(child)
      if (signal.aborted) return
      quick = performance.now() - startedAt < STEADY_MS ? quick + 1 : 0
      log.error({ signal: child.signalCode, code: child.exitCode }, 'PostgreSQL ended and is started again')
      const waitMs = Math.min(FIRST_PAUSE_MS * (quick - 1), LONGEST_PAUSE_AFTER_RUN_MS)
      if (quick > 1) await pause(waitMs, undefined, { signal }).catch(() => {})
      const started = await next()
      if (started === null) return
      child = started
      log.warn({ pid: child.pid }, 'PostgreSQL runs again')
      if (signal.aborted) child.kill('SIGINT')
    }
  }
  const ended = keep()
  return {
    pid: () => child.pid ?? 0,
    died: ended.then(() => (signal.aborted ? new Promise<void>(() => {}) : undefined)),
    stop: () => {
      if (!signal.aborted) child.kill('SIGINT')
      stopping.abort()
      return ended
    },
  }
}

/** Resolves when a child ends. A pipe closes when we die, however we die: then `cat` ends and PostgreSQL is told to stop. */
async function watched(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const watchdog = spawn('sh', ['-c', 'cat >/dev/null; kill -INT "$0"', String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  await new Promise<void>((done) => child.once('exit', () => done()))
  watchdog.kill('SIGKILL')
}
