// What a condition is asked about: a ticket as of one seq, the update in question, and the content and people around it.
// Gathered by the desk; nothing here is read by the condition itself.
import type { Instant } from '#kit/time.ts'
import type { Directory } from '#rules/directory.ts'
import type { Actor } from '#tickets/event.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { Direction, MessageKind } from '#tickets/vocabulary.ts'

/** What an update contains; a rule says which of these it listens to. */
export const updateKinds = [
  'created',
  'inbound_message',
  'outbound_message',
  'note',
  'field_change',
  'status_change',
  'assignment',
  'reopened',
  'merged',
  'sla_warning',
  'sla_breached',
  'csat',
  'assistant_run',
  'delivery_failed',
  'any',
] as const
export type UpdateKind = (typeof updateKinds)[number]

export const vias = ['ui', 'api', 'mail', 'portal', 'rule', 'import', 'undo'] as const
export type Via = (typeof vias)[number]

export type MessageText = {
  readonly id: number
  readonly kind: MessageKind
  readonly direction: Direction
  readonly authorId: number | null
  readonly authorRole: Actor['type']
  /** What was newly said; null when it was redacted. */
  readonly text: string | null
  readonly thanks: boolean
  readonly attachmentCount: number
  /** Addresses in To and Cc. */
  readonly recipients: readonly string[]
  readonly isAutoReply: boolean
}

export type PersonFacts = {
  readonly id: number
  readonly name: string
  readonly email: string | null
  /** More addresses of theirs: a condition on the address holds of any. */
  readonly otherEmails?: readonly string[]
  readonly language: string | null
  readonly tags: readonly string[]
  readonly createdAt: Instant
}

export type OrganizationFacts = {
  readonly id: number
  readonly name: string
  readonly tags: readonly string[]
}

/** Counts that the ticket's state does not keep; folds over its log. */
export type HistoryFacts = {
  readonly assignees: number
  readonly teams: number
  readonly inboundSinceReply: number
  readonly ruleFirings: number
  readonly assignedAt: Instant | null
}

/** A clock of the ticket, handed in by the desk. */
export type ClockFact = {
  readonly metric: string
  readonly state: string
  readonly secondsLeft: number | null
  readonly percentUsed: number | null
  readonly breached: boolean
  readonly dueAt: Instant | null
}

export type AssistantFacts = Readonly<
  Record<string, { readonly value: string | null; readonly confidence: number | null }>
>

export type Content = {
  readonly subject: string
  /** Of the ticket, oldest first, without those taken back. */
  readonly messages: readonly MessageText[]
  readonly requester: PersonFacts | null
  readonly organization: OrganizationFacts | null
  /** Addresses of cc and followers by person id. */
  readonly participantEmails: ReadonlyMap<number, readonly string[]>
  readonly history: HistoryFacts
  readonly clocks: readonly ClockFact[]
  readonly slaPolicy: string | null
  readonly assistant: AssistantFacts
}

export const noHistory: HistoryFacts = {
  assignees: 0,
  teams: 0,
  inboundSinceReply: 0,
  ruleFirings: 0,
  assignedAt: null,
}

export const noContent: Content = {
  subject: '',
  messages: [],
  requester: null,
  organization: null,
  participantEmails: new Map(),
  history: noHistory,
  clocks: [],
  slaPolicy: null,
  assistant: {},
}

export type Update = {
  readonly kinds: readonly UpdateKind[]
  readonly actor: Actor
  readonly actorRole: string | null
  readonly via: Via
  /** Ids of the messages that this update brought. */
  readonly messageIds: readonly number[]
  /** What the customer said of the help, from 1 to 5; null in updates in which they say nothing of it. */
  readonly rating: number | null
}

/** Working time, by calendar key. */
export type Calendars = {
  readonly secondsBetween: (calendar: string, from: Instant, to: Instant) => number
  /** The instant after so many working seconds; null when there never are so many. */
  readonly plus: (calendar: string, from: Instant, seconds: number) => Instant | null
  readonly isOpen: (calendar: string, at: Instant) => boolean
  readonly isHoliday: (calendar: string, at: Instant) => boolean
}

export type Scene = {
  /** Before the update; null when it opened the ticket. */
  readonly before: Ticket | null
  readonly now: Ticket
  readonly at: Instant
  /** The zone in which days begin. */
  readonly zone: string
  readonly update: Update | null
  readonly content: Content
  readonly directory: Directory
  readonly calendars: Calendars
  /** For whom a list is made: `me`, and what is unread. */
  readonly reader: {
    readonly agentId: number
    readonly readSeq: number
    readonly lastMessageSeq: number
  } | null
}
