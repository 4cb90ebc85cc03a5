// A category that holds two kinds of tickets: those whose words fall into two groups, of which one goes to other teams or takes far longer.
// The groups are made of words alone, so that a difference in what becomes of them is none of their making. Pure.
import { quantile, stream, type Interval } from '#kit/statistics.ts'
import { isSmall } from '#knowledge/language.ts'
import { shareDifference } from '#reporting/difference.ts'
import { unitsOf, type Weighed } from '#reporting/likeness.ts'
import type { SplitReason } from '#reporting/vocabulary.ts'

/** A category that is rarer is not worth splitting. */
export const SPLIT_FROM = 0.05
/** A group is no chance heap: so many tickets, and so much of those that were looked at. */
const FEWEST = 20
const LEAST_SHARE = 0.2
/** The cosine between the middles of two groups that speak of different things is at most this. */
const APART = 0.5
/** They go to other teams when a team has so much more of one than of the other, surely. */
const TEAM_APART = 0.3
/** They take another time when half of one take so many times as long, and surely more of it take longer than the half of both. */
const TIMES_AS_LONG = 2
const [SEED, STARTS, ROUNDS, WORDS_TOLD] = [19, 8, 12, 4]

/** A ticket of a category, with what opened it. */
export type Told = {
  readonly ticketId: number
  readonly subject: string
  readonly text: string
  readonly teamId: number | null
  /** From the opening to the resolve that stands, by the clock on the wall. */
  readonly seconds: number | null
}

export type Group = {
  /** What it speaks of and the other does not. */
  readonly words: readonly string[]
  readonly tickets: readonly Pick<Told, 'ticketId' | 'subject'>[]
  /** Whom most of them go to, and how many; null: nobody's. */
  readonly team: { readonly id: number | null; readonly count: number }
  /** Of those that are resolved. */
  readonly median: number | null
}

export type Split = {
  readonly categoryId: number
  /** How many of its tickets were looked at. */
  readonly n: number
  readonly by: readonly SplitReason[]
  readonly groups: readonly [Group, Group]
}

/** The two groups of a category's tickets; null where they are one, or fare alike. */
export function splitOf(categoryId: number, tickets: readonly Told[]): Split | null {
  const fewest = Math.max(FEWEST, LEAST_SHARE * tickets.length)
  if (tickets.length < 2 * fewest) return null
  const weighed = unitsOf(tickets.map(({ text }) => text))
  const { sides, sums } = twoGroups(weighed)
  const [one, other] = [0, 1].map((side) => tickets.filter((_, index) => sides[index] === side))
  if (one === undefined || other === undefined || Math.min(one.length, other.length) < fewest) return null
  if (cosine(sums[0], sums[1]) > APART) return null
  const by: SplitReason[] = [
    ...(goToOthers(one, other) ? ['teams' as const] : []),
    ...(takeLonger(one, other) ? ['time' as const] : []),
  ]
  if (by.length === 0) return null
  const groupOf = (own: readonly Told[], side: 0 | 1): Group => ({
    words: wordsOfSide(weighed.words, sums[side], sums[side === 0 ? 1 : 0], own.length, tickets.length),
    tickets: own.map(({ ticketId, subject }) => ({ ticketId, subject })),
    team: mainTeam(own),
    median: own.some(({ seconds }) => seconds !== null) ? quantile(secondsOf(own), 0.5) : null,
  })
  return { categoryId, n: tickets.length, by, groups: [groupOf(one, 0), groupOf(other, 1)] }
}

type Sums = readonly [Float64Array, Float64Array]
type Grouped = { readonly sides: readonly number[]; readonly sums: Sums }

/** Spherical 2-means: of several seeded beginnings the one whose groups are the most of one mind. */
function twoGroups({ words, texts }: Weighed): Grouped {
  const next = stream(SEED)
  let best: (Grouped & { readonly unity: number }) | null = null
  for (let start = 0; start < STARTS; start++) {
    const [a, b] = [0, 1].map(() => Math.floor(next() * texts.length))
    let sums = summed(words.length, texts, (index) => (index === a ? 0 : index === b ? 1 : null))
    let sides: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const lengths = sums.map(lengthOf)
      const before = sides
      sides = texts.map((text) =>
        nearTo(text, sums[1], lengths[1]) > nearTo(text, sums[0], lengths[0]) ? 1 : 0,
      )
      if (sides.every((side, index) => side === before[index])) break
      const settled = sides
      sums = summed(words.length, texts, (index) => settled[index] ?? null)
    }
    const unity = lengthOf(sums[0]) + lengthOf(sums[1])
    if (best === null || unity > best.unity) best = { sides, sums, unity }
  }
  return best ?? { sides: [], sums: [new Float64Array(0), new Float64Array(0)] }
}

function summed(size: number, texts: Weighed['texts'], sideOf: (index: number) => number | null): Sums {
  const sums: Sums = [new Float64Array(size), new Float64Array(size)]
  texts.forEach(({ words, weights }, index) => {
    const sum = sums[sideOf(index) ?? -1]
    if (sum !== undefined)
      words.forEach((word, place) => (sum[word] = (sum[word] ?? 0) + (weights[place] ?? 0)))
  })
  return sums
}

const lengthOf = (sum: Float64Array = new Float64Array(0)) =>
  Math.sqrt(sum.reduce((all, each) => all + each * each, 0))

function nearTo({ words, weights }: Weighed['texts'][number], sum: Float64Array, length = 0): number {
  if (length === 0) return 0
  return words.reduce((all, word, place) => all + (sum[word] ?? 0) * (weights[place] ?? 0), 0) / length
}

function cosine(one: Float64Array, other: Float64Array): number {
  const lengths = lengthOf(one) * lengthOf(other)
  return lengths === 0 ? 1 : one.reduce((all, each, index) => all + each * (other[index] ?? 0), 0) / lengths
}

/** The words that weigh most more in a side's text than in the other's. */
function wordsOfSide(
  words: readonly string[],
  own: Float64Array,
  other: Float64Array,
  n: number,
  all: number,
): string[] {
  const more = (index: number) => (own[index] ?? 0) / n - (other[index] ?? 0) / (all - n)
  return words
    .map((word, index) => ({ word, more: more(index) }))
    .filter(({ word, more: by }) => by > 0 && word.length > 2 && !isSmall(word))
    .toSorted((a, b) => b.more - a.more)
    .slice(0, WORDS_TOLD)
    .map(({ word }) => word)
}

const isSure = (change: Interval | null) => change !== null && (change.low > 0 || change.high < 0)

function goToOthers(one: readonly Told[], other: readonly Told[]): boolean {
  const teams = new Set([...one, ...other].map(({ teamId }) => teamId))
  const having = (own: readonly Told[], wanted: number | null) => {
    return { hits: own.filter(({ teamId }) => teamId === wanted).length, n: own.length }
  }
  return [...teams].some((team) => {
    const change = shareDifference(having(one, team), having(other, team))
    return isSure(change) && Math.abs(change?.value ?? 0) >= TEAM_APART
  })
}

const secondsOf = (own: readonly Told[]) => own.flatMap(({ seconds }) => seconds ?? [])

/** Mood's median test: how much of each takes longer than half of both. */
function takeLonger(one: readonly Told[], other: readonly Told[]): boolean {
  const [a, b] = [secondsOf(one), secondsOf(other)]
  if (Math.min(a.length, b.length) < FEWEST) return false
  const middle = quantile([...a, ...b], 0.5)
  const longer = (own: readonly number[]) => ({
    hits: own.filter((each) => each > middle).length,
    n: own.length,
  })
  const [fast = 0, slow = 0] = [quantile(a, 0.5), quantile(b, 0.5)].toSorted((x, y) => x - y)
  return isSure(shareDifference(longer(a), longer(b))) && slow >= fast * TIMES_AS_LONG
}

function mainTeam(own: readonly Told[]): Group['team'] {
  const [most] = [...Map.groupBy(own, ({ teamId }) => teamId)].toSorted(([, a], [, b]) => b.length - a.length)
  return { id: most?.[0] ?? null, count: most?.[1].length ?? 0 }
}
