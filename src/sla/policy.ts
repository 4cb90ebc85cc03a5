// What an SLA promises: targets by metric and priority, and how its clocks are read.
import type { Calendar } from '#hours/calendar.ts'
import type { Cond } from '#rules/condition.ts'

export const METRICS = [
  'first_reply',
  'next_reply',
  'periodic_update',
  'pausable_update',
  'requester_wait',
  'agent_work',
  'total_resolution',
  'first_resolution',
  'ownership',
] as const
export type Metric = (typeof METRICS)[number] | `custom:${string}`

export const CLOCK_STATES = ['running', 'paused', 'met', 'missed', 'cancelled'] as const
export type ClockState = (typeof CLOCK_STATES)[number]

/** A clock that a desk has thought of: its conditions are asked after each update, stop before pause before start. */
export type CustomClock = {
  readonly key: string
  readonly title: string
  readonly start: Cond
  readonly stop: Cond
  readonly pause: Cond | null
  /** What a further start does: nothing, go on where it stopped, or begin anew. */
  readonly cycle: 'once' | 'resume' | 'restart'
}

/** What the conditions of a custom clock say after an update. */
export type CustomSignal = Pick<CustomClock, 'key' | 'cycle'> & {
  readonly starts: boolean
  readonly stops: boolean
  readonly pauses: boolean
}

export type Target = {
  readonly metric: Metric
  readonly priority: string
  /** Null says openly that there is no target. */
  readonly seconds: number | null
  /** A calendar's id, or `inherit`: the team's, as in force at each moment, else the organisation's, else the brand's. */
  readonly calendar: string
  /** When to warn: at a share of the target, or with so many seconds left. */
  readonly warnAt?: readonly Threshold[]
}

export type Threshold = { readonly percent: number } | { readonly secondsLeft: number }

export type Options = {
  readonly agentCreatedCounts?: boolean
  readonly noteFulfils?: boolean
  readonly assistantReplyFulfils?: boolean
  readonly onHoldPausesRequesterWait?: boolean
  readonly ownershipPausesInPending?: boolean
  readonly totalCountsResolvedGap?: boolean
  readonly mergeInheritsEarliest?: boolean
}

export type Policy = {
  readonly targets: readonly Target[]
  readonly options: Options
  readonly customs?: readonly CustomClock[]
}

export const POLICY_KINDS = ['customer', 'internal', 'supplier'] as const
export type PolicyKind = (typeof POLICY_KINDS)[number]

/** A published version of a policy. */
export type PolicyVersion = Policy & {
  readonly id: number
  readonly version: number
  readonly kind: PolicyKind
  readonly title: string
  readonly filter: Cond
  readonly onPolicyChange: 'keep_elapsed' | 'restart'
}

/**
 * All that stands outside of the ticket: policies and calendars by id, and which calendar a team has; that of "" is
 * inherited where a team has none. */
export type Terms = {
  readonly policies: ReadonlyMap<string, Policy>
  readonly calendars: ReadonlyMap<string, Calendar>
  readonly teamCalendars: ReadonlyMap<string, string>
  /** Custom clocks by policy, as they stood after an update. */
  readonly customSignals?: (updateId: string, policyId: string) => readonly CustomSignal[]
}
