// Custom clocks: their conditions, asked of the ticket as it stood after each update. They see what the ticket itself carries;
// texts, people and other clocks are not theirs to ask about.
import { evolve } from '#tickets/evolve.ts'
import type { TicketEvent } from '#tickets/event.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { noCalendars } from '#rules/calendar.ts'
import type { Directory } from '#rules/directory.ts'
import { holds } from '#rules/evaluate.ts'
import { noContent, type Scene } from '#rules/scene.ts'
import type { CustomSignal, Policy } from '#sla/policy.ts'

type Signals = (updateId: string, policyId: string) => readonly CustomSignal[]

/** What custom clocks hear of a log; undefined when no policy has any. */
export function customSignals(
  events: readonly TicketEvent[],
  policies: ReadonlyMap<string, Policy>,
  directory: Directory,
): Signals | undefined {
  if (![...policies.values()].some(({ customs = [] }) => customs.length > 0)) return undefined
  const after = ticketsAfter(events)
  return (updateId, policyId) => {
    const stood = after.get(updateId)
    if (stood === undefined) return []
    const scene: Scene = {
      before: null,
      now: stood.ticket,
      at: stood.at,
      zone: 'UTC',
      update: null,
      content: noContent,
      directory,
      calendars: noCalendars,
      reader: null,
    }
    return (policies.get(policyId)?.customs ?? []).map(({ key, cycle, start, stop, pause }) => ({
      key,
      cycle,
      starts: holds(start, scene),
      stops: holds(stop, scene),
      pauses: pause !== null && holds(pause, scene),
    }))
  }
}

function ticketsAfter(events: readonly TicketEvent[]) {
  const after = new Map<string, { ticket: Ticket; at: TicketEvent['at'] }>()
  let ticket: Ticket | null = null
  for (const event of events) {
    ticket = evolve(ticket, event)
    after.set(String(event.updateId), { ticket, at: event.at })
  }
  return after
}
