// A lane works off one table of due things: it runs until nothing is due, then sleeps until woken or until the next moment.
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '#kit/clock.ts'
import type { Log } from '#kit/log.ts'
import { tellSpan } from '#kit/spans.ts'
import type { Instant } from '#kit/time.ts'

/** What one round found: more work, nothing until a moment, or nothing at all. */
export type Round = 'more' | Instant | null

export type Lane = { readonly wake: () => void; readonly stop: () => Promise<void> }

/** No wake-up is ever relied on: each lane looks again after this long. */
const LOOK_AGAIN_MS = 15_000
const AFTER_FAILURE_MS = 1_000

/** Starts a lane. A round that throws is logged and tried again after a second; `stop` lets the running round end. */
export function startLane(options: {
  name: string
  round: () => Promise<Round>
  clock: Clock
  log: Log
  /** Least time between two rounds that found little: what need not be instant is cheaper in batches. */
  restMs?: number
}): Lane {
  const { name, round, clock, log, restMs = 0 } = options
  let stopped = false
  let woken = false
  let sleeping: AbortController | null = null
  let resting: AbortController | null = null

  const sleep = async (ms: number) => {
    if (woken || stopped) return
    sleeping = new AbortController()
    await pause(ms, undefined, { signal: sleeping.signal }).catch(() => {})
    sleeping = null
  }
  const rest = async (ms: number) => {
    resting = new AbortController()
    await pause(ms, undefined, { signal: resting.signal }).catch(() => {})
    resting = null
  }
  const loop = async () => {
    while (!stopped) {
      woken = false
      const startedAt = performance.now()
      const told = (failed: boolean) =>
        tellSpan(performance.now() - startedAt, () => ({
          name: 'lane',
          failed,
          attributes: { 'docket.lane': name },
        }))
      try {
        const found = await round()
        // A round that finds nothing is none to tell of.
        if (found === 'more') told(false)
        if (found === 'more') continue
        if (restMs > 0 && !stopped) await rest(restMs)
        await sleep(untilNext(found, clock))
      } catch (error) {
        if (stopped) return
        told(true)
        log.error({ err: error, lane: name }, 'A lane failed and tries again')
        await sleep(AFTER_FAILURE_MS)
      }
    }
  }
  const ended = loop()
  const wake = () => {
    woken = true
    sleeping?.abort()
  }
  return {
    wake,
    stop: () => {
      stopped = true
      resting?.abort()
      wake()
      return ended
    },
  }
}

function untilNext(due: Instant | null, clock: Clock): number {
  if (due === null) return LOOK_AGAIN_MS
  return Math.min(LOOK_AGAIN_MS, Math.max(0, Date.parse(due) - Date.parse(clock.now())))
}
