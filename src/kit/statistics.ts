// What is said of many numbers: numbers drawn by a seed, ranks, and how sure something is. Pure.

/** A stream of numbers from 0 up to 1, the same for a seed (mulberry32). */
export function stream(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The least value that a share of the values does not exceed (nearest rank); `sorted` in ascending order, and not empty. */
export function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? NaN
}

/** The value that a share of the numbers does not exceed (nearest rank); 0 for none. */
export function quantile(numbers: readonly number[], share: number): number {
  return numbers.length === 0
    ? 0
    : nearestRank(
        numbers.toSorted((a, b) => a - b),
        share,
      )
}

export type Bounds = { readonly low: number; readonly high: number }
export type Interval = Bounds & { readonly value: number }

/** A statistic with its 95 % interval by bootstrap: drawn again from the same numbers, deterministic for a seed. */
export function bootstrap(
  numbers: readonly number[],
  statistic: (numbers: readonly number[]) => number,
  seed = 1,
  rounds = 400,
): Interval {
  const value = statistic(numbers)
  if (numbers.length < 2) return { value, low: value, high: value }
  const next = stream(seed)
  const drawn = Array.from({ length: rounds }, () =>
    statistic(Array.from(numbers, () => numbers[Math.floor(next() * numbers.length)] ?? 0)),
  )
  return { value, low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) }
}

/** The 97.5th percentile of the normal distribution. */
export const Z95 = 1.959_963_984_540_054

/** The 95 % interval of a share of `n` things, after Wilson (1927); null of none. */
export function wilson(hits: number, n: number): Bounds | null {
  if (n === 0) return null
  const p = hits / n
  const square = Z95 * Z95
  const middle = p + square / (2 * n)
  const wide = Z95 * Math.sqrt((p * (1 - p)) / n + square / (4 * n * n))
  const whole = 1 + square / n
  // At the ends the formula is exact, and its arithmetic not quite.
  const low = hits === 0 ? 0 : (middle - wide) / whole
  const high = hits === n ? 1 : (middle + wide) / whole
  return { low, high }
}

/** The exact 95 % interval of a share of `n` things, after Clopper and Pearson (1934), two-sided; of none it is everything. */
export function clopperPearson(hits: number, n: number): Bounds {
  return {
    low: hits === 0 ? 0 : solve((share) => atLeast(hits, n, share) > 0.025),
    high: hits === n ? 1 : solve((share) => 1 - atLeast(hits + 1, n, share) < 0.025),
  }
}

/** The share from which on something holds, by halving. */
function solve(holds: (share: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2
    if (holds(middle)) high = middle
    else low = middle
  }
  return high
}

/** The chance of at least so many hits among `n` when each hits with a chance of `share`. */
function atLeast(hits: number, n: number, share: number): number {
  if (share <= 0 || share >= 1) return hits === 0 || share >= 1 ? 1 : 0
  if (hits === 0) return 1
  let log = n * Math.log(1 - share)
  let below = Math.exp(log)
  for (let count = 1; count < hits; count++) {
    log += Math.log((n - count + 1) / count) + Math.log(share) - Math.log(1 - share)
    below += Math.exp(log)
  }
  return Math.max(0, 1 - below)
}
