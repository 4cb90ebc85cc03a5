// The noun of a write: all that one update leaves in the database for one ticket. Types only.
import type { NewOutboxEntry } from '#channels/outbox-store.ts'
import type { NewDelivery } from '#channels/webhook-store.ts'
import type { FieldValueId, SubjectRevisionId, UpdateId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { LaneName } from '#store/listen.ts'
import type { TicketEvent } from '#tickets/event.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { ClockInsert } from '#tickets/write/clock-store.ts'
import type { NewMessageRow } from '#tickets/write/message-store.ts'
import type { ReportFold } from '#tickets/write/report-fold.ts'
import type { ReportChanges } from '#tickets/write/report-store.ts'

/** Lanes that look at tickets which were left word of. */
export type DueLane = Extract<LaneName, 'reactions' | 'routing' | 'assistant' | 'chats'>

export type NewSubject = { readonly id: SubjectRevisionId; readonly text: string }

/** All that one update writes for one ticket. */
export type TicketWrite = {
  /** The state after the update. A fresh ticket has the number drawn for it, or 0 when it gets its own here. */
  readonly ticket: Ticket
  readonly fresh: boolean
  readonly events: readonly TicketEvent[]
  readonly updateId: UpdateId
  readonly at: Instant
  readonly lastMessageSeq: number | null
  readonly subjects: readonly NewSubject[]
  /** The subject of the row when it changes: that of a new revision, or of an earlier one after an undo. */
  readonly subjectText: string | null
  readonly fieldValues: readonly {
    readonly id: FieldValueId
    readonly fieldId: number
    readonly value: unknown
  }[]
  readonly messages: readonly NewMessageRow[]
  readonly timers: readonly { readonly kind: string; readonly dueAt: Instant }[]
  /** Whether the ticket had timers before: they are then replaced. */
  readonly hadTimers: boolean
  /** Episodes of timer rules; `had` when the ticket had some before, which are then replaced. */
  readonly ruleTimers: { readonly episodes: readonly NewEpisode[]; readonly had: boolean }
  readonly outbox: readonly NewOutboxEntry[]
  readonly deliveries: readonly NewDelivery[]
  readonly links: readonly NewRuleLink[]
  /** The ticket's clocks, replaced whole; null leaves them. */
  readonly clocks: readonly ClockInsert[] | null
  /** What reports read of it; null when that stays as it is. */
  readonly report: ReportChanges | null
  /** What the next update's rows go on from; null has them read the whole log. */
  readonly fold: ReportFold | null
  /** The lanes that have to look at the ticket now. */
  readonly dueIn: readonly DueLane[]
}

/** A link that a rule asks for: made after the commit, since it changes another ticket too. */
export type NewRuleLink = {
  readonly key: string
  readonly otherId: number
  readonly linkType: string
  readonly ruleId: number
  readonly ruleVersion: string
}

/** A stretch in which the condition of a timer rule holds, or will from a moment on. */
export type NewEpisode = {
  readonly ruleId: number
  readonly startSeq: number
  readonly startedAt: Instant
  readonly dueAt: Instant | null
  readonly fired: number
  readonly firedAt: Instant | null
}
