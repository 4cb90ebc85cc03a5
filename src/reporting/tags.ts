// How tidy a desk's tags are: which always come together, which are a slip of the pen, and which nobody reads.
import { bare, digitsOf, editDistance } from '#reporting/likeness.ts'

/** A tag with the tickets of the window that have it. */
export type TagUse = {
  readonly name: string
  readonly count: number
  /** Since the window began only rules have put it on tickets. */
  readonly isByRules: boolean
  /** A condition somewhere asks for it. */
  readonly isRead: boolean
}

/** How many tickets have both. */
export type Together = { readonly one: string; readonly other: string; readonly count: number }

export type TagHygiene = {
  /** Whoever has `tag` has `with` too. */
  readonly implied: readonly { readonly tag: string; readonly with: string; readonly share: number }[]
  readonly typos: readonly { readonly tag: string; readonly meant: string }[]
  /** Written by rules alone and read by none. */
  readonly idle: readonly string[]
}

export const IMPLIED = 0.95
/** Fewer tickets imply nothing. */
export const ENOUGH = 30
const TYPO_RATIO = 20

/** What is said of tags. */
export function tagHygiene(tags: readonly TagUse[], together: readonly Together[]): TagHygiene {
  const counts = new Map(tags.map(({ name, count }) => [name, count]))
  const implied = together.flatMap(({ one, other, count }) =>
    [
      { tag: one, with: other },
      { tag: other, with: one },
    ].flatMap((pair) => {
      const n = counts.get(pair.tag) ?? 0
      const share = n < ENOUGH ? 0 : count / n
      return share >= IMPLIED ? [{ ...pair, share }] : []
    }),
  )
  return {
    implied: implied.toSorted((a, b) => b.share - a.share),
    typos: typosOf(tags),
    idle: tags.filter(({ isByRules, isRead }) => isByRules && !isRead).map(({ name }) => name),
  }
}

/** A rare tag one letter from a common one; names that only marks and case tell apart are one at any ratio. */
function typosOf(tags: readonly TagUse[]): TagHygiene['typos'] {
  const used = tags.filter(({ count }) => count > 0).map((tag) => ({ ...tag, bare: bare(tag.name) }))
  return used.flatMap((tag) => {
    const meant = used
      .filter((other) => isTypoOf(tag, other))
      .toSorted((a, b) => b.count - a.count || a.name.localeCompare(b.name))[0]
    return meant === undefined ? [] : [{ tag: tag.name, meant: meant.name }]
  })
}

type Bare = TagUse & { readonly bare: string }

function isTypoOf(tag: Bare, other: Bare): boolean {
  if (tag.name === other.name || Math.abs(tag.bare.length - other.bare.length) > 1) return false
  const isCommoner = other.count > tag.count || (other.count === tag.count && other.name < tag.name)
  if (tag.bare === other.bare) return isCommoner
  const isRare = other.count >= TYPO_RATIO * tag.count
  return isRare && digitsOf(tag.bare) === digitsOf(other.bare) && editDistance(tag.bare, other.bare) === 1
}
