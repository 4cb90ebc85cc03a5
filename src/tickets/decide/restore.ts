// What an undo sets back: each field the undone events touched, if it still has the value they gave it.
import type { FieldId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Restore, TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import { propertyNames } from '#tickets/property.ts'
import { isActive } from '#tickets/status.ts'
import type { Restorable, Ticket } from '#tickets/ticket.ts'
import { keyOf, sameValue } from '#tickets/value.ts'

/** The ticket before and after one undone event. */
type Step = readonly [before: Ticket, after: Ticket]

type Restoration = { readonly restores: readonly Restore[]; readonly changedSince: readonly string[] }

/** Fields compared and set back alone. */
const plainFields = [
  'subjectRevisionId',
  ...propertyNames,
  'snoozedUntil',
  'customerReplied',
  'flags',
  'newestPublic',
  'lastInboundAt',
  'lastReplyAt',
  'unansweredSince',
  // Only what the merge still owns; merges themselves are taken back by events of their own.
  'mergedIn',
] as const satisfies readonly (keyof Restorable)[]

/** Consequences rather than fields: set back where they can be, never reported as changed. */
const silentFields: readonly string[] = [
  'customerReplied',
  'newestPublic',
  'lastInboundAt',
  'lastReplyAt',
  'unansweredSince',
  'mergedIn',
]
const countFields = [
  'reopenCount',
  'inboundCount',
  'replyCount',
] as const satisfies readonly (keyof Restorable)[]
/** Fields that a status brings along. */
const statusFields = [
  'labelId',
  'resolvedAt',
  'closedAt',
  'closeReason',
] as const satisfies readonly (keyof Restorable)[]

/** Restores for `now`, given each undone event's ticket before and after; `at` begins a restored status anew. */
export function restoration(now: Ticket, steps: readonly Step[], at: Instant): Restoration {
  const plain = merged(plainFields.map((field) => plainRestore(now, steps, field)))
  const all = merged([
    statusRestore(now, steps, at),
    assigneeRestore(now, steps),
    plain,
    ...fieldIds(steps).map((fieldId) => fieldRestore(now, steps, fieldId)),
    setRestore(now, steps, 'tags'),
    setRestore(now, steps, 'participants'),
    setRestore(now, steps, 'links'),
    setRestore(now, steps, 'splitOff'),
    { restores: countFields.flatMap((field) => countRestore(now, steps, field)), changedSince: [] },
  ])
  return lawful(now, steps, all)
}

/** The steps of those `events` (a contiguous part of a log, after `before`) that `isUndone` picks. */
export function stepsOf(
  before: Ticket | null,
  events: readonly TicketEvent[],
  isUndone: (event: TicketEvent) => boolean,
): readonly Step[] {
  const steps: Step[] = []
  let ticket = before
  for (const event of events) {
    const next = evolve(ticket, event)
    if (ticket !== null && isUndone(event)) steps.push([ticket, next])
    ticket = next
  }
  return steps
}

function merged(parts: readonly Restoration[]): Restoration {
  return {
    restores: parts.flatMap((part) => part.restores),
    changedSince: parts.flatMap((part) => part.changedSince),
  }
}

const nothing: Restoration = { restores: [], changedSince: [] }

function touching<Value>(steps: readonly Step[], read: (ticket: Ticket) => Value) {
  const touched = steps.filter(([before, after]) => !sameValue(read(before), read(after)))
  const first = touched[0]
  const last = touched.at(-1)
  return first === undefined || last === undefined ? null : { before: first[0], after: last[1] }
}

function restoreOf<F extends keyof Restorable>(
  field: F,
  from: Restorable[F],
  to: Restorable[F],
): readonly Restore[] {
  return sameValue(from, to) ? [] : [{ field, from, to } as unknown as Restore]
}

function plainRestore(now: Ticket, steps: readonly Step[], field: keyof Restorable): Restoration {
  const touch = touching(steps, (ticket) => ticket[field])
  if (touch === null) return nothing
  if (sameValue(touch.after[field], now[field])) {
    return { restores: restoreOf(field, now[field], touch.before[field]), changedSince: [] }
  }
  return { restores: [], changedSince: silentFields.includes(field) ? [] : [field] }
}

function statusRestore(now: Ticket, steps: readonly Step[], at: Instant): Restoration {
  const touch = touching(steps, (ticket) => ticket.status)
  if (touch === null) return plainRestore(now, steps, 'labelId')
  if (touch.after.status !== now.status) return { restores: [], changedSince: ['status'] }
  if (touch.before.status === now.status) return nothing
  const restores = [
    ...restoreOf('status', now.status, touch.before.status),
    ...restoreOf('statusSince', now.statusSince, at),
    ...statusFields.flatMap((field) => restoreOf(field, now[field], touch.before[field])),
  ]
  return { restores, changedSince: [] }
}

function assigneeRestore(now: Ticket, steps: readonly Step[]): Restoration {
  const touch = touching(steps, (ticket) => ticket.assigneeId)
  if (touch === null) return nothing
  if (touch.after.assigneeId !== now.assigneeId) return { restores: [], changedSince: ['assigneeId'] }
  const restores = [
    ...restoreOf('assigneeId', now.assigneeId, touch.before.assigneeId),
    ...restoreOf('previousAssigneeId', now.previousAssigneeId, touch.before.previousAssigneeId),
  ]
  return { restores, changedSince: [] }
}

function fieldIds(steps: readonly Step[]): readonly FieldId[] {
  const touched = steps.filter(([before, after]) => before.fields !== after.fields)
  const keys = touched.flatMap(([before, after]) => [
    ...Object.keys(before.fields),
    ...Object.keys(after.fields),
  ])
  return [...new Set(keys)].map((key) => Number(key) as FieldId)
}

function fieldRestore(now: Ticket, steps: readonly Step[], fieldId: FieldId): Restoration {
  const touch = touching(steps, (ticket) => ticket.fields[fieldId])
  if (touch === null) return nothing
  const from = now.fields[fieldId] ?? null
  const to = touch.before.fields[fieldId] ?? null
  if (!sameValue(touch.after.fields[fieldId] ?? null, from)) {
    return { restores: [], changedSince: [`fields.${fieldId}`] }
  }
  return { restores: sameValue(from, to) ? [] : [{ field: 'fields', fieldId, from, to }], changedSince: [] }
}

type SetField = 'tags' | 'participants' | 'links' | 'splitOff'

/** Of a set, what the events added is taken out and what they removed is put back, one by one. */
function setRestore<F extends SetField>(now: Ticket, steps: readonly Step[], field: F): Restoration {
  const touch = touching(steps, (ticket) => ticket[field])
  if (touch === null) return nothing
  const [before, after, present] = [byKey(touch.before[field]), byKey(touch.after[field]), byKey(now[field])]
  const added = [...after.keys()].filter((key) => !before.has(key))
  const removed = [...before].filter(([key]) => !after.has(key))
  const isChanged = added.some((key) => !present.has(key)) || removed.some(([key]) => present.has(key))
  const next = new Map([...present, ...removed])
  for (const key of added) next.delete(key)
  const items = [...next.values()]
  const to = (field === 'tags' ? items.toSorted() : items) as unknown as Restorable[F]
  return { restores: restoreOf<F>(field, now[field], to), changedSince: isChanged ? [field] : [] }
}

function byKey(items: readonly unknown[]): ReadonlyMap<string, unknown> {
  return new Map(items.map((item) => [keyOf(item), item]))
}

function countRestore(
  now: Ticket,
  steps: readonly Step[],
  field: (typeof countFields)[number],
): readonly Restore[] {
  const delta = steps.reduce((sum, [before, after]) => sum + after[field] - before[field], 0)
  return restoreOf(field, now[field], now[field] - delta)
}

const statusGroup: readonly string[] = ['status', 'statusSince', ...statusFields]
const assigneeGroup: readonly string[] = ['assigneeId', 'previousAssigneeId']

/** Leaves out what the ticket, as it is now, could not lawfully go back to; such fields count as changed since. */
function lawful(now: Ticket, steps: readonly Step[], found: Restoration): Restoration {
  const hadAssignee = steps[0]?.[0].assigneeId !== null
  return stillAwake(now, stillUnowned(now, stillOwned(now, hadAssignee, found)))
}

/** What is settled again needs the assignee it had. */
function stillOwned(now: Ticket, hadAssignee: boolean, found: Restoration): Restoration {
  const { status, assigneeId } = outcome(now, found)
  const settles = !isActive(status) && status !== now.status
  return settles && hadAssignee && assigneeId === null ? without(found, statusGroup, 'status') : found
}

/** A new ticket has no assignee. */
function stillUnowned(now: Ticket, found: Restoration): Restoration {
  const { status, assigneeId } = outcome(now, found)
  if (status !== 'new' || assigneeId === null) return found
  return now.status === 'new'
    ? without(found, assigneeGroup, 'assigneeId')
    : without(found, statusGroup, 'status')
}

/** A settled ticket does not snooze. */
function stillAwake(now: Ticket, found: Restoration): Restoration {
  const { status, snoozedUntil } = outcome(now, found)
  return snoozedUntil === null || isActive(status) ? found : without(found, ['snoozedUntil'], 'snoozedUntil')
}

function outcome(now: Ticket, { restores }: Restoration): Ticket {
  return restores.reduce(
    (ticket, one) => (one.field === 'fields' ? ticket : { ...ticket, [one.field]: one.to }),
    now,
  )
}

function without(
  { restores, changedSince }: Restoration,
  fields: readonly string[],
  name: string,
): Restoration {
  return {
    restores: restores.filter((one) => !fields.includes(one.field)),
    changedSince: [...changedSince, name],
  }
}
