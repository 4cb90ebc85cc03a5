// How tidy a desk's categories are: how many there are in effect, which say nothing, and which say the same.
import { bare, digitsOf, likenessOf, nearness, type Centroid } from '#reporting/likeness.ts'
import type { Likeness } from '#reporting/vocabulary.ts'

/** A category that can be chosen, or that tickets of the window have. */
export type CategoryUse = {
  readonly id: number
  readonly path: string
  readonly archived: boolean
  readonly count: number
  /** How its tickets lie between teams, by id; 0 for none. */
  readonly teams: ReadonlyMap<number, number>
  /** Something of the desk's setup points at it. */
  readonly isUsed: boolean
}

export type Pair = {
  readonly ids: readonly [number, number]
  readonly by: Likeness
  readonly likeness: number
}

export type CategoryHygiene = {
  /** −Σ p ln p, and as how many equally common ones that is. */
  readonly entropy: number
  readonly effective: number
  readonly other: number
  readonly tail: readonly number[]
  readonly unused: readonly number[]
  readonly decoration: readonly number[]
  readonly pairs: readonly Pair[]
}

const TAIL = 0.005
const ALIKE_BY_NAME = 0.85
const ALIKE_BY_WORDS = 0.9
/** Below, a category's tickets cannot be said to lie otherwise than the rest. */
const ENOUGH = 30
const SAME_TEAMS = 0.1

/**
 * What is said of categories and the tickets that they sort; shares are of the tickets that have one. `confused`: those that the classifier
 * takes for one another, by `pairKey`.
 */
export function categoryHygiene(
  categories: readonly CategoryUse[],
  centroids: ReadonlyMap<number, Centroid>,
  confused: ReadonlyMap<string, number> = new Map(),
): CategoryHygiene {
  const n = sum(categories.map(({ count }) => count))
  const shares = categories.filter(({ count }) => count > 0).map(({ count }) => count / n)
  const entropy = shares.reduce((total, share) => total - share * Math.log(share), 0)
  const live = categories.filter(({ archived }) => !archived)
  const idsOf = (found: readonly CategoryUse[]) => found.map(({ id }) => id)
  return {
    entropy,
    effective: n === 0 ? 0 : Math.exp(entropy),
    other: n === 0 ? 0 : sum(categories.filter(isOther).map(({ count }) => count)) / n,
    tail: idsOf(live.filter(({ count }) => count > 0 && count / n < TAIL)),
    unused: idsOf(live.filter((each) => n > 0 && !hasTickets(each, categories))),
    decoration: idsOf(live.filter((each) => isDecoration(each, categories))),
    pairs: pairsOf(live, centroids, confused),
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

/** What people call the heap for what fits nowhere. */
const OTHER = new Set(
  `other others misc miscellaneous various general unknown uncategorized uncategorised else none
   sonstige sonstiges sonstige anderes andere verschiedenes allgemein allgemeines unbekannt
   autre autres divers general inconnu otro otros otra otras varios altro altri varie overig overige diversen
   outro outros inne rozne ovrigt andet muu`.split(/\s+/),
)

/** Whether a category is named as the heap for what fits nowhere. */
export function isOther({ path }: Pick<CategoryUse, 'path'>): boolean {
  return OTHER.has(bare(leafOf(path)))
}

/** A branch is in use while anything below it is. */
function hasTickets({ path, count }: CategoryUse, all: readonly CategoryUse[]): boolean {
  return count > 0 || all.some((each) => each.count > 0 && each.path.startsWith(`${path}/`))
}

/** Nothing asks for it, and its tickets go where all others go. */
function isDecoration({ id, count, teams, isUsed }: CategoryUse, all: readonly CategoryUse[]): boolean {
  if (isUsed || count < ENOUGH) return false
  const rest = new Map<number, number>()
  for (const each of all)
    if (each.id !== id) for (const [team, n] of each.teams) rest.set(team, (rest.get(team) ?? 0) + n)
  const others = sum([...rest.values()])
  if (others === 0) return false
  const ids = [...new Set([...teams.keys(), ...rest.keys()])]
  const apart = sum(
    ids.map((team) => Math.abs((teams.get(team) ?? 0) / count - (rest.get(team) ?? 0) / others)),
  )
  return apart / 2 < SAME_TEAMS
}

function pairsOf(
  live: readonly CategoryUse[],
  centroids: ReadonlyMap<number, Centroid>,
  confused: ReadonlyMap<string, number>,
): Pair[] {
  const pairs = live.flatMap((one, index) =>
    live.slice(index + 1).flatMap((other): Pair[] => {
      if (isWithin(one, other) || isWithin(other, one)) return []
      const ids = [one.id, other.id] as const
      const byName = likenessOfPaths(one.path, other.path)
      if (byName >= ALIKE_BY_NAME) return [{ ids, by: 'name', likeness: byName }]
      const [a, b] = [centroids.get(one.id), centroids.get(other.id)]
      const byWords = a === undefined || b === undefined ? 0 : nearness(a, b)
      if (byWords >= ALIKE_BY_WORDS) return [{ ids, by: 'words', likeness: byWords }]
      const share = confused.get(pairKey(one.id, other.id))
      return share === undefined ? [] : [{ ids, by: 'confusion', likeness: share }]
    }),
  )
  return pairs.toSorted((a, b) => b.likeness - a.likeness)
}

/** What two categories are found by, whichever is named first. */
export const pairKey = (one: number, other: number) => `${Math.min(one, other)} ${Math.max(one, other)}`

/** Whether two paths look like one category. */
export const areAlike = (one: string, other: string) => likenessOfPaths(one, other) >= ALIKE_BY_NAME

const isWithin = (one: CategoryUse, other: CategoryUse) => one.path.startsWith(`${other.path}/`)
const leafOf = (path: string) => path.split('/').at(-1) ?? path

/**
 * How alike two categories are by name: as alike as the least alike steps of their paths, since a long common branch says nothing
 * and `order / cancel` is not `contract / cancel`. One of the top is held against leaves anywhere.
 */
export function likenessOfPaths(one: string, other: string): number {
  const [a, b] = [one.split('/'), other.split('/')]
  if (digitsOf(one) !== digitsOf(other)) return 0
  if (a.length === b.length) return Math.min(...a.map((step, index) => likenessOf(step, b[index] ?? '')))
  return Math.min(a.length, b.length) === 1 ? likenessOf(leafOf(one), leafOf(other)) : 0
}
