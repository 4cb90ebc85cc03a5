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
  return apart({ value: now.hits / now.n, ...a }, { value: before.hits / before.n, ...b })
}

/**
 * The difference of two numbers that were told apart from each other, each with its own interval (Zou GY, Donner A. Construction of
 * confidence limits about effect measures. Statistics in Medicine 27 (2008), 1693–1702, of which Newcombe's method is the case of shares).
 */
export function apart(now: Interval, before: Interval): Interval {
  const value = now.value - before.value
  return {
    value,
    low: value - Math.hypot(now.value - now.low, before.high - before.value),
    high: value + Math.hypot(now.high - now.value, before.value - before.low),
  }
}

/** What was counted: `things` is how many there were, also where some count against. */
export type Count = { readonly value: number; readonly things: number }

/** How much more counts differ than those of things that happen one by one, and how far to go for 95 %, as that is an estimate itself. */
export type Spread = { readonly dispersion: number; readonly reach: number }

/** So many weeks are looked at to see how much they differ by themselves, and so many pairs of neighbours there must be. */
export const SPREAD_WEEKS = 26
const FEWEST_PAIRS = 4

/**
 * How much weeks differ from their neighbours: tickets come in bursts, and a week after an outage is no change. Of each pair the square of
 * the difference, over the things of both: 1 of what happens one by one (Poisson), never taken to be less. Neighbours, so that
 * a growing desk or one that changed for good is not taken for a restless one (von Neumann J, Kent RH, Bellinson HR, Hart BI. The mean
 * square successive difference. Annals of Mathematical Statistics 12 (1941), 153–162); whole weeks, so that weekdays and bursts of
 * some days stand in one. Null where there were too few. `weeks` in their order; before the first thing there was no desk.
 */
export function spreadOf(weeks: readonly Count[]): Spread | null {
  const first = weeks.findIndex(({ things }) => things > 0)
  // The week in which things began was not a whole one.
  const whole = first === -1 ? [] : weeks.slice(first === 0 ? 0 : first + 1)
  const pairs = whole.slice(1).map((week, index) => [whole[index] ?? week, week] as const)
  if (pairs.length < FEWEST_PAIRS) return null
  const squares = sumOf(pairs, ([a, b]) => (a.value - b.value) ** 2)
  const things = sumOf(pairs, ([a, b]) => a.things + b.things)
  if (things === 0) return null
  // Neighbours share a week: three pairs tell as much as two apart would.
  return { dispersion: Math.max(1, squares / things), reach: student95((2 * pairs.length) / 3) }
}

const sumOf = <Each>(all: readonly Each[], numberOf: (each: Each) => number) =>
  all.reduce((sum, each) => sum + numberOf(each), 0)

/**
 * The difference of two counts in windows of one length, of things that come as restlessly as their weeks say (quasi-Poisson: Wedderburn
 * RWM, Biometrika 61 (1974), 439–447). With the correction for whole numbers, so that it is no surer than the exact test for two Poisson
 * counts (Przyborowski and Wilenski 1940).
 */
export function countDifference(now: Count, before: Count, { dispersion, reach }: Spread): Interval | null {
  const things = now.things + before.things
  if (things === 0) return null
  const value = now.value - before.value
  const wide = 1 + reach * Math.sqrt(dispersion * things)
  return { value, low: value - wide, high: value + wide }
}

/** The 97.5th percentile of Student's distribution (Abramowitz and Stegun 1964, 26.7.5: within 1 % from 3 degrees of freedom on). */
export function student95(degrees: number): number {
  const z = Z95
  const parts = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
  ]
  return z + parts.reduce((sum, part, index) => sum + part / degrees ** (index + 1), 0)
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
