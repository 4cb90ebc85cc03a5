// Whether a person's reply says what the assistant had suggested: all of it, some of it, or something else. Pure.
import { contained } from '#assistant/proxy.ts'
import { stemsOf } from '#assistant/terms.ts'
import type { DraftUse } from '#assistant/words.ts'

/** A greeting and a name around it leave it as it was; a word of its own in each sentence does not. */
const [ALL, SOME] = [0.95, 0.4]

/** What became of a suggestion, and the share of it that the reply does not say. */
export function useOf(
  suggested: string,
  reply: string,
): { readonly use: DraftUse; readonly changed: number } {
  const kept = contained(stemsOf(suggested), stemsOf(reply))
  const use = kept >= ALL ? 'accepted' : kept >= SOME ? 'edited' : 'rejected'
  return { use, changed: Math.round((1 - kept) * 100) / 100 }
}
