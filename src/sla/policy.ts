// What an SLA promises: targets by metric and priority, and how its clocks are read.
import type { Calendar } from '#hours/calendar.ts'

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
export type Metric = (typeof METRICS)[number]

export type Target = {
  readonly metric: Metric
  readonly priority: string
  /** Null says openly that there is no target. */
  readonly seconds: number | null
  /** A calendar's id, or `inherit`: the team's, as in force at each moment. */
  readonly calendar: string
}

export type Options = {
  readonly agentCreatedCounts?: boolean
  readonly noteFulfils?: boolean
  readonly assistantReplyFulfils?: boolean
  readonly onHoldPausesRequesterWait?: boolean
  readonly ownershipPausesInPending?: boolean
  readonly totalCountsResolvedGap?: boolean
  readonly mergeInheritsEarliest?: boolean
}

export type Policy = { readonly targets: readonly Target[]; readonly options: Options }

/** All that stands outside of the ticket: policies and calendars by id, and which calendar a team has. */
export type Terms = {
  readonly policies: ReadonlyMap<string, Policy>
  readonly calendars: ReadonlyMap<string, Calendar>
  readonly teamCalendars: ReadonlyMap<string, string>
}
