// What a desk wants of answers beside what articles say, a sentence each: for whom it holds, who looks after it, and until when. A model is
// told those that fit the ticket, and says which it followed. None gives leave to say what the evidence does not. Pure.
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
