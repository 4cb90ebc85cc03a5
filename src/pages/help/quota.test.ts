// Quotas in sentences: so many for each, and anew in the next period.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quota } from '#pages/help/quota.ts'

test('each has so many in a period, whatever others take', () => {
  const isLeft = quota(2, 1_000)
  assert.deepEqual([isLeft('a', 0), isLeft('a', 1), isLeft('a', 2)], [true, true, false])
  assert.equal(isLeft('b', 3), true)
  assert.equal(isLeft('a', 1_000), true)
})
