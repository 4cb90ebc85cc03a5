// How seldom the sum cries wolf, and how soon it notices.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stream } from '#kit/statistics.ts'
import { LIMIT, watch } from './cusum.ts'

const drawn = (seed: number, n: number, share: number) => {
  const next = stream(seed)
  return Array.from({ length: n }, () => next() < share)
}
/** Of so many streams of outcomes, the share that was found to be too many. */
const found = (n: number, share: number, accepted: number) =>
  Array.from({ length: 400 }, (_, seed) => watch(drawn(seed + 1, n, share), accepted).isOver).filter(Boolean)
    .length / 400

test('nothing bad leaves the sum where it was, and eight in a row are too many', () => {
  assert.deepEqual(watch([], 0.1), { n: 0, hits: 0, accepted: 0.1, sum: 0, isOver: false })
  assert.equal(
    watch(
      Array.from({ length: 99 }, () => false),
      0.1,
    ).sum,
    0,
  )
  const bad = (n: number) =>
    watch(
      Array.from({ length: n }, () => true),
      0.1,
    )
  assert.deepEqual([bad(7).isOver, bad(8).isOver], [false, true])
  assert.ok(Math.abs(bad(8).sum - 8 * Math.log(2)) < 1e-9 && bad(8).sum >= LIMIT)
})

test('what is over stays over, however well it goes on', () => {
  const all = [...Array.from({ length: 8 }, () => true), ...Array.from({ length: 500 }, () => false)]
  assert.deepEqual([watch(all, 0.1).sum, watch(all, 0.1).isOver], [0, true])
})

test('at the accepted share it seldom cries wolf, at twice that it is found in time', () => {
  for (const { accepted, calm, within } of CASES) {
    assert.ok(
      found(calm, accepted, accepted) <= 0.1,
      `false alarms at ${accepted}: ${found(calm, accepted, accepted)}`,
    )
    assert.ok(
      found(within, 2 * accepted, accepted) >= 0.9,
      `found at ${accepted}: ${found(within, 2 * accepted, accepted)}`,
    )
  }
})

/** So many answers without a false alarm in nine of ten streams, and so many until a doubled share is found in nine of ten. */
const CASES = [
  { accepted: 0.02, calm: 1_000, within: 1_500 },
  { accepted: 0.1, calm: 200, within: 300 },
]
