// What changed between two windows, and whether that is more than chance: the difference of two numbers with its 95 % interval.
// Where there is none to be had, nothing is said to have changed. Pure.
import { nearestRank, stream, wilson, Z95, type Interval } from '#kit/statistics.ts'

/** How often durations are drawn again. */
const ROUNDS = 1_000
/** Each window is drawn by its own numbers, always the same: by odd seeds and even ones, so that no two windows share any. */
const SEEDS = { now: 20_011, before: 20_012 } as const

type Hits = { readonly hits: number; readonly n: number }

/**
 * The difference of two shares (Newcombe RG. Interval estimation for the difference between independent proportions. Statistics in
 * Medicine 17 (1998), 873–890, method 10: each share's own interval after Wilson). Null where there is nothing of one.
 */
export function shareDifference(now: Hits, before: Hits): Interval | null {
  const [a, b] = [wilson(now.hits, now.n), wilson(before.hits, before.n)]
  if (a === null || b === null) return null
  const [p, q] = [now.hits / now.n, before.hits / before.n]
  return {
    value: p - q,
    low: p - q - Math.hypot(p - a.low, b.high - q),
    high: p - q + Math.hypot(a.high - p, q - b.low),
  }
}

/**
 * The difference of two counts of things that happen one by one (Poisson), in windows of one length; `things` is how many there were,
 * also where some count against. With the correction for whole numbers, so that it is no surer than the exact test (Przyborowski and
 * Wilenski 1940).
 */
export function countDifference(
  now: { readonly value: number; readonly things: number },
  before: { readonly value: number; readonly things: number },
): Interval | null {
  const things = now.things + before.things
  if (things === 0) return null
  const value = now.value - before.value
  const wide = 1 + Z95 * Math.sqrt(things)
  return { value, low: value - wide, high: value + wide }
}

/**
 * The ranks, from 0 to 1, of the medians of samples that are drawn again from `n` values, 1,000 of them, always the same for `n` and a
 * seed. The median of such a sample is the value at a rank that depends on `n` alone: the k-th least of n even numbers, which is
 * distributed as Beta(k, n − k + 1). So no value need be drawn, however many there are.
 */
export function medianRanks(n: number, which: keyof typeof SEEDS): number[] {
  const next = stream(SEEDS[which] + 2 * n)
  const k = Math.max(1, Math.ceil(n / 2))
  return Array.from({ length: ROUNDS }, () => {
    const [below, above] = [gamma(k, next), gamma(n - k + 1, next)]
    return Math.max(Number.MIN_VALUE, below / (below + above))
  })
}

/** The difference of two medians, each with what its ranks stand for in its window (percentile bootstrap). */
export function medianDifference(
  now: { readonly median: number; readonly drawn: readonly number[] },
  before: { readonly median: number; readonly drawn: readonly number[] },
): Interval {
  const differences = now.drawn
    .map((value, index) => value - (before.drawn[index] ?? before.median))
    .toSorted((a, b) => a - b)
  const value = now.median - before.median
  return { value, low: nearestRank(differences, 0.025), high: nearestRank(differences, 0.975) }
}

/** Whether a change is more than chance. */
export function isSure(change: Interval | null): boolean {
  return change !== null && (change.low > 0 || change.high < 0)
}

/** A number of the gamma distribution of a shape of at least 1 (Marsaglia and Tsang 2000). */
function gamma(shape: number, next: () => number): number {
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = normal(next)
    const v = (1 + c * x) ** 3
    if (v > 0 && Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
  }
}

/** A number of the normal distribution (Box and Muller 1958). */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}
