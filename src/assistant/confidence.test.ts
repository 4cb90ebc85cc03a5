// How sure is sure enough: thresholds by the unlucky end of the interval, chances brought to true shares, fields measured ahead.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calibrate, pCorrect, type Features, type Labelled } from '#assistant/confidence.ts'
import { riskCurve, thresholdFor } from '#assistant/threshold.ts'
import { accuracyOf, guess, learnMeasured, measure, useOf } from '#assistant/triage.ts'
import { clopperPearson, stream } from '#kit/statistics.ts'

test('none wrong of 183 is at most 2 in 100; two of 300 may be more', () => {
  assert.ok(clopperPearson(0, 183).high <= 0.02 && clopperPearson(0, 182).high > 0.02)
  assert.equal(clopperPearson(2, 300).high.toFixed(4), '0.0239')
})

const answers = (n: number, score: number, wrong: number) =>
  Array.from({ length: n }, (_, at) => ({ score, isRight: at >= wrong }))

test('A12 with two wrong among 300 the threshold rises above them', () => {
  const outcomes = [...answers(190, 0.98, 0), ...answers(110, 0.9, 2)]
  assert.equal(riskCurve(outcomes).at(-1)?.bound.toFixed(4), '0.0239')
  assert.equal(thresholdFor(outcomes, 0.02)?.from, 0.98)
  assert.equal(thresholdFor(outcomes, 0.03)?.from, 0.9)
})

test('A11 thirty labels are no measure, and many wrong ones leave no threshold', () => {
  assert.equal(thresholdFor(answers(30, 0.9, 0), 0.5), null)
  assert.equal(thresholdFor(answers(200, 0.9, 20), 0.02), null)
})

const features = (top: number): Features => ({
  top,
  margin: 1,
  answerable: 0.5,
  agreement: 0,
  history: 0.5,
  length: 3,
  novelty: 0,
  questions: 1,
})

test('chances become true shares: of the answers that are called 80 in 100 right, about so many are', () => {
  const draw = stream(7)
  const drawn: Labelled[] = Array.from({ length: 2_000 }, () => {
    const top = draw() * 10
    return { features: features(top), isRight: draw() < top / 10 }
  })
  const calibration = calibrate(drawn.slice(0, 1_000))
  assert.ok(calibration !== null)
  for (const [top, share] of [
    [1, 0.1],
    [5, 0.5],
    [9, 0.9],
  ] as const)
    assert.ok(Math.abs(pCorrect(features(top), calibration) - share) < 0.12, `${top}`)
  const chances = Array.from({ length: 50 }, (_, at) => pCorrect(features(at / 5), calibration))
  assert.deepEqual(
    chances,
    chances.toSorted((a, b) => a - b),
  )
})

test('too few labels, or none that is wrong, teach nothing: the chance is what retrieval says', () => {
  const some = Array.from({ length: 49 }, (_, at) => ({ features: features(at), isRight: at % 2 === 0 }))
  assert.equal(calibrate(some), null)
  assert.equal(calibrate(Array.from({ length: 90 }, () => ({ features: features(1), isRight: true }))), null)
  assert.equal(pCorrect(features(1), null), 0.5)
})

test('a field is measured on the newest texts, and set only where it is right 95 in 100 at worst', () => {
  const draw = stream(3)
  const things = { billing: ['invoice', 'refund', 'receipt'], shipping: ['parcel', 'courier', 'tracking'] }
  const examples = Array.from({ length: 600 }, (_, at) => {
    const label = draw() < 0.5 ? ('billing' as const) : ('shipping' as const)
    return { text: `my ${things[label][at % 3]} number ${at}`, label }
  })
  const measured = measure(examples, [])
  assert.ok(measured.tested === 120 && measured.right > 115 && measured.sureFrom !== null)
  assert.ok((accuracyOf(measured)?.low ?? 0) > 0.9)
  const classifier = learnMeasured(measured, examples, [])
  const sure = guess('category', classifier, measured, 'the courier has my parcel')
  assert.deepEqual(
    [sure.label, useOf(sure, 'set'), useOf(sure, 'suggest'), useOf(sure, 'off')],
    ['shipping', 'set', 'suggest', null],
  )
  const strange = guess('category', classifier, measured, 'zebra quantum violin')
  assert.equal(useOf(strange, 'set'), null)
})

test('before there are labels nothing is sure, and descriptions are what is known', () => {
  const priors = [
    { text: 'billing: invoices, refunds, payment', label: 'billing' },
    { text: 'shipping: parcels, couriers, delivery', label: 'shipping' },
  ]
  const measured = measure([], priors)
  assert.deepEqual([measured.sureFrom, accuracyOf(measured)], [null, null])
  const found = guess(
    'category',
    learnMeasured(measured, [], priors),
    measured,
    'where is the courier with my parcel',
  )
  assert.deepEqual([found.label, useOf(found, 'set')], ['shipping', 'suggest'])
})
