// Causes in their order, and three weekdays of silence by the clock on the wall.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instant } from '#kit/time.ts'
import type { Spread } from '#reporting/difference.ts'
import { causeOf, forecastOf, silentSince, type Stuck } from '#reporting/stalls.ts'

const plain: Stuck = {
  status: 'open',
  assigneeId: 1,
  isAway: false,
  hasLeft: false,
  snoozedUntil: null,
  unroutable: false,
  proposes: false,
  sideOpen: false,
  pingPong: false,
  childrenOpen: false,
  noPolicy: false,
  overloaded: false,
}

test('the first cause that holds is said', () => {
  const cause = (more: Partial<Stuck>) => causeOf({ ...plain, ...more })
  assert.equal(cause({}), 'other')
  assert.equal(cause({ pingPong: true }), 'ping_pong')
  assert.equal(cause({ proposes: true, sideOpen: true }), 'waiting_approval')
  assert.equal(cause({ childrenOpen: true, noPolicy: true }), 'children_open')
  assert.equal(cause({ pingPong: true, status: 'pending' }), 'pending_without_reminder')
  assert.equal(cause({ status: 'on_hold', isAway: true }), 'assignee_away')
  assert.equal(cause({ status: 'on_hold' }), 'on_hold_without_date')
  assert.equal(cause({ isAway: true, hasLeft: true }), 'assignee_left')
  assert.equal(cause({ assigneeId: null, pingPong: true }), 'unassigned')
  assert.equal(cause({ assigneeId: null, unroutable: true, sideOpen: true }), 'unroutable')
  assert.equal(cause({ sideOpen: true, pingPong: true }), 'waiting_side_conversation')
  assert.equal(cause({ sideOpen: true, status: 'pending' }), 'pending_without_reminder')
  assert.equal(cause({ snoozedUntil: instant(0), pingPong: true }), 'snooze_overdue')
  assert.equal(cause({ snoozedUntil: instant(0), status: 'on_hold' }), 'snooze_overdue')
  assert.equal(cause({ noPolicy: true, pingPong: true }), 'ping_pong')
  assert.equal(cause({ noPolicy: true, overloaded: true }), 'no_policy')
  assert.equal(cause({ overloaded: true }), 'assignee_overloaded')
})

test('a backlog clears within a range, may never, or does not', () => {
  const range = (backlog: number, came: number, went: number, spread: Spread | null = null) => {
    const { soonest, latest } = forecastOf({ backlog, came, went }, spread)
    return [soonest, latest].map((days) => (days === null ? null : Math.round(days)))
  }
  // 100 more went than came, give or take 1.96 √900 = 59.
  assert.deepEqual(range(50, 400, 500), [9, 34])
  // On a desk whose weeks differ four times as much, twice that.
  assert.deepEqual(range(50, 400, 500, { dispersion: 4, reach: 1.96 }), [6, null])
  assert.deepEqual(range(50, 400, 410), [21, null])
  assert.deepEqual(range(50, 400, 400), [null, null])
  assert.deepEqual(range(50, 500, 400), [null, null])
  assert.deepEqual(range(50, 0, 0), [null, null])
  assert.deepEqual(range(0, 500, 400), [0, 0])
})

test('three weekdays ago leaves out the weekend, and keeps the hour when clocks change', () => {
  const since = (at: string) => silentSince(instant(Date.parse(at)), 'Europe/Berlin')
  assert.equal(since('2026-06-04T10:00:00Z'), '2026-06-01T10:00:00.000Z')
  assert.equal(since('2026-06-02T10:00:00Z'), '2026-05-28T10:00:00.000Z')
  assert.equal(since('2026-06-07T10:00:00Z'), '2026-06-03T10:00:00.000Z')
  // Summer time began on Sunday the 29th.
  assert.equal(since('2026-03-30T10:00:00Z'), '2026-03-25T11:00:00.000Z')
})
