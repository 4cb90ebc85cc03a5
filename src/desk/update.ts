// The nouns of an update on its way: who asks, what hangs on it, how far it is decided, what came of it. Types, and whoever can be
// its author.
import { can, type Principal, type Reader } from '#people/can.ts'
import type { Setup } from '#desk/setup-cache.ts'
import type { InHand } from '#desk/in-hand.ts'
import type { EventId, PersonId, UpdateId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Via } from '#rules/scene.ts'
import type { Role } from '#people/role.ts'
import type { Actor, TicketEvent } from '#tickets/event.ts'
import type { Refusal } from '#tickets/refusal.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { NewMessageRow } from '#tickets/write/message-store.ts'
import type { NewSubject, TicketWrite } from '#tickets/write/ticket-write.ts'

/** Who asks for a change, and with what rights inside the lifecycle. */
export type By = {
  readonly actor: Actor
  readonly role: Role | null
  /** The agent who acts, or the owner of the token. */
  readonly personId: PersonId | null
  readonly mayReopenClosed: boolean
  /** What is in sight of who asks: updates of several tickets touch no other. Absent where nobody reads what came of it. */
  readonly reader?: Reader
  /** The event that led to the request: a rule never answers what comes of itself. */
  readonly causeEventId?: EventId
}

export const bySystem: By = {
  actor: { type: 'system', id: null },
  role: null,
  personId: null,
  mayReopenClosed: false,
}

/** A person who is no agent: nothing but their own messages and buttons. */
export function asRequester(personId: PersonId): By {
  return { actor: { type: 'requester', id: personId }, role: null, personId: null, mayReopenClosed: false }
}

/** Somebody who takes part in a ticket without being its requester: written to in a side conversation, or in copy. */
export function asParticipant(personId: PersonId): By {
  return { ...asRequester(personId), actor: { type: 'participant', id: personId } }
}

/** The principal as the actor of an update. */
export function byOf(principal: Principal): By {
  const { token, agentId, role } = principal
  return {
    actor: token === null ? { type: 'agent', id: agentId } : { type: 'api', id: token.id },
    role,
    personId: agentId,
    mayReopenClosed: can(principal, 'ticket.reopen_closed'),
    reader: principal,
    ...(principal.causeEventId === undefined ? {} : { causeEventId: principal.causeEventId }),
  }
}

/** What hangs on an update besides its events: content that the events name by id, and how mail is to leave. */
export type Content = {
  readonly messages?: readonly NewMessageRow[]
  readonly subject?: NewSubject | null
  /** How the subject that it has reads from now on, when words of it were erased. */
  readonly subjectReads?: string
  readonly fieldValues?: TicketWrite['fieldValues']
  readonly reply?: {
    readonly recipients: NewMessageRow['recipients']
    readonly sendAt: Instant
    readonly rfcMessageId: string
  }
  /** Whom to acknowledge a new ticket to; null for nobody. To an address that nobody proved go fixed words only. */
  readonly acknowledgeTo?: {
    readonly name: string
    readonly email: string
    readonly isUnproven?: true
  } | null
  /** Nothing is mailed: for imports and simulations. */
  readonly silent?: boolean
  /** When it happened, for imports and simulations; now unless said. */
  readonly at?: Instant
  /** How it came, as rules see it; by its actor unless said. Imports do not settle. */
  readonly via?: Via
  /** The ticket, for callers who tell its whole life: it is then neither read nor written at each update. */
  readonly inHand?: InHand
}

/** An update as far as it has been decided: its own events, folded, not written yet. */
export type Decided = {
  readonly before: Ticket | null
  readonly now: Ticket
  readonly events: readonly TicketEvent[]
  readonly by: By
  readonly at: Instant
  readonly setup: Setup
  readonly content: Content
  readonly updateId: UpdateId
}

/** A ticket that nothing happens to: judged as it stands, in the name of the desk unless said. */
export function atRest(
  ticket: Ticket,
  {
    at,
    setup,
    ...more
  }: Pick<Decided, 'at' | 'setup'> & Partial<Pick<Decided, 'by' | 'content' | 'updateId'>>,
): Decided & { readonly before: Ticket } {
  const whose = { by: bySystem, content: {}, updateId: 0 as UpdateId, ...more }
  return { before: ticket, now: ticket, events: [], at, setup, ...whose }
}

export type Done = {
  readonly ok: true
  readonly ticket: Ticket
  readonly events: readonly TicketEvent[]
  readonly updateId: UpdateId
}
export type Outcome = Done | { readonly ok: false; readonly refusal: Refusal }
