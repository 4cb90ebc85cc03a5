// What another desk says was so at a moment of a ticket's past. Which status may follow which, and who may, was its own matter.
import type { Changes } from '#tickets/command.ts'
import { applyFields } from '#tickets/decide/change.ts'
import type { Draft } from '#tickets/decide/draft.ts'
import { reasonOf, statusPayload, wake } from '#tickets/decide/status.ts'
import { isActive } from '#tickets/status.ts'

/** Sets everything that is given, the status too. Refuses nothing; a new ticket still has no assignee. */
export function restate(draft: Draft, changes: Changes): null {
  applyFields(draft, changes)
  const { status } = changes
  const { ticket } = draft
  const to = status === 'new' && ticket.assigneeId !== null ? 'open' : status
  if (to === undefined || to === ticket.status) return null
  const reason = reasonOf(draft.context)
  draft.happen('status_changed', statusPayload(draft, { to, reason, closeReason: changes.closeReason }))
  if (!isActive(to)) wake(draft, to === 'resolved' ? 'resolved' : 'closed')
  return null
}
