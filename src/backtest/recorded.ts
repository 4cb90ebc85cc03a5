// A log as the updates it was written in, each parted into what came from outside and what the desk made of it itself. What came
// from outside is lived again; the rest is reckoned anew.
import type { UpdateId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { byUpdate } from '#tickets/updates.ts'

/** `exogenous`: kept. `derived`: of rules, clocks and timers, reckoned anew. `echo`: a program's answer to a rule's webhook. */
export type EventClass = 'exogenous' | 'derived' | 'echo'

/** Classes one recorded event. Routing counts as exogenous: it is taken as it was. */
export function classOf(event: TicketEvent): EventClass {
  const { kind, actor, causeEventId } = event
  if (actor.type === 'rule' || kind.startsWith('sla_')) return 'derived'
  if (kind === 'status_changed' && event.payload.reason === 'auto_close') return 'derived'
  if (kind === 'unsnoozed' && event.payload.reason === 'time') return 'derived'
  return actor.type === 'api' && causeEventId !== null ? 'echo' : 'exogenous'
}

export type RecordedUpdate = {
  readonly id: UpdateId
  readonly at: Instant
  /** What came from outside, in order; empty when time or a rule alone made the update. */
  readonly own: readonly TicketEvent[]
  readonly derived: readonly TicketEvent[]
  readonly isEcho: boolean
  /** The ticket before and after it, as recorded. */
  readonly before: Ticket | null
  readonly after: Ticket
}

const known = new WeakMap<readonly TicketEvent[], readonly RecordedUpdate[]>()

/** The updates of a log, oldest first. The log begins with the opening; another yields none. Parted once: a record never changes. */
export function updatesOf(log: readonly TicketEvent[]): readonly RecordedUpdate[] {
  const found = known.get(log) ?? parted(log)
  known.set(log, found)
  return found
}

function parted(log: readonly TicketEvent[]): readonly RecordedUpdate[] {
  if (log[0]?.kind !== 'ticket_opened') return []
  const updates: RecordedUpdate[] = []
  let before: Ticket | null = null
  for (const events of byUpdate(log)) {
    const [first] = events
    if (first === undefined) break
    const after: Ticket | null = events.reduce<Ticket | null>(evolve, before)
    if (after === null) return updates
    const own = events.filter((event) => classOf(event) !== 'derived')
    const derived = events.filter((event) => classOf(event) === 'derived')
    const isEcho = own.some((event) => classOf(event) === 'echo')
    updates.push({ id: first.updateId, at: first.at, own, derived, isEcho, before, after })
    before = after
  }
  return updates
}
