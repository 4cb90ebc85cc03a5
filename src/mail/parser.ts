// Reads mail in a few worker threads with a memory limit and a kill timer: the event loop never stalls, and a
// message that takes too long costs its thread, not the mailbox.
import { Worker } from 'node:worker_threads'
import { createTurns } from '#kit/turns.ts'
import { limits, overLimit } from '#mail/limits.ts'
import type { Parsed, ParseFailure } from '#mail/mail.ts'

const SMALL_BYTES = 2_000_000
const IDLE_MS = 60_000

type Job = { readonly raw: Uint8Array; readonly done: (parsed: Parsed) => void }

export type Parser = {
  /** Never rejects: every failure is a value. Waits its turn when all threads are busy. */
  parse(raw: Uint8Array): Promise<Parsed>
  /** Ends the threads; messages not yet read fail as unparseable with the detail `closed`. */
  close(): Promise<void>
}

/** Starts threads on demand. `timeoutMs` is the most one message may take, 10 s unless told. */
export function createParser(
  options: { readonly timeoutMs?: number; readonly threads?: number } = {},
): Parser {
  return new ThreadedParser(options.timeoutMs ?? 10_000, options.threads ?? 2)
}

class ThreadedParser implements Parser {
  readonly #timeoutMs: number
  readonly #threads: number
  readonly #waiting: Job[] = []
  readonly #idle: Worker[] = []
  readonly #running = new Map<Worker, Job>()
  readonly #largeInTurn = createTurns()
  readonly #dismissals = new WeakMap<Worker, NodeJS.Timeout>()
  #closed = false

  constructor(timeoutMs: number, threads: number) {
    this.#timeoutMs = timeoutMs
    this.#threads = threads
  }

  parse(raw: Uint8Array): Promise<Parsed> {
    if (raw.length > limits.bytes) return Promise.resolve(overLimit(raw) ?? closed)
    // Large ones take turns, whatever threads there are: each takes several times its size.
    return raw.length <= SMALL_BYTES ? this.#line(raw) : this.#largeInTurn(() => this.#line(raw))
  }

  #line(raw: Uint8Array): Promise<Parsed> {
    if (this.#closed) return Promise.resolve(closed)
    return new Promise((done) => {
      this.#waiting.push({ raw, done })
      this.#next()
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const job of this.#waiting.splice(0)) job.done(closed)
    const workers = [...this.#idle.splice(0), ...this.#running.keys()]
    for (const worker of workers) this.#running.get(worker)?.done(closed)
    await Promise.all(workers.map((worker) => worker.terminate()))
  }

  #next(): void {
    if (this.#waiting.length === 0) return
    const worker = this.#wake() ?? (this.#running.size < this.#threads ? this.#start() : null)
    if (worker === null) return
    const job = this.#waiting.shift()
    if (job !== undefined) this.#run(worker, job)
  }

  #wake(): Worker | null {
    const worker = this.#idle.pop() ?? null
    if (worker !== null) clearTimeout(this.#dismissals.get(worker))
    return worker
  }

  #run(worker: Worker, job: Job): void {
    this.#running.set(worker, job)
    worker.ref()
    const timer = setTimeout(() => finish(timeout(this.#timeoutMs), false), this.#timeoutMs)
    const onMessage = (parsed: Parsed) => finish(parsed, true)
    const onError = (error: unknown) => finish(died(error), false)
    const onExit = () => finish(died(null), false)
    const finish = (parsed: Parsed, alive: boolean) => {
      clearTimeout(timer)
      worker.off('message', onMessage).off('error', onError).off('exit', onExit)
      this.#running.delete(worker)
      // After a large one a thread would keep the memory it took.
      if (alive && !this.#closed && job.raw.length <= SMALL_BYTES) this.#rest(worker)
      else void worker.terminate()
      job.done(parsed)
      this.#next()
    }
    worker.on('message', onMessage).on('error', onError).on('exit', onExit)
    // A copy to give away: the bytes may lie in a larger buffer, all of which would be copied with them.
    const bytes = new Uint8Array(job.raw)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    worker.postMessage(bytes, [bytes.buffer])
  }

  #rest(worker: Worker): void {
    worker.unref()
    this.#idle.push(worker)
    // Whoever has nothing to do for a while gives its memory back.
    const dismiss = () => {
      this.#leave(worker)
      void worker.terminate()
    }
    this.#dismissals.set(worker, setTimeout(dismiss, IDLE_MS).unref())
  }

  #start(): Worker {
    const worker = startWorker()
    // A thread that fails while it rests must not bring the process down.
    worker.on('error', () => {})
    worker.on('exit', () => this.#leave(worker))
    return worker
  }

  /** It gets no more work. */
  #leave(worker: Worker): void {
    const at = this.#idle.indexOf(worker)
    if (at >= 0) this.#idle.splice(at, 1)
  }
}

function startWorker(): Worker {
  return new Worker(new URL('parse-worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 12, stackSizeMb: 4 },
    env: {},
  })
}

const closed: ParseFailure = { ok: false, reason: 'unparseable', detail: 'closed' }

function timeout(milliseconds: number): ParseFailure {
  return { ok: false, reason: 'processing_timeout', detail: `not read after ${milliseconds} ms` }
}

function died(error: unknown): ParseFailure {
  const exhausted = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  if (exhausted) return { ok: false, reason: 'too_large', detail: 'more memory than a message may take' }
  return {
    ok: false,
    reason: 'unparseable',
    detail: error instanceof Error ? error.message.slice(0, 200) : 'died',
  }
}
