// What others collected is sorted and answered at least as well as was promised; `npm run bench -- assistant` prints all folds.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { answers, corpora, triage } from '../../bench/assistant.ts'

const skip = existsSync(corpora) ? false : '../shared/corpora is not here'

test('77 intents of a bank are told apart, and the surest answers are nearly always right', { skip }, () => {
  const { accuracy, 'accuracy at 80 %': surest, abstained } = triage(1)
  assert.ok(accuracy >= 0.9, `${accuracy}`)
  assert.ok(surest >= 0.975, `${surest}`)
  assert.ok(abstained > 0.02 && abstained < 0.1, `${abstained}`)
})

// A minute of one core: with the longest.
const rare = process.env['DOCKET_TEST_LONG'] === undefined ? 'runs with DOCKET_TEST_LONG=1' : skip

test('the answer asked for is found, and its absence is noticed', { skip: rare }, () => {
  const { 'recall@1': first, 'recall@5': five, 'answerable AUROC': area } = answers()
  assert.ok(first >= 0.8, `${first}`)
  assert.ok(five >= 0.95, `${five}`)
  assert.ok(area >= 0.8, `${area}`)
})
