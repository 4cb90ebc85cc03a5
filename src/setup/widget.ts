// A widget: the chat of one brand on pages elsewhere. Nouns only.
import type { BrandId, TeamId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { IdentityAlgorithm } from '#setup/identity-words.ts'

export type Widget = {
  readonly id: number
  /** In the tag, for everybody to read. */
  readonly key: string
  readonly name: string
  readonly brandId: BrandId
  readonly teamId: TeamId | null
  /** `always` or a calendar's number; null is the hours of the brand. */
  readonly calendarId: string | null
  /** Null is the brand's. */
  readonly color: string | null
  readonly greeting: string
  readonly origins: readonly string[]
  readonly notesPage: boolean
  /** Seconds of silence after an answer; 0 is never. */
  readonly askAfterSeconds: number
  readonly resolveAfterSeconds: number
  readonly archived: boolean
}

/** A key as it is shown: a secret never is. */
export type IdentityKey = {
  readonly id: number
  readonly algorithm: IdentityAlgorithm
  readonly publicKey: string | null
  readonly createdAt: Instant
}

/** One in use, and one that takes over from it. */
export const MOST_KEYS = 2
