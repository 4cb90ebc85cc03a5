// What a form's answers may be.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedBy, readAnswers, type Question } from '#tickets/form.ts'
import type { Field } from '#tickets/taxonomy-store.ts'

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
