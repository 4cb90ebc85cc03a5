import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gateProblems, trialFor, type Trial } from '#backtest/gate.ts'
import type { Finding } from '#backtest/report.ts'

const mails: Finding = { code: 'new_external_mail', about: null, baseline: 0, candidate: 5, isWarning: false }
const thin: Finding = { code: 'thin_history', about: null, baseline: 5, candidate: 5, isWarning: true }
const trial = (more: Partial<Trial>): Trial => ({
  id: 1,
  days: 30,
  tickets: 5,
  isWhole: false,
  findings: [],
  ...more,
})
const codes = (...trials: Trial[]) => gateProblems(trialFor(trials)).map(({ code }) => code)

test('30 days, a thousand tickets, or all there is are enough; less is no trial', () => {
  assert.deepEqual(codes(trial({})), [])
  assert.deepEqual(codes(trial({ days: 29 })), ['backtest_missing'])
  assert.deepEqual(codes(trial({ days: 29, tickets: 1_000 })), [])
  assert.deepEqual(codes(trial({ days: 3, isWhole: true })), [])
  assert.deepEqual(codes(trial({ tickets: 0 })), ['backtest_missing'])
  assert.deepEqual(codes(), ['backtest_missing'])
})

test('findings are asked about, a thin history is not; of several trials the newest that is enough speaks', () => {
  assert.deepEqual(codes(trial({ findings: [thin, mails] })), ['new_external_mail'])
  assert.deepEqual(codes(trial({ days: 1 }), trial({ findings: [mails] }), trial({})), ['new_external_mail'])
})
