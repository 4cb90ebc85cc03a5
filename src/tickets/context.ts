// What decide is told besides ticket and command: who asks, when, under which settings, and facts from elsewhere.
import type { MessageId, PersonId, SideConversationId, TeamId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Role } from '#people/role.ts'
import type { Actor, NewEvent, TicketEvent } from '#tickets/event.ts'
import type { Refusal } from '#tickets/refusal.ts'
import type { Settings } from '#tickets/settings.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { Channel, Direction, MessageKind } from '#tickets/vocabulary.ts'

/** A message row as far as decisions need it. */
export type MessageFact = {
  readonly id: MessageId
  readonly kind: MessageKind
  readonly direction: Direction
  readonly authorId: PersonId | null
  readonly channel: Channel
  readonly thanks: boolean
  readonly attachmentCount: number
  readonly recipientCount: number
  readonly sideConversationId: SideConversationId | null
}

/** A message that came through a merged source's token, and the source (of this target) that it belongs to. */
export type ReturnedMessage = MessageFact & { readonly sourceTicketId: TicketId }

export type MergeSource = {
  readonly ticket: Ticket
  /** All messages shown on the source, those it shows by reference included. */
  readonly messageIds: readonly MessageId[]
}

export type Facts = {
  /** Events after `expectedSeq`, oldest first; needed when the ticket has moved on. */
  readonly since?: readonly TicketEvent[]
  /** The whole log, oldest first: for undo. */
  readonly log?: readonly TicketEvent[]
  /** Is the present assignee active, in the ticket's team and not away: for anything that may reopen. Kept if unsaid. */
  readonly assigneeAvailable?: boolean
  /** Active tickets of which this is the parent: for resolving. */
  readonly activeChildren?: number
  /** Active agents who are not away, whoever has fewest tickets to work on first: for rules that assign. */
  readonly availableAgents?: readonly { readonly id: PersonId; readonly teamIds: readonly TeamId[] }[]
  /** The message named by reclassify, redact or deliver; absent or null when this ticket has none such. */
  readonly message?: MessageFact | null
  /** The messages named by split, as far as this ticket has them. */
  readonly messages?: readonly MessageFact[]
  /** For mergeIn, in the order of `sourceIds`; for undoing a split, the new ticket and what it received since. */
  readonly sources?: readonly MergeSource[]
  /** The other ticket of mergeInto, unmergeFrom, link, or of an undone merge or split. */
  readonly other?: Ticket | null
  /** Where the target of a merge leads to, when it has itself been merged. */
  readonly targetResolvesTo?: TicketId
  /** For unmerge, unmergeFrom and undoing a merge: messages that came through sources' tokens since, oldest first. */
  readonly returned?: readonly ReturnedMessage[]
  /** Depth of the parent/child tree after the link, counted in tickets. */
  readonly treeDepth?: number
  /** Does the update's mail still wait for its send delay: for undo send. */
  readonly unsent?: boolean
}

export type Context = {
  readonly at: Instant
  readonly actor: Actor
  /** Role of the agent, or of the owner of an api token; null for everybody else. */
  readonly actorRole: Role | null
  /** The agent or assistant who acts, or the owner of the api token: who becomes assignee and author. */
  readonly actorPersonId: PersonId | null
  readonly mayReopenClosed: boolean
  /** The newest seq the client knew; absent = no check. */
  readonly expectedSeq?: number
  readonly settings: Settings
  readonly facts: Facts
}

export type Decision =
  | { readonly ok: true; readonly events: readonly NewEvent[] }
  | { readonly ok: false; readonly refusal: Refusal }
