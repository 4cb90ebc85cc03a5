// Which events are facts of other rooms: they stand in the log and leave the ticket's state as it was.
import type { EventOf, FactKind, TicketEvent } from '#tickets/event.ts'

const facts: Readonly<Record<FactKind, true>> = {
  sla_applied: true,
  sla_warning: true,
  sla_breached: true,
  sla_breach_withdrawn: true,
  rule_fired: true,
  rule_suppressed: true,
  action_refused: true,
  rule_conflict: true,
  rule_circuit_opened: true,
  effect_queued: true,
  route_entered: true,
  route_relaxed: true,
  route_offered: true,
  route_accepted: true,
  route_declined: true,
  route_expired: true,
  route_left: true,
  assistant_ran: true,
  assistant_escalated: true,
  assistant_enabled: true,
  assistant_used: true,
  words_erased: true,
  csat_sent: true,
  csat_answered: true,
  csat_changed: true,
}

export const factKinds: readonly string[] = Object.keys(facts)

/** Whether the event changes nothing of the ticket's state. */
export function isFact(event: TicketEvent): event is { [K in FactKind]: EventOf<K> }[FactKind] {
  return Object.hasOwn(facts, event.kind)
}
