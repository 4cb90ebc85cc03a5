// How far the fold of a ticket's log into rows of reports has come: what the next update goes on from without reading the log again.
// It is kept beside the ticket's state and says nothing that the log does not; where there is none, the whole log is read. Types only.
import type { Instant } from '#kit/time.ts'
import type { ReportFact, ReportKind } from '#tickets/write/report-store.ts'

/** A moment in ms, and the working time since the ticket's opening. */
export type Mark = { readonly at: number; readonly worked: number }

/** How far a conversation has come. */
export type Talk = {
  readonly human: number
  readonly assistant: number
  /** The update with the oldest inbound message that no person has answered. */
  readonly asked: Mark | null
  /** Opened by an inbound message that nobody has answered yet. */
  readonly awaitsFirst: boolean
}

export type ReportFold = {
  /** The last update that moves it. */
  readonly last: Mark
  readonly openedAt: number
  /** The stretch that lasts: its status and whose it is are the ticket's own; working time when it began. */
  readonly span: {
    readonly nth: number
    readonly fromAt: Instant
    readonly sinceAt: Instant
    readonly begun: number
  }
  readonly counts: Readonly<Partial<Record<ReportKind, number>>>
  /** Until the last update, by new, open, pending, on hold. */
  readonly spent: readonly number[]
  readonly spentWorking: readonly number[]
  readonly talk: Talk
  /** The team before the last change of team, while nothing was written since. */
  readonly hop: number | null
  /** The resolve that stands. */
  readonly resolved: ReportFact | null
}
