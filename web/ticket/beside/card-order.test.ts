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
    moved([...cards], 'articles', 'requester'),
    'people stands behind its neighbour again',
  )
})

test('a card moves past those that do not show, and the first goes no further up', () => {
  const shown = new Set(['requester', 'ticket', 'people'] as const)
  assert.equal(besideCard(cards, shown, 'ticket', -1), 'requester')
  assert.equal(besideCard(cards, shown, 'requester', -1), undefined)
  assert.equal(besideCard(cards, shown, 'people', 1), undefined)
  assert.deepEqual(moved(cards, 'ticket', 'requester').slice(0, 3), ['ticket', 'requester', 'clocks'])
  const after = moved(cards, 'requester', 'people')
  assert.deepEqual(
    after,
    cards
      .filter((name): boolean => name !== 'requester')
      .toSpliced(after.indexOf('people') + 1, 0, 'requester'),
  )
})
