// What flags, merges, splits and links do to the ticket's state.
import type { EventOf } from '#tickets/event.ts'
import { withParticipant } from '#tickets/evolve/change.ts'
import type { Fold } from '#tickets/evolve/fold.ts'
import { withTags, withoutTags } from '#tickets/tags.ts'
import type { Flags, Ticket } from '#tickets/ticket.ts'

type Kinds =
  | 'spam_marked'
  | 'spam_unmarked'
  | 'ticket_deleted'
  | 'ticket_restored'
  | 'ticket_purged'
  | 'ticket_merged_into'
  | 'ticket_unmerged_from'
  | 'ticket_merged_in'
  | 'ticket_unmerged'
  | 'ticket_split'
  | 'split_from'
  | 'link_added'
  | 'link_removed'

export const foldStructure: Fold<Kinds> = {
  spam_marked: (ticket) => flag(ticket, { spam: true }),
  spam_unmarked: (ticket) => flag(ticket, { spam: false }),
  ticket_deleted: (ticket) => flag(ticket, { deleted: true }),
  ticket_restored: (ticket) => flag(ticket, { deleted: false }),
  ticket_purged: (ticket) => flag(ticket, { purged: true }),
  ticket_merged_into: (ticket, { payload }) => flag(ticket, { mergedInto: payload.targetTicketId }),
  ticket_unmerged_from: (ticket) => flag(ticket, { mergedInto: null }),
  ticket_merged_in: mergedIn,
  ticket_unmerged: unmerged,
  ticket_split: (ticket, { payload, at }) => ({
    ...ticket,
    splitOff: [...ticket.splitOff, { ticketId: payload.ticketId, messageIds: payload.messageIds, at }],
  }),
  split_from: (ticket, { payload }) => ({
    ...ticket,
    splitFrom: { ticketId: payload.ticketId, messageIds: payload.messageIds },
  }),
  link_added: (ticket, { payload: { linkType, ticketId } }) => ({
    ...ticket,
    links: [...ticket.links, { linkType, ticketId }],
  }),
  link_removed: (ticket, { payload: { linkType, ticketId } }) => ({
    ...ticket,
    links: ticket.links.filter((link) => link.linkType !== linkType || link.ticketId !== ticketId),
  }),
}

function flag(ticket: Ticket, change: Partial<Flags>): Ticket {
  return { ...ticket, flags: { ...ticket.flags, ...change } }
}

function mergedIn(ticket: Ticket, { payload, seq }: EventOf<'ticket_merged_in'>): Ticket {
  const { sourceTicketId, sourceOpenedAt, batchId, messageIds, addedTags, addedParticipants } = payload
  return {
    ...ticket,
    tags: withTags(ticket.tags, addedTags),
    participants: addedParticipants.reduce(withParticipant, ticket.participants),
    mergedIn: [
      ...ticket.mergedIn,
      { sourceTicketId, sourceOpenedAt, batchId, seq, messageIds, addedTags, addedParticipants },
    ],
  }
}

function unmerged(ticket: Ticket, { payload }: EventOf<'ticket_unmerged'>): Ticket {
  const merge = ticket.mergedIn.find((one) => one.sourceTicketId === payload.sourceTicketId)
  const byReference = new Set(merge?.messageIds)
  const goingBack = payload.messageIds.filter((id) => !byReference.has(id)).length
  const left = new Set(payload.addedParticipants.map((participant) => participant.personId))
  return {
    ...ticket,
    tags: withoutTags(ticket.tags, payload.addedTags),
    participants: ticket.participants.filter((participant) => !left.has(participant.personId)),
    mergedIn: ticket.mergedIn.filter((one) => one !== merge),
    inboundCount: ticket.inboundCount - goingBack,
  }
}
