// A decision in the making: the events so far and the ticket as they leave it. Lives only inside one call of decide.
import type { EventId, TicketId, UpdateId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Context } from '#tickets/context.ts'
import type { Actor, EventKind, EventOf, NewEvent, Payloads, TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import type { Refusal } from '#tickets/refusal.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { newestVersion } from '#tickets/upcast.ts'

/** What a step of decide answers: null when it went well. */
export type Refused = Refusal | null

export class Draft {
  readonly context: Context
  readonly events: NewEvent[] = []
  ticket: Ticket

  private constructor(ticket: Ticket, context: Context) {
    this.ticket = ticket
    this.context = context
  }

  static of(ticket: Ticket, context: Context): Draft {
    return new Draft(ticket, context)
  }

  /** Starts a ticket; its id is not known yet and never looked at. */
  static opening(payload: Payloads['ticket_opened'], context: Context): Draft {
    const event = provisional('ticket_opened', payload, 0 as TicketId, 1, context)
    const draft = new Draft(evolve(null, event), context)
    draft.events.push({ kind: 'ticket_opened', payload })
    return draft
  }

  /** Adds an event; `by` only when somebody else than the update's actor did it. */
  happen<K extends EventKind>(
    kind: K,
    payload: Payloads[K],
    by: Pick<NewEvent, 'actor' | 'causeEventId'> = {},
  ): void {
    const { id, seq } = this.ticket
    const event = provisional(kind, payload, id, seq + 1, this.context)
    this.ticket = evolve(this.ticket, event as unknown as TicketEvent)
    this.events.push({ ...by, kind, payload } as unknown as NewEvent)
  }
}

function provisional<K extends EventKind>(
  kind: K,
  payload: Payloads[K],
  ticketId: TicketId,
  seq: number,
  { at, actor }: Context,
): EventOf<K> {
  const updateId = 0 as UpdateId
  return {
    id: null,
    ticketId,
    seq,
    at,
    updateId,
    actor,
    causeEventId: null,
    kindVersion: newestVersion(kind),
    kind,
    payload,
  }
}

type Stamp = {
  readonly ticketId: TicketId
  readonly firstSeq: number
  readonly at: Instant
  readonly updateId: UpdateId
  readonly actor: Actor
  readonly causeEventId?: EventId
}

/** Decided events as the log takes them: dense seqs from `firstSeq`, one instant, one update. */
export function stamp(events: readonly NewEvent[], by: Stamp): readonly TicketEvent[] {
  return events.map((event, index) => ({
    ...event,
    id: null,
    ticketId: by.ticketId,
    seq: by.firstSeq + index,
    at: by.at,
    updateId: by.updateId,
    actor: event.actor ?? by.actor,
    causeEventId: event.causeEventId ?? by.causeEventId ?? null,
    kindVersion: newestVersion(event.kind),
  }))
}
