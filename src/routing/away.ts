// What becomes of the tickets of somebody who is not there, and what the log says of a ticket's place in line.
import type { TicketEvent } from '#tickets/event.ts'
import type { Instant } from '#kit/time.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** Away for longer than this, and customers no longer wait for that person. */
export const GRACE_SECONDS = 1_800
/** A ticket with less than this left on a clock does not wait for anybody. */
const URGENT_SECONDS = 3_600
/** Offers that expire in a row before somebody counts as away. */
export const EXPIRIES_TO_AWAY = 2
/** For so long an agent is not asked again about a ticket they declined or let expire. */
export const EXCLUDED_SECONDS = 1_800

export type Owned = Pick<Ticket, 'status' | 'unansweredSince'> & { readonly secondsLeft: number | null }

/** Whether a ticket goes back into its queue when its owner is away; the rest is for the handover list. */
export function goesBack({ status, unansweredSince, secondsLeft }: Owned): boolean {
  if (status !== 'new' && status !== 'open') return false
  return unansweredSince !== null || (secondsLeft !== null && secondsLeft < URGENT_SECONDS)
}

/** The opening or the latest reopen: nothing else moves a customer's place. */
export function eligibleAtOf(log: readonly TicketEvent[]): Instant | null {
  let at: Instant | null = null
  for (const event of log) {
    if (event.kind === 'ticket_opened') at = event.at
    if (event.kind !== 'status_changed') continue
    const { from, to } = event.payload
    const wasOver = from === 'resolved' || from === 'closed'
    if (wasOver && to !== 'resolved' && to !== 'closed') at = event.at
  }
  return at
}
