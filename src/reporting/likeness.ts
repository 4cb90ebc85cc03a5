// How alike two names are, and two heaps of texts: what people would call the same thing twice.
import { folded, wordsOf } from '#kit/words.ts'

/** Changes of a letter, neighbours in the wrong order being one, that make one word of the other (optimal string alignment). */
export function editDistance(one: string, other: string): number {
  const [a, b] = [[...one], [...other]]
  let [before, last] = [[] as number[], b.map((_, index) => index + 1)]
  last.unshift(0)
  a.forEach((letter, row) => {
    const next = [row + 1]
    b.forEach((another, column) => {
      const swapped = row > 0 && column > 0 && letter === b[column - 1] && a[row - 1] === another
      next.push(
        Math.min(
          (last[column + 1] ?? 0) + 1,
          (next[column] ?? 0) + 1,
          (last[column] ?? 0) + (letter === another ? 0 : 1),
          swapped ? (before[column - 1] ?? 0) + 1 : Infinity,
        ),
      )
    })
    ;[before, last] = [last, next]
  })
  return last[b.length] ?? 0
}

/** From 0 to 1: the share of a name that need not change to be the other. Case, accents and marks between words do not count. */
export function likenessOf(one: string, other: string): number {
  const [a, b] = [bare(one), bare(other)]
  if (digitsOf(a) !== digitsOf(b)) return 0
  const longest = Math.max([...a].length, [...b].length)
  return longest === 0 ? 1 : 1 - editDistance(a, b) / longest
}

/** A name without what nobody remembers of it. */
export const bare = (name: string) =>
  folded(name)
    .replaceAll(/[\s_\-‐–.]+/g, ' ')
    .trim()

/** Two numbers are two things, however little tells them apart. */
export const digitsOf = (name: string) => name.replaceAll(/\P{N}+/gu, ' ').trim()

/** How much each word of a text says. */
export type Centroid = ReadonlyMap<string, number>

/** Texts as what each of their words says, of length one; words by their place in the list. */
export type Weighed = {
  readonly words: readonly string[]
  readonly texts: readonly { readonly words: readonly number[]; readonly weights: readonly number[] }[]
}

/** Each text for itself: a word weighs the more the fewer of these texts have it, and one that only one of them has tells nothing. */
export function unitsOf(texts: readonly string[]): Weighed {
  const told = texts.map((text) => [...new Set(wordsOf(text))])
  const having = new Map<string, number>()
  for (const own of told) for (const word of own) having.set(word, (having.get(word) ?? 0) + 1)
  const words = [...having].flatMap(([word, count]) => (count > 1 ? [word] : []))
  const places = new Map(words.map((word, place) => [word, place]))
  const weightOf = (word: string) => Math.log(texts.length / (having.get(word) ?? texts.length))
  return {
    words,
    texts: told.map((own) => {
      const known = own.filter((word) => places.has(word))
      const length = Math.hypot(...known.map(weightOf)) || 1
      return {
        words: known.map((word) => places.get(word) ?? 0),
        weights: known.map((word) => weightOf(word) / length),
      }
    }),
  }
}

/** The middle of each heap of texts: a word weighs the more the fewer of all texts have it. */
export function centroidsOf<Key>(heaps: ReadonlyMap<Key, readonly string[]>): Map<Key, Centroid> {
  const words = new Map([...heaps].map(([key, texts]) => [key, texts.map((text) => new Set(wordsOf(text)))]))
  const having = new Map<string, number>()
  let count = 0
  for (const own of words.values())
    for (const text of own) {
      count++
      for (const word of text) having.set(word, (having.get(word) ?? 0) + 1)
    }
  const weightOf = (word: string) => Math.log(count / (having.get(word) ?? count))
  return new Map([...words].map(([key, own]) => [key, middleOf(own, weightOf)]))
}

function middleOf(texts: readonly ReadonlySet<string>[], weightOf: (word: string) => number): Centroid {
  const sums = new Map<string, number>()
  for (const text of texts) {
    const length = Math.hypot(...[...text].map(weightOf))
    if (length === 0) continue
    for (const word of text) sums.set(word, (sums.get(word) ?? 0) + weightOf(word) / length)
  }
  return sums
}

/** The cosine between two heaps of texts; 0 where one says nothing. */
export function nearness(one: Centroid, other: Centroid): number {
  let dot = 0
  for (const [word, weight] of one) dot += weight * (other.get(word) ?? 0)
  const lengths = Math.hypot(...one.values()) * Math.hypot(...other.values())
  return lengths === 0 ? 0 : dot / lengths
}
