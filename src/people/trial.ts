// What a trial of signing in by a provider found, step by step. It imports no code, so that the app takes it as it is.
import type { Instant } from '#kit/time.ts'

export const trialSteps = [
  'discovery',
  'connect',
  'find',
  'answer',
  'token',
  'assertion',
  'claims',
  'account',
] as const
export type TrialStep = (typeof trialSteps)[number]

/** Who has to change something when a step fails. */
export const trialSides = ['desk', 'provider', 'network', 'person'] as const
export type TrialSide = (typeof trialSides)[number]

/** A trial as far as it came. */
export type Trial = {
  readonly at: Instant
  readonly steps: readonly {
    readonly step: TrialStep
    readonly isGood: boolean
    readonly side: TrialSide | null
    /** In the provider's words where it said any, else in ours. */
    readonly said: string
  }[]
  /** The groups that the provider told of. */
  readonly groups: readonly string[]
}
