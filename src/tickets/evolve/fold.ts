// The shape of a table of folds: one function for each kind of event.
import type { EventKind, EventOf } from '#tickets/event.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type Fold<K extends EventKind> = {
  readonly [Kind in K]: (ticket: Ticket, event: EventOf<Kind>) => Ticket
}
