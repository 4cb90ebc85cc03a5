// Numbers about how work is shared: quantiles, the Gini coefficient, and how sure a number is.
/** The value that a share of the numbers does not exceed; 0 for none. */
export function quantile(numbers: readonly number[], share: number): number {
  if (numbers.length === 0) return 0
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
}

/** 0 when all have the same, near 1 when one has everything; 0 for nothing at all. */
export function gini(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const sum = sorted.reduce((total, each) => total + each, 0)
  if (sum === 0) return 0
  const weighted = sorted.reduce(
    (total, each, index) => total + (2 * (index + 1) - sorted.length - 1) * each,
    0,
  )
  return weighted / (sorted.length * sum)
}

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

export type Interval = { readonly value: number; readonly low: number; readonly high: number }

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

/** The middle of several runs, and where 95 % of them lie. */
export function across(runs: readonly number[]): Interval {
  return { value: quantile(runs, 0.5), low: quantile(runs, 0.025), high: quantile(runs, 0.975) }
}
