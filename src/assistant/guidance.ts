// What a desk wants of answers beside what articles say, a sentence each: for whom it holds, who looks after it, and until when. A model is
// told those that fit the ticket, and says which it followed. None gives leave to say what the evidence does not. Pure.
import { contradict } from '#assistant/quantities.ts'
import { rawWordsOf } from '#kit/words.ts'
import { isSmall } from '#knowledge/language.ts'
import type { Channel } from '#tickets/vocabulary.ts'

export type Guidance = {
  /** What its counts are kept under; its words may change. */
  readonly key: string
  readonly text: string
  /** Null fits all. */
  readonly brandId: number | null
  readonly channel: Channel | null
  readonly categoryId: number | null
  readonly ownerId: number | null
  /** A day, on which somebody is to look whether it still holds. */
  readonly reviewBy: string | null
}

/** More than a model keeps in mind, and than fits beside the evidence. */
const MOST_TOLD = 12

/** Those that hold for a ticket, in their order. */
export function guidanceFor(
  all: readonly Guidance[],
  place: { readonly brandId: number; readonly channel: Channel; readonly categoryId: number | null },
): readonly Guidance[] {
  const fits = <Value>(asked: Value | null, is: Value | null) => asked === null || asked === is
  return all
    .filter(
      ({ brandId, channel, categoryId }) =>
        fits(brandId, place.brandId) && fits(channel, place.channel) && fits(categoryId, place.categoryId),
    )
    .slice(0, MOST_TOLD)
}

/** The keys of those whose numbers, from 1, were named; what is no number of one is left out. */
export function followedOf(told: readonly Guidance[], numbers: readonly number[]): string[] {
  return [...new Set(numbers)].flatMap((number) => told[number - 1]?.key ?? [])
}

const NO: ReadonlySet<string> = new Set(
  'never not no dont cannot without avoid nie niemals nicht kein keine keinen ohne vermeiden'.split(' '),
)
/** Two sentences that share so much of their words are about the same. */
const SAME_MATTER = 0.5

/** The first two sentences, by their places, that would be told for one ticket and say opposite things of one matter; null: none do. */
export function contradictionIn(all: readonly Guidance[]): readonly [number, number] | null {
  for (const [at, one] of all.entries())
    for (const [before, other] of all.slice(0, at).entries())
      if (meet(one, other) && oppose(one.text, other.text)) return [at, before]
  return null
}

function meet(one: Guidance, other: Guidance): boolean {
  const fits = (mine: unknown, theirs: unknown) => mine === null || theirs === null || mine === theirs
  return (
    fits(one.brandId, other.brandId) &&
    fits(one.channel, other.channel) &&
    fits(one.categoryId, other.categoryId)
  )
}

function oppose(one: string, other: string): boolean {
  const [mine, theirs] = [saidIn(one), saidIn(other)]
  const shared = [...mine.matter].filter((word) => theirs.matter.has(word)).length
  const isSame =
    shared > 0 && shared / Math.max(1, Math.min(mine.matter.size, theirs.matter.size)) > SAME_MATTER
  return isSame && (mine.denies !== theirs.denies || contradict(one, other))
}

function saidIn(text: string) {
  const words = rawWordsOf(text.replaceAll(/['’]/g, ''))
  const matter = words.filter(
    (word) => word.length > 2 && !NO.has(word) && !isSmall(word) && !/^\d+$/.test(word),
  )
  return {
    denies: words.some((word) => NO.has(word)),
    matter: new Set(matter.filter((word) => word !== 'always' && word !== 'immer')),
  }
}
