// What retrieval sees of a text: its words by their stems, and pieces of its words. Words that are everywhere weigh nothing by
// themselves, so that no list of them is needed in any language.
import { stemmer } from 'stemmer'
import { gramsOf } from '#assistant/grams.ts'
import { rawWordsOf } from '#kit/words.ts'

const LATIN = /^[a-z]+$/
const [SHORTEST, LONGEST] = [3, 5]

/** The words of a text by their stems (Porter's, which is for English and does other languages little harm). */
export function stemsOf(text: string): string[] {
  return rawWordsOf(text).map((word) => (LATIN.test(word) ? stemmer(word) : word))
}

/** The pieces of the words of a text. */
export function piecesOf(text: string): string[] {
  return rawWordsOf(text).flatMap((word) => gramsOf(word, SHORTEST, LONGEST))
}
