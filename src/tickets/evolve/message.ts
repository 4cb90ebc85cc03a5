// What messages and their deliveries do to the ticket's state.
import type { EventOf } from '#tickets/event.ts'
import type { Fold } from '#tickets/evolve/fold.ts'
import type { SideConversation, Ticket } from '#tickets/ticket.ts'

type Kinds =
  | 'message_added'
  | 'message_reclassified'
  | 'message_redacted'
  | 'message_delivery'
  | 'side_conversation_opened'
  | 'side_conversation_done'

export const foldMessages: Fold<Kinds> = {
  message_added: messageAdded,
  message_reclassified: (ticket, { payload, at }) =>
    payload.thanks ? ticket : { ...ticket, unansweredSince: ticket.unansweredSince ?? at },
  message_redacted: (ticket) => ticket,
  message_delivery: (ticket) => ticket,
  side_conversation_opened: (ticket, { payload }) =>
    withSideConversation(ticket, { id: payload.sideConversationId, status: 'open' }),
  side_conversation_done: (ticket, { payload }) =>
    withSideConversation(ticket, { id: payload.sideConversationId, status: 'done' }),
}

function messageAdded(ticket: Ticket, event: EventOf<'message_added'>): Ticket {
  const { messageId, messageKind, direction, thanks, sideConversationId } = event.payload
  if (messageKind === 'note' || sideConversationId !== undefined) return ticket
  const heard = { ...ticket, newestPublic: { messageId, seq: event.seq } }
  return direction === 'inbound' ? received(heard, event, thanks === true) : replied(heard, event)
}

function received(ticket: Ticket, { at }: EventOf<'message_added'>, thanks: boolean): Ticket {
  return {
    ...ticket,
    inboundCount: ticket.inboundCount + 1,
    lastInboundAt: at,
    unansweredSince: thanks ? ticket.unansweredSince : (ticket.unansweredSince ?? at),
    customerReplied: ticket.customerReplied || (ticket.status === 'on_hold' && !thanks),
  }
}

function replied(ticket: Ticket, { at, actor }: EventOf<'message_added'>): Ticket {
  // An automatic mail answers nobody: whoever waits still waits.
  if (actor.type === 'rule' || actor.type === 'system') return ticket
  const replyCount = ticket.replyCount + 1
  return { ...ticket, replyCount, lastReplyAt: at, unansweredSince: null, customerReplied: false }
}

function withSideConversation(ticket: Ticket, changed: SideConversation): Ticket {
  const others = ticket.sideConversations.filter((conversation) => conversation.id !== changed.id)
  return { ...ticket, sideConversations: [...others, changed] }
}
