// When reports are due, by calendars and clocks that do odd things.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '#kit/time.ts'
import { daysOf } from '#reporting/boards.ts'
import { nextDue, type Timing } from '#reporting/schedule.ts'

const due = (timing: Partial<Timing>, after: string) =>
  nextDue({ every: 'day', onDay: 1, hour: 8, zone: 'Europe/Berlin', ...timing }, after as Instant)

test('each day at its hour, which clock changes do not move', () => {
  assert.equal(due({}, '2026-03-28T06:59:59.000Z'), '2026-03-28T07:00:00.000Z')
  assert.equal(due({}, '2026-03-28T07:00:00.000Z'), '2026-03-29T06:00:00.000Z')
  // At half past one UTC the clock goes from two to three.
  assert.equal(due({ hour: 2 }, '2026-03-28T12:00:00.000Z'), '2026-03-29T01:00:00.000Z')
  assert.equal(due({ hour: 2 }, '2026-03-29T01:00:00.000Z'), '2026-03-30T00:00:00.000Z')
})

test('on working days, on a day of the week, and of the month, which may be shorter', () => {
  // A Friday.
  assert.equal(due({ every: 'weekday' }, '2026-05-29T10:00:00.000Z'), '2026-06-01T06:00:00.000Z')
  assert.equal(due({ every: 'week', onDay: 7 }, '2026-05-29T10:00:00.000Z'), '2026-05-31T06:00:00.000Z')
  assert.equal(due({ every: 'month', onDay: 31 }, '2026-01-31T10:00:00.000Z'), '2026-02-28T07:00:00.000Z')
  assert.equal(due({ every: 'month', onDay: 31 }, '2026-02-28T10:00:00.000Z'), '2026-03-31T06:00:00.000Z')
  assert.equal(due({ every: 'month', onDay: 29 }, '2028-01-29T10:00:00.000Z'), '2028-02-29T07:00:00.000Z')
  assert.equal(due({ every: 'month', onDay: 1 }, '2026-12-01T07:00:00.000Z'), '2027-01-01T07:00:00.000Z')
})

test('weeks and months that are over are whole', () => {
  assert.deepEqual(daysOf({ range: 'lastWeek' }, '2026-06-01'), { from: '2026-05-25', to: '2026-05-31' })
  assert.deepEqual(daysOf({ range: 'lastWeek' }, '2026-05-31'), { from: '2026-05-18', to: '2026-05-24' })
  assert.deepEqual(daysOf({ range: 'lastMonth' }, '2026-03-31'), { from: '2026-02-01', to: '2026-02-28' })
  assert.deepEqual(daysOf({ range: '7d' }, '2026-03-03'), { from: '2026-02-25', to: '2026-03-03' })
})
