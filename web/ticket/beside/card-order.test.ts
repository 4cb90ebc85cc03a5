import assert from 'node:assert/strict'
import { test } from 'node:test'
import { besideCard, cards, inOrder, moved } from './card-order.ts'

test('who moved nothing has the usual order', () => {
  assert.deepEqual(inOrder([]), [...cards])
})

test('an order saved before a card was there takes it in behind its neighbour, and forgets one that is gone', () => {
  const saved = ['articles', 'gone', ...cards.filter((name) => name !== 'articles' && name !== 'people')]
  assert.deepEqual(
    inOrder(saved),
    moved([...cards], 'articles', 'ticket'),
    'people stands behind the requester again',
  )
})

test('a card moves past those that do not show, and the first goes no further up', () => {
  const shown = new Set(['ticket', 'requester', 'people'] as const)
  assert.equal(besideCard(cards, shown, 'requester', -1), 'ticket')
  assert.equal(besideCard(cards, shown, 'ticket', -1), undefined)
  assert.equal(besideCard(cards, shown, 'people', 1), undefined)
  assert.deepEqual(moved(cards, 'requester', 'ticket').slice(0, 3), ['requester', 'ticket', 'clocks'])
  const after = moved(cards, 'ticket', 'requester')
  assert.deepEqual(
    after,
    cards.filter((name): boolean => name !== 'ticket').toSpliced(after.indexOf('requester') + 1, 0, 'ticket'),
  )
})
