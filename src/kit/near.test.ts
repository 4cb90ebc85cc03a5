import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { corrected, nearest, slips } from '#kit/near.ts'

test('slips count what fingers do: one letter too many, too few, wrong, or two swapped', () => {
  const cases = [
    ['flikers', 'flickers', 1],
    ['patle', 'plate', 2],
    ['palte', 'plate', 1],
    ['refnud', 'refund', 1],
    ['lamp', 'lamp', 0],
    ['', 'abc', 3],
  ] as const
  for (const [one, other, far] of cases) assert.equal(slips(one, other), far, `${one} ${other}`)
})

test('slips are the same both ways, and never more than replacing all', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ü'), maxLength: 8 })
  fc.assert(
    fc.property(word, word, (one, other) => {
      assert.equal(slips(one, other), slips(other, one))
      assert.ok(slips(one, other) <= Math.max(one.length, other.length))
      assert.ok(slips(one, other) >= Math.abs(one.length - other.length))
    }),
  )
})

test('a mistyped word becomes the commonest of the nearest; known, short and odd ones stay', () => {
  const vocabulary = new Map([
    ['plate', 3],
    ['slate', 9],
    ['flicker', 2],
    ['replacement', 4],
  ])
  assert.equal(corrected('flikker', vocabulary), 'flicker')
  assert.equal(corrected('palte', vocabulary), 'plate')
  assert.equal(corrected('xlate', vocabulary), 'slate')
  assert.equal(corrected('replacmnet', vocabulary), 'replacement')
  for (const word of ['plate', 'pla', 'ab12c', 'entirely'])
    assert.equal(corrected(word, vocabulary), null, word)
})

test('of a few words the likeliest is named, or what is being typed', () => {
  assert.equal(nearest('stauts', ['status', 'tag']), 'status')
  assert.equal(nearest('req', ['requester', 'tag']), 'requester')
  assert.equal(nearest('zzz', ['requester', 'tag']), null)
})
