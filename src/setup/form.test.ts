// What a form's answers may be.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedBy, readAnswers, whenProblem, type Question, type When } from '#setup/form.ts'
import type { Field } from '#setup/taxonomy-store.ts'

const field = (key: string, type: Field['type'], more: Partial<Field> = {}): Field =>
  ({ id: 1, key, label: key, type, options: ['Red', 'Blue'], help: null, archived: false, ...more }) as Field
const question = (ask: string, required = false): Question => ({ ask, label: null, help: null, required })
const read = (fields: Field[], filled: Record<string, string[]>, required = false) => {
  const questions = ['email', 'message', ...fields.map(({ key }) => `field.${key}`)].map((ask) =>
    question(ask, required),
  )
  return readAnswers(askedBy({ questions }, fields), { email: ['a@b.example'], message: ['Hi'], ...filled })
}

test('an address and a message are always wanted, and the address must be one', () => {
  assert.deepEqual(read([], { email: [''], message: ['  '] }).faults, {
    email: 'missing',
    message: 'missing',
  })
  assert.deepEqual(read([], { email: ['nobody'] }).faults, { email: 'address' })
})

test('each kind of field takes what fits it and refuses the rest', () => {
  const fits = [
    [field('n', 'number'), ['7.5'], 7.5],
    [field('c', 'checkbox'), ['on'], true],
    [field('d', 'date'), ['2026-02-03'], '2026-02-03'],
    [field('s', 'select'), ['Red'], 'Red'],
    [field('m', 'multi_select'), ['Red', 'Blue', 'Red'], ['Red', 'Blue']],
    [field('u', 'url'), ['https://a.example'], 'https://a.example'],
  ] as const
  for (const [each, given, wanted] of fits) {
    const { answers, faults } = read([each], { [`field.${each.key}`]: [...given] })
    assert.deepEqual([answers.fields[each.key], faults], [wanted, {}], each.type)
  }
  for (const [type, given] of [
    ['number', 'seven'],
    ['date', '3 Feb'],
    ['select', 'Green'],
    ['multi_select', 'Green'],
    ['url', 'javascript:alert(1)'],
  ] as const)
    assert.notDeepEqual(read([field('x', type)], { 'field.x': [given] }).faults, {}, type)
})

test('what is required is missed, what is optional is not, and a field that is gone is asked for no more', () => {
  assert.deepEqual(read([field('x', 'text')], {}, true).faults, { 'field.x': 'missing' })
  assert.deepEqual(read([field('x', 'text')], {}).faults, {})
  assert.deepEqual(read([field('x', 'text', { archived: true })], {}, true).faults, {})
})

test('what is not asked for is not taken', () => {
  const { answers } = read([field('x', 'text')], { 'field.y': ['smuggled'], subject: ['s'] })
  assert.deepEqual(answers.fields, {})
})

const topic = field('topic', 'select', { options: ['Refund', 'Other'] })
const gift = field('gift', 'checkbox')
const sum = field('sum', 'number')
const hanging = (when: When, required = false): Question[] => [
  question('email'),
  question('field.topic'),
  { ...question('field.sum', required), when },
  question('message'),
]
const filledIn = (questions: Question[], filled: Record<string, string[]>, fields = [topic, gift, sum]) =>
  readAnswers(askedBy({ questions }, fields), { email: ['a@b.example'], message: ['Hi'], ...filled })
const refund = { ask: 'field.topic', is: ['Refund'], makes: 'shown' } as const

test('a question that hangs on an answer is asked, and required, only with it', () => {
  const questions = hanging(refund, true)
  assert.deepEqual(filledIn(questions, { 'field.topic': ['Refund'] }).faults, { 'field.sum': 'missing' })
  assert.deepEqual(filledIn(questions, { 'field.topic': ['Other'] }).faults, {})
  assert.deepEqual(filledIn(questions, {}).faults, {})
})

test('what was typed into a question that is not asked is not kept', () => {
  const { answers, faults } = filledIn(hanging(refund), { 'field.topic': ['Other'], 'field.sum': ['seven'] })
  assert.deepEqual([answers.fields, faults], [{ topic: 'Other' }, {}])
})

test('a question can be asked of all and required of some', () => {
  const questions = hanging({ ...refund, makes: 'required' })
  assert.deepEqual(filledIn(questions, { 'field.topic': ['Refund'] }).faults, { 'field.sum': 'missing' })
  const other = filledIn(questions, { 'field.topic': ['Other'], 'field.sum': ['7'] })
  assert.deepEqual([other.answers.fields['sum'], other.faults], [7, {}])
})

test('a question hangs with the one it hangs on, and is asked of all when that field is gone', () => {
  const chain: Question[] = [
    question('field.topic'),
    { ...question('field.gift'), when: refund },
    { ...question('field.sum', true), when: { ask: 'field.gift', is: ['on'], makes: 'shown' } },
  ]
  const ticked = { 'field.topic': ['Other'], 'field.gift': ['on'] }
  assert.deepEqual(filledIn(chain, ticked).faults, {}, 'the box was not asked for')
  assert.deepEqual(filledIn(chain, { ...ticked, 'field.topic': ['Refund'] }).faults, {
    'field.sum': 'missing',
  })
  assert.deepEqual(filledIn(hanging(refund, true), {}, [sum]).faults, { 'field.sum': 'missing' })
})

test('questions hang only on earlier ones, by answers these have, and never those that a ticket needs', () => {
  const fields = [topic, gift, sum]
  const problem = (when: When, ask = 'field.sum') =>
    whenProblem([question('field.topic'), { ...question(ask), when }, question('field.gift')], fields)
  assert.equal(problem(refund), null)
  assert.match(problem({ ...refund, is: ['Loan'] }) ?? '', /"Loan"/)
  assert.match(problem({ ...refund, ask: 'field.gift', is: ['on'] }) ?? '', /not asked before/)
  assert.match(problem(refund, 'message') ?? '', /everybody/)
  assert.match(
    whenProblem(
      [question('field.sum'), { ...question('name'), when: { ...refund, ask: 'field.sum' } }],
      fields,
    ) ?? '',
    /no answer/,
  )
})
