// What is refused, and where: conditions too large, patterns too slow, things that do not exist.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { problemsOf } from '#rules/check.ts'
import type { Cond } from '#rules/condition.ts'
import { emptyDirectory } from '#rules/directory.ts'
import { readCondition } from '#rules/read-condition.ts'
import { patternOf } from '#rules/regex.ts'
import { instant } from '#kit/time.ts'
import { periodOf } from '#rules/moment.ts'

const problems = (input: unknown) => {
  const read = readCondition(input, 'if')
  return 'problems' in read ? read.problems : problemsOf(read.cond, emptyDirectory, 'rule', 'if')
}
const said = (input: unknown) => problems(input).map(({ place, message }) => `${place} ${message}`)

test('ten thousand nodes are refused without being walked', () => {
  const many = { any: Array.from({ length: 10_000 }, () => ({ field: 'status', op: 'is', value: 'new' })) }
  assert.match(said(many)[0] ?? '', /^if\.any\[\d+\] has more than 1000 parts$/)
  let deep: unknown = { field: 'status', op: 'is', value: 'new' }
  for (let depth = 0; depth < 10_000; depth++) deep = { not: deep }
  assert.deepEqual(said(deep), ['if.not.not.not.not.not.not.not.not is nested more than 8 deep'])
})

test('201 tests are one too many', () => {
  const leaf: Cond = { field: 'status', op: 'is', value: 'new' }
  assert.deepEqual(said({ all: Array.from({ length: 200 }, () => leaf) }), [])
  assert.deepEqual(said({ all: Array.from({ length: 201 }, () => leaf) }), ['if has more than 200 tests'])
})

test('a pattern that could run for ever is refused with its place', () => {
  const matching = (value: string) => said({ all: [{ field: 'subject', op: 'matches', value }] })
  assert.deepEqual(matching('(a+)+$'), [
    'if.all[0].value The pattern repeats what repeats already, at character 5',
  ])
  assert.match(matching('(x*)*y')[0] ?? '', /repeats what repeats/)
  assert.match(matching('((ab)*c)+')[0] ?? '', /repeats what repeats/)
  assert.match(matching('(a)\\1')[0] ?? '', /refers back/)
  assert.match(matching('(?=a)b')[0] ?? '', /looks ahead/)
  assert.match(matching('(')[0] ?? '', /is not a pattern/)
  assert.match(matching('a'.repeat(501))[0] ?? '', /longer than 500/)
  assert.deepEqual(matching('\\border[ #-]*(\\d{4,8})\\b'), [])
})

test('a pattern is matched without regard to case, in Unicode, and says what it caught', () => {
  const pattern = patternOf('größe ([a-z]+)')
  assert.ok(typeof pattern !== 'string')
  assert.deepEqual(pattern.captures('Meine GRÖSSE? Nein: Größe XL'), ['Größe XL', 'XL'])
})

test('things that do not exist are named', () => {
  assert.deepEqual(said({ field: 'team', op: 'is', value: 9 }), ['if.value There is no team 9'])
  assert.deepEqual(said({ not: { field: 'field.gone', op: 'empty' } }), [
    'if.not.field There is no field "gone"',
  ])
  assert.deepEqual(said({ field: 'colour', op: 'is', value: 'red' }), [
    'if.field "colour" is nothing that can be asked about',
  ])
  assert.deepEqual(said({ field: 'status', op: 'has_any', value: ['new'] }), [
    'if.op "status" does not take the test "has_any"',
  ])
})

test('a day lasts from midnight to midnight on the wall of its zone, also when a clock is set', () => {
  const now = instant(Date.parse('2026-03-29T12:00:00Z'))
  const day = periodOf('2026-03-29', now, 'Europe/Berlin')
  assert.deepEqual(day, {
    from: '2026-03-28T23:00:00.000Z',
    to: '2026-03-29T22:00:00.000Z',
    isRelative: false,
  })
  assert.equal(periodOf('2026-02-30', now, 'UTC'), null)
  assert.equal(periodOf('-7d', now, 'UTC')?.from, '2026-03-22T12:00:00.000Z')
})
