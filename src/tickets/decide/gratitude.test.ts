// The gratitude guard, as sentences of lifecycle §5.
import assert from 'node:assert/strict'
import { test } from 'node:test'

import { wordModel } from '#tickets/decide/gratitude-words.ts'
import { isThanks } from '#tickets/decide/gratitude.ts'

const certain = { probability: () => 0.998, thresholds: { en: 0.99 } }
const message = (text: string, language: string | null = 'en', attachmentCount = 0) => ({
  text,
  language,
  attachmentCount,
})

test('L12 a short thank-you is thanks when the model is sure enough', () => {
  assert(isThanks(message('Thank you so much!'), certain))
  assert(!isThanks(message('Thank you so much!'), { ...certain, probability: () => 0.989 }))
})

test('L13 a question, a number, an address, an attachment or many words are no thanks, however sure the model', () => {
  for (const text of [
    'thanks, but still broken?',
    'thanks, order 4711',
    'thanks, see https://example.org/x',
    'thanks, example.org',
    'thanks, write to me@example',
    'thanks thanks thanks thanks thanks thanks thanks thanks thanks thanks thanks thanks thanks',
    '',
    '👍',
  ]) {
    assert(!isThanks(message(text), certain), text)
  }
  assert(!isThanks(message('thanks', 'en', 1), certain))
})

test('without a model for the language nothing is thanks', () => {
  assert(!isThanks(message('tack så mycket', 'sv'), certain))
  assert(!isThanks(message('thanks', null), certain))
})

test('the word model knows thanks and nothing else', () => {
  for (const text of [
    'Thanks!',
    'Thank you very much for your quick help.',
    'Great, thanks a lot. Best regards',
  ]) {
    assert(isThanks(message(text), wordModel), text)
  }
  for (const text of [
    'Vielen Dank für die schnelle Hilfe!',
    'Danke schön',
    'Super, herzlichen Dank und viele Grüße',
  ]) {
    assert(isThanks(message(text, 'de'), wordModel), text)
  }
  for (const text of [
    'thanks for nothing',
    'thanks but still broken',
    'thank you, not fixed',
    'great',
    'ok',
    'thanks in advance',
  ]) {
    assert(!isThanks(message(text), wordModel), text)
  }
  assert(!isThanks(message('danke, geht leider nicht', 'de'), wordModel))
})
