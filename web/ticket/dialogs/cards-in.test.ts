// Which numbers look like cards.
import { deepEqual } from 'node:assert/strict'
import { test } from 'node:test'
import { cardsIn } from './cards-in.ts'

test('a number is a card by its length and its check digit', () => {
  deepEqual(cardsIn('Pay with 4111 1111 1111 1111 or 5500-0000-0000-0004.'), [
    '4111 1111 1111 1111',
    '5500-0000-0000-0004',
  ])
  deepEqual(cardsIn('Order 4111111111111112, phone +49 30 901820'), [])
})
