// Two labels are confused only when each is taken for the other, of enough texts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { confusedOf, type Judged } from '#assistant/confusion.ts'

const texts = (label: string, found: string, count: number): Judged[] =>
  Array.from({ length: count }, () => ({ label, found }))

test('labels are confused from a fifth on, each for the other', () => {
  const both = [
    ...texts('a', 'a', 8),
    ...texts('a', 'b', 2),
    ...texts('b', 'b', 6),
    ...texts('b', 'a', 4),
    ...texts('c', 'c', 10),
  ]
  assert.deepEqual(confusedOf(both), [{ labels: ['a', 'b'], share: 0.2 }])
  const oneWay = [...texts('a', 'a', 9), ...texts('a', 'b', 1), ...texts('b', 'a', 10)]
  assert.deepEqual(confusedOf(oneWay), [])
})

test('of fewer than ten texts of a label nothing is said', () => {
  assert.deepEqual(confusedOf([...texts('a', 'b', 9), ...texts('b', 'a', 20)]), [])
})
