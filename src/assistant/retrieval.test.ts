// Retrieval: the best first, words by their families, and silence where nothing fits.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { rankingOf, scoresFor, standardised } from '#assistant/ranking.ts'
import { retrievalOf, retrieve, type Document } from '#assistant/retrieval.ts'

const documents: Document[] = [
  { id: 'returns', title: 'Returning a lamp', text: 'Send it back within 30 days. We pay for the parcel.' },
  { id: 'warranty', title: 'Warranty', text: 'Lamps are replaced for two years. Keep the receipt.' },
  { id: 'password', title: 'Resetting your password', text: 'Ask for a link on the page where you sign in.' },
  { id: 'shipping', title: 'When it arrives', text: 'Parcels take three days. The courier writes to you.' },
]
const index = retrievalOf(documents)
const firstOf = (question: string) => retrieve(index, question, 3).ranked[0]?.id

test('a question finds what answers it, by other forms of its words and with slips of the pen', () => {
  assert.equal(firstOf('How can I return my lamps?'), 'returns')
  assert.equal(firstOf('I forgot my pasword'), 'password')
  assert.equal(firstOf('has the courier got our parcels'), 'shipping')
})

test('what shares nothing with any document has no answer; a good match is likelier one than a poor one', () => {
  assert.deepEqual(retrieve(index, '§§§', 3), { ranked: [], answerable: 0 })
  assert.deepEqual(retrieve(retrievalOf([]), 'return a lamp', 3), { ranked: [], answerable: 0 })
  const [good, poor] = ['resetting a password', 'do you sell violins for days'].map(
    (question) => retrieve(index, question, 3).answerable,
  )
  assert.ok(good !== undefined && poor !== undefined && good > poor + 0.2, `${good} ${poor}`)
})

test('ranked is in order, without doubles, at most as many as asked for, and the same whenever it is asked', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.integer({ min: 1, max: 6 }), (question, most) => {
      const found = retrieve(index, question, most)
      const scores = found.ranked.map(({ score }) => score)
      assert.deepEqual(
        scores,
        scores.toSorted((a, b) => b - a),
      )
      assert.equal(new Set(found.ranked.map(({ id }) => id)).size, found.ranked.length)
      assert.ok(found.ranked.length <= most && found.answerable >= 0 && found.answerable <= 1)
      assert.deepEqual(retrieve(index, question, most), found)
      assert.equal(found.answerable, retrieve(index, question, 6).answerable)
    }),
  )
})

test('the scores are those of Okapi BM25', () => {
  const ranking = rankingOf([['a', 'b', 'b'], ['b'], ['c', 'c']], { saturation: 1.2, length: 0.75 })
  const rarity = Math.log(1 + (3 - 2 + 0.5) / (2 + 0.5))
  const expected = (count: number, length: number) =>
    (rarity * count * 2.2) / (count + 1.2 * (0.25 + (0.75 * length) / 2))
  const scores = scoresFor(ranking, ['b'])
  assert.ok(Math.abs((scores[0] ?? 0) - expected(2, 3)) < 1e-6)
  assert.ok(Math.abs((scores[1] ?? 0) - expected(1, 1)) < 1e-6)
  assert.equal(scores[2], 0)
})

test('standardised scores have mean 0 and deviation 1, and are 0 where all are alike', () => {
  const scores = standardised(Float64Array.from([1, 2, 3, 6]))
  const mean = scores.reduce((sum, score) => sum + score, 0) / 4
  const square = scores.reduce((sum, score) => sum + score * score, 0) / 4
  assert.ok(Math.abs(mean) < 1e-12 && Math.abs(square - 1) < 1e-12)
  assert.deepEqual([...standardised(Float64Array.from([5, 5]))], [0, 0])
})
