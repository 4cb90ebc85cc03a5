// What stands of a ticket's state in columns: what lists filter and sort by. The state itself is kept beside them.
import type { Ticket } from '#tickets/ticket.ts'

/** The columns of `ticket` as they follow from a state. */
export function columnsOf(ticket: Ticket): Readonly<Record<string, unknown>> {
  const { spam, deleted, mergedInto } = ticket.flags
  return {
    seq: ticket.seq,
    status: ticket.status,
    priority: ticket.priority,
    type: ticket.type,
    requester_id: ticket.requesterId,
    organization_id: ticket.organizationId,
    assignee_id: ticket.assigneeId,
    team_id: ticket.teamId,
    queue_id: ticket.queueId,
    category_id: ticket.categoryId,
    brand_id: ticket.brandId,
    mailbox_id: ticket.mailboxId,
    form_id: ticket.formId,
    label_id: ticket.labelId,
    tags: ticket.tags,
    channel: ticket.channel,
    hidden_as: mergedInto !== null ? 'merged' : deleted ? 'deleted' : spam ? 'spam' : null,
    reopen_count: ticket.reopenCount,
    reply_count: ticket.replyCount,
    inbound_count: ticket.inboundCount,
    participant_ids: ticket.participants.map(({ personId }) => personId),
    fields: ticket.fields,
    snoozed_until: ticket.snoozedUntil,
    status_since: ticket.statusSince,
    last_inbound_at: ticket.lastInboundAt,
    last_reply_at: ticket.lastReplyAt,
    created_at: ticket.openedAt,
    updated_at: ticket.updatedAt,
    resolved_at: ticket.resolvedAt,
    closed_at: ticket.closedAt,
  }
}
