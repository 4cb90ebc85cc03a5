// The fold: what a ticket is after one more event. Reads nothing but its arguments; an unknown kind fails loudly.
import { assert } from '#kit/assert.ts'
import type { TicketId } from '#kit/ids.ts'
import type { EventKind, EventOf, FactKind, TicketEvent } from '#tickets/event.ts'
import { foldChanges } from '#tickets/evolve/change.ts'
import { foldMessages } from '#tickets/evolve/message.ts'
import { foldStructure } from '#tickets/evolve/structure.ts'
import { isFact } from '#tickets/evolve/fact.ts'
import type { Fold } from '#tickets/evolve/fold.ts'
import type { Ticket } from '#tickets/ticket.ts'

const folds: Fold<Exclude<EventKind, FactKind | 'ticket_opened'>> = {
  ...foldMessages,
  ...foldChanges,
  ...foldStructure,
}

/** The ticket after `event`; only `ticket_opened` starts from null. Throws on an unknown kind, which is a bug. */
export function evolve(ticket: Ticket | null, event: TicketEvent): Ticket {
  if (event.kind === 'ticket_opened') return opened(ticket, event)
  assert(ticket !== null, `${event.kind} before ticket_opened`)
  if (isFact(event)) return { ...ticket, seq: event.seq }
  return { ...foldOne(ticket, event), seq: event.seq, updatedAt: event.at }
}

/** The ticket that a whole log makes, oldest event first. Throws when the log is empty. */
export function replay(events: readonly TicketEvent[]): Ticket {
  let ticket: Ticket | null = null
  for (const event of events) ticket = evolve(ticket, event)
  assert(ticket !== null, 'an empty log is no ticket')
  return ticket
}

function foldOne<K extends keyof typeof folds>(ticket: Ticket, event: EventOf<K>): Ticket {
  assert(Object.hasOwn(folds, event.kind), `event kind ${String(event.kind)} is unknown`)
  return folds[event.kind](ticket, event)
}

function opened(ticket: Ticket | null, { payload, ticketId, seq, at }: EventOf<'ticket_opened'>): Ticket {
  assert(ticket === null, 'ticket_opened twice')
  const isPublic = payload.messageKind === 'reply'
  const isInbound = isPublic && payload.direction === 'inbound'
  const isReply = isPublic && payload.direction === 'outbound'
  return {
    ...blank(ticketId, at),
    seq,
    status: payload.status,
    priority: payload.priority,
    categoryId: payload.categoryId ?? null,
    requesterId: payload.requesterId,
    teamId: payload.teamId ?? null,
    queueId: payload.queueId ?? null,
    brandId: payload.brandId,
    mailboxId: payload.mailboxId ?? null,
    channel: payload.channel,
    formId: payload.formId ?? null,
    resolvedAt: payload.status === 'resolved' ? at : null,
    closedAt: payload.status === 'closed' ? at : null,
    newestPublic: isPublic ? { messageId: payload.messageId, seq } : null,
    inboundCount: isInbound ? 1 : 0,
    replyCount: isReply ? 1 : 0,
    lastInboundAt: isInbound ? at : null,
    lastReplyAt: isReply ? at : null,
    unansweredSince: isInbound ? at : null,
  }
}

type Opening = 'requesterId' | 'brandId' | 'channel' | 'status' | 'priority'

function blank(id: TicketId, at: Ticket['openedAt']): Omit<Ticket, Opening> {
  return {
    id,
    seq: 0,
    subjectRevisionId: null,
    statusSince: at,
    labelId: null,
    type: null,
    categoryId: null,
    tags: [],
    fields: {},
    organizationId: null,
    participants: [],
    assigneeId: null,
    previousAssigneeId: null,
    teamId: null,
    queueId: null,
    mailboxId: null,
    formId: null,
    snoozedUntil: null,
    customerReplied: false,
    flags: { spam: false, deleted: false, purged: false, mergedInto: null },
    openedAt: at,
    updatedAt: at,
    resolvedAt: null,
    closedAt: null,
    closeReason: null,
    reopenCount: 0,
    links: [],
    mergedIn: [],
    splitOff: [],
    splitFrom: null,
    sideConversations: [],
    newestPublic: null,
    inboundCount: 0,
    replyCount: 0,
    lastInboundAt: null,
    lastReplyAt: null,
    unansweredSince: null,
  }
}
