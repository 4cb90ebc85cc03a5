// Differences beside values that were published elsewhere, and beside the plain ways of reckoning them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearestRank, stream } from '#kit/statistics.ts'
import {
  countDifference,
  isSure,
  medianDifference,
  medianRanks,
  shareDifference,
} from '#reporting/difference.ts'

test('two shares: the examples of Newcombe (1998), table II, method 10', () => {
  const table: readonly [number, number, number, number, number, number][] = [
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ]
  for (const [hits, n, hitsBefore, nBefore, low, high] of table) {
    const found = shareDifference({ hits, n }, { hits: hitsBefore, n: nBefore })
    assert.deepEqual([found?.low.toFixed(4), found?.high.toFixed(4)], [low.toFixed(4), high.toFixed(4)])
  }
  assert.equal(shareDifference({ hits: 0, n: 0 }, { hits: 1, n: 2 }), null)
})

/** Of the exact test: the chance, at even odds, of a split of all things that is at least as uneven. */
function exact(a: number, b: number): number {
  const n = a + b
  let chance = 0.5 ** n
  let sum = 0
  for (let count = 0; count <= n; count++) {
    if (Math.abs(2 * count - n) >= Math.abs(a - b)) sum += chance
    chance *= (n - count) / (count + 1)
  }
  return sum
}

test('two counts: never surer than the exact test, and nearly as sure', () => {
  let [sure, exactly] = [0, 0]
  for (let a = 0; a <= 60; a++)
    for (let b = 0; b <= 60; b++) {
      const isFound = isSure(countDifference({ value: a, things: a }, { value: b, things: b }))
      if (isFound) assert.ok(exact(a, b) <= 0.05, `${a} and ${b}`)
      sure += Number(isFound)
      exactly += Number(a + b > 0 && exact(a, b) <= 0.05)
    }
  assert.ok(sure > 0.9 * exactly, `${sure} of ${exactly}`)
  assert.equal(countDifference({ value: 0, things: 0 }, { value: 0, things: 0 }), null)
})

// Efron B, Tibshirani RJ. An Introduction to the Bootstrap (1993), table 2.1: days that mice lived after surgery.
const treated = [94, 197, 16, 38, 99, 141, 23].toSorted((a, b) => a - b)
const control = [52, 104, 146, 10, 51, 30, 40, 27, 46].toSorted((a, b) => a - b)
const drawn = (values: readonly number[], which: 'now' | 'before') =>
  medianRanks(values.length, which).map((rank) => nearestRank(values, rank))
const deviation = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

test('medians drawn again: the standard error is that of the textbook', () => {
  // Ibid., table 2.2: 37.83 for the median of the treated mice, with as many samples as one likes; of a thousand
  // it is told to about 0.85.
  assert.ok(Math.abs(deviation(drawn(treated, 'now')) - 37.83) < 2.5)
})

test('two medians: as if each sample had been drawn value by value', () => {
  const found = medianDifference(
    { median: nearestRank(treated, 0.5), drawn: drawn(treated, 'now') },
    { median: nearestRank(control, 0.5), drawn: drawn(control, 'before') },
  )
  const next = stream(7)
  const again = (values: readonly number[]) =>
    nearestRank(
      Array.from(values, () => values[Math.floor(next() * values.length)] ?? 0).toSorted((a, b) => a - b),
      0.5,
    )
  const plain = Array.from({ length: 20_000 }, () => again(treated) - again(control)).toSorted(
    (a, b) => a - b,
  )
  assert.equal(found.value, 48)
  assert.ok(Math.abs(found.low - nearestRank(plain, 0.025)) <= 12, `${found.low}`)
  assert.ok(Math.abs(found.high - nearestRank(plain, 0.975)) <= 12, `${found.high}`)
  assert.equal(isSure(found), false)
})

test('two windows are drawn apart, however many values they have', () => {
  for (const more of [0, 1, 5, 10, 20])
    assert.notDeepEqual(medianRanks(100 + more, 'now'), medianRanks(100, 'before'), `${more} more`)
})

test('the same numbers give the same ranks, in the middle of many', () => {
  assert.deepEqual(medianRanks(500, 'now'), medianRanks(500, 'now'))
  const ranks = medianRanks(100_000, 'now')
  assert.ok(ranks.every((rank) => Math.abs(rank - 0.5) < 0.01))
})
