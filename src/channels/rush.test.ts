import { equal } from 'node:assert/strict'
import { test } from 'node:test'
import { createRush } from '#channels/rush.ts'

test('forty mails within a second are a rush, which ends when they stop', () => {
  let now = 0
  const rush = createRush(() => now)
  equal(rush.isOn(), false)
  for (let mail = 0; mail < 40; mail++) {
    equal(rush.isOn(), false)
    now += 20
    rush.note()
  }
  equal(rush.isOn(), true)
  now += 300
  equal(rush.isOn(), false)
  for (let mail = 0; mail < 200; mail++) {
    now += 50
    rush.note()
  }
  equal(rush.isOn(), false, 'twenty a second are none')
})
