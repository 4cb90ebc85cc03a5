// Numbers about how work is shared: the Gini coefficient, and the middle of several runs.
import { quantile, type Interval } from '#kit/statistics.ts'

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

/** The middle of several runs, and where 95 % of them lie. */
export function across(runs: readonly number[]): Interval {
  return { value: quantile(runs, 0.5), low: quantile(runs, 0.025), high: quantile(runs, 0.975) }
}
