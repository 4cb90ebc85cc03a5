// What a scenario asks of each message, and how one leads to the next.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answersAlone, asks, consider, returns, saysAlways } from '#assistant/sentences.ts'
import type { Considered } from '#assistant/consider.ts'
import { checkTurn, forScenarios, standingAfter, type Check, type Scenario } from './scenario.ts'

const scenario: Scenario = {
  title: 'Returns',
  subject: asks.subject,
  categoryId: returns,
  brandId: null,
  channel: 'email',
  turns: [],
  lookedUp: {},
}
const config = forScenarios({ ...answersAlone, calibration: saysAlways(0.99) })
const say = (text: string, before: readonly Considered[]) =>
  consider({
    config,
    standing: standingAfter(scenario, { brandId: 1, procedures: [] }, before),
    incoming: { text },
  })
const failed = (considered: Considered, ...checks: Check[]) =>
  checkTurn(considered, checks).failed.map(({ saw }) => saw)

test('a question, the way back, and silence after a hand-over', () => {
  const first = say(asks.text, [])
  assert.deepEqual(
    failed(first, { kind: 'decision', value: 'auto_resolve' }, { kind: 'article', value: '1' }),
    [],
  )
  const second = say('That did not help.', [first])
  assert.deepEqual(failed(second, { kind: 'reason', value: 'repeat' }), [])
  const third = say('Is anybody there?', [first, second])
  assert.deepEqual(failed(third, { kind: 'reason', value: 'escalated' }), [])
})

test('what does not hold is told with what is there instead', () => {
  const first = say(asks.text, [])
  assert.deepEqual(
    failed(
      first,
      { kind: 'decision', value: 'escalate' },
      { kind: 'reason', value: 'policy_hard' },
      { kind: 'article', value: '2' },
      { kind: 'no_article', value: '1' },
      { kind: 'category', value: '5' },
      { kind: 'no_promise', value: '' },
    ),
    ['auto_resolve', '', '1', '1', ''],
  )
  assert.deepEqual(failed(say('I will sue you.', []), { kind: 'reason', value: 'policy_hard' }), [])
})

test('a scenario falls into every share, and is left to nobody; a step down changes nothing of what it asks', () => {
  for (const mode of ['off', 'shadow', 'draft', 'auto'] as const) {
    const lower = forScenarios({
      ...answersAlone,
      calibration: saysAlways(0.99),
      holdout: 0.5,
      rows: answersAlone.rows.map((row) => ({ ...row, mode, share: 0.1 })),
    })
    const { decision } = consider({
      config: lower,
      standing: standingAfter(scenario, { brandId: 1, procedures: [] }, []),
      incoming: { text: asks.text },
    })
    assert.equal(decision, 'auto_resolve', mode)
  }
})
