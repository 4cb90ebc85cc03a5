// Who is on a ticket: participants, requester, and an assignee who leaves the team.
import type { CommandOf } from '#tickets/command.ts'
import type { Draft, Refused } from '#tickets/decide/draft.ts'
import { isActive } from '#tickets/status.ts'

/** Adds a cc or follower, or changes the role; the requester needs no other role. */
export function addParticipant(
  draft: Draft,
  { personId, role, evenLocked }: CommandOf<'addParticipant'>,
): Refused {
  const { status, requesterId, participants } = draft.ticket
  if (status === 'closed' && evenLocked !== true) return { name: 'ticket_closed' }
  const present = participants.find((one) => one.personId === personId)
  if (present?.role === role || (personId === requesterId && role === 'cc')) return null
  if (present !== undefined) draft.happen('participant_removed', present)
  draft.happen('participant_added', { personId, role })
  return null
}

/** Takes a cc or follower off; nothing happens when the person is none. */
export function removeParticipant(
  draft: Draft,
  { personId, evenLocked }: CommandOf<'removeParticipant'>,
): Refused {
  if (draft.ticket.status === 'closed' && evenLocked !== true) return { name: 'ticket_closed' }
  const present = draft.ticket.participants.find((one) => one.personId === personId)
  if (present !== undefined) draft.happen('participant_removed', present)
  return null
}

/** Another person asks now; the former requester stays on as cc only when told so. */
export function changeRequester(
  draft: Draft,
  { requesterId, keepAsCc, evenLocked }: CommandOf<'changeRequester'>,
): Refused {
  const { status, requesterId: from, participants } = draft.ticket
  if (status === 'closed' && evenLocked !== true) return { name: 'ticket_closed' }
  if (requesterId === from) return null
  const present = participants.find((one) => one.personId === requesterId)
  if (present?.role === 'cc') draft.happen('participant_removed', present)
  draft.happen('requester_changed', { from, to: requesterId })
  if (keepAsCc === true) addParticipant(draft, { kind: 'addParticipant', personId: from, role: 'cc' })
  return null
}

/** Active tickets lose an assignee who left the team; settled ones keep the name in their history. */
export function leaveTeam(draft: Draft, { personId, teamId }: CommandOf<'leaveTeam'>): Refused {
  const { status, assigneeId, teamId: ofTicket } = draft.ticket
  if (!isActive(status) || assigneeId !== personId || ofTicket !== teamId) return null
  draft.happen('assignee_changed', { from: personId, to: null, reason: 'left_team' })
  return null
}
