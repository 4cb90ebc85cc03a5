// What a new ticket takes over from one that can no longer be reopened.
import type { Open } from '#tickets/command.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type FollowUp = Pick<
  Open,
  'requesterId' | 'brandId' | 'openedFor' | 'participants' | 'follows' | 'set'
>

/** The part of `open` that a follow-up inherits: people, brand, category, fields and tags; no status, priority or assignee. */
export function followUpOf(ticket: Ticket): FollowUp {
  const { organizationId, categoryId, fields, tags } = ticket
  return {
    requesterId: ticket.requesterId,
    brandId: ticket.brandId,
    openedFor: 'follow_up',
    participants: ticket.participants,
    follows: ticket.id,
    set: { organizationId, categoryId, fields, tags },
  }
}
