// The ids of another Docket as they are here: numbers in a space of their own are moved by so much, what is known by name is
// looked up. Where nothing is moved, nothing is touched. Pure.
import type { TicketLine } from '#imports/lines/read-line.ts'
import type { EventKind, TicketEvent } from '#tickets/event.ts'
import { isFact } from '#tickets/evolve/fact.ts'

/** A number for each space of its own. */
export type Offsets = Readonly<Record<'tickets' | 'content' | 'events' | 'asides', number>>
export const UNMOVED: Offsets = { tickets: 0, content: 0, events: 0, asides: 0 }
const spaces = ['tickets', 'content', 'events', 'asides'] as const

/** By how much numbers are moved, up to these; null: all of them. */
export type Piece = { readonly upTo: Offsets | null; readonly by: Offsets }

export type Moving = {
  /** A later file brings numbers that were drawn there since, and so may have been here: those are moved by more. */
  readonly pieces: readonly Piece[]
  /** By kind of line, numbers that are others here; all others are the same. */
  readonly others: ReadonlyMap<string, ReadonlyMap<number, number>>
  /** What clocks, rules and queues of another desk said means nothing on one that lives already. */
  readonly withoutFacts: boolean
}

type Space =
  | keyof Offsets
  | 'person'
  | 'team'
  | 'category'
  | 'field'
  | 'brand'
  | 'mailbox'
  | 'form'
  | 'organization'
  | 'queue'

const SPACES: Readonly<Record<string, Space>> = {
  messageId: 'content',
  messageIds: 'content',
  newestPublic: 'content',
  toRevisionId: 'content',
  fromRevisionId: 'content',
  fromValueId: 'content',
  toValueId: 'content',
  valueId: 'content',
  batchId: 'content',
  updateId: 'content',
  sideConversationId: 'asides',
  ticketId: 'tickets',
  viaTicketId: 'tickets',
  sourceTicketId: 'tickets',
  targetTicketId: 'tickets',
  mergedInto: 'tickets',
  personId: 'person',
  authorId: 'person',
  requesterId: 'person',
  recipientId: 'person',
  agentId: 'person',
  teamId: 'team',
  categoryId: 'category',
  fieldId: 'field',
  brandId: 'brand',
  mailboxId: 'mailbox',
  formId: 'form',
  queueId: 'queue',
  organizationId: 'organization',
}

/** What `from` and `to` name in events of a plain change, and in what an undo sets back. */
const CHANGED: Readonly<Record<string, Space>> = {
  team_changed: 'team',
  category_changed: 'category',
  brand_changed: 'brand',
  form_changed: 'form',
  queue_changed: 'queue',
  organization_changed: 'organization',
  requester_changed: 'person',
  assignee_changed: 'person',
  teamId: 'team',
  categoryId: 'category',
  brandId: 'brand',
  formId: 'form',
  queueId: 'queue',
  organizationId: 'organization',
  requesterId: 'person',
  assigneeId: 'person',
  previousAssigneeId: 'person',
  subjectRevisionId: 'content',
} satisfies Partial<Record<EventKind, Space>> & Record<string, Space>

/** Numbers that may lie between the last of an import and the next that somebody draws: content is drawn in blocks of 64. */
const BETWEEN: Offsets = { ...UNMOVED, content: 129 }

/**
 * How numbers are moved where a file goes on with an earlier one: those up to its last as they were, and those behind it past all that
 * were drawn here since.
 */
export function goingOn(earlier: readonly Piece[], last: Offsets, room: Offsets): readonly Piece[] {
  const before = earlier.at(-1)
  if (before === undefined || before.upTo === null) return earlier
  const { by, upTo } = before
  if (spaces.every((space) => last[space] <= upTo[space])) return earlier
  const each = (of: (space: (typeof spaces)[number]) => number) =>
    Object.fromEntries(spaces.map((space) => [space, of(space)])) as Offsets
  const next = {
    upTo: each((space) => Math.max(last[space], upTo[space])),
    by: each((space) => {
      const end = by[space] + upTo[space]
      return room[space] <= end + BETWEEN[space] ? by[space] : room[space] - upTo[space]
    }),
  }
  const isSame = spaces.every((space) => next.by[space] === by[space])
  return isSame ? [...earlier.slice(0, -1), next] : [...earlier, next]
}

/** Whether numbers are here what they were there. */
export function isUnmoved(pieces: readonly Piece[]): boolean {
  return pieces.every(({ by }) => spaces.every((space) => by[space] === 0))
}

/** The number that one of a space has here. */
function numberHere({ pieces }: Moving, space: keyof Offsets, id: number): number {
  const own = pieces.find(({ upTo }) => upTo === null || id <= upTo[space]) ?? pieces.at(-1)
  return id + (own?.by[space] ?? 0)
}

/** A ticket's line with the ids that it has here. */
export function moved(line: TicketLine, moving: Moving): TicketLine {
  const isStill = isUnmoved(moving.pieces) && !moving.withoutFacts
  if (isStill && [...moving.others.values()].every(({ size }) => size === 0)) return line
  const person = (id: number | null) => here(moving, 'person', id)
  const aside = (id: number | null) => here(moving, 'asides', id)
  const content = (id: number) => numberHere(moving, 'content', id)
  return {
    kind: 'ticket',
    id: numberHere(moving, 'tickets', line.id),
    events: movedEvents(line, moving),
    messages: line.messages.map((message) => ({
      ...message,
      id: content(message.id),
      authorId: person(message.authorId),
      asideId: aside(message.asideId),
    })),
    subjects: line.subjects.map((each) => ({ ...each, id: content(each.id) })),
    values: line.values.map((each) => ({
      ...each,
      id: content(each.id),
      fieldId: here(moving, 'field', each.fieldId) ?? 0,
    })),
    asides: line.asides.map((each) => ({
      ...each,
      id: numberHere(moving, 'asides', each.id),
      createdBy: person(each.createdBy) ?? 0,
    })),
    checklist: line.checklist.map((each) => ({
      ...each,
      createdBy: person(each.createdBy) ?? 0,
      doneBy: person(each.doneBy),
    })),
  }
}

function movedEvents({ events }: TicketLine, moving: Moving): TicketLine['events'] {
  const kept = moving.withoutFacts
    ? events.filter((event) => !isFact(event as unknown as TicketEvent))
    : events
  const seqs = new Map(kept.map(({ seq }, index) => [seq, index + 1]))
  const ids = new Set(kept.map((event) => event.id))
  return kept.map((event) => ({
    ...event,
    id: numberHere(moving, 'events', event.id),
    seq: seqs.get(event.seq) ?? 0,
    updateId: numberHere(moving, 'content', event.updateId),
    causeEventId: ids.has(event.causeEventId ?? 0)
      ? numberHere(moving, 'events', event.causeEventId ?? 0)
      : null,
    actor: { ...event.actor, id: actorId(event.actor, moving) },
    payload: movedPayload(event.kind, event.payload, moving, seqs),
  }))
}

/** Rules and tokens are not those of this desk. */
function actorId({ type, id }: { type: string; id: number | null }, moving: Moving): number | null {
  if (type === 'rule' || type === 'api') return moving.withoutFacts ? null : id
  return here(moving, 'person', id)
}

function movedPayload(
  kind: string,
  payload: Readonly<Record<string, unknown>>,
  moving: Moving,
  seqs: ReadonlyMap<number, number>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(payload).map(([key, value]) => {
      if (key === 'seqs' && Array.isArray(value))
        return [key, value.flatMap((seq: number) => seqs.get(seq) ?? [])]
      const space = key === 'from' || key === 'to' ? (CHANGED[kind] ?? null) : (SPACES[key] ?? null)
      return [key, movedValue(value, space, moving, seqs)]
    }),
  )
}

function movedValue(
  value: unknown,
  space: Space | null,
  moving: Moving,
  seqs: ReadonlyMap<number, number>,
): unknown {
  if (Array.isArray(value)) return value.map((each) => movedValue(each, space, moving, seqs))
  if (typeof value === 'number' && space !== null) return here(moving, space, value)
  if (typeof value !== 'object' || value === null) return value
  const inside = value as Readonly<Record<string, unknown>>
  const restored = typeof inside['field'] === 'string' ? inside['field'] : ''
  return movedPayload(restored, inside, moving, seqs)
}

function here(moving: Moving, space: Space, id: number | null): number | null {
  if (id === null) return null
  if (space === 'tickets' || space === 'content' || space === 'events' || space === 'asides')
    return numberHere(moving, space, id)
  return moving.others.get(space)?.get(id) ?? id
}
