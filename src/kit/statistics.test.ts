// Statistics beside values that were computed and published elsewhere.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { nearestRank, wilson } from '#kit/statistics.ts'

test('nearest rank: 15, 20, 35, 40, 50 have the percentiles of the textbook', () => {
  // https://en.wikipedia.org/wiki/Percentile#The_nearest-rank_method, example 1.
  const scores = [15, 20, 35, 40, 50]
  assert.deepEqual(
    [0.05, 0.3, 0.4, 0.5, 1].map((share) => nearestRank(scores, share)),
    [15, 20, 20, 35, 50],
  )
})

test('nearest rank: a share of a whole number of values is one of them', () => {
  // Ibid., example 2: ten values.
  const ten = [3, 6, 7, 8, 8, 10, 13, 15, 16, 20]
  assert.deepEqual(
    [0.25, 0.5, 0.75, 1].map((share) => nearestRank(ten, share)),
    [7, 8, 15, 20],
  )
})

test('Wilson: the examples of Newcombe (1998), table I, method 3', () => {
  // Newcombe RG. Two-sided confidence intervals for the single proportion. Statistics in Medicine 17 (1998), 857–872.
  const table: readonly [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ]
  for (const [hits, n, low, high] of table) {
    const found = wilson(hits, n)
    assert.deepEqual([found?.low.toFixed(4), found?.high.toFixed(4)], [low.toFixed(4), high.toFixed(4)])
  }
})

test('Wilson: none of nothing, and always around the share', () => {
  assert.equal(wilson(0, 0), null)
  fc.assert(
    fc.property(fc.nat(1_000), fc.nat(1_000), (a, b) => {
      const [hits, n] = [Math.min(a, b), Math.max(a, b, 1)]
      const { low, high } = wilson(hits, n) ?? { low: NaN, high: NaN }
      assert.ok(0 <= low && low <= hits / n && hits / n <= high && high <= 1)
    }),
  )
})
