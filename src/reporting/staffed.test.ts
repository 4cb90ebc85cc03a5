// How many are there in an hour of the week.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { staffedByCalendars, staffedByPresence } from '#reporting/staffed.ts'

// A Monday.
const monday = Date.parse('2026-03-02T00:00:00Z')
const HOUR = 3_600_000
const week = { zone: 'UTC', from: monday, to: monday + 7 * 24 * HOUR }

test('who came at half past is half an agent of that hour, and who left is none', () => {
  const came = [
    { at: monday + 8.5 * HOUR, agents: 2 },
    { at: monday + 10 * HOUR, agents: -1 },
    { at: monday + 10.75 * HOUR, agents: -1 },
  ]
  const hours = staffedByPresence(week, 0, came)
  assert.deepEqual(hours.slice(7, 12), [0, 1, 2, 0.75, 0])
  assert.equal(
    hours.slice(12).reduce<number>((sum, each) => sum + (each ?? 0), 0),
    0,
  )
})

test('two weeks are told by their mean, on the clock of the zone', () => {
  const window = { zone: 'Asia/Kolkata', from: monday, to: monday + 14 * 24 * HOUR }
  const hours = staffedByPresence(window, 0, [
    { at: monday + 2.5 * HOUR, agents: 4 },
    { at: monday + 3.5 * HOUR, agents: -4 },
  ])
  // Half past two by UTC is eight o'clock there.
  assert.deepEqual(hours.slice(7, 10), [0, 2, 0])
})

test('of an hour that the window does not touch nobody knows', () => {
  assert.deepEqual(staffedByPresence({ ...week, to: monday + HOUR }, 3, []).slice(0, 2), [3, null])
  assert.deepEqual(new Set(staffedByCalendars({ ...week, to: monday }, new Map())), new Set([null]))
})
