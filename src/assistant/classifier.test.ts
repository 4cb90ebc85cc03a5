// Triage learns from labelled texts and knows when it has seen nothing like it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judge, learn, type Labelled } from '#assistant/classifier.ts'

const KINDS: Readonly<Record<string, readonly string[]>> = {
  billing: ['invoice', 'refund', 'charged twice', 'payment failed', 'receipt'],
  shipping: ['parcel', 'delivery late', 'tracking number', 'courier', 'package lost'],
  access: ['password', 'cannot sign in', 'account locked', 'reset link', 'login code'],
}
const OPENINGS = [
  'Hello, my',
  'Please help with the',
  'I have a question about a',
  'Again the',
  'Where is the',
]
const examples: Labelled[] = Object.entries(KINDS).flatMap(([label, things]) =>
  things.flatMap((thing) => OPENINGS.map((opening) => ({ text: `${opening} ${thing}`, label }))),
)

test('a text is what its like was', () => {
  const classifier = learn(examples)
  assert.deepEqual(classifier.labels, ['access', 'billing', 'shipping'])
  for (const [text, label] of [
    ['two invoices came, one refunded', 'billing'],
    ['The courier lost our packages', 'shipping'],
    ['signing in asks for another code', 'access'],
  ] as const)
    assert.equal(judge(classifier, text).label, label, text)
})

test('what is like nothing it has seen has a small margin, and it abstains', () => {
  const classifier = learn(examples)
  const known = judge(classifier, 'Please help with the parcel')
  const strange = judge(classifier, 'zebra quantum violin')
  assert.ok(known.margin > strange.margin)
  assert.deepEqual([known.abstain, strange.abstain], [false, true])
  assert.equal(judge(classifier, '').abstain, true)
})

test('the same texts give the same classifier, whatever else was learnt before', () => {
  const first = learn(examples)
  learn(examples.slice(10))
  const again = learn(examples)
  assert.deepEqual(judge(again, 'refund my parcel'), judge(first, 'refund my parcel'))
})

test('one label is all it knows; none at all is refused', () => {
  const one = learn(examples.filter(({ label }) => label === 'billing'))
  assert.equal(judge(one, 'the invoice').label, 'billing')
  assert.throws(() => learn([]), /no labelled texts/)
  assert.equal(judge(learn([{ text: 'alone', label: 'x' }]), 'alone').label, 'x')
})

test('texts in any script are told apart, and very long ones are read at their beginning', () => {
  const classifier = learn([
    ...['請求書が届きません', '請求書の金額が違います', '二重に請求されました'].map((text) => ({
      text,
      label: 'billing',
    })),
    ...['荷物が届きません', '配送が遅れています', '荷物が壊れていました'].map((text) => ({
      text,
      label: 'shipping',
    })),
  ])
  assert.equal(judge(classifier, '請求が二重です').label, 'billing')
  assert.equal(judge(classifier, '荷物はどこですか').label, 'shipping')
  const long = `荷物 ${'words without end '.repeat(40_000)}`
  const beganAt = performance.now()
  assert.equal(judge(classifier, long).label, 'shipping')
  assert.ok(performance.now() - beganAt < 2_000)
})
