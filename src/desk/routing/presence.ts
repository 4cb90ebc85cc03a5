// Who is there: presence set by agents, leads or the desk itself, and the tickets that do not wait for somebody who is away.
import { act } from '#desk/act.ts'
import { bySystem } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { clocksAt } from '#desk/routing/snapshot.ts'
import { ALWAYS } from '#hours/calendar.ts'
import { afterWorkingTime } from '#hours/working-time.ts'
import type { PersonId } from '#kit/ids.ts'
import { instant, type Instant } from '#kit/time.ts'
import { GRACE_SECONDS, goesBack } from '#routing/away.ts'
import { openOffers, endOffer } from '#routing/decision-store.ts'
import type { Presence } from '#routing/model.ts'
import { changeStaff, readStaff, type StaffRow } from '#routing/staff-store.ts'
import { clocksOfTickets } from '#sla/clock-store.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { lockTickets, activeTicketsOf } from '#tickets/ticket-store.ts'

/** Sets an agent's presence. Offers to somebody who goes are withdrawn, and keep their place in line. */
export async function changePresence(
  desk: Desk,
  tx: Transaction,
  agentId: PersonId,
  { presence, reason = null }: { presence: Presence; reason?: string | null },
): Promise<void> {
  const at = desk.clock.now()
  await changeStaff(tx, agentId, {
    presence,
    presenceSince: at,
    presenceReason: reason,
    expiries: 0,
    handedOverAt: null,
  })
  if (presence !== 'online')
    for (const { id } of await openOffers(tx, agentId)) await endOffer(tx, id, { state: 'withdrawn', at })
  tell(tx, { changed: 'presences', id: agentId })
  tell(tx, { changed: 'offers', id: agentId })
  tell(tx, { lane: 'routing' })
}

/** Gives back what does not wait for agents who have been away too long; returns when the next one has been. */
export async function handOverDue(desk: Desk): Promise<Instant | null> {
  const now = desk.clock.now()
  const { sla } = await desk.setup.now()
  let next: Instant | null = null
  for (const agent of await readStaff(desk.database)) {
    const calendar = agent.calendarId === null ? null : (sla.calendars.get(agent.calendarId) ?? null)
    const due = graceEnds(agent, calendar)
    if (due === null) continue
    if (due <= now) await desk.database.transaction((tx) => handOver(desk, tx, agent))
    else if (next === null || due < next) next = due
  }
  return next
}

/** When customers stop waiting for an absent agent; null for somebody present, or handed over already. */
function graceEnds(agent: StaffRow, calendar: Parameters<typeof afterWorkingTime>[0] | null): Instant | null {
  const { presence, presenceSince, handedOverAt } = agent
  if (presenceSince === null || handedOverAt !== null) return null
  if (presence === 'away_and_reassigning') return presenceSince
  // Without hours of their own nobody knows whether somebody who has gone will be missed.
  if (presence !== 'away' && !(presence === 'offline' && calendar !== null)) return null
  const end = afterWorkingTime(calendar ?? ALWAYS, Date.parse(presenceSince), GRACE_SECONDS * 1000)
  return end === null ? null : instant(end)
}

async function handOver(desk: Desk, tx: Transaction, { id: agentId }: StaffRow): Promise<void> {
  const at = desk.clock.now()
  const { sla } = await desk.setup.now()
  const ids = await activeTicketsOf(tx, agentId, 'all')
  const locked = await lockTickets(tx, ids)
  const clocks = Map.groupBy(await clocksOfTickets(tx, ids), ({ ticketId }) => ticketId)
  for (const { ticket } of locked.values()) {
    if (ticket.assigneeId !== agentId) continue
    const live = (clocks.get(ticket.id) ?? []).flatMap((clock) =>
      clock.state === 'running' || clock.state === 'paused'
        ? [{ ...clock, running: clock.state === 'running' }]
        : [],
    )
    const { secondsLeft } = clocksAt({ clocks: live }, sla.calendars, Date.parse(at))
    if (!goesBack({ ...ticket, secondsLeft })) continue
    const command = { kind: 'set', assigneeId: null, assigneeReason: 'away' } as const
    await act(desk, tx, ticket.id, command, bySystem)
  }
  await changeStaff(tx, agentId, { handedOverAt: at })
  tell(tx, { changed: 'presences', id: agentId })
}
