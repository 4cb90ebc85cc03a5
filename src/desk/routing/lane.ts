// Routing, live: tickets that changed find their queue, queues find people, offers run out, the absent hand over. One lane; any
// number of workers may run it, since each step takes what it works on under a lock. A desk without queues does nothing here.
import type { Desk } from '#desk/desk.ts'
import { handOverDue } from '#desk/routing/presence.ts'
import { carryOutMoves } from '#desk/routing/claim.ts'
import { lookAtTicket } from '#desk/routing/enter.ts'
import { expireOffers } from '#desk/routing/offers.ts'
import { snapshotOf, type LiveSnapshot } from '#desk/routing/snapshot.ts'
import { noteWaitingInVain, tellOfStuck } from '#desk/routing/stuck-alerts.ts'
import { act } from '#desk/act.ts'
import { bySystem } from '#desk/update.ts'
import { instant, plus, secondsBetween, type Instant } from '#kit/time.ts'
import { connectedQueues } from '#routing/book.ts'
import { route, type Routed } from '#routing/route.ts'
import { anyWaiting, lockQueues, noteSteps, routeDue } from '#routing/waiting-store.ts'
import { nextRuleAt } from '#rules/timer-store.ts'
import type { Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'

const TICKETS_AT_ONCE = 50
const MOVES_AT_ONCE = 20

/** So long at most routing waits for what was due before it began. */
const CATCHES_UP_SECONDS = 60

/**
 * The rounds of a desk that has just started. What timer rules were to do while it was down comes first: on a ticket that somebody gets
 * meanwhile their condition holds no more, and a backtest could not say why they never fired.
 */
export function routingLane(desk: Desk): () => Promise<Round> {
  const startedAt = desk.clock.now()
  let isCaughtUp = false
  return async () => {
    if (!isCaughtUp) {
      const [now, due] = [desk.clock.now(), await nextRuleAt(desk.database)]
      const hasWaited = secondsBetween(startedAt, now) >= CATCHES_UP_SECONDS
      isCaughtUp = due === null || due > startedAt || hasWaited
      if (!isCaughtUp) return plus(now, 1)
    }
    return routeNext(desk)
  }
}

/** One round: what changed, what ran out, and a match for each set of queues that share people. */
export async function routeNext(desk: Desk): Promise<Round> {
  const { routing } = await desk.setup.now()
  if (routing.queues.length === 0) return null
  const due = await routeDue(desk.database, TICKETS_AT_ONCE)
  const isMany = due.length === TICKETS_AT_ONCE
  for (const id of due) await lookAtTicket(desk, id, !isMany)
  const moments: (Instant | null)[] = [await expireOffers(desk), await handOverDue(desk)]
  let given = false
  for (const ids of connectedQueues(routing.queues)) {
    const matched = await matchQueues(desk, ids)
    given ||= matched.done > 0
    moments.push(matched.nextAt)
  }
  moments.push(await tellOfStuck(desk))
  if (given) tell(desk.database, { changed: 'waiting', id: null })
  if (given || isMany) return 'more'
  return moments.filter((each) => each !== null).toSorted()[0] ?? null
}

/** Matches one set of queues, under its lock. */
async function matchQueues(
  desk: Desk,
  ids: readonly number[],
): Promise<{ done: number; nextAt: Instant | null }> {
  if (!(await anyWaiting(desk.database, ids))) return { done: 0, nextAt: null }
  return desk.database.transaction(async (tx) => {
    await lockQueues(tx, ids[0] ?? 0)
    const live = await snapshotOf(desk, tx, ids)
    const { moves, nextAt, crowd } = route(live.snapshot, { limit: MOVES_AT_ONCE, explain: true })
    await noteRelaxed(desk, tx, live, crowd)
    await noteWaitingInVain(desk, tx, live, { crowd, moves })
    const done = await carryOutMoves(desk, tx, live, moves)
    return { done, nextAt: nextAt === null ? null : instant(nextAt) }
  })
}

/** Writes down steps of relaxation that waiting tickets have come to. */
async function noteRelaxed(
  desk: Desk,
  tx: Transaction,
  { rows }: LiveSnapshot,
  crowd: Routed['crowd'],
): Promise<void> {
  let left = TICKETS_AT_ONCE
  for (const line of crowd.values())
    for (const { ticket, relaxed } of line) {
      const row = rows.get(ticket.id)
      if (row === undefined || relaxed.steps.length <= row.relaxedSteps || left-- <= 0) continue
      await noteSteps(tx, ticket.id, relaxed.steps.length)
      if (ticket.needs.length === 0 && !relaxed.secondaryTeams) continue
      const { queueId, eligibleAt } = row
      const facts = [
        { kind: 'route_relaxed', payload: { queueId, eligibleAt, step: relaxed.steps.length } },
      ] as const
      await act(desk, tx, row.ticketId, { kind: 'record', facts }, bySystem)
    }
}
