// Who reacts to an update after its commit, and to what each listens. What they do is in react.ts, routing/lane.ts and
// assistant/lane.ts and chat/watch.ts.
import type { Setup } from '#desk/setup-cache.ts'
import type { TicketEvent } from '#tickets/event.ts'
import type { DueLane } from '#tickets/write/ticket-write.ts'

type Reactor = {
  readonly lane: DueLane
  readonly listens: (events: readonly TicketEvent[], setup: Setup) => boolean
}

/** What the words of a ticket in the search index are made of. */
const INDEXED: ReadonlySet<TicketEvent['kind']> = new Set([
  'ticket_opened',
  'message_added',
  'message_redacted',
  'subject_changed',
  'requester_changed',
  'participant_added',
  'participant_removed',
  'field_changed',
  'tags_changed',
  'ticket_merged_in',
  'ticket_unmerged',
  'ticket_split',
  'split_from',
  'undone',
  'ticket_purged',
])

const reactors: readonly Reactor[] = [
  { lane: 'reactions', listens: (events) => events.some(({ kind }) => INDEXED.has(kind)) },
  { lane: 'routing', listens: (_, { routing }) => routing.queues.length > 0 },
  { lane: 'chats', listens: (events) => events.some(isSaidInChat) },
  {
    lane: 'assistant',
    // What it did itself asks for nothing more, whatever a rule makes of it.
    listens: (events, { assistant }) =>
      assistant.config !== null &&
      events.every(({ actor }) => actor.type !== 'assistant') &&
      events.some(isHeard),
  },
]

/** A customer's word, or a rule or a person that asks. */
function isHeard(event: TicketEvent): boolean {
  if (event.kind === 'assistant_enabled') return event.payload.enabled
  if (event.kind === 'effect_queued') return event.payload.effectKind === 'assistant'
  if (event.kind === 'message_added' && event.payload.sideConversationId !== undefined) return false
  const says = event.kind === 'ticket_opened' || event.kind === 'message_added'
  return says && event.payload.direction === 'inbound'
}

/** The desk's word in a chat: whoever it is for may have left. */
function isSaidInChat({ kind, payload }: TicketEvent): boolean {
  return (
    kind === 'message_added' &&
    'channel' in payload &&
    payload.channel === 'chat' &&
    payload.direction === 'outbound'
  )
}

/** The lanes that an update leaves word for. */
export function lanesFor(events: readonly TicketEvent[], setup: Setup): DueLane[] {
  return reactors.filter(({ listens }) => listens(events, setup)).map(({ lane }) => lane)
}

/** Those that a past leaves word for: it is found, and given to nobody. */
export function pastLanes(events: readonly TicketEvent[], setup: Setup): DueLane[] {
  return lanesFor(events, setup).filter((lane) => lane === 'reactions')
}
