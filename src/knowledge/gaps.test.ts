// Gaps in sentences: who asks for the same is counted together, and nothing of a person is kept.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gapsOf, tellingWords, withoutPersons, type Wanting } from '#knowledge/gaps.ts'

const search = (text: string, found = 0, ticketId: number | null = null): Wanting => ({
  text,
  language: 'en',
  found,
  ticketId,
})

test('searches and tickets that share their telling words are one gap, the one that most met first', () => {
  const gaps = gapsOf([
    search('gift card'),
    search('how do I use a gift card?', 3),
    search('Gift cards', 0, 12),
    { text: 'Is there a gift card for the family', language: 'en', found: null, ticketId: 11 },
    search('water proof lamp'),
    search('waterproof'),
    search('waterproof lamps'),
    search('zebra'),
  ])
  assert.deepEqual(
    gaps.map(({ searches, empty, ticketIds }) => [searches, empty, ticketIds.toSorted()]),
    [
      [3, 2, [11, 12]],
      [2, 2, []],
    ],
  )
  assert.equal(gaps[0]?.texts.length, 4)
})

test('the same words in two languages are two gaps, and small words join nothing', () => {
  const german: Wanting = { ...search('gift'), language: 'de' }
  assert.equal(gapsOf([search('gift'), search('gift'), german, german]).length, 2)
  assert.deepEqual([...tellingWords('how do I get the refunds')], ['get', 'refund'])
  assert.deepEqual(gapsOf([search('and the'), search('the and')]), [])
})

test('addresses and numbers are taken out of what is kept of a search', () => {
  assert.equal(withoutPersons('order LL-12345 for ann@customer.example'), 'order … for …')
  assert.equal(withoutPersons('call +49 30 1234 5678 now'), 'call … now')
  assert.equal(withoutPersons('IBAN DE44 5001 0517 5407 3249 31'), 'IBAN …')
  assert.equal(withoutPersons('error E-114 on 2 hubs'), 'error E-114 on 2 hubs')
  assert.ok(withoutPersons('x'.repeat(300)).length <= 100)
})
