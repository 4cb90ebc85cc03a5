// Setting fields: everything a PATCH, a macro or a reply may change at once.
import type { FieldId } from '#kit/ids.ts'
import { plus } from '#kit/time.ts'
import type { Changes } from '#tickets/command.ts'
import { changeStatus, reasonOf, wake } from '#tickets/decide/status.ts'
import type { Draft, Refused } from '#tickets/decide/draft.ts'
import type { AssigneeReason, Payloads } from '#tickets/event.ts'
import { properties, settable, type PropertyEvent, type Settable } from '#tickets/property.ts'
import { isActive, lettersOf } from '#tickets/status.ts'
import { rebasedTags, withTags, withoutTags } from '#tickets/tags.ts'
import { maxSnoozeSeconds } from '#tickets/vocabulary.ts'
import type { FieldValue } from '#tickets/ticket.ts'
import { sameValue } from '#tickets/value.ts'

const openWhenClosed: readonly string[] = ['tags', 'addTags', 'removeTags'] satisfies (keyof Changes)[]

/** Applies all changes or refuses all. On a closed ticket only tags may change, unless `status` reopens it. */
export function applyChanges(draft: Draft, changes: Changes): Refused {
  const { status } = draft.ticket
  if (status !== 'closed')
    return applyFields(draft, changes) ?? applyStatus(draft, changes) ?? applySnooze(draft, changes)
  if (changes.status !== undefined && changes.status !== 'closed') {
    return applyStatus(draft, changes) ?? applyFields(draft, changes) ?? applySnooze(draft, changes)
  }
  return mayChangeClosed(changes) ?? applyFields(draft, changes)
}

/** Whether these changes start with reopening a closed ticket. */
export function reopens(draft: Draft, changes: Changes | undefined): boolean {
  return draft.ticket.status === 'closed' && changes?.status !== undefined && isActive(changes.status)
}

function mayChangeClosed(changes: Changes): Refused {
  const locked = Object.entries(changes).some(
    ([key, value]) =>
      value !== undefined && !openWhenClosed.includes(key) && !(key === 'status' && value === 'closed'),
  )
  return locked ? { name: 'ticket_closed' } : null
}

/** Sets all fields but the status, on whatever ticket; callers look at locks. */
export function applyFields(draft: Draft, changes: Changes): null {
  applyPlain(draft, changes)
  for (const [fieldId, value] of Object.entries(changes.fields ?? {}))
    setField(draft, Number(fieldId) as FieldId, value)
  setTags(draft, changes)
  setAssignee(draft, changes)
  return null
}

function applyPlain(draft: Draft, changes: Changes): void {
  const { subjectRevisionId: fromRevisionId } = draft.ticket
  const { subjectRevisionId: toRevisionId } = changes
  if (toRevisionId !== undefined && toRevisionId !== fromRevisionId)
    draft.happen('subject_changed', { fromRevisionId, toRevisionId })
  for (const name of settable) {
    const [from, to] = [draft.ticket[name], changes[name]]
    // The event of a row has that row's values: what the types cannot follow through a loop.
    if (differs(from, to))
      draft.happen(properties[name].event, { from, to } as Payloads[PropertyEvent<Settable>])
  }
}

function differs<Value>(now: Value, wanted: Value | undefined): wanted is Value {
  return wanted !== undefined && wanted !== now
}

function setField(draft: Draft, fieldId: FieldId, to: FieldValue | null): void {
  const from = draft.ticket.fields[fieldId] ?? null
  if (sameValue(from, to)) return
  const fromValueId = valueIdOf(from)
  const toValueId = valueIdOf(to)
  if (fromValueId !== null || toValueId !== null)
    draft.happen('field_changed', { fieldId, fromValueId, toValueId })
  else draft.happen('field_changed', { fieldId, from: plain(from), to: plain(to) })
}

type Plain = Exclude<FieldValue, { readonly valueId: unknown }>

function valueIdOf(value: FieldValue | null) {
  return typeof value === 'object' && value !== null && 'valueId' in value ? value.valueId : null
}

function plain(value: FieldValue | null): Plain | null {
  return typeof value === 'object' && value !== null && 'valueId' in value ? null : value
}

function setTags(draft: Draft, { tags, addTags = [], removeTags = [] }: Changes): void {
  const before = draft.ticket.tags
  const { expectedSeq, facts } = draft.context
  const since = expectedSeq === undefined ? [] : (facts.since ?? [])
  const replaced = tags === undefined ? before : withTags([], rebasedTags(before, tags, since))
  const after = withoutTags(withTags(replaced, addTags), removeTags)
  const added = after.filter((tag) => !before.includes(tag))
  const removed = before.filter((tag) => !after.includes(tag))
  if (added.length > 0 || removed.length > 0) draft.happen('tags_changed', { added, removed })
}

function setAssignee(draft: Draft, { assigneeId, assigneeReason, status }: Changes): void {
  const { ticket } = draft
  if (!differs(ticket.assigneeId, assigneeId)) return
  const reason = assigneeReason ?? whyAssigned(draft, assigneeId)
  draft.happen('assignee_changed', { from: ticket.assigneeId, to: assigneeId, reason })
  const staysNew = ticket.status === 'new' && (status === undefined || status === 'new')
  if (!staysNew) return
  draft.happen('status_changed', { from: 'new', to: 'open', reason: 'assigned' })
}

function whyAssigned({ context }: Draft, to: number | null): AssigneeReason {
  if (context.actor.type === 'rule') return 'rule'
  if (context.actor.type === 'system') return 'routing'
  return to !== null && to === context.actorPersonId ? 'take' : 'manual'
}

function applyStatus(draft: Draft, changes: Changes): Refused {
  const { closeReason, labelId } = changes
  const to = changes.status ?? (labelId === undefined ? undefined : draft.ticket.status)
  if (to === undefined || (to === 'new' && openedByAssigning(draft))) return null
  const keepAssignee = changes.assigneeId !== undefined
  return changeStatus(draft, { to, reason: reasonOf(draft.context), closeReason, labelId, keepAssignee })
}

function openedByAssigning({ events }: Draft): boolean {
  return events.some((event) => event.kind === 'status_changed' && event.payload.reason === 'assigned')
}

function applySnooze(draft: Draft, { snoozedUntil }: Changes): Refused {
  if (snoozedUntil === undefined) return null
  if (snoozedUntil !== null) return snooze(draft, snoozedUntil)
  wake(draft, 'manual')
  return null
}

/** Hides the ticket until then: refused on a ticket that nobody works on, for a past instant, and beyond 366 days. */
export function snooze(draft: Draft, until: NonNullable<Changes['snoozedUntil']>): Refused {
  const { ticket, context } = draft
  if (ticket.status === 'closed') return { name: 'ticket_closed' }
  if (!isActive(ticket.status)) {
    return {
      name: 'transition_not_allowed',
      from: ticket.status,
      to: null,
      why: 'resolved_tickets_do_not_snooze',
    }
  }
  const isFar = until > plus(context.at, maxSnoozeSeconds)
  if (isFar || until <= context.at)
    return { name: 'limit_exceeded', limit: 'snoozeSeconds', max: maxSnoozeSeconds }
  if (until !== ticket.snoozedUntil) draft.happen('snoozed', { until })
  return null
}

/** A public reply of a person opens a new ticket that the command gives no other status. */
export function openOnReply(draft: Draft, changes: Changes | undefined): void {
  const byPerson = lettersOf(draft.context).includes('A')
  const named = changes?.status !== undefined && changes.status !== 'new'
  if (!byPerson || named || draft.ticket.status !== 'new') return
  draft.happen('status_changed', { from: 'new', to: 'open', reason: 'replied' })
}
