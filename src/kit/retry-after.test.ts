import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waitMsOf } from '#kit/retry-after.ts'

test('Retry-After is seconds or a date', () => {
  const now = Date.parse('2026-03-02T09:00:00Z')
  assert.equal(waitMsOf('3', now), 3_000)
  assert.equal(waitMsOf('Mon, 02 Mar 2026 09:00:05 GMT', now), 5_000)
  assert.equal(waitMsOf('Mon, 02 Mar 2026 08:59:00 GMT', now), 0)
  for (const nothing of [null, '', 'soon']) assert.equal(waitMsOf(nothing, now), null)
})
