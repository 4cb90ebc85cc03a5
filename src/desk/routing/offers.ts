// The answers to offers: accepted, declined, or run out. A place in line is never lost by one.
import { act } from '#desk/act.ts'
import { bySystem, type By } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import { changePresence } from '#desk/routing/presence.ts'
import { stillWaits } from '#desk/routing/claim.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { EXPIRIES_TO_AWAY } from '#routing/away.ts'
import { openOffers, endOffer, type Offer } from '#routing/decision-store.ts'
import { changeStaff, readStaff } from '#routing/staff-store.ts'
import { dropWaiting, lookAt, waitingOf } from '#routing/waiting-store.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { lockTickets } from '#tickets/ticket-store.ts'

/** The agent takes what was offered; null when the offer is no longer theirs. */
export async function acceptOffer(desk: Desk, tx: Transaction, offer: Offer, by: By): Promise<boolean> {
  const ticket = (await lockTickets(tx, [offer.ticketId])).get(offer.ticketId)?.ticket
  const at = desk.clock.now()
  const ended = await endOffer(tx, offer.id, { state: 'accepted', at, agentId: offer.agentId })
  if (ended === null || ticket === undefined || !stillWaits(ticket, offer.queueId)) return false
  const facts = [{ kind: 'route_accepted', payload: await payloadOf(tx, offer) }] as const
  const command = { kind: 'set', assigneeId: offer.agentId, assigneeReason: 'routing', facts } as const
  const outcome = await act(desk, tx, offer.ticketId, command, by)
  if (!outcome.ok) return false
  await dropWaiting(tx, offer.ticketId, at)
  await changeStaff(tx, offer.agentId, { lastAssignedAt: at, expiries: 0 })
  return true
}

/** The agent does not want it: it goes to the next best, and not to them for half an hour. */
export async function declineOffer(desk: Desk, tx: Transaction, offer: Offer, by: By): Promise<boolean> {
  await lockTickets(tx, [offer.ticketId])
  const at = desk.clock.now()
  const ended = await endOffer(tx, offer.id, { state: 'declined', at, agentId: offer.agentId })
  if (ended === null) return false
  await changeStaff(tx, offer.agentId, { expiries: 0 })
  await goOn(desk, tx, offer, 'route_declined', by)
  return true
}

/** Ends the offers that have run out; returns when the next one does. */
export async function expireOffers(desk: Desk): Promise<Instant | null> {
  const open = await openOffers(desk.database)
  const due = open.filter(({ expiresAt }) => expiresAt <= desk.clock.now())
  for (const offer of due) await desk.database.transaction((tx) => expire(desk, tx, offer))
  return open[due.length]?.expiresAt ?? null
}

async function expire(desk: Desk, tx: Transaction, offer: Offer): Promise<void> {
  await lockTickets(tx, [offer.ticketId])
  const at = desk.clock.now()
  if ((await endOffer(tx, offer.id, { state: 'expired', at })) === null) return
  await goOn(desk, tx, offer, 'route_expired', bySystem)
  const agent = (await readStaff(tx)).find(({ id }) => id === offer.agentId)
  if (agent === undefined) return
  const expiries = agent.expiries + 1
  if (expiries < EXPIRIES_TO_AWAY || agent.presence !== 'online')
    return changeStaff(tx, agent.id, { expiries })
  await changePresence(desk, tx, agent.id, { presence: 'away', reason: 'offers_expired' })
}

async function goOn(
  desk: Desk,
  tx: Transaction,
  offer: Offer,
  kind: 'route_declined' | 'route_expired',
  by: By,
): Promise<void> {
  const facts = [{ kind, payload: await payloadOf(tx, offer) }] as const
  await act(desk, tx, offer.ticketId, { kind: 'record', facts }, by)
  await lookAt(tx, offer.ticketId)
  tell(tx, { changed: 'offers', id: offer.agentId })
  tell(tx, { lane: 'routing' })
}

async function payloadOf(tx: Transaction, { ticketId, queueId, agentId, decisionId, offeredAt }: Offer) {
  const row = (await waitingOf(tx, [ticketId])).get(ticketId)
  return { queueId, agentId, decisionId, eligibleAt: row?.eligibleAt ?? offeredAt }
}

/** What is on offer to one agent. */
export async function offersFor(desk: Desk, agentId: PersonId): Promise<Offer[]> {
  const open = await openOffers(desk.database, agentId)
  return open.filter(({ expiresAt }) => expiresAt > desk.clock.now())
}
