// Requests to change one ticket: the input of decide. Merge and split are two commands, one for each side.
import type {
  BatchId,
  BrandId,
  MailboxId,
  MessageId,
  PersonId,
  SideConversationId,
  SubjectRevisionId,
  TeamId,
  TicketId,
  UpdateId,
} from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { AssigneeReason, DeliveryResult, NewFact, OpenedFor, UnsnoozeReason } from '#tickets/event.ts'
import type { Settable } from '#tickets/property.ts'
import type { FieldValue, Participant, Ticket } from '#tickets/ticket.ts'
import type { Channel, CloseReason, Direction, LinkType, MessageKind, Status } from '#tickets/vocabulary.ts'

/** Everything that may be set in one go, alone or together with a message. Null empties. */
export type Changes = { readonly [P in Settable]?: Ticket[P] } & {
  readonly subjectRevisionId?: SubjectRevisionId
  readonly status?: Status
  readonly labelId?: number
  readonly closeReason?: CloseReason
  readonly assigneeId?: PersonId | null
  readonly assigneeReason?: AssigneeReason
  /** By field id. */
  readonly fields?: Readonly<Record<string, FieldValue | null>>
  /** Replaces all tags; `addTags` and `removeTags` are applied after it. */
  readonly tags?: readonly string[]
  readonly addTags?: readonly string[]
  readonly removeTags?: readonly string[]
  readonly snoozedUntil?: Instant | null
}

type Outbound = {
  readonly messageId: MessageId
  readonly channel: Channel
  readonly attachmentCount: number
  readonly recipientCount: number
  readonly set?: Changes
  /** Stand beside the message in the log, and are taken back with it: what it made of a suggestion, whom it asks. */
  readonly facts?: readonly NewFact[]
}

export type Open = {
  readonly kind: 'open'
  readonly messageId: MessageId
  readonly messageKind: MessageKind
  readonly direction: Direction
  readonly requesterId: PersonId
  readonly brandId: BrandId
  readonly mailboxId?: MailboxId
  readonly channel: Channel
  readonly openedFor?: OpenedFor
  /** Only for imports: the status it has from the first event on. */
  readonly importedStatus?: Status
  readonly participants?: readonly Participant[]
  readonly splitFrom?: { readonly ticketId: TicketId; readonly messageIds: readonly MessageId[] }
  /** The ticket that could not be reopened. */
  readonly follows?: TicketId
  readonly set?: Changes
}

/** A public message of the requester or a cc, or an outside party's in a side conversation. */
export type Receive = {
  readonly kind: 'receive'
  readonly authorId: PersonId
  readonly messageId: MessageId
  readonly channel: Channel
  /** What the gratitude guard says; counts only on resolved and closed tickets. */
  readonly thanks: boolean
  readonly attachmentCount: number
  readonly recipientCount: number
  readonly sideConversationId?: SideConversationId
  readonly viaTicketId?: TicketId
  /** People from To and Cc who may join by the brand's option. */
  readonly addCc?: readonly PersonId[]
}

export type Reply = Outbound & {
  readonly kind: 'reply'
  readonly sendAnyway?: boolean
  readonly sideConversationId?: SideConversationId
}
export type Note = Outbound & { readonly kind: 'note' }
/** `facts` stand beside the changes in the log: why routing did it. */
export type SetFields = { readonly kind: 'set'; readonly facts?: readonly NewFact[] } & Changes

export type MergeInCommand = {
  readonly kind: 'mergeIn'
  readonly sourceIds: readonly TicketId[]
  readonly batchId: BatchId
  readonly acknowledgedNewReaders: readonly PersonId[]
  /** Only for imports: what was merged there into a ticket that is closed by now. */
  readonly evenClosed?: true
  /** Readers of a source who are not to become participants here, and are told nothing. */
  readonly leftOut?: readonly PersonId[]
}
export type MergeIntoCommand = {
  readonly kind: 'mergeInto'
  readonly evenClosed?: true
  readonly targetId: TicketId
  readonly batchId: BatchId
}

export type Undo = {
  readonly kind: 'undo'
  readonly updateId: UpdateId
  /** Of the update only these events, and what they changed; without it, the whole update. */
  readonly only?: readonly number[]
  /** "Undo send": also voids the message. Refused `already_sent` after the send delay. */
  readonly send?: boolean
  /** For the merges that an undo makes or takes back. */
  readonly batchId: BatchId
}

export type FlagCommand = {
  readonly kind: 'markSpam' | 'unmarkSpam' | 'delete' | 'restore' | 'purge'
  readonly reason?: string
}

/** People turn out to be one on every ticket of theirs, whatever state it is in. */
type EvenLocked = { readonly evenLocked?: true }

export type Command =
  | Open
  | Receive
  | Reply
  | Note
  | SetFields
  /** The requester's buttons. */
  | { readonly kind: 'press'; readonly button: 'solved' | 'not_solved' }
  | { readonly kind: 'snooze'; readonly until: Instant }
  | { readonly kind: 'unsnooze'; readonly reason: UnsnoozeReason }
  | { readonly kind: 'autoClose' }
  /** Only for imports: what stood so elsewhere, whatever may follow what here. */
  | ({ readonly kind: 'restate' } & Changes)
  | MergeInCommand
  | MergeIntoCommand
  | { readonly kind: 'unmerge'; readonly sourceId: TicketId; readonly batchId: BatchId }
  | { readonly kind: 'unmergeFrom'; readonly batchId: BatchId }
  | { readonly kind: 'split'; readonly messageIds: readonly MessageId[]; readonly newTicketId: TicketId }
  | { readonly kind: 'link'; readonly linkType: LinkType; readonly ticketId: TicketId }
  | { readonly kind: 'unlink'; readonly linkType: LinkType; readonly ticketId: TicketId }
  | ({ readonly kind: 'addParticipant' } & Participant & EvenLocked)
  | ({ readonly kind: 'removeParticipant'; readonly personId: PersonId } & EvenLocked)
  | ({
      readonly kind: 'changeRequester'
      readonly requesterId: PersonId
      readonly keepAsCc?: boolean
    } & EvenLocked)
  | { readonly kind: 'leaveTeam'; readonly personId: PersonId; readonly teamId: TeamId }
  | FlagCommand
  | { readonly kind: 'reclassify'; readonly messageId: MessageId; readonly thanks: boolean }
  | { readonly kind: 'redact'; readonly messageId: MessageId; readonly parts: readonly string[] }
  | {
      readonly kind: 'deliver'
      readonly messageId: MessageId
      readonly recipientId: PersonId
      readonly result: DeliveryResult
    }
  | { readonly kind: 'openSideConversation'; readonly sideConversationId: SideConversationId }
  | { readonly kind: 'finishSideConversation'; readonly sideConversationId: SideConversationId }
  /** Facts of other rooms: clocks, routing, assistant, surveys. */
  | { readonly kind: 'record'; readonly facts: readonly NewFact[] }
  | Undo

export type CommandOf<K extends Command['kind']> = Extract<Command, { readonly kind: K }>
