// Carries out what routing decided: the ticket is locked and looked at again before anybody gets it, so there is one winner.
import { act } from '#desk/act.ts'
import { bySystem, type By } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import type { LiveSnapshot } from '#desk/routing/snapshot.ts'
import type { PersonId, QueueId } from '#kit/ids.ts'
import { plus, secondsBetween, type Instant } from '#kit/time.ts'
import { addDecision, addOffer, type DecisionKind } from '#routing/decision-store.ts'
import { capacityProblem } from '#routing/eligible.ts'
import type { Snapshot } from '#routing/model.ts'
import type { Explanation, Move } from '#routing/match.ts'
import { explain, linesOf } from '#routing/route.ts'
import { changeStaff } from '#routing/staff-store.ts'
import { dropWaiting, lastAssignment, putWaiting } from '#routing/waiting-store.ts'
import type { Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { lockTickets } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** Candidates kept with a decision; those behind are counted in the explanation's place in line. */
const KEPT_CANDIDATES = 20
const PASSED_MS = 900_000

/** Carries out moves whose tickets still wait; returns how many. */
export async function carryOutMoves(
  desk: Desk,
  tx: Transaction,
  live: LiveSnapshot,
  moves: readonly Move[],
): Promise<number> {
  const locked = await lockTickets(
    tx,
    moves.map(({ ticketId }) => ticketId),
  )
  let done = 0
  for (const move of moves) {
    const ticket = locked.get(move.ticketId)?.ticket
    if (ticket === undefined || !stillWaits(ticket, move.queueId)) continue
    if (move.kind === 'overflow') await overflow(desk, tx, live, move)
    else if (move.explanation !== null)
      await give(desk, tx, live, { ...move, explanation: move.explanation, ticket, by: bySystem })
    done++
  }
  return done
}

/** Whether nobody has taken the ticket or moved it since it was read. */
export function stillWaits({ assigneeId, status, queueId, flags }: Ticket, inQueue: number): boolean {
  const active = status === 'new' || status === 'open'
  return (
    assigneeId === null &&
    active &&
    queueId === inQueue &&
    !flags.spam &&
    !flags.deleted &&
    flags.mergedInto === null
  )
}

type Giving = {
  readonly kind: 'assign' | 'offer' | 'take' | 'hand'
  readonly ticket: Ticket
  readonly queueId: number
  readonly agentId: number
  readonly explanation: Explanation
  readonly by: By
}

const decisionKinds: Readonly<Record<Giving['kind'], DecisionKind>> = {
  assign: 'assigned',
  offer: 'offered',
  take: 'taken',
  hand: 'given',
}

/** Gives or offers a locked ticket to an agent and writes down why. False when the ticket refuses. */
export async function give(
  desk: Desk,
  tx: Transaction,
  live: LiveSnapshot,
  giving: Giving,
): Promise<boolean> {
  const { kind, ticket, by } = giving
  const [queueId, agentId] = [giving.queueId as QueueId, giving.agentId as PersonId]
  const at = desk.clock.now()
  const row = live.rows.get(ticket.id)
  const eligibleAt = row?.eligibleAt ?? ticket.openedAt
  const decisionId = await decide(desk, tx, live, giving, at)
  const payload = { queueId, agentId, decisionId, eligibleAt }
  if (kind === 'offer') {
    const queue = live.snapshot.queues.find(({ id }) => id === giving.queueId)
    const seconds = queue?.offerSeconds ?? (ticket.channel === 'chat' ? 30 : 600)
    const expiresAt = plus(at, seconds)
    const { channel } = ticket
    const units = row?.units ?? 1
    await addOffer(tx, {
      ticketId: ticket.id,
      queueId,
      agentId,
      decisionId,
      units,
      channel,
      offeredAt: at,
      expiresAt,
    })
    const facts = [{ kind: 'route_offered', payload }] as const
    await act(desk, tx, ticket.id, { kind: 'record', facts }, by)
    tell(tx, { changed: 'offers', id: agentId })
    return true
  }
  const facts = [{ kind: 'route_left', payload }] as const
  const reason = kind === 'assign' ? 'routing' : kind === 'take' ? 'take' : 'manual'
  const command = { kind: 'set', assigneeId: agentId, assigneeReason: reason, facts } as const
  const outcome = await act(desk, tx, ticket.id, command, by)
  if (!outcome.ok) {
    desk.log.warn({ ticketId: ticket.id, refusal: outcome.refusal.name }, 'Routing was refused')
    return false
  }
  await dropWaiting(tx, ticket.id, at)
  await changeStaff(tx, agentId, { lastAssignedAt: at, ...(kind === 'take' ? { expiries: 0 } : {}) })
  return true
}

/** Writes down that somebody has taken a waiting ticket without routing, or was given it. */
export async function noteByHand(
  desk: Desk,
  tx: Transaction,
  live: LiveSnapshot,
  ticket: Ticket,
  queueId: number,
): Promise<void> {
  const explanation = explain(live.snapshot, ticket.id)
  const [last] = await lastAssignment(tx, ticket.id)
  if (explanation === null || ticket.assigneeId === null || last === undefined) return
  const kind = last.reason === 'take' ? 'take' : 'hand'
  const agentId = ticket.assigneeId
  await decide(desk, tx, live, { kind, ticket, queueId, agentId, explanation, by: bySystem }, last.at)
  await changeStaff(tx, agentId, { lastAssignedAt: last.at })
}

async function decide(
  desk: Desk,
  tx: Transaction,
  { snapshot, rows }: LiveSnapshot,
  { kind, ticket, queueId, agentId, explanation }: Giving,
  at: Instant,
): Promise<number> {
  const { routing, rulebook } = await desk.setup.now()
  const row = rows.get(ticket.id)
  const agent = snapshot.agents.find(({ id }) => id === agentId)
  const waiting = snapshot.tickets.find(({ id }) => id === ticket.id)
  const before =
    agent === undefined ? null : { ...agent, used: agent.used - inHand(ticket, agentId, row?.units ?? 1) }
  const over =
    before !== null && waiting !== undefined && capacityProblem(before, { ...before }, waiting) !== null
  return addDecision(tx, {
    ticketId: ticket.id,
    at,
    queueId: queueId as QueueId,
    queueVersion: routing.queues.find(({ id }) => id === queueId)?.version ?? 0,
    rulebookVersion: rulebook.version,
    kind: decisionKinds[kind],
    agentId: agentId as PersonId,
    overCapacity: over,
    passedOver: (kind === 'take' || kind === 'hand') && hasPassed(snapshot, ticket.id, queueId),
    waitedSeconds: secondsBetween(row?.eligibleAt ?? ticket.openedAt, at),
    units: row?.units ?? 1,
    explanation: { ...explanation, candidates: explanation.candidates.slice(0, KEPT_CANDIDATES) },
  })
}

/** What of an agent's load is this very ticket: it is theirs already when it was taken from a list. */
function inHand({ assigneeId }: Ticket, agentId: number, units: number): number {
  return assigneeId === agentId ? units : 0
}

/** Whether somebody before it in line had waited a quarter of an hour longer. */
function hasPassed(snapshot: Snapshot, ticketId: number, queueId: number): boolean {
  const line = linesOf(snapshot).get(queueId) ?? []
  const index = line.findIndex(({ ticket }) => ticket.id === ticketId)
  const own = line[index]?.ticket.eligibleAt ?? 0
  return line.slice(0, Math.max(0, index)).some(({ ticket }) => ticket.eligibleAt < own - PASSED_MS)
}

/** Another queue takes over: the wait goes on, relaxation begins anew. */
async function overflow(
  desk: Desk,
  tx: Transaction,
  { rows }: LiveSnapshot,
  { ticketId, queueId, toQueueId }: Extract<Move, { kind: 'overflow' }>,
): Promise<void> {
  const row = rows.get(ticketId)
  if (row === undefined) return
  const to = toQueueId as QueueId
  const { eligibleAt } = row
  await putWaiting(tx, { ...row, queueId: to, enteredAt: desk.clock.now() })
  const facts = [
    { kind: 'route_left', payload: { queueId: queueId as QueueId, eligibleAt } },
    { kind: 'route_entered', payload: { queueId: to, eligibleAt } },
  ] as const
  await act(desk, tx, row.ticketId, { kind: 'set', queueId: to, facts }, bySystem)
}
