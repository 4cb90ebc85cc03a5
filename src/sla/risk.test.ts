// The score of risk: grows with the time used, leans on the metric, says nothing of what it has not seen, and is calibrated.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calibrate, learnRisk, type EndedClocks } from '#sla/risk.ts'

const ended = (
  twentieth: number,
  missed: boolean,
  count: number,
  more: Partial<EndedClocks> = {},
): EndedClocks[] =>
  ([0, 1] as const).map((half) => ({
    metric: 'first_reply',
    priority: 'normal',
    twentieth,
    missed,
    count,
    half,
    ...more,
  }))
/** Most are answered early; of those that are not, more and more are missed. */
const history = [
  ...ended(2, false, 60),
  ...ended(10, false, 20),
  ...ended(18, false, 10),
  ...ended(20, true, 10),
]

test('the score is the share of those still running that were missed, and grows as time is used', () => {
  const risk = learnRisk(history)
  const at = (share: number) => risk('first_reply', 'normal', share) ?? -1
  assert.ok(Math.abs(at(0) - 0.1) < 0.02, String(at(0)))
  assert.ok(Math.abs(at(0.5) - 0.25) < 0.05, String(at(0.5)))
  assert.ok(Math.abs(at(0.9) - 0.5) < 0.05, String(at(0.9)))
  assert.equal(at(1), 1)
})

test('a priority with a history of its own moves away from the metric, one without leans on it', () => {
  const urgent = ended(20, true, 200, { priority: 'urgent' })
  const risk = learnRisk([...history, ...urgent])
  assert.ok((risk('first_reply', 'urgent', 0) ?? 0) > 0.9)
  assert.equal(risk('first_reply', 'low', 0), learnRisk([...history, ...urgent])('first_reply', 'low', 0))
  assert.equal(learnRisk(ended(20, true, 5))('first_reply', 'normal', 0.5), null, 'too little history')
  assert.equal(risk('next_reply', 'normal', 0.5), null)
})

test('on the other half of the history what was said is what happened', () => {
  const { bins, brier, plain, samples } = calibrate(history)
  assert.ok(samples > 0 && brier !== null && plain !== null && brier < plain)
  for (const { said, happened } of bins) assert.ok(Math.abs(said - happened) < 0.1, `${said} ${happened}`)
})
