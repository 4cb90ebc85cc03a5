// Kaplan and Meier's estimate beside the specification's example and published values.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stream } from '#kit/statistics.ts'
import { apart, isSure } from '#reporting/difference.ts'
import { medianOf, survivalOf, timeUntil, type Lasted } from '#reporting/survival.ts'

/** `4` ended after four, `5+` was lost from sight then. */
const lasted = (text: string): Lasted[] =>
  text.split(' ').map((each) => {
    const isLost = each.endsWith('+')
    return { time: Number.parseFloat(each), ended: isLost ? 0 : 1, lost: isLost ? 1 : 0 }
  })
const shares = (text: string) =>
  survivalOf(lasted(text)).map(({ time, share }) => [time, Number(share.toFixed(4))])

test('1, 2, 2+, 4, 5+: the example of the specification', () => {
  assert.deepEqual(shares('1 2 2+ 4 5+'), [
    [1, 0.8],
    [2, 0.6],
    [4, 0.3],
  ])
  assert.equal(timeUntil(survivalOf(lasted('1 2 2+ 4 5+')), 0.5), 4)
})

test('a flat half is the median where it begins; without one it is not reached', () => {
  assert.equal(timeUntil(survivalOf(lasted('1 2 3+ 4+')), 0.5), 2)
  assert.equal(timeUntil(survivalOf(lasted('1 2+ 3+ 4+')), 0.5), null)
  assert.deepEqual(survivalOf([]), [])
})

test('ties, estimates and standard errors of the 6-MP group of Freireich et al. (1963)', () => {
  // Remission in weeks, as in Cox and Oakes, Analysis of Survival Data (1984), table 1.1, and in R's survival::survfit, which
  // gives S(6) = 0.857 (SE 0.0764), S(10) = 0.753 (0.0963), S(23) = 0.448 (0.1346), and the median 23.
  const weeks = '6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+'
  const steps = survivalOf(lasted(weeks))
  const at = (time: number) => steps.find((each) => each.time === time)
  assert.deepEqual(
    steps.map(({ time, share }) => [time, share.toFixed(3)]),
    [
      [6, '0.857'],
      [7, '0.807'],
      [10, '0.753'],
      [13, '0.690'],
      [16, '0.627'],
      [22, '0.538'],
      [23, '0.448'],
    ],
  )
  assert.equal(timeUntil(steps, 0.5), 23)
  for (const [time, error] of [
    [6, 0.0764],
    [10, 0.0963],
    [23, 0.1346],
  ] as const) {
    const { share = 0, low = 0 } = at(time) ?? {}
    assert.ok(Math.abs((share - low) / 1.959964 - error) < 0.0001, `standard error at ${time}`)
  }
})

test('many at once are as many one by one', () => {
  const together = survivalOf([
    { time: 1, ended: 2, lost: 1 },
    { time: 3, ended: 1, lost: 2 },
  ])
  assert.deepEqual(together, survivalOf(lasted('1 1 1+ 3 3+ 3+')))
})

test('the median of the placebo group of Freireich et al. (1963), and where it could as well be', () => {
  const placebo = survivalOf(lasted('1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23'))
  // By hand: 14/21 − 1.96 × 0.103 is the first below a half, 6/21 + 1.96 × 0.099 the first that excludes it.
  assert.deepEqual(medianOf(placebo), { value: 8, low: 4, high: 11 })
  assert.equal(
    medianOf(survivalOf(lasted('6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+'))),
    null,
  )
})

test('two medians of what lasts alike differ surely one time in twenty, those of twice as long nearly always', () => {
  const next = stream(23)
  const drawn = (mean: number) =>
    survivalOf(
      Array.from({ length: 200 }, () => {
        const [time, until] = [-mean * Math.log(1 - next()), -3 * Math.log(1 - next())]
        return { time: Math.min(time, until), ended: Number(time <= until), lost: Number(time > until) }
      }),
    )
  const sureOf = (mean: number, other: number) => {
    let [sure, told] = [0, 0]
    for (let round = 0; round < 500; round++) {
      const [a, b] = [medianOf(drawn(mean)), medianOf(drawn(other))]
      if (a === null || b === null) continue
      told++
      sure += Number(isSure(apart(a, b)))
    }
    return sure / told
  }
  assert.ok(sureOf(1, 1) <= 0.06)
  assert.ok(sureOf(1, 2) >= 0.9)
})
