// Fields of which a ticket may have several values, and the language: each learnt, measured, and silent where it knows nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { guessesOf, learnField, type Guessed } from '#assistant/triage.ts'
import { stream } from '#kit/statistics.ts'
import { sampleOf } from '#knowledge/language.ts'

const draw = stream(5)
const WORDS = { broken: 'arrived in pieces', gift: 'is a present for my aunt', loud: 'hums at night' }
const names = Object.keys(WORDS) as (keyof typeof WORDS)[]
/** A lamp with each of the three by chance, perhaps with none. */
const tagged = Array.from({ length: 600 }, (_, at) => {
  const labels = names.filter(() => draw() < 0.4)
  const text = `Lamp ${at} from the shop ${labels.map((label) => WORDS[label]).join(' and ')}`
  return { text, labels: [...labels, 'all'] }
})
const labelsOf = (guesses: readonly Guessed[]) => guesses.map(({ label }) => label).toSorted()

test('tags: as many as a text says, none where it says none, and never what all have', () => {
  const learning = learnField('tags', tagged, [])
  const said = (text: string) => guessesOf('tags', learning, text)
  const both = said('My lamp arrived in pieces, and it hums at night')
  assert.deepEqual(labelsOf(both), ['broken', 'loud'])
  assert.ok(both.every(({ isKnown, isSure }) => isKnown && isSure))
  assert.deepEqual(said('Where is the shop?'), [])
  const { tested, right, sureFrom } = learning.measured
  assert.ok(sureFrom !== null && right / tested > 0.9, `${right} of ${tested}`)
})

test('where labels follow from nothing, none is shown; with too few to measure neither', () => {
  const random = tagged.map(({ text }, at) => ({
    text: `${text.slice(0, 10)} ${at}`,
    labels: draw() < 0.2 ? ['x'] : [],
  }))
  const { measured, classifier } = learnField('skill', random, [])
  assert.equal(measured.sureFrom, null)
  assert.ok(guessesOf('skill', { measured, classifier }, 'Lamp 7').every(({ isSure }) => !isSure))
  const few = learnField('tags', tagged.slice(0, 10), [])
  assert.deepEqual(guessesOf('tags', few, 'It arrived in pieces'), [])
  const none = learnField('tags', [], [])
  assert.deepEqual([none.measured.learnt, guessesOf('tags', none, 'anything')], [0, []])
})

test('language: told by its small words before anything is learnt, shown and not set', () => {
  const priors = Object.entries(sampleOf).map(([label, text]) => ({ label, text }))
  const learning = learnField('language', [], priors)
  for (const [text, language] of [
    ['Wie kann ich meine Lampe zurückgeben, und wer zahlt das Paket?', 'de'],
    ['How can I return the lamp that you sent to me?', 'en'],
    ['Bonjour, je voudrais rendre la lampe que vous avez envoyée', 'fr'],
    ['¿Cómo puedo devolver la lámpara que no funciona?', 'es'],
  ] as const) {
    const [guess] = guessesOf('language', learning, text)
    assert.deepEqual([guess?.label, guess?.isSure], [language, false], text)
  }
})
