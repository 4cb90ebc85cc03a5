// What triage sees of a text: its words, words side by side, words together, and pieces of words. Each feature is a number: two that
// fall on one are one feature, which is rare enough not to be noticed.
import { gramsOf } from '#assistant/grams.ts'
import { fnv1a } from '#kit/fnv.ts'
import { rawWordsOf } from '#kit/words.ts'

/** A request says what it is about at its beginning; what follows is told at length. */
const MOST_WORDS = 250
/** Words that stand together anywhere in a short text; in a long one every word meets every other. */
const WORDS_TOGETHER = 24
const [SHORTEST, LONGEST] = [2, 5]
/** Of very many texts pieces of one length say as much, and words that stand together are seldom the same. */
const COARSE = 4

/** How often each feature is in a text; words and pieces apart, as either are weighed by themselves. */
export type Features = {
  readonly words: ReadonlyMap<number, number>
  readonly pieces: ReadonlyMap<number, number>
}

/** The features of a text; fewer of each where there are very many. */
export function featuresOf(text: string, isCoarse = false): Features {
  const all = rawWordsOf(text).slice(0, MOST_WORDS)
  const words = new Map<number, number>()
  const pieces = new Map<number, number>()
  for (const [index, word] of all.entries()) {
    count(words, `w${word}`)
    const next = all[index + 1]
    if (next !== undefined) count(words, `b${word} ${next}`)
    const [from, to] = isCoarse ? [COARSE, COARSE] : [SHORTEST, LONGEST]
    for (const gram of gramsOf(word, from, to)) count(pieces, `c${gram}`)
  }
  if (isCoarse) return { words, pieces }
  const together = [...new Set(all.slice(0, WORDS_TOGETHER))].toSorted()
  for (const [index, word] of together.entries())
    for (const other of together.slice(index + 1)) count(words, `p${word} ${other}`)
  return { words, pieces }
}

function count(features: Map<number, number>, name: string): void {
  const feature = numberOf(name)
  features.set(feature, (features.get(feature) ?? 0) + 1)
}

/** Folded to 30 bits, which the engine holds as small integers. */
function numberOf(name: string): number {
  const hash = fnv1a(name)
  return ((hash >>> 30) ^ hash) & 0x3fffffff
}
