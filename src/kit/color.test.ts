import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lettersOn } from '#kit/color.ts'

test('letters are black on light colours and white on dark ones', () => {
  assert.deepEqual(['#ffffff', '#ffd400', '#777777', '#3b5bdb', '#000000'].map(lettersOn), [
    '#000',
    '#000',
    '#000',
    '#fff',
    '#fff',
  ])
})
