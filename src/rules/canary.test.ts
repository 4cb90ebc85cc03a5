// A share of the tickets is the same for ever, about as large as it is said to be, and another for another version.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isInShare } from '#rules/canary.ts'

const ids = Array.from({ length: 10_000 }, (_, index) => index + 1)
const sharedBy = (version: number, percent: number) => ids.filter((id) => isInShare({ version, percent }, id))

test('a share is about as large as it is said to be, and a larger one holds the smaller', () => {
  for (const percent of [1, 10, 50, 99]) {
    const { length } = sharedBy(7, percent)
    // Five standard deviations of so many throws.
    const off = 5 * Math.sqrt(ids.length * (percent / 100) * (1 - percent / 100))
    assert.ok(Math.abs(length - ids.length * (percent / 100)) < off, `${length} of ${percent} %`)
  }
  const wide = new Set(sharedBy(7, 50))
  assert.ok(sharedBy(7, 10).every((id) => wide.has(id)))
})

test('another version judges other tickets first', () => {
  const [one, other] = [new Set(sharedBy(7, 10)), sharedBy(8, 10)]
  const both = other.filter((id) => one.has(id)).length
  assert.ok(both > 50 && both < 150, String(both))
})
