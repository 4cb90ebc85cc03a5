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

test('numbers of accounts and longer rows of digits are none, whatever part of them would fit', () => {
  deepEqual(cardsIn('DE89 3704 0044 0532 0130 00, GB29NWBK60161331926819, 4111 1111 1111 1111 2222 3333'), [])
  deepEqual(cardsIn('Karte 4111.1111.1111.1111, gültig 12/29; Amex 378282246310005'), [
    '4111.1111.1111.1111',
    '378282246310005',
  ])
})
