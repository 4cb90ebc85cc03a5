// By which mailbox a word of the desk leaves.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Desk } from '#desk/desk.ts'
import { carrierOf } from '#desk/outbound/alerts.ts'
import type { Setup } from '#desk/setup-cache.ts'

const boxes = (...some: readonly (readonly [id: number, hasSmtp: boolean, paused: boolean])[]) =>
  ({ mailboxes: some.map(([id, hasSmtp, paused]) => ({ id, hasSmtp, paused })) }) as unknown as Setup
const carrier = (setup: Setup, notBy: number | null = null) =>
  carrierOf({ canSend: false } as Desk, setup, notBy)?.id

test('without a relay a word leaves by the first mailbox that works and has a server of its own', () => {
  assert.equal(carrier(boxes([1, false, false], [2, true, true], [3, true, false], [4, true, false])), 3)
  assert.equal(carrier(boxes([3, true, false], [4, true, false]), 3), 4)
  assert.equal(carrier(boxes([1, false, false], [2, true, true])), undefined)
})
