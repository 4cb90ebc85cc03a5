// Who a provider of identity says somebody is, whichever way it is spoken with; and what went wrong on the way, with whose matter it is.
import type { TrialSide, TrialStep } from '#people/trial.ts'

/** Who signed in, as far as the provider can be believed. */
export type ProviderClaims = {
  readonly subject: string
  /** Null unless the provider says that it is verified. */
  readonly email: string | null
  /** The address that it told without saying so. */
  readonly unverifiedEmail: string | null
  readonly name: string | null
  /** Null where it holds a link in place of too many groups; nobody is in none where there is no such claim. */
  readonly groups: readonly string[] | null
  /** Google's name for the company that manages the account. */
  readonly hostedDomain: string | null
  /** Its name for the session there. */
  readonly session: string | null
  /** For how many seconds they have been signed in there; null where it does not tell. */
  readonly signedInSeconds: number | null
  /** Every claim's name, for whoever sets this up. */
  readonly claimNames: readonly string[]
}

/** Groups beyond these are not looked at, and neither is the end of a longer name. */
export const MANY_GROUPS = 1_000
export const GROUP_LETTERS = 200

/** A step that failed: which, whose matter it is, and what was said. */
export class ProviderProblem extends Error {
  readonly step: TrialStep
  readonly side: TrialSide

  constructor(step: TrialStep, side: TrialSide, said: string, cause?: unknown) {
    super(said, { cause })
    this.name = 'ProviderProblem'
    this.step = step
    this.side = side
  }
}
