// A life that was written down elsewhere, as it stands: its log is folded like any other, and nothing in it is decided anew. What follows
// from it here (clocks, timers, what reports read) is reckoned; what has come due meanwhile tells nobody.
import type { InHand } from '#desk/in-hand.ts'
import { pastLanes } from '#desk/reactors.ts'
import type { Setup } from '#desk/setup-cache.ts'
import { belongingOf, rowsOf, timersOf } from '#desk/sla/clocks.ts'
import { assert } from '#kit/assert.ts'
import type { Instant } from '#kit/time.ts'
import { judge } from '#sla/judge.ts'
import { dueMoments } from '#tickets/due.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { TicketWrite } from '#tickets/write/ticket-write.ts'

/** What the events of a life name by id. */
export type Words = Pick<TicketWrite, 'messages' | 'subjects' | 'fieldValues'>

/**
 * Holds a life that is told here for the first time, or goes on with one that has `known` events. Throws when the log does not begin
 * with the opening, has gaps, or does not fold.
 */
export function retold(
  log: readonly TicketEvent[],
  words: Words,
  setup: Setup,
  now: Instant,
  known = 0,
): InHand {
  const last = log.at(-1)
  assert(last !== undefined && log[0]?.kind === 'ticket_opened', 'a log begins with the opening')
  let ticket: Ticket | null = null
  for (const [index, event] of log.entries()) {
    assert(event.seq === index + 1, `the log has no event ${index + 1}`)
    ticket = evolve(ticket, event)
  }
  assert(ticket !== null, 'an empty log is no ticket')
  const events = log.slice(known)
  const clocked = clocksOf(log, ticket, setup, last.at)
  const subject = words.subjects.find(({ id }) => id === ticket.subjectRevisionId)
  const update: TicketWrite = {
    ...words,
    ticket,
    fresh: known === 0,
    events,
    updateId: last.updateId,
    at: last.at,
    lastMessageSeq:
      events.findLast(({ kind }) => kind === 'ticket_opened' || kind === 'message_added')?.seq ?? null,
    subjectText: subject?.text ?? null,
    timers: [...dueMoments(ticket, setup.settings), ...clocked.timers.filter(({ dueAt }) => dueAt > now)],
    hadTimers: known > 0,
    ruleTimers: { episodes: [], had: false },
    clocks: clocked.clocks,
    outbox: [],
    deliveries: [],
    links: [],
    report: null,
    fold: null,
    dueIn: pastLanes(events, setup),
  }
  const inHand = { id: ticket.id, ticket, log: [...log], episodes: [], clocksAt: null, people: new Map() }
  return { ...inHand, unwritten: update }
}

function clocksOf(log: readonly TicketEvent[], ticket: Ticket, { sla }: Setup, at: Instant) {
  if (!log.some(({ kind }) => kind === 'sla_applied') || sla.versions.size === 0)
    return { clocks: null, timers: [] }
  const judged = judge(log, belongingOf(ticket), sla, at)
  return { clocks: rowsOf(judged.clocks, at), timers: timersOf(judged) }
}
