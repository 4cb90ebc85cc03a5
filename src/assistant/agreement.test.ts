// What two reviewers' verdicts are worth.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Verdict } from '#assistant/words.ts'
import { agreementOf, isAgreed } from './agreement.ts'

const times = (n: number, one: Verdict, other: Verdict) =>
  Array.from({ length: n }, () => [one, other] as const)

test('the textbook’s fifty: 20 and 15 alike, 5 and 10 not, is a kappa of 0.4', () => {
  const said = agreementOf([
    ...times(20, 'correct', 'correct'),
    ...times(5, 'correct', 'wrong'),
    ...times(10, 'wrong', 'correct'),
    ...times(15, 'wrong', 'wrong'),
  ])
  assert.equal(said.n, 50)
  assert.ok(Math.abs(said.observed - 0.7) < 1e-9)
  assert.ok(Math.abs((said.kappa ?? 0) - 0.4) < 1e-9)
  assert.equal(isAgreed(said), false)
})

test('of one mind is 1; of few pairs, or where all say the same of everything, it says nothing and closes no gate', () => {
  const one = agreementOf([...times(15, 'correct', 'correct'), ...times(10, 'harmful', 'harmful')])
  assert.equal(one.kappa, 1)
  for (const said of [
    agreementOf([]),
    agreementOf(times(19, 'correct', 'wrong')),
    agreementOf(times(40, 'correct', 'correct')),
  ])
    assert.deepEqual([said.kappa, isAgreed(said)], [null, true])
})
