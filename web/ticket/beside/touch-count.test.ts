// How long a ticket was before somebody.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TouchCount } from './touch-count.ts'

test('a minute after the last key the count stands still, and goes on with the next', () => {
  const count = new TouchCount(0, true)
  count.acted(30_000)
  assert.equal(count.take(300_000, 1_000), 90)
  count.acted(400_000)
  assert.equal(count.take(410_000, 1_000), 10)
})

test('another window is no time with the ticket, however short the way back', () => {
  const count = new TouchCount(0, true)
  count.turned(10_000, false)
  count.acted(15_000)
  count.turned(20_000, true)
  assert.equal(count.take(25_000, 1_000), 15)
  assert.equal(new TouchCount(0, false).take(50_000, 1_000), 0)
})

test('parts of a second and what could not be told are told later, and no more at once than is taken', () => {
  const count = new TouchCount(0, true)
  assert.equal(count.take(1_700, 1_000), 1)
  assert.equal(count.take(2_400, 1_000), 1)
  count.giveBack(1)
  assert.equal(count.take(59_400, 30), 30)
  assert.equal(count.take(59_400, 1_000), 28)
})
