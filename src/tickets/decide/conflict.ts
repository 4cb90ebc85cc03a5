// Lost updates: what happened since the client last looked, compared field by field with what it wants now.
import type { Changes, Command } from '#tickets/command.ts'
import type { Actor, Payloads, TicketEvent } from '#tickets/event.ts'
import { propertyOf, settable, type PropertyEvent } from '#tickets/property.ts'
import type { Conflict, Refusal } from '#tickets/refusal.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { sameValue } from '#tickets/value.ts'
import { voidedSeqs } from '#tickets/void.ts'

type Touch = { readonly base: unknown; readonly actor: Actor; readonly seq: number }

/**
 * Null when the command may be applied on top of the events `since` the client's `expectedSeq`. Refuses `newer_message`
 * for a public reply that others have overtaken, and `conflict` for fields that both sides set to different values.
 */
export function collision(ticket: Ticket, command: Command, since: readonly TicketEvent[]): Refusal | null {
  const overtaken = overtakingMessages(command, since)
  if (overtaken.length > 0) return { name: 'newer_message', messageIds: overtaken }
  const touched = touchedFields(since)
  const wanted = wantedFields(command)
  // Whoever sends anyway has seen the newer message, and with it the status that it brought.
  if (command.kind === 'reply' && command.sendAnyway === true) wanted.delete('status')
  const conflict: Conflict[] = []
  for (const [field, yours] of wanted) {
    const touch = touched.get(field)
    const theirs = valueOf(ticket, field)
    if (touch === undefined || sameValue(theirs, yours) || sameValue(theirs, touch.base)) continue
    conflict.push({ field, base: touch.base, theirs, yours, theirActor: touch.actor, theirSeq: touch.seq })
  }
  return conflict.length > 0 ? { name: 'conflict', conflict } : null
}

function overtakingMessages(command: Command, since: readonly TicketEvent[]) {
  if (command.kind !== 'reply' || command.sendAnyway === true || command.sideConversationId !== undefined)
    return []
  const voided = voidedSeqs(since)
  return since.flatMap((event) => {
    if (event.kind !== 'message_added' || voided.has(event.seq)) return []
    const { messageKind, messageId, sideConversationId } = event.payload
    return messageKind === 'reply' && sideConversationId === undefined ? [messageId] : []
  })
}

const changeKeys = [
  'subjectRevisionId',
  'status',
  ...settable,
  'assigneeId',
  'snoozedUntil',
] as const satisfies readonly (keyof Changes & keyof Ticket)[]

function wantedFields(command: Command): Map<string, unknown> {
  if (command.kind === 'changeRequester') return new Map([['requesterId', command.requesterId]])
  if (command.kind === 'snooze') return new Map([['snoozedUntil', command.until]])
  const changes = changesOf(command)
  const wanted = new Map<string, unknown>()
  for (const key of changeKeys) if (changes[key] !== undefined) wanted.set(key, changes[key])
  for (const [fieldId, value] of Object.entries(changes.fields ?? {})) wanted.set(`fields.${fieldId}`, value)
  return wanted
}

/** The field changes that a command brings along, if any. */
function changesOf(command: Command): Changes {
  if (command.kind === 'set') return command
  return command.kind === 'reply' || command.kind === 'note' ? (command.set ?? {}) : {}
}

function valueOf(ticket: Ticket, field: string): unknown {
  const [name, fieldId] = field.split('.')
  if (name === 'fields') return ticket.fields[fieldId ?? ''] ?? null
  return (ticket as Readonly<Record<string, unknown>>)[field]
}

/** For each field that the events touch: its value before the first of them, and who touched it last. */
function touchedFields(since: readonly TicketEvent[]): ReadonlyMap<string, Touch> {
  const touched = new Map<string, Touch>()
  for (const event of since) {
    for (const [field, base] of changedBy(event)) {
      touched.set(field, {
        base: touched.has(field) ? touched.get(field)?.base : base,
        actor: event.actor,
        seq: event.seq,
      })
    }
  }
  return touched
}

/** Field and value before, for each field that an event changes. */
function changedBy(event: TicketEvent): readonly (readonly [string, unknown])[] {
  switch (event.kind) {
    case 'status_changed':
      return [['status', event.payload.from]]
    case 'assignee_changed':
      return [['assigneeId', event.payload.from]]
    case 'subject_changed':
      return [['subjectRevisionId', event.payload.fromRevisionId]]
    case 'field_changed':
      return [[`fields.${event.payload.fieldId}`, fieldBefore(event.payload)]]
    case 'undone':
      return event.payload.restores.map((one) => [
        one.field === 'fields' ? `fields.${one.fieldId}` : one.field,
        one.from,
      ])
    default: {
      const property = propertyOf(event.kind)
      return property === null ? [] : [[property, (event.payload as Payloads[PropertyEvent]).from]]
    }
  }
}

type FieldChange = Extract<TicketEvent, { kind: 'field_changed' }>['payload']

function fieldBefore(payload: FieldChange): unknown {
  if ('from' in payload) return payload.from
  return payload.fromValueId === null ? null : { valueId: payload.fromValueId }
}
