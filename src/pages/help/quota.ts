// So many for each of many, counted in memory and anew in each period.

/** More keys than this in one period are nobody that could be told apart. */
const MOST_KEYS = 100_000

/** Whether one more is left for a key; asking takes it. */
export function quota(most: number, periodMs: number): (key: string, nowMs: number) => boolean {
  const taken = new Map<string, number>()
  let period = 0
  return (key, nowMs) => {
    const now = Math.floor(nowMs / periodMs)
    if (now !== period) taken.clear()
    period = now
    const had = taken.get(key) ?? (taken.size < MOST_KEYS ? 0 : most)
    if (had >= most) return false
    taken.set(key, had + 1)
    return true
  }
}
