// The people of a desk: requesters and everyone else with an address, and the agents among them.
import type { PersonId, TeamId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Role } from '#people/role.ts'

export type Person = {
  readonly id: PersonId
  readonly name: string
  /** The address that mail goes to. */
  readonly email: string | null
  readonly otherEmails: readonly string[]
  readonly phone: string | null
  readonly organization: { readonly id: number; readonly name: string } | null
  readonly language: string | null
  readonly timeZone: string | null
  readonly notes: string | null
  readonly createdAt: Instant
}

export type Agent = {
  /** A picture of their own; null: none. */
  readonly pictureSha256: string | null
  readonly id: PersonId
  readonly name: string
  readonly email: string
  readonly role: Role
  /** The role of the desk's own that says what they may do; null for one of the four. */
  readonly customRole: { readonly id: number; readonly name: string } | null
  readonly teams: readonly { readonly id: TeamId; readonly name: string }[]
  readonly active: boolean
  readonly sees: 'all' | 'own_teams'
  /** Null: of all. */
  readonly onlyBrands: readonly number[] | null
  readonly onlyMailboxes: readonly number[] | null
  readonly createdAt: Instant
  readonly lastSeenAt: Instant | null
  readonly hasFactor: boolean
}

export type Team = {
  readonly id: TeamId
  readonly name: string
  readonly members: readonly { readonly id: PersonId; readonly name: string }[]
  readonly archived: boolean
}
