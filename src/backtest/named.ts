// What events name by id, and rules may ask about.
import type { TicketEvent } from '#tickets/event.ts'

/** Revisions of the subject. */
export function subjectIn(event: TicketEvent): readonly number[] {
  return event.kind === 'subject_changed'
    ? [event.payload.fromRevisionId ?? 0, event.payload.toRevisionId]
    : []
}

/** People whom it makes requester or participant. */
export function peopleIn(event: TicketEvent): readonly number[] {
  if (event.kind === 'ticket_opened') return [event.payload.requesterId]
  if (event.kind === 'participant_added') return [event.payload.personId]
  return event.kind === 'requester_changed' ? [event.payload.to] : []
}

/** The organisation that the ticket comes to belong to. */
export function organizationIn(event: TicketEvent): readonly number[] {
  return event.kind === 'organization_changed' ? [event.payload.to ?? 0] : []
}
