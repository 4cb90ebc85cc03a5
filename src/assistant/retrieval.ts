// Finds which documents answer a question: by words and by pieces of words, in all of a document and in its title, four rankings
// brought to one measure and added up. How far the first stands out says whether there is an answer at all.
import {
  bestOf,
  coverage,
  rankingOf,
  scoresFor,
  standardised,
  type Ranking,
  type Shape,
} from '#assistant/ranking.ts'
import { piecesOf, stemsOf } from '#assistant/terms.ts'

export type Document = { readonly id: string; readonly title: string; readonly text: string }

export type Retrieval = {
  readonly ids: readonly string[]
  readonly words: Both
  readonly pieces: Both
}
type Both = { readonly whole: Ranking; readonly title: Ranking }

export type Ranked = { readonly id: string; readonly score: number }
export type Found = {
  readonly ranked: readonly Ranked[]
  /** How likely it is that the first document answers the question at all, from 0 to 1. */
  readonly answerable: number
}

/** Long documents say many things: their length is held against them, more than in titles. */
const WHOLE: Shape = { saturation: 1.6, length: 0.9 }
const TITLE: Shape = { saturation: 1.2, length: 0.75 }

/** Indexes documents. */
export function retrievalOf(documents: readonly Document[]): Retrieval {
  const both = (termsOf: (text: string) => string[]): Both => {
    const titles = documents.map(({ title }) => termsOf(title))
    const texts = documents.map(({ text }, index) => [...(titles[index] ?? []), ...termsOf(text)])
    return { whole: rankingOf(texts, WHOLE), title: rankingOf(titles, TITLE) }
  }
  return { ids: documents.map(({ id }) => id), words: both(stemsOf), pieces: both(piecesOf) }
}

/** The documents that fit a question best, the best first; those that share nothing with it are left out. */
export function retrieve({ ids, words, pieces }: Retrieval, question: string, most: number): Found {
  const [stems, grams] = [stemsOf(question), piecesOf(question)]
  const rankings = [
    [words.whole, stems],
    [words.title, stems],
    [pieces.whole, grams],
    [pieces.title, grams],
  ] as const
  const sums = new Float64Array(ids.length)
  const shared = new Uint8Array(ids.length)
  for (const [ranking, asked] of rankings) {
    const scores = scoresFor(ranking, asked)
    for (const [at, score] of standardised(scores).entries()) sums[at] = (sums[at] ?? 0) + score
    for (let at = 0; at < scores.length; at++) if ((scores[at] ?? 0) > 0) shared[at] = 1
  }
  // The second says how far the first stands out, whether it is asked for or not.
  const best = bestOf(sums, shared, Math.max(2, most))
  const [first, second] = best
  if (first === undefined) return { ranked: [], answerable: 0 }
  const top = sums[first] ?? 0
  const margin = second === undefined ? top : top - (sums[second] ?? 0)
  const inTitle = coverage(words.title, stems, first)
  return {
    ranked: best.slice(0, most).map((at) => ({ id: ids[at] ?? '', score: sums[at] ?? 0 })),
    answerable: chance(ids.length, top, margin, coverage(words.whole, stems, first), inTitle),
  }
}

/**
 * The chance that there is an answer before a desk has labels of its own: a logistic model of how far the first document stands out
 * (among many it may stand out farther), how far from the second, and how much of the question it holds. Fitted on questions to
 * 3 to 63 documents of which every second had its answer removed.
 */
function chance(size: number, top: number, margin: number, held: number, foundInTitle: number): number {
  const logit =
    0.361 * top + 0.096 * margin + 2.99 * held + 3.16 * foundInTitle - 1.598 * Math.log(size) - 1.759
  return 1 / (1 + Math.exp(-logit))
}
