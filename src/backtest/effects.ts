// What rules ask for outside the ticket, carried out in thought: notes and replies become messages of the ticket, mails and webhooks
// are told with whom they would have reached. Nothing leaves, and no text is rendered.
import type { Configuration, PastTicket } from '#backtest/past-ticket.ts'
import type { MessageId, UpdateId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Effect } from '#rules/effect.ts'
import { recipientsOf } from '#rules/recipients.ts'
import type { Settled } from '#rules/settle.ts'
import type { Command } from '#tickets/command.ts'
import { decide } from '#tickets/decide.ts'
import { stamp } from '#tickets/decide/draft.ts'
import type { Actor, NewEvent, TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** A mail or webhook that would have left. */
export type Sent = {
  readonly kind: 'mail' | 'webhook'
  readonly ruleId: number
  readonly template: string
  /** The address, or the name of the webhook. */
  readonly to: string
  readonly isAgent: boolean
}

type Carried = {
  readonly ticket: Ticket
  readonly events: readonly TicketEvent[]
  readonly sent: readonly Sent[]
}

type Moment = { readonly at: Instant; readonly afterSeq: number; readonly updateId: UpdateId }

/** Turns a run into events and what would have left. */
export function carriedBy(
  past: PastTicket,
  configuration: Configuration,
  settled: Settled,
  { at, afterSeq, updateId }: Moment,
): Carried {
  const how = { ticketId: settled.ticket.id, at, updateId }
  const events = [
    ...stamp(settled.events, { ...how, firstSeq: afterSeq + 1, actor: { type: 'system', id: null } }),
  ]
  const sent: Sent[] = []
  let { ticket } = settled
  for (const effect of settled.effects) {
    const actor: Actor = { type: 'rule', id: effect.ruleId, version: effect.ruleVersion }
    const added = messageOf(past, configuration, effect, { ticket, at, actor })
    const stamped = stamp(added, { ...how, firstSeq: ticket.seq + 1, actor })
    events.push(...stamped)
    ticket = stamped.reduce<Ticket>(evolve, ticket)
    sent.push(...sentBy(past, configuration, effect, ticket))
  }
  return { ticket, events, sent }
}

function messageOf(
  past: PastTicket,
  { settings }: Configuration,
  effect: Effect,
  { ticket, at, actor }: { readonly ticket: Ticket; readonly at: Instant; readonly actor: Actor },
): readonly NewEvent[] {
  if (effect.kind !== 'note' && effect.kind !== 'reply') return []
  const command: Command = {
    kind: effect.kind,
    messageId: messageIdOf(past, effect, at),
    channel: 'email',
    attachmentCount: 0,
    recipientCount: 0,
  }
  const context = {
    at,
    actor,
    actorRole: null,
    actorPersonId: null,
    mayReopenClosed: false,
    settings,
    facts: {},
  }
  const decision = decide(ticket, command, context)
  return decision.ok ? decision.events : []
}

/** The message that this very rule wrote at that moment, where the record has one; else an id that no message has. */
function messageIdOf({ log }: PastTicket, { ruleId }: Effect, at: Instant): MessageId {
  const found = log.find(
    (event) =>
      event.kind === 'message_added' &&
      event.at === at &&
      event.actor.type === 'rule' &&
      event.actor.id === ruleId,
  )
  return found?.kind === 'message_added' ? found.payload.messageId : (-ruleId as MessageId)
}

function sentBy(
  past: PastTicket,
  configuration: Configuration,
  effect: Effect,
  ticket: Ticket,
): readonly Sent[] {
  const { ruleId } = effect
  if (effect.kind === 'webhook')
    return [{ kind: 'webhook', ruleId, template: '', to: effect.endpoint, isAgent: false }]
  if (effect.kind !== 'reply' && effect.kind !== 'notify') return []
  const rule = configuration.rulebook.byId.get(ruleId)?.rule
  if (rule === undefined) return []
  const { directory, members, ownAddresses } = configuration
  return recipientsOf(effect, ticket, rule, { directory, members, people: past.people })
    .filter(({ email }) => !ownAddresses.has(email))
    .map(({ email, isAgent }) => ({ kind: 'mail', ruleId, template: effect.template, to: email, isAgent }))
}
