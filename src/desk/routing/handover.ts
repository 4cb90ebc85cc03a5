// The end of a shift: what an agent leaves behind, what of it cannot wait until they are back, and giving it to others.
import { act } from '#desk/act.ts'
import type { By } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import { agentsInConflict } from '#routing/conflict-store.ts'
import { handoverWhy, shiftAt, type HandoverWhy, type Shift } from '#routing/shift.ts'
import type { StaffRow } from '#routing/staff-store.ts'
import { clocksOfTickets } from '#sla/clock-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { activeTicketsOf, lockTickets, ticketsById } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type LeftBehind = {
  readonly ticket: Ticket
  readonly why: HandoverWhy | null
  /** The soonest of its running clocks. */
  readonly dueAt: number | null
}

/** The active tickets of an agent, those that cannot wait first; and their shift by their working hours. */
export async function leftBehindBy(
  desk: Desk,
  db: Db,
  { id, calendarId }: StaffRow,
): Promise<{ shift: Shift | null; tickets: LeftBehind[] }> {
  const { sla } = await desk.setup.now()
  const at = Date.parse(desk.clock.now())
  const shift = shiftAt(calendarId === null ? null : (sla.calendars.get(calendarId) ?? null), at)
  const ids = await activeTicketsOf(db, id, 'all')
  const due = new Map<number, number>()
  for (const { ticketId, state, dueAt } of await clocksOfTickets(db, ids))
    if (state === 'running' && dueAt !== null)
      due.set(ticketId, Math.min(due.get(ticketId) ?? Infinity, Date.parse(dueAt)))
  const tickets = (await ticketsById(db, ids)).map(({ ticket }) => {
    const dueAt = due.get(ticket.id) ?? null
    return { ticket, dueAt, why: handoverWhy({ ...ticket, dueAt }, at, shift?.backAt ?? null) }
  })
  return { shift, tickets: tickets.toSorted(byUrgency) }
}

const ranks: Readonly<Record<HandoverWhy, number>> = { due: 0, waiting: 1 }

function byUrgency(a: LeftBehind, b: LeftBehind): number {
  const rank = ({ why }: LeftBehind) => (why === null ? 2 : ranks[why])
  return rank(a) - rank(b) || (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity) || a.ticket.id - b.ticket.id || 0
}

export type HandedOver = {
  readonly ticketId: TicketId
  /** The update to take back; null when nothing was written. */
  readonly seq: number | null
  /** Why it stayed. */
  readonly refusal: string | null
}

/** Gives tickets of an agent to a colleague, or back to the queues. What is no longer theirs, or must not go there, stays. */
export async function handOverTickets(
  desk: Desk,
  tx: Transaction,
  handing: {
    ticketIds: readonly number[]
    fromId: PersonId
    toId: PersonId | null
    despiteConflict: boolean
    by: By
    may: (ticket: Ticket) => boolean
  },
): Promise<HandedOver[]> {
  const locked = await lockTickets(tx, handing.ticketIds)
  const handed: HandedOver[] = []
  for (const ticketId of handing.ticketIds as readonly TicketId[])
    handed.push({ ticketId, ...(await handOne(desk, tx, locked.get(ticketId)?.ticket, handing)) })
  tell(tx, { changed: 'waiting', id: null })
  return handed
}

async function handOne(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket | undefined,
  { fromId, toId, despiteConflict, by, may }: Parameters<typeof handOverTickets>[2],
): Promise<Omit<HandedOver, 'ticketId'>> {
  if (ticket === undefined || !may(ticket)) return { seq: null, refusal: 'not_found' }
  if (ticket.assigneeId !== fromId) return { seq: null, refusal: 'not_theirs' }
  if (toId !== null && !despiteConflict && (await agentsInConflict(tx, ticket)).includes(toId))
    return { seq: null, refusal: 'conflict_of_interest' }
  const command = { kind: 'set', assigneeId: toId, assigneeReason: 'handover' } as const
  const outcome = await act(desk, tx, ticket.id, command, by)
  if (!outcome.ok) return { seq: null, refusal: outcome.refusal.name }
  return { seq: outcome.ticket.seq, refusal: null }
}
