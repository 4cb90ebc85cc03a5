// A ticket's log as reports read it, update by update: what was undone is taken out, and what has set the ticket aside for good
// ends it. The ticket itself is folded by `evolve`, as everywhere.
import { assert } from '#kit/assert.ts'
import type { MessageId } from '#kit/ids.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { evolve } from '#tickets/evolve.ts'
import { isFlagged } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { byUpdate } from '#tickets/updates.ts'
import { voidedSeqs } from '#tickets/void.ts'
import type { Mark } from '#tickets/write/report-fold.ts'

/** How much of a stretch (ms) was working time for a ticket as it stood in it. */
export type Worked = (
  ticket: Pick<Ticket, 'teamId' | 'organizationId' | 'brandId'>,
  from: number,
  to: number,
) => number

export type Moment = Mark

/** An update: its events that stand, and the ticket before and after. */
export type Step = Moment & {
  readonly before: Ticket | null
  readonly after: Ticket
  readonly events: readonly TicketEvent[]
}

export type Life = {
  readonly steps: readonly Step[]
  /** When the ticket was set aside as spam, deleted or merged, if it still is. */
  readonly aside: Moment | null
}

/** The life that a log tells, oldest event first. */
export function lifeOf(log: readonly TicketEvent[], worked: Worked): Life {
  const voided = voidedSeqs(log)
  const steps: Step[] = []
  let after: Ticket | null = null
  let recorded: Ticket | null = null
  let aside = Infinity
  for (const all of byUpdate(judged(log, voided))) {
    recorded = all.reduce<Ticket | null>(evolve, recorded)
    const events = all.filter(({ seq }) => !voided.has(seq))
    const at = Date.parse(events[0]?.at ?? '')
    if (events.length === 0) continue
    const before: Ticket | null = after
    after = events.reduce<Ticket | null>(evolve, before)
    // What an undo could not set back is so from then on.
    if (events.some(({ kind }) => kind === 'undone')) after = recorded
    assert(after !== null, 'an update without an event')
    const last = steps.at(-1)
    const passed = last === undefined || before === null ? 0 : worked(before, last.at, at)
    steps.push({ at, before, after, events, worked: (last?.worked ?? 0) + passed })
    aside = isFlagged(after) ? Math.min(aside, steps.length - 1) : Infinity
  }
  return { steps: steps.slice(0, aside), aside: steps[aside] ?? null }
}

/** With the last word on whether a message was mere thanks, which is about what was there by then. */
function judged(log: readonly TicketEvent[], voided: ReadonlySet<number>): TicketEvent[] {
  const said = new Map<MessageId, { readonly seq: number; readonly thanks: boolean }>()
  for (const { kind, seq, payload } of log)
    if (kind === 'message_reclassified' && !voided.has(seq))
      said.set(payload.messageId, { seq, thanks: payload.thanks })
  return log.map((event) => {
    if (event.kind !== 'message_added') return event
    const word = said.get(event.payload.messageId)
    if (word === undefined || word.seq < event.seq) return event
    return { ...event, payload: { ...event.payload, thanks: word.thanks } }
  })
}
