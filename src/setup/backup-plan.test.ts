import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '#kit/time.ts'
import { isLate, lastMoment, nextMoment } from '#setup/backup-plan.ts'

const at = (text: string) => instant(new Date(text))
const ZONE = 'Europe/Berlin'

test('each day at an hour of the wall clock, in winter and in summer', () => {
  const daily = { hour: 3, weekday: null }
  assert.equal(nextMoment(daily, ZONE, at('2026-01-15T12:00:00Z')), at('2026-01-16T02:00:00Z'))
  assert.equal(nextMoment(daily, ZONE, at('2026-07-15T12:00:00Z')), at('2026-07-16T01:00:00Z'))
  assert.equal(lastMoment(daily, ZONE, at('2026-07-15T12:00:00Z')), at('2026-07-15T01:00:00Z'))
})

test('a moment itself is the last one, and not the next', () => {
  const daily = { hour: 3, weekday: null }
  const moment = at('2026-01-16T02:00:00Z')
  assert.equal(lastMoment(daily, ZONE, moment), moment)
  assert.equal(nextMoment(daily, ZONE, moment), at('2026-01-17T02:00:00Z'))
})

test('on one day of the week, Sunday and Monday told apart', () => {
  // The 2nd of March 2026 is a Monday.
  const now = at('2026-03-02T09:00:00Z')
  assert.equal(nextMoment({ hour: 3, weekday: 7 }, 'UTC', now), at('2026-03-08T03:00:00Z'))
  assert.equal(nextMoment({ hour: 3, weekday: 1 }, 'UTC', now), at('2026-03-09T03:00:00Z'))
  assert.equal(lastMoment({ hour: 3, weekday: 1 }, 'UTC', now), at('2026-03-02T03:00:00Z'))
  assert.equal(lastMoment({ hour: 10, weekday: 1 }, 'UTC', now), at('2026-02-23T10:00:00Z'))
})

test('an hour that a night lacks is made up for, one that it has twice comes once', () => {
  const two = { hour: 2, weekday: null }
  assert.equal(nextMoment(two, ZONE, at('2026-03-28T12:00:00Z')), at('2026-03-29T01:00:00Z'))
  assert.equal(nextMoment(two, ZONE, at('2026-10-24T12:00:00Z')), at('2026-10-25T00:00:00Z'))
  assert.equal(nextMoment(two, ZONE, at('2026-10-25T00:00:00Z')), at('2026-10-26T01:00:00Z'))
})

test('late after seven days without a good one, and never while the plan is off', () => {
  const daily = { isOn: true, weekday: null, onSince: at('2026-03-01T00:00:00Z'), lastGoodAt: null }
  assert.equal(isLate(daily, at('2026-03-08T00:00:00Z')), false)
  assert.equal(isLate(daily, at('2026-03-08T00:00:01Z')), true)
  assert.equal(
    isLate({ ...daily, lastGoodAt: at('2026-03-05T00:00:00Z') }, at('2026-03-12T00:00:00Z')),
    false,
  )
  assert.equal(isLate({ ...daily, isOn: false }, at('2026-04-08T00:00:00Z')), false)
  // A plan that was turned on again after months is not late at once.
  assert.equal(
    isLate({ ...daily, lastGoodAt: at('2025-03-05T00:00:00Z') }, at('2026-03-02T00:00:00Z')),
    false,
  )
  assert.equal(isLate({ ...daily, weekday: 1 }, at('2026-03-08T12:00:00Z')), false)
})
