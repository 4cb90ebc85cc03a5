// What an update contains, in the words that rules listen to.
import type { MessageId } from '#kit/ids.ts'
import type { UpdateKind, Via } from '#rules/scene.ts'
import type { Actor, EventKind, TicketEvent } from '#tickets/event.ts'
import { propertyOf } from '#tickets/property.ts'
import { isActive } from '#tickets/status.ts'
import { voidedSeqs } from '#tickets/void.ts'

/** A rule that looks back reads so many of a ticket's messages, the newest. */
export const MOST_MESSAGES = 100

/** The kinds of an update by its events; never empty, since `any` is always there. */
export function kindsOf(events: readonly TicketEvent[]): readonly UpdateKind[] {
  const kinds = new Set<UpdateKind>(['any'])
  for (const event of events) for (const kind of kindsOfEvent(event)) kinds.add(kind)
  return [...kinds]
}

/** What is taken back or erased is not for rules to answer: an undo must not be redone. */
export const notSettled: readonly EventKind[] = [
  'undone',
  'ticket_purged',
  'ticket_unmerged',
  'ticket_unmerged_from',
]

/** Ids of the messages that an event brings to the ticket: what is said aside is none of it, whatever a rule listens to. */
export function messagesIn(event: TicketEvent): readonly MessageId[] {
  if (event.kind === 'ticket_opened') return [event.payload.messageId]
  if (event.kind === 'message_added') return isAside(event) ? [] : [event.payload.messageId]
  return event.kind === 'ticket_merged_in' ? event.payload.messageIds : []
}

/** Ids of the messages that a log leaves on its ticket, as far as rules look back: none taken back, none of a merge taken apart. */
export function messagesStanding(log: readonly TicketEvent[]): readonly MessageId[] {
  const voided = voidedSeqs(log)
  const standing = new Set<MessageId>()
  for (const event of log) {
    if (voided.has(event.seq)) continue
    for (const id of messagesMentioned(event)) standing.add(id)
    if (event.kind === 'ticket_unmerged') for (const id of event.payload.messageIds) standing.delete(id)
  }
  return [...standing].slice(-MOST_MESSAGES)
}

/** Those that an event brings, and those of another ticket that it shows. */
export function messagesMentioned(event: TicketEvent): readonly MessageId[] {
  return event.kind === 'split_from' ? event.payload.messageIds : messagesIn(event)
}

function isAside({ payload }: Extract<TicketEvent, { kind: 'message_added' }>): boolean {
  return payload.sideConversationId !== undefined
}

/** The rating that an update brings; null when it brings none. */
export function ratingIn(events: readonly TicketEvent[]): number | null {
  const rated = events.findLast(({ kind }) => kind === 'csat_answered' || kind === 'csat_changed')
  return rated === undefined || !('score' in rated.payload) ? null : (rated.payload.score ?? null)
}

/** How an update came, as rules see it, by its actor and its first message. */
export function viaOf(events: readonly TicketEvent[], { type }: Actor): Via {
  if (type === 'agent') return 'ui'
  if (type === 'requester' || type === 'participant') {
    const isMail = events.some((event) => 'channel' in event.payload && event.payload.channel === 'email')
    return isMail ? 'mail' : 'portal'
  }
  return type === 'api' ? 'api' : 'rule'
}

function kindsOfEvent(event: TicketEvent): readonly UpdateKind[] {
  switch (event.kind) {
    case 'ticket_opened':
      return ['created', messageKindOf(event.payload)]
    case 'message_added':
      // No rule answers a vendor as if they were the customer.
      return isAside(event) ? [] : [messageKindOf(event.payload)]
    case 'status_changed': {
      const { from, to } = event.payload
      if (from === to) return ['field_change']
      return !isActive(from) && isActive(to) ? ['status_change', 'reopened'] : ['status_change']
    }
    case 'assignee_changed':
    case 'team_changed':
      return ['assignment', 'field_change']
    case 'field_changed':
    case 'tags_changed':
      return ['field_change']
    case 'subject_changed':
      // A ticket's first subject comes with its opening and is no change.
      return event.payload.fromRevisionId === null ? [] : ['field_change']
    case 'ticket_merged_in':
    case 'ticket_merged_into':
      return ['merged']
    case 'sla_warning':
    case 'sla_breached':
      return [event.kind]
    case 'csat_answered':
    case 'csat_changed':
      return ['csat']
    case 'assistant_ran':
      return ['assistant_run']
    case 'message_delivery':
      return event.payload.result === 'bounced_permanent' || event.payload.result === 'failed'
        ? ['delivery_failed']
        : []
    default:
      return propertyOf(event.kind) === null ? [] : ['field_change']
  }
}

function messageKindOf(payload: { messageKind: string; direction: string }): UpdateKind {
  if (payload.messageKind === 'note') return 'note'
  return payload.direction === 'inbound' ? 'inbound_message' : 'outbound_message'
}
