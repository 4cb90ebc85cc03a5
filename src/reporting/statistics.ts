// What is said of many numbers: percentiles by nearest rank, and how sure a share or a difference is.

/** Fewer values than this have no percentile: they are shown one by one. */
export const FEWEST = 10

/** The least value that a share of the values does not exceed (nearest rank); `sorted` in ascending order, and not empty. */
export function nearestRank(sorted: readonly number[], share: number): number {
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? NaN
}

/** The 97.5th percentile of the normal distribution. */
export const Z95 = 1.959_963_984_540_054

export type Interval = { readonly low: number; readonly high: number }

/** The 95 % interval of a share of `n` things, after Wilson (1927); null of none. */
export function wilson(hits: number, n: number): Interval | null {
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
