// The events of a ticket's log: what has happened, as ids and facts. Payload keys are firm; see upcast.ts for old versions.
import type {
  BatchId,
  BrandId,
  CategoryId,
  EventId,
  FieldId,
  FieldValueId,
  FormId,
  MailboxId,
  MessageId,
  PersonId,
  QueueId,
  SideConversationId,
  SubjectRevisionId,
  TeamId,
  TicketId,
  UpdateId,
} from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { FactPayloads } from '#tickets/event-fact.ts'
import type { PropertyEvent, PropertyOf } from '#tickets/property.ts'
import type { FieldValue, Participant, Restorable, Ticket } from '#tickets/ticket.ts'
import type {
  ActorType,
  Channel,
  CloseReason,
  Direction,
  LinkType,
  MessageKind,
  Priority,
  Status,
} from '#tickets/vocabulary.ts'

export type Actor = {
  readonly type: ActorType
  /** A person for agent, requester, participant and assistant; a rule; a token for api; null for system. */
  readonly id: number | null
  readonly version?: string
}

export type StatusReason =
  | 'agent'
  | 'rule'
  | 'assistant'
  | 'system'
  | 'assigned'
  | 'replied'
  | 'requester_message'
  | 'requester_button'
  | 'side_conversation'
  | 'auto_close'

export type AssigneeReason =
  | 'manual'
  | 'take'
  | 'routing'
  | 'rule'
  | 'reopen'
  | 'away'
  | 'left_team'
  | 'escalation'
  | 'handover'

export type UnsnoozeReason = 'time' | 'message' | 'sla' | 'resolved' | 'closed' | 'merge' | 'manual'
export type OpenedFor = 'agent' | 'quarantine' | 'split' | 'follow_up' | 'import'
export type DeliveryResult = 'sent' | 'delivered' | 'bounced_permanent' | 'bounced_temporary' | 'failed'

type Changed<Value> = { readonly from: Value; readonly to: Value }

/** One field set back by an undo. Custom fields carry their id; `null` is an absent value. */
export type Restore =
  | { [F in keyof Restorable]: { readonly field: F } & Changed<Restorable[F]> }[keyof Restorable]
  | ({ readonly field: 'fields'; readonly fieldId: FieldId } & Changed<FieldValue | null>)

export type MergeIn = {
  readonly sourceTicketId: TicketId
  readonly sourceOpenedAt: Instant
  readonly sourceUnansweredSince?: Instant
  readonly messageIds: readonly MessageId[]
  readonly addedTags: readonly string[]
  readonly addedParticipants: readonly Participant[]
  readonly batchId: BatchId
}
type MergeAway = { readonly targetTicketId: TicketId; readonly batchId: BatchId }
type Split = { readonly ticketId: TicketId; readonly messageIds: readonly MessageId[] }
type Flagged = { readonly reason?: string }

/** Of what a plain field was and is. */
type PropertyPayloads = { [E in PropertyEvent]: Changed<Ticket[PropertyOf<E>]> }

export type TicketPayloads = PropertyPayloads & {
  ticket_opened: {
    readonly messageId: MessageId
    readonly messageKind: MessageKind
    readonly direction: Direction
    readonly status: Status
    readonly priority: Priority
    readonly teamId?: TeamId
    readonly queueId?: QueueId
    readonly brandId: BrandId
    readonly mailboxId?: MailboxId
    readonly channel: Channel
    readonly requesterId: PersonId
    readonly categoryId?: CategoryId
    readonly formId?: FormId
    readonly openedFor?: OpenedFor
  }
  message_added: {
    readonly messageId: MessageId
    readonly messageKind: MessageKind
    readonly direction: Direction
    readonly authorId: PersonId | null
    readonly channel: Channel
    readonly thanks?: boolean
    readonly sideConversationId?: SideConversationId
    readonly attachmentCount: number
    readonly recipientCount: number
    /** The merged source whose token or Message-ID brought it here. */
    readonly viaTicketId?: TicketId
  }
  message_reclassified: { readonly messageId: MessageId; readonly thanks: boolean }
  message_redacted: { readonly messageId: MessageId; readonly parts: readonly string[] }
  message_delivery: {
    readonly messageId: MessageId
    readonly recipientId: PersonId
    readonly result: DeliveryResult
  }
  status_changed: Changed<Status> & {
    readonly reason: StatusReason
    readonly closeReason?: CloseReason
    readonly closedAgeSeconds?: number
    readonly labelId?: number
  }
  assignee_changed: Changed<PersonId | null> & { readonly reason: AssigneeReason }
  field_changed:
    | ({ readonly fieldId: FieldId } & Changed<Exclude<
        FieldValue,
        { readonly valueId: FieldValueId }
      > | null>)
    | {
        readonly fieldId: FieldId
        readonly fromValueId: FieldValueId | null
        readonly toValueId: FieldValueId | null
      }
  subject_changed: {
    readonly fromRevisionId: SubjectRevisionId | null
    readonly toRevisionId: SubjectRevisionId
  }
  tags_changed: { readonly added: readonly string[]; readonly removed: readonly string[] }
  participant_added: Participant
  participant_removed: Participant
  snoozed: { readonly until: Instant }
  unsnoozed: { readonly reason: UnsnoozeReason }
  spam_marked: Flagged
  spam_unmarked: Flagged
  ticket_deleted: Flagged
  ticket_restored: Flagged
  ticket_purged: Flagged
  ticket_merged_into: MergeAway
  ticket_unmerged_from: MergeAway
  ticket_merged_in: MergeIn
  ticket_unmerged: MergeIn
  ticket_split: Split
  split_from: Split
  link_added: { readonly linkType: LinkType; readonly ticketId: TicketId }
  link_removed: { readonly linkType: LinkType; readonly ticketId: TicketId }
  side_conversation_opened: { readonly sideConversationId: SideConversationId }
  side_conversation_done: { readonly sideConversationId: SideConversationId }
  undone: {
    readonly seqs: readonly number[]
    readonly restores: readonly Restore[]
    /** Names of fields left alone because they changed again; a custom field is `fields.<id>`. */
    readonly changedSince: readonly string[]
  }
}

export type Payloads = TicketPayloads & FactPayloads
export type EventKind = keyof Payloads
export type FactKind = keyof FactPayloads

export type Envelope = {
  /** Null until the log has given it one. */
  readonly id: EventId | null
  readonly ticketId: TicketId
  readonly seq: number
  readonly at: Instant
  readonly updateId: UpdateId
  readonly actor: Actor
  readonly causeEventId: EventId | null
  /** Before the log has given ids: the seq of the event of the same update that led to this one. */
  readonly causeSeq?: number
  readonly kindVersion: number
}
export type EventOf<K extends EventKind> = Envelope & { readonly kind: K; readonly payload: Payloads[K] }
export type TicketEvent = { [K in EventKind]: EventOf<K> }[EventKind]

/** What decide answers; `stamp` makes TicketEvents of them. Actor and cause are set only when they differ from the update's. */
type Unstamped<K extends EventKind> = {
  readonly kind: K
  readonly payload: Payloads[K]
  readonly actor?: Actor
  readonly causeEventId?: EventId
  readonly causeSeq?: number
}
export type NewEvent = { [K in EventKind]: Unstamped<K> }[EventKind]
export type NewFact = { [K in FactKind]: Unstamped<K> }[FactKind]
