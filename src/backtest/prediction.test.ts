// What a backtest foretells of a rule's days, and the days that come.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rangeOf, watchedDays } from '#backtest/prediction.ts'

test('the middle 95 % of the days, those without a firing included (nearest rank)', () => {
  const days = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`d${index}`, index + 1]))
  // Ranks 1 and 39 of 40; with 40 empty days more, ranks 2 and 78 of 80.
  assert.deepEqual(rangeOf(days, 40), { low: 1, high: 39 })
  assert.deepEqual(rangeOf(days, 80), { low: 0, high: 38 })
  assert.deepEqual(rangeOf({ a: 3, b: 5 }, 2), { low: 3, high: 5 })
  assert.deepEqual(
    [rangeOf({}, 30), rangeOf({}, 0)],
    [
      { low: 0, high: 0 },
      { low: 0, high: 0 },
    ],
  )
})

test('a day above what was foretold is outside at once, one below only when it is over', () => {
  const found = watchedDays(
    { ruleId: 7, what: 'fired', range: { low: 2, high: 5 } },
    { '2026-03-03': 6, '2026-03-04': 1, '2026-03-05': 1, '2026-03-06': 4 },
    ['2026-03-03', '2026-03-04', '2026-03-05'],
    '2026-03-05',
  )
  assert.deepEqual(
    found.days.map(({ count, isOutside }) => [count, isOutside]),
    [
      [6, true],
      [1, true],
      [1, false],
    ],
  )
})
