import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contrast, legibleOn, lettersOn } from '#kit/color.ts'

test('letters are black on light colours and white on dark ones', () => {
  assert.deepEqual(['#ffffff', '#ffd400', '#777777', '#3b5bdb', '#000000'].map(lettersOn), [
    '#000',
    '#000',
    '#000',
    '#fff',
    '#fff',
  ])
})

test('a colour that cannot be read is moved until it can, and one that can stays as it is', () => {
  for (const color of ['#ffd400', '#3b5bdb', '#0f766e', '#ffffff', '#000000', '#ff0000', '#777777']) {
    const [light, dark] = [legibleOn('light', color), legibleOn('dark', color)]
    for (const [shown, grounds] of [
      [light, ['#ffffff', '#f1f3f5']],
      [dark, ['#0d0f12', '#1f242b']],
    ] as const) {
      for (const ground of grounds) assert.ok(contrast(shown, ground) >= 4.5, `${shown} on ${ground}`)
      assert.ok(contrast(shown, lettersOn(shown) + lettersOn(shown).slice(1)) >= 4.5, `letters on ${shown}`)
    }
  }
  assert.equal(legibleOn('light', '#3b5bdb'), '#3b5bdb')
  assert.notEqual(legibleOn('light', '#ffd400'), '#ffd400')
  assert.equal(legibleOn('dark', '#ffd400'), '#ffd400')
})
