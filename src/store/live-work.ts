// Whether this process has something in hand that somebody waits for: what can wait gives way to it.
import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises'

/** What takes longer is a stream, or slow for a reason of its own. */
const LONG_MS = 1_000
/** For so long at most: what can wait is to end, too. */
const MOST_MS = 50

const inHand = new Set<{ readonly at: number }>()

/** Something begins that somebody waits for; returns what ends it. */
export function beginLive(): () => void {
  const one = { at: performance.now() }
  inHand.add(one)
  return () => void inHand.delete(one)
}

/** Lets everything go first that somebody waits for; asked between two small pieces of what can wait. */
export async function giveWay(mostMs = MOST_MS): Promise<void> {
  await breathe()
  const end = performance.now() + mostMs
  while (isAwaited() && performance.now() < end) await pause(1)
}

function isAwaited(): boolean {
  const since = performance.now() - LONG_MS
  for (const { at } of inHand) if (at > since) return true
  return false
}
