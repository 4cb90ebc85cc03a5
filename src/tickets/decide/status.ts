// How a status changes: the table, what resolving and closing need, and what reopening does to the assignee.
import type { FieldId } from '#kit/ids.ts'
import { plus, secondsBetween } from '#kit/time.ts'
import type { Context } from '#tickets/context.ts'
import type { Draft, Refused } from '#tickets/decide/draft.ts'
import type { Payloads, StatusReason } from '#tickets/event.ts'
import { isActive, lettersOf, transition } from '#tickets/status.ts'
import type { Letter } from '#tickets/status.ts'
import type { FieldValue, Ticket } from '#tickets/ticket.ts'
import type { CloseReason, Status } from '#tickets/vocabulary.ts'

type StatusStep = {
  readonly to: Status
  readonly reason: StatusReason
  /** Whose right counts; the actor's own when absent. */
  readonly letters?: readonly Letter[]
  readonly closeReason?: CloseReason | undefined
  readonly labelId?: number | undefined
  /** The command names the assignee itself, so reopening does not judge the present one. */
  readonly keepAssignee?: boolean
}

/** Moves the ticket to `step.to`; nothing happens when it is there already. Refuses what the table and §3 refuse. */
export function changeStatus(draft: Draft, step: StatusStep): Refused {
  const { ticket } = draft
  if (ticket.status === step.to) return relabel(draft, step)
  const letters = step.letters ?? lettersOf(draft.context)
  return (
    mayMove(ticket, step.to, letters) ??
    mayReopen(draft, step.to, letters) ??
    (step.to === 'resolved' ? mayResolve(draft, letters) : null) ??
    (step.to === 'closed' ? mayClose(draft, step) : null) ??
    takeUnassigned(draft, step.to, letters) ??
    move(draft, step)
  )
}

/** Whether the ticket is closed but would still come back: `closedAt` + window, 0 = never. */
export function inReopenWindow(
  { closedAt }: Ticket,
  { at, settings }: Pick<Context, 'at' | 'settings'>,
): boolean {
  const window = settings.reopenWindow
  return closedAt !== null && window > 0 && at <= plus(closedAt, window)
}

/** The reason that names who asked. */
export function reasonOf({ actor }: Context): StatusReason {
  switch (actor.type) {
    case 'rule':
    case 'assistant':
    case 'system':
      return actor.type
    case 'requester':
    case 'participant':
      return 'requester_button'
    default:
      return 'agent'
  }
}

function relabel(draft: Draft, { to, labelId, reason }: StatusStep): null {
  if (labelId !== undefined && labelId !== draft.ticket.labelId) {
    draft.happen('status_changed', { from: to, to, reason, labelId })
  }
  return null
}

function mayMove({ status }: Ticket, to: Status, letters: readonly Letter[]): Refused {
  const answer = transition(status, to, letters)
  if (answer === 'allowed') return null
  if (answer === 'leadOnly') return { name: 'forbidden', needs: 'lead' }
  return { name: 'transition_not_allowed', from: status, to }
}

function mayReopen({ ticket, context }: Draft, to: Status, letters: readonly Letter[]): Refused {
  if (ticket.status !== 'closed' || !isActive(to)) return null
  if (letters.includes('A') && !context.mayReopenClosed)
    return { name: 'forbidden', needs: 'ticket.reopen_closed' }
  if (inReopenWindow(ticket, context)) return null
  return { name: 'reopen_window_passed', because: 'closed', closedAt: ticket.closedAt }
}

function mayResolve({ ticket, context }: Draft, letters: readonly Letter[]): Refused {
  const { settings, facts } = context
  const fieldIds = letters.includes('Q') ? [] : missingFields(ticket, context)
  if (fieldIds.length > 0) return { name: 'fields_required', fieldIds }
  const count = facts.activeChildren ?? 0
  return settings.childrenBlockResolve && count > 0 ? { name: 'children_open', count } : null
}

function missingFields(ticket: Ticket, { settings }: Context): readonly FieldId[] {
  return settings.requiredOnResolve
    .filter(({ fieldId, when }) => isEmpty(ticket.fields[fieldId]) && (when?.(ticket) ?? true))
    .map(({ fieldId }) => fieldId)
}

function isEmpty(value: FieldValue | undefined): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

function mayClose({ ticket }: Draft, { closeReason }: StatusStep): Refused {
  if (ticket.status === 'resolved' || closeReason !== undefined) return null
  return { name: 'close_reason_required' }
}

/**
 * Who resolves or closes what nobody has, has it: a person or the assistant becomes assignee, a rule is refused. A program with nobody
 * behind it says what has ended elsewhere: then nobody has it.
 */
function takeUnassigned(draft: Draft, to: Status, letters: readonly Letter[]): Refused {
  const { ticket, context } = draft
  if (context.actor.type === 'api' && context.actorPersonId === null) return null
  const asked = letters.some((letter) => letter === 'A' || letter === 'R' || letter === 'X')
  if (isActive(to) || ticket.assigneeId !== null || !asked) return null
  if (letters.includes('R') || context.actorPersonId === null) return { name: 'assignee_required' }
  draft.happen('assignee_changed', { from: null, to: context.actorPersonId, reason: 'take' })
  return null
}

function move(draft: Draft, step: StatusStep): null {
  const from = draft.ticket.status
  draft.happen('status_changed', statusPayload(draft, step))
  if (!isActive(step.to)) wake(draft, step.to === 'resolved' ? 'resolved' : 'closed')
  if (!isActive(from) && isActive(step.to) && step.keepAssignee !== true) keepActiveAssignee(draft)
  return null
}

/** What the log says of a change of status. */
export function statusPayload({ ticket, context }: Draft, step: StatusStep): Payloads['status_changed'] {
  const { to, reason, closeReason, labelId } = step
  const givesReason = to === 'closed' && closeReason !== undefined
  return {
    from: ticket.status,
    to,
    reason,
    ...(givesReason && { closeReason }),
    ...(ticket.closedAt !== null &&
      isActive(to) && { closedAgeSeconds: Math.floor(secondsBetween(ticket.closedAt, context.at)) }),
    ...(labelId !== undefined && { labelId }),
  }
}

/** Ends a snooze, if there is one. */
export function wake(draft: Draft, reason: Payloads['unsnoozed']['reason']): void {
  if (draft.ticket.snoozedUntil !== null) draft.happen('unsnoozed', { reason })
}

function keepActiveAssignee(draft: Draft): void {
  const { ticket, context } = draft
  const { reopenKeepsAssignee: keeps } = context.settings
  if (ticket.assigneeId === null || keeps === 'always') return
  if (keeps === 'whenAvailable' && context.facts.assigneeAvailable !== false) return
  draft.happen('assignee_changed', { from: ticket.assigneeId, to: null, reason: 'reopen' })
}
