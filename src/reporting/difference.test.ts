// Differences beside values that were published elsewhere, and beside the plain ways of reckoning them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nearestRank, stream, Z95 } from '#kit/statistics.ts'
import {
  countDifference,
  isSure,
  medianDifference,
  medianRanks,
  shareDifference,
  SPREAD_WEEKS,
  spreadOf,
  student95,
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

const counted = (value: number) => ({ value, things: value })
const steady = { dispersion: 1, reach: Z95 }

test('two counts: never surer than the exact test, and nearly as sure', () => {
  let [sure, exactly] = [0, 0]
  for (let a = 0; a <= 60; a++)
    for (let b = 0; b <= 60; b++) {
      const isFound = isSure(countDifference(counted(a), counted(b), steady))
      if (isFound) assert.ok(exact(a, b) <= 0.05, `${a} and ${b}`)
      sure += Number(isFound)
      exactly += Number(a + b > 0 && exact(a, b) <= 0.05)
    }
  assert.ok(sure > 0.9 * exactly, `${sure} of ${exactly}`)
  assert.equal(countDifference(counted(0), counted(0), steady), null)
})

/** A number of the Poisson distribution (Knuth), of many in parts. */
function poisson(mean: number, next: () => number): number {
  if (mean > 30) return poisson(30, next) + poisson(mean - 30, next)
  let [count, left] = [-1, 1]
  for (const end = Math.exp(-mean); left > end; left *= next()) count++
  return count
}

/** A week of a desk has fewer tickets at its end, whatever else. */
const WEEKDAYS = [1.3, 1.2, 1.1, 1, 1, 0.3, 0.1]
type Kind = (day: number, next: () => number, days: number[]) => number

/** Days of a desk on which nothing changes for good, however restless they are. */
const streams: Readonly<Record<string, Kind>> = {
  'one by one': (day, next) => poisson(20 * (WEEKDAYS[day % 7] ?? 1), next),
  'few, one by one': (_, next) => poisson(0.3, next),
  // Each matter brings some tickets: a compound with the variance of five times its mean.
  'in clusters': (_, next) => {
    let count = 0
    for (let matters = poisson(5, next); matters > 0; matters--) count += 1 + poisson(3, next)
    return count
  },
  // Good and bad days: the mean itself is drawn (a negative binomial of shape 2).
  'by moods': (day, next) =>
    poisson(-5 * Math.log((1 - next()) * (1 - next())) * (WEEKDAYS[day % 7] ?? 1), next),
  // An outage a month, which is told of for three days.
  'with outages': (day, next, days) => {
    if (next() < 1 / 30)
      for (const [later, more] of [60, 40, 20].entries())
        days[day + later] = (days[day + later] ?? 0) + poisson(more, next)
    return poisson(15, next)
  },
}

const isChange = (days: readonly number[], window: number) => {
  const total = (from: number, to?: number) =>
    counted(days.slice(from, to).reduce((sum, each) => sum + each, 0))
  const weeks = Array.from({ length: SPREAD_WEEKS }, (_, week) => total(week * 7, week * 7 + 7))
  const spread = spreadOf(weeks)
  return spread !== null && isSure(countDifference(total(-window), total(-2 * window, -window), spread))
}

test('two counts of a desk on which nothing changed differ surely one time in twenty at most', () => {
  const next = stream(19)
  for (const [name, kind] of Object.entries(streams))
    for (const window of [7, 28, 84]) {
      const rounds = 1_500
      let sure = 0
      for (let round = 0; round < rounds; round++) {
        const days: number[] = []
        for (let day = 0; day < SPREAD_WEEKS * 7; day++) days[day] = (days[day] ?? 0) + kind(day, next, days)
        days.length = SPREAD_WEEKS * 7
        sure += Number(isChange(days, window))
      }
      assert.ok(sure / rounds <= 0.065, `${name}, ${window} days: ${sure / rounds}`)
    }
})

test('what did change is found, by a third of what comes one by one and by all of what does not', () => {
  const next = stream(20)
  for (const [name, times] of [
    ['one by one', 1.33],
    ['by moods', 2],
    ['in clusters', 1.5],
  ] as const) {
    let sure = 0
    for (let round = 0; round < 300; round++) {
      const days = Array.from({ length: SPREAD_WEEKS * 7 }, (_, day) => streams[name]?.(day, next, []) ?? 0)
      for (let day = days.length - 28; day < days.length; day++)
        days[day] = Math.round((days[day] ?? 0) * times)
      sure += Number(isChange(days, 28))
    }
    assert.ok(sure / 300 >= 0.8, `${name}: ${sure / 300}`)
  }
})

test('a desk that is too young to tell says nothing, and leading weeks without it count for nothing', () => {
  const weeks = (...values: number[]) => values.map(counted)
  assert.equal(spreadOf(weeks(5, 6, 5, 7)), null)
  assert.equal(spreadOf(weeks(0, 0, 3, 5, 6, 5, 7)), null)
  assert.deepEqual(spreadOf(weeks(0, 0, 0, 3, 5, 6, 5, 7, 6)), spreadOf(weeks(5, 6, 5, 7, 6)))
  assert.equal(spreadOf(weeks(0, 0, 0, 0, 0, 0)), null)
  // Each pair by hand: (1 + 1 + 4 + 1) / (11 + 11 + 12 + 13) is less than chance alone, which is taken.
  assert.equal(spreadOf(weeks(5, 6, 5, 7, 6))?.dispersion, 1)
  assert.equal(spreadOf(weeks(10, 30, 10, 30, 10))?.dispersion, 10)
})

test('Student’s distribution, beside its tables', () => {
  for (const [degrees, value] of [
    [3, 3.182],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
  ] as const)
    assert.ok(Math.abs(student95(degrees) / value - 1) < 0.01, String(degrees))
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
