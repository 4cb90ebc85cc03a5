// What changes of status, people and fields do to the ticket's state, and what an undo sets back.
import type { FieldId } from '#kit/ids.ts'
import type { EventOf, Restore } from '#tickets/event.ts'
import type { Fold } from '#tickets/evolve/fold.ts'
import { properties, propertyNames, type PropertyEvent } from '#tickets/property.ts'
import { isActive } from '#tickets/status.ts'
import { withTags, withoutTags } from '#tickets/tags.ts'
import type { FieldValue, Participant, Ticket } from '#tickets/ticket.ts'

type Kinds =
  | PropertyEvent
  | `${'status' | 'assignee' | 'field' | 'subject' | 'tags'}_changed`
  | 'participant_added'
  | 'participant_removed'
  | 'snoozed'
  | 'unsnoozed'
  | 'undone'

const foldProperties = Object.fromEntries(
  propertyNames.map((name) => [
    properties[name].event,
    (ticket: Ticket, { payload }: EventOf<PropertyEvent>): Ticket => ({ ...ticket, [name]: payload.to }),
  ]),
) as Fold<PropertyEvent>

export const foldChanges: Fold<Kinds> = {
  ...foldProperties,
  status_changed: statusChanged,
  assignee_changed: (ticket, { payload: { from, to } }) => ({
    ...ticket,
    assigneeId: to,
    previousAssigneeId: to === null ? from : null,
  }),
  field_changed: (ticket, { payload }) => withField(ticket, payload.fieldId, fieldAfter(payload)),
  subject_changed: (ticket, { payload }) => ({ ...ticket, subjectRevisionId: payload.toRevisionId }),
  tags_changed: (ticket, { payload }) =>
    disown({ ...ticket, tags: withTags(withoutTags(ticket.tags, payload.removed), payload.added) }),
  participant_added: (ticket, { payload }) => ({
    ...ticket,
    participants: withParticipant(ticket.participants, payload),
  }),
  participant_removed: (ticket, { payload }) =>
    disown({
      ...ticket,
      participants: ticket.participants.filter(({ personId }) => personId !== payload.personId),
    }),
  snoozed: (ticket, { payload }) => ({ ...ticket, snoozedUntil: payload.until }),
  unsnoozed: (ticket) => ({ ...ticket, snoozedUntil: null }),
  undone: (ticket, { payload }) => disown(payload.restores.reduce(restored, ticket)),
}

function statusChanged(ticket: Ticket, { payload, at }: EventOf<'status_changed'>): Ticket {
  const { from, to, labelId = null } = payload
  if (from === to) return { ...ticket, labelId }
  const reopened = !isActive(from) && isActive(to)
  return {
    ...ticket,
    status: to,
    statusSince: at,
    labelId,
    reopenCount: ticket.reopenCount + (reopened ? 1 : 0),
    resolvedAt: to === 'resolved' ? at : to === 'closed' ? ticket.resolvedAt : null,
    closedAt: to === 'closed' ? at : null,
    closeReason: payload.closeReason ?? null,
    customerReplied: false,
  }
}

function fieldAfter(payload: EventOf<'field_changed'>['payload']): FieldValue | null {
  if ('to' in payload) return payload.to
  return payload.toValueId === null ? null : { valueId: payload.toValueId }
}

function withField(ticket: Ticket, fieldId: FieldId, value: FieldValue | null): Ticket {
  const { [fieldId]: _, ...others } = ticket.fields
  return { ...ticket, fields: value === null ? others : { ...others, [fieldId]: value } }
}

/** The list with `participant`, whose new role counts. */
export function withParticipant(
  list: readonly Participant[],
  participant: Participant,
): readonly Participant[] {
  const { personId, role } = participant
  return [...list.filter((other) => other.personId !== personId), { personId, role }]
}

function restored(ticket: Ticket, restore: Restore): Ticket {
  if (restore.field === 'fields') return withField(ticket, restore.fieldId, restore.to)
  return { ...ticket, [restore.field]: restore.to }
}

/** A tag or person taken off and put back by hand is no longer the merge's own, and stays when it is undone. */
function disown(ticket: Ticket): Ticket {
  if (ticket.mergedIn.length === 0) return ticket
  const isHere = (added: Participant) => ticket.participants.some((one) => one.personId === added.personId)
  const mergedIn = ticket.mergedIn.map((merged) => ({
    ...merged,
    addedTags: merged.addedTags.filter((tag) => ticket.tags.includes(tag)),
    addedParticipants: merged.addedParticipants.filter(isHere),
  }))
  return { ...ticket, mergedIn }
}
