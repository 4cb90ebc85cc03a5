// One ranking of documents by the terms they share with a question: Okapi BM25 (Robertson and Zaragoza, The Probabilistic Relevance
// Framework, 2009), with what a term adds to a document reckoned when the index is built.

export type Ranking = {
  readonly size: number
  readonly terms: ReadonlyMap<string, Postings>
}

/** The documents that have a term, and what it adds to each. */
type Postings = { readonly documents: Int32Array; readonly impacts: Float32Array; readonly rarity: number }

/** How fast more of the same term stops to count, and how much long documents are held back. */
export type Shape = { readonly saturation: number; readonly length: number }

/** Asked for more often than this, a term counts no more. */
const MOST_ASKED = 2

/** Indexes documents, each given by its terms. */
export function rankingOf(documents: readonly (readonly string[])[], shape: Shape): Ranking {
  const lengths = documents.map((terms) => terms.length)
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, documents.length) || 1
  const counts = new Map<string, { documents: number[]; counts: number[] }>()
  for (const [at, terms] of documents.entries()) {
    for (const term of terms) {
      const known = counts.get(term) ?? { documents: [], counts: [] }
      if (known.documents.length === 0) counts.set(term, known)
      const last = known.documents.length - 1
      if (known.documents[last] === at) known.counts[last] = (known.counts[last] ?? 0) + 1
      else {
        known.documents.push(at)
        known.counts.push(1)
      }
    }
  }
  const { saturation, length } = shape
  const terms = new Map<string, Postings>()
  for (const [term, found] of counts) {
    const rarity = Math.log(
      1 + (documents.length - found.documents.length + 0.5) / (found.documents.length + 0.5),
    )
    const impacts = found.documents.map((at, index) => {
      const count = found.counts[index] ?? 0
      const held = saturation * (1 - length + (length * (lengths[at] ?? 0)) / average)
      return (rarity * count * (saturation + 1)) / (count + held)
    })
    terms.set(term, {
      documents: Int32Array.from(found.documents),
      impacts: Float32Array.from(impacts),
      rarity,
    })
  }
  return { size: documents.length, terms }
}

/** The score of each document for a question's terms. */
export function scoresFor({ size, terms }: Ranking, asked: readonly string[]): Float64Array {
  const scores = new Float64Array(size)
  const counts = new Map<string, number>()
  for (const term of asked) counts.set(term, (counts.get(term) ?? 0) + 1)
  for (const [term, count] of counts) {
    const found = terms.get(term)
    if (found === undefined) continue
    const times = Math.min(count, MOST_ASKED)
    for (let at = 0; at < found.documents.length; at++) {
      const document = found.documents[at] ?? 0
      scores[document] = (scores[document] ?? 0) + times * (found.impacts[at] ?? 0)
    }
  }
  return scores
}

/** How much of what a question says stands in a document, rare words counting more; from 0 to 1. */
export function coverage({ size, terms }: Ranking, asked: readonly string[], document: number): number {
  const unknown = Math.log(1 + (size + 0.5) / 0.5)
  let [all, there] = [0, 0]
  for (const term of new Set(asked)) {
    const found = terms.get(term)
    const rarity = found?.rarity ?? unknown
    all += rarity
    if (found?.documents.includes(document) === true) there += rarity
  }
  return all === 0 ? 0 : there / all
}

/** Scores as standard deviations above the mean of all documents; all zero where all are alike. */
export function standardised(scores: Float64Array): Float64Array {
  let [sum, squares] = [0, 0]
  for (const score of scores) {
    sum += score
    squares += score * score
  }
  const mean = sum / scores.length
  const deviation = Math.sqrt(Math.max(0, squares / scores.length - mean * mean))
  return deviation === 0 ? new Float64Array(scores.length) : scores.map((score) => (score - mean) / deviation)
}

/** The places of the highest sums among what shares anything, the highest first; of equal ones the earlier. */
export function bestOf(sums: Float64Array, shared: Uint8Array, most: number): number[] {
  const best: number[] = []
  for (let at = 0; at < sums.length; at++) {
    if (shared[at] === 0) continue
    const score = sums[at] ?? 0
    const last = best.at(-1)
    if (best.length === most && last !== undefined && score <= (sums[last] ?? 0)) continue
    const place = best.findIndex((each) => score > (sums[each] ?? 0))
    best.splice(place < 0 ? best.length : place, 0, at)
    if (best.length > most) best.pop()
  }
  return best
}
