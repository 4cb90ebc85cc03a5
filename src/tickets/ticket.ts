// The folded state of one ticket: plain JSON, stored as the row's `state` and compared with the replay of its log.
// It keeps what a decision or a list needs and never grows with the number of ordinary messages.
import type {
  BatchId,
  BrandId,
  CategoryId,
  FieldValueId,
  FormId,
  MailboxId,
  MessageId,
  OrganizationId,
  PersonId,
  QueueId,
  SideConversationId,
  SubjectRevisionId,
  TeamId,
  TicketId,
} from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type {
  Channel,
  CloseReason,
  LinkType,
  ParticipantRole,
  Priority,
  Status,
  TicketType,
} from '#tickets/vocabulary.ts'

export type Participant = { readonly personId: PersonId; readonly role: ParticipantRole }
export type Link = { readonly linkType: LinkType; readonly ticketId: TicketId }

/** A value of a custom field; personal values are named by id, so that the log can outlive them. */
export type FieldValue = string | number | boolean | readonly string[] | { readonly valueId: FieldValueId }

export type Flags = {
  readonly spam: boolean
  readonly deleted: boolean
  readonly purged: boolean
  readonly mergedInto: TicketId | null
}

/** A ticket merged into this one: what it brought, as far as nobody has set it again since. */
export type MergedIn = {
  readonly sourceTicketId: TicketId
  readonly sourceOpenedAt: Instant
  readonly batchId: BatchId
  readonly seq: number
  readonly messageIds: readonly MessageId[]
  readonly addedTags: readonly string[]
  readonly addedParticipants: readonly Participant[]
}

/** Messages shown on another ticket now, and hidden here. */
export type SplitOff = {
  readonly ticketId: TicketId
  readonly messageIds: readonly MessageId[]
  readonly at: Instant
}
export type SideConversation = { readonly id: SideConversationId; readonly status: 'open' | 'done' }

export type Ticket = {
  readonly id: TicketId
  readonly seq: number
  readonly subjectRevisionId: SubjectRevisionId | null
  readonly status: Status
  /** When the present status began; auto-close counts from here. */
  readonly statusSince: Instant
  /** Admin-defined label inside the status. */
  readonly labelId: number | null
  readonly priority: Priority
  readonly type: TicketType | null
  readonly categoryId: CategoryId | null
  /** Sorted, without repetition. */
  readonly tags: readonly string[]
  /** By field id; a cleared field is absent. */
  readonly fields: Readonly<Record<string, FieldValue>>
  readonly requesterId: PersonId
  readonly organizationId: OrganizationId | null
  readonly participants: readonly Participant[]
  readonly assigneeId: PersonId | null
  /** The last assignee when there is none now: routing's affinity. */
  readonly previousAssigneeId: PersonId | null
  readonly teamId: TeamId | null
  readonly queueId: QueueId | null
  readonly brandId: BrandId
  readonly mailboxId: MailboxId | null
  readonly channel: Channel
  readonly formId: FormId | null
  readonly snoozedUntil: Instant | null
  /** The requester wrote on `on_hold` and the queue keeps the status. */
  readonly customerReplied: boolean
  readonly flags: Flags
  readonly openedAt: Instant
  readonly updatedAt: Instant
  readonly resolvedAt: Instant | null
  readonly closedAt: Instant | null
  readonly closeReason: CloseReason | null
  readonly reopenCount: number
  readonly links: readonly Link[]
  readonly mergedIn: readonly MergedIn[]
  readonly splitOff: readonly SplitOff[]
  /** Set when this ticket was split from another. */
  readonly splitFrom: { readonly ticketId: TicketId; readonly messageIds: readonly MessageId[] } | null
  readonly sideConversations: readonly SideConversation[]
  /** The newest public message and its place in the timeline. */
  readonly newestPublic: { readonly messageId: MessageId; readonly seq: number } | null
  /** Public inbound messages, `thanks` included; side conversations not. */
  readonly inboundCount: number
  /** Public outbound messages; automatic mail and side conversations not. */
  readonly replyCount: number
  readonly lastInboundAt: Instant | null
  readonly lastReplyAt: Instant | null
  /** The oldest inbound message of this ticket's own that no public reply has answered. */
  readonly unansweredSince: Instant | null
}

/** What an `undone` event may set back, each by its whole value. */
export type Restorable = Omit<
  Ticket,
  | 'id'
  | 'seq'
  | 'fields'
  | 'channel'
  | 'mailboxId'
  | 'openedAt'
  | 'updatedAt'
  | 'splitFrom'
  | 'sideConversations'
>
