// What stands of a ticket's state in columns: what lists filter and sort by. The state itself is kept beside them.
import { properties, propertyNames } from '#tickets/property.ts'
import { hidingOf } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** The columns of `ticket` as they follow from a state. */
export function columnsOf(ticket: Ticket): Readonly<Record<string, unknown>> {
  return {
    seq: ticket.seq,
    status: ticket.status,
    ...Object.fromEntries(propertyNames.map((name) => [properties[name].column, ticket[name]])),
    assignee_id: ticket.assigneeId,
    mailbox_id: ticket.mailboxId,
    label_id: ticket.labelId,
    tags: ticket.tags,
    channel: ticket.channel,
    hidden_as: hidingOf(ticket),
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
