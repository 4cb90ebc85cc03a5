// Two words that stand side by side, as one number: what an index can be asked for where each of the words alone is in every ticket.
// Different pairs may share a number, so that it says where a phrase may stand; the words themselves are looked at afterwards.
import { fnv1a } from '#kit/fnv.ts'

/** Of so many numbers a document has few, and a list of documents for each is short. */
const BITS = 16

/** The number of a pair. */
export function pairOf(left: string, right: string): number {
  const hash = fnv1a(right, fnv1a(' ', fnv1a(left)))
  return ((hash >>> BITS) ^ hash) & (2 ** BITS - 1)
}

/** The numbers of all neighbours, from the forms of words by their places. */
export function pairsIn(places: ReadonlyMap<string, readonly number[]>): ReadonlySet<number> {
  const forms = new Map<number, string[]>()
  for (const [form, spots] of places)
    for (const spot of spots) {
      const known = forms.get(spot)
      if (known === undefined) forms.set(spot, [form])
      else known.push(form)
    }
  const pairs = new Set<number>()
  for (const [spot, left] of forms)
    for (const second of forms.get(spot + 1) ?? []) for (const first of left) pairs.add(pairOf(first, second))
  return pairs
}

/** What a document has to hold for a phrase: one of the numbers of each two neighbours; none for a single word. */
export function pairsOf(spelling: readonly (readonly string[])[]): readonly (readonly number[])[] {
  return spelling
    .slice(1)
    .map((right, index) =>
      (spelling[index] ?? []).flatMap((first) => right.map((second) => pairOf(first, second))),
    )
}
