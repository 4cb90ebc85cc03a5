// Messages and changes as one line of time. Consecutive changes become one group.
import type { Message } from '../../../src/api/contract/messages.ts'
import type { TicketEvent } from '../../../src/api/contract/tickets.ts'

export type Item =
  | { kind: 'message'; key: string; message: Message }
  | { kind: 'changes'; key: string; events: TicketEvent[] }

export type Filter = 'all' | 'messages' | 'changes'

/** Kinds that say nothing a person needs beside what the conversation already shows. */
const silent = new Set([
  'message_added',
  'message_delivery',
  'effect_queued',
  'sla_applied',
  'rule_fired',
  'rule_suppressed',
  'route_entered',
  'route_left',
  'csat_sent',
  'assistant_used',
])

/** What a customer says of the help stands by itself, and folds away with nothing. */
const isWord = ({ kind }: TicketEvent) => kind === 'csat_answered' || kind === 'csat_changed'

/** Events from before the first loaded message wait until that part is loaded, unless nothing is left to load. */
export function timeline(
  messages: readonly Message[],
  events: readonly TicketEvent[],
  allLoaded: boolean,
  filter: Filter,
): Item[] {
  const from = allLoaded ? '' : (messages[0]?.at ?? '')
  const shownMessages = filter === 'changes' ? [] : messages
  const opened = events.find(({ kind }) => kind === 'ticket_opened')
  // What the ticket was opened with is no change; what a rule did at once is one.
  const isOpening = ({ updateId, kind, actor }: TicketEvent) =>
    updateId === opened?.updateId && kind !== 'ticket_opened' && actor.type !== 'rule'
  const tells = (event: TicketEvent) => !silent.has(event.kind) && !isOpening(event) && event.at >= from
  const shownEvents = filter === 'messages' ? [] : events.filter(tells)
  const moments = [
    ...shownMessages.map((message) => ({ at: message.at, message, event: null })),
    // A mail is older than the ticket it opened, yet the opening comes first.
    ...shownEvents.map((event) => ({ at: event === opened ? '' : event.at, message: null, event })),
  ].toSorted((a, b) =>
    a.at === b.at ? Number(a.event !== null) - Number(b.event !== null) : a.at < b.at ? -1 : 1,
  )
  const items: Item[] = []
  for (const { message, event } of moments) {
    const last = items.at(-1)
    if (message) items.push({ kind: 'message', key: `m${message.id}`, message })
    else if (event && last?.kind === 'changes' && ![event, ...last.events].some(isWord))
      last.events.push(event)
    else if (event) items.push({ kind: 'changes', key: `e${event.seq}`, events: [event] })
  }
  return items
}
