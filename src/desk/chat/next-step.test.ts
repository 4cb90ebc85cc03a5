import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextStep, type Standing } from '#desk/chat/next-step.ts'
import { instant, plus } from '#kit/time.ts'

const nine = instant(Date.parse('2026-03-02T09:00:00Z'))
const answered: Standing = {
  isGoing: true,
  answeredAt: nine,
  askedAt: null,
  askAfterSeconds: 300,
  resolveAfterSeconds: 900,
  unreadAt: null,
  seenAt: nine,
  isReachable: true,
}
const after = (seconds: number) => plus(nine, seconds)

test('a silent visitor is asked once, and then the chat is solved', () => {
  assert.deepEqual(nextStep(answered, after(299)), { waitUntil: after(300) })
  assert.deepEqual(nextStep(answered, after(300)), { step: 'ask' })
  const asked = { ...answered, askedAt: after(300) }
  assert.deepEqual(nextStep(asked, after(301)), { waitUntil: after(900) })
  assert.deepEqual(nextStep(asked, after(900)), { step: 'resolve' })
})

test('zero is never, and nobody is hurried while the desk has not answered or has put it aside', () => {
  const never = { ...answered, askAfterSeconds: 0, resolveAfterSeconds: 0 }
  assert.deepEqual(nextStep(never, after(99_999)), { waitUntil: null })
  assert.deepEqual(nextStep({ ...answered, answeredAt: null }, after(9_999)), { waitUntil: null })
  assert.deepEqual(nextStep({ ...answered, isGoing: false }, after(9_999)), { waitUntil: null })
})

test('what is unread is mailed two minutes after the visitor left and the desk fell silent, to a shown address alone', () => {
  const left = { ...answered, unreadAt: after(10), seenAt: after(60) }
  assert.deepEqual(nextStep(left, after(179)), { waitUntil: after(180) })
  assert.deepEqual(nextStep(left, after(180)), { step: 'mail' })
  assert.deepEqual(nextStep({ ...left, isGoing: false }, after(180)), { step: 'mail' })
  assert.deepEqual(nextStep({ ...left, isReachable: false }, after(180)), { waitUntil: after(300) })
  // They are there and have not looked: it waits as long as they stay.
  assert.deepEqual(nextStep({ ...left, seenAt: after(200) }, after(210)), { waitUntil: after(300) })
})
