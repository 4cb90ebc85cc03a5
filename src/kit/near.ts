// Words that were mistyped, and what they were likely meant to be.

/** Longer words are cut: nobody mistypes so much. */
const LONGEST = 60

/** Letters put in, left out, replaced or swapped with their neighbour between two words (optimal string alignment). */
export function slips(one: string, other: string): number {
  const [a, b] = [[...one].slice(0, LONGEST), [...other].slice(0, LONGEST)]
  let before: number[] = []
  let row = b.map((_, index) => index).concat(b.length)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced, swapped))
    }
    ;[before, row] = [row, next]
  }
  return row[b.length] ?? a.length
}

/** The likeliest of some words for one mistyped, or one that it begins. */
export function nearest(word: string, among: readonly string[]): string | null {
  const lower = word.toLowerCase()
  const scored = among
    .map((each) => ({ each, far: slips(lower, each.toLowerCase()) }))
    .filter(
      ({ each, far }) =>
        far <= Math.max(1, Math.ceil(each.length / 3)) || each.toLowerCase().startsWith(lower),
    )
    .toSorted((one, other) => one.far - other.far)
  return scored[0]?.each ?? null
}

/** Words of a text, each with how many texts have it. */
export type Vocabulary = ReadonlyMap<string, number>

/** Shorter words are near to too many. */
const SHORTEST = 4
/** From so many letters on, two slips are one word all the same. */
const LONG = 8

/** The word of a vocabulary that a mistyped one was likely meant to be, the commonest of the nearest; null where it is known or none is near. */
export function corrected(word: string, vocabulary: Vocabulary): string | null {
  if (word.length < SHORTEST || vocabulary.has(word) || !/^\p{L}+$/u.test(word)) return null
  const most = word.length >= LONG ? 2 : 1
  let best: { readonly each: string; readonly far: number; readonly count: number } | null = null
  for (const [each, count] of vocabulary) {
    if (Math.abs(each.length - word.length) > most || each.length < SHORTEST) continue
    const far = slips(word, each)
    if (far > most || (best !== null && (far > best.far || (far === best.far && count <= best.count))))
      continue
    best = { each, far, count }
  }
  return best?.each ?? null
}
