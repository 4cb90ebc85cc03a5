import assert from 'node:assert/strict'
import { test } from 'node:test'
import { agreementOf, findPast, pastAnswersOf, pastIndexOf } from '#assistant/past.ts'
import { consider, helpCenter, saysAlways } from '#assistant/sentences.ts'
import { plus, type Instant } from '#kit/time.ts'

const now = '2026-06-01T10:00:00.000Z' as Instant
const [section = assert.fail('No section')] = helpCenter
const best = { ...section, score: 3 }
const reply = (ticketId: number, text: string, days = 10) => ({
  ticketId,
  reply: text,
  resolvedAt: plus(now, -days * 86_400),
})
const found = [
  { ticketId: 1, score: 4 },
  { ticketId: 2, score: 2 },
]

test('the nearest questions come first, and what shares no word with them is none', () => {
  const index = pastIndexOf([
    { ticketId: 7, text: 'How do I return the lamp?' },
    { ticketId: 8, text: 'Where is my parcel?' },
    { ticketId: 9, text: 'Return of a broken lamp' },
  ])
  const ids = (question: string) => findPast(index, question, 5).map(({ ticketId }) => ticketId)
  assert.deepEqual(ids('returning lamps').toSorted(), [7, 9])
  assert.deepEqual(ids('xylophone'), [])
  assert.deepEqual(findPast(pastIndexOf([]), 'lamp', 5), [])
})

test('an answer of a year ago counts half, and one whose ticket is gone counts nothing', () => {
  const [first, ...rest] = pastAnswersOf(found, [reply(1, 'Send it back.', 365)], now)
  assert.deepEqual(rest, [])
  assert.ok(Math.abs((first?.score ?? 0) - 2) < 0.01)
})

test('secrets of past customers are masked before anything looks at them', () => {
  const [past] = pastAnswersOf(found, [reply(1, 'Paid by 4111 1111 1111 1111.')], now)
  assert.equal(past?.text, 'Paid by [card].')
})

test('past answers agree with an article, contradict it, or say nothing where there are none', () => {
  const said = 'Hello Cy, send it back within 30 days. We pay for the parcel. Regards'
  const agree = (...texts: string[]) =>
    agreementOf(
      best,
      texts.map((text, at) => ({ ticketId: at, text, score: 1 })),
    )
  assert.equal(agree(), 0)
  assert.equal(agree(said, said), 1)
  assert.equal(agree('We do not take lamps back.'), -1)
  assert.equal(agree(said, 'We do not take lamps back.'), 0)
})

test('a past answer is a feature of the chance, and never stands in what is said or kept of a run', () => {
  const text = 'Dear Mrs Winterbottom, your secret lamp is in Ely.'
  const run = consider({
    config: { calibration: saysAlways(0.99) },
    past: [{ ticketId: 1, text, score: 1 }],
  })
  assert.equal(run.features?.agreement, -1)
  assert.ok(!/Winterbottom|Ely/.test(JSON.stringify(run)))
})
