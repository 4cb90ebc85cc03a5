// What the calendar editor says of the next change of the clocks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextSwitch, shiftAt } from '../../web/admin/sla/switches.ts'

const at = (text: string) => Date.parse(text)
const night = {
  timeZone: '',
  holidays: [],
  exceptions: {},
  weekly: { sun: [['00:00', '08:00'] as [string, string]] },
}
const day = { ...night, weekly: { sun: [['09:00', '17:00'] as [string, string]] } }

test('Berlin goes back in October: the night shift is an hour longer, the day shift is not', () => {
  const change = nextSwitch('Europe/Berlin', at('2026-07-01T00:00:00Z'))
  assert.ok(change)
  assert.equal(change.at.toISOString(), '2026-10-25T01:00:00.000Z')
  assert.deepEqual([change.from, change.to, change.weekday], [180, 120, 6])
  assert.equal(shiftAt(night, change), 60)
  assert.equal(shiftAt(day, change), 0)
})

test('New York goes forward in March; Lord Howe by half an hour; Tokyo never', () => {
  const newYork = nextSwitch('America/New_York', at('2026-01-01T00:00:00Z'))
  assert.equal(newYork?.at.toISOString(), '2026-03-08T07:00:00.000Z')
  assert.ok(newYork)
  assert.equal(shiftAt(night, newYork), -60)
  const lordHowe = nextSwitch('Australia/Lord_Howe', at('2026-01-01T00:00:00Z'))
  assert.ok(lordHowe)
  assert.equal(lordHowe.from - lordHowe.to, 30)
  assert.equal(nextSwitch('Asia/Tokyo', at('2026-01-01T00:00:00Z')), null)
})
