// What took how long, told to whoever listens in this process; where nobody does, telling costs a glance. It holds no word of a person: what
// it was, never whom it was about.
import { channel } from 'node:diagnostics_channel'

export type TimedSpan = {
  readonly name: 'http' | 'lane' | 'mail'
  readonly startedAt: number
  readonly durationMs: number
  readonly failed: boolean
  readonly attributes: Readonly<Record<string, string | number>>
  /** The `traceparent` (W3C Trace Context) that a request came with. */
  readonly parent?: string | undefined
}

const told = channel('docket:span')

/** Tells of something that has just ended; `describe` is asked only where somebody listens. */
export function tellSpan(
  durationMs: number,
  describe: () => Omit<TimedSpan, 'startedAt' | 'durationMs'>,
): void {
  if (!told.hasSubscribers) return
  told.publish({
    ...describe(),
    durationMs,
    startedAt: performance.timeOrigin + performance.now() - durationMs,
  })
}

/** Hears of every span; returns what ends that. */
export function hearSpans(hear: (span: TimedSpan) => void): () => void {
  const listener = (span: unknown) => hear(span as TimedSpan)
  told.subscribe(listener)
  return () => void told.unsubscribe(listener)
}
