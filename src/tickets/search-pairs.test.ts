// Pairs say where a phrase may stand: every phrase of a text has its pairs in it, in whatever spelling it is asked for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placesOf, spellingsOf } from '#kit/words.ts'
import { pairOf, pairsIn, pairsOf } from '#tickets/search-pairs.ts'

const holds = (text: string, phrase: string): boolean => {
  const pairs = pairsIn(placesOf(text).places)
  return spellingsOf(phrase).some((spelling) =>
    pairsOf(spelling).every((any) => any.some((pair) => pairs.has(pair))),
  )
}

test('every run of words of a text is held by its pairs, and neighbours in another order are not', () => {
  const text =
    'Müller & Söhne call +43 660 123456 on 2026-11-28 about the e-mail INC12345, v2.3.1 of C:\\Users\\ann and wi-fi'
  const words = text.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word))
  for (let from = 0; from < words.length; from++)
    for (let to = from + 2; to <= words.length; to++) {
      const phrase = words.slice(from, to).join(' ')
      assert.ok(holds(text, phrase), phrase)
    }
  assert.ok(holds(text, 'Mueller Soehne'))
  for (const phrase of ['Söhne Müller', 'call Müller', 'about e-mail'])
    assert.ok(!holds(text, phrase), phrase)
})

test('a pair is a number of sixteen bits, of many pairs hardly two the same', () => {
  const numbers = Array.from({ length: 5_000 }, (_, index) => pairOf(`w${index}`, `v${index * 7}`))
  assert.ok(numbers.every((each) => Number.isInteger(each) && each >= 0 && each < 65_536))
  assert.ok(new Set(numbers).size > 4_500)
})
