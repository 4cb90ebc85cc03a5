// Which labels a classifier takes for one another: each for the other, of texts that it had not seen.

/** What a text was called by people, and what it was taken for. */
export type Judged = { readonly label: string; readonly found: string }

/** Two labels, and the share of the texts of either that were taken for the other, whichever is less. */
export type Confused = { readonly labels: readonly [string, string]; readonly share: number }

/** From this share both ways on. */
export const CONFUSED = 0.2
/** Of fewer texts of a label nothing is said. */
const FEWEST = 10

/** The pairs that are confused both ways, most first. */
export function confusedOf(judged: readonly Judged[]): Confused[] {
  const texts = Map.groupBy(judged, ({ label }) => label)
  const shareOf = (label: string, taken: string) => {
    const own = texts.get(label) ?? []
    return own.length < FEWEST ? 0 : own.filter(({ found }) => found === taken).length / own.length
  }
  const labels = [...texts.keys()].toSorted()
  const pairs = labels.flatMap((one, index) =>
    labels.slice(index + 1).map((other): Confused => {
      const share = Math.min(shareOf(one, other), shareOf(other, one))
      return { labels: [one, other], share }
    }),
  )
  return pairs.filter(({ share }) => share >= CONFUSED).toSorted((a, b) => b.share - a.share)
}
