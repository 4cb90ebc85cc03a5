// Which queue a ticket waits in, if any: looked at after each of its updates. What it asks for is read from it anew each time.
import { act, momentFor } from '#desk/act.ts'
import { atRest, bySystem } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import type { Setup } from '#desk/setup-cache.ts'
import { sceneOf } from '#desk/rules/scene.ts'
import type { PersonId, QueueId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { EXCLUDED_SECONDS, goesBack } from '#routing/away.ts'
import { noteByHand } from '#desk/routing/claim.ts'
import { snapshotOf } from '#desk/routing/snapshot.ts'
import { askedBy, needsOfBook, queueOf, waits } from '#routing/ask.ts'
import { connectedQueues, type QueueRow } from '#routing/book.ts'
import { agentsInConflict } from '#routing/conflict-store.ts'
import { unitsOf } from '#routing/load.ts'
import type { Excluded } from '#routing/model.ts'
import { readStaff, type StaffRow } from '#routing/staff-store.ts'
import { unroutable } from '#routing/unroutable.ts'
import {
  dropWaiting,
  lastAgentOf,
  pastOfWaiting,
  putWaiting,
  takeRouteDue,
  waitingOf,
  type WaitingRow,
} from '#routing/waiting-store.ts'
import { holds } from '#rules/evaluate.ts'
import type { Scene } from '#rules/scene.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { lockTickets } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** How long a substitute is asked alone, when the queue does not say. */
const SUBSTITUTE_SECONDS = 600

/**
 * Looks at one ticket that changed. The row is locked first, as it is by whoever notes a change. What people take is written
 * down with its reasons, unless very many change at once.
 */
export async function lookAtTicket(desk: Desk, ticketId: number, notesTaken = true): Promise<void> {
  await desk.database.transaction(async (tx) => {
    const found = (await lockTickets(tx, [ticketId])).get(ticketId)?.ticket
    if (!(await takeRouteDue(tx, ticketId)) || found === undefined) return
    const ticket = await takenBack(desk, tx, found)
    const row = (await waitingOf(tx, [ticketId])).get(ticketId) ?? null
    if (waits(ticket)) await enter(desk, tx, ticket, row)
    else if (row !== null) await leave(desk, tx, ticket, row, notesTaken)
  })
}

/** A customer who answers somebody long away does not wait for them. */
async function takenBack(desk: Desk, tx: Transaction, ticket: Ticket): Promise<Ticket> {
  const { assigneeId, lastInboundAt, updatedAt } = ticket
  if (assigneeId === null || lastInboundAt !== updatedAt || !goesBack({ ...ticket, secondsLeft: null }))
    return ticket
  const owner = (await readStaff(tx)).find(({ id }) => id === assigneeId)
  if (owner === undefined || owner.handedOverAt === null) return ticket
  const command = { kind: 'set', assigneeId: null, assigneeReason: 'away' } as const
  const outcome = await act(desk, tx, ticket.id, command, bySystem)
  return outcome.ok ? outcome.ticket : ticket
}

async function leave(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  row: WaitingRow,
  notesTaken: boolean,
): Promise<void> {
  if (ticket.assigneeId !== null && notesTaken) await noteTaken(desk, tx, ticket, row)
  await dropWaiting(tx, ticket.id, desk.clock.now())
  const who = ticket.assigneeId === null ? {} : { agentId: ticket.assigneeId }
  const payload = { queueId: row.queueId, eligibleAt: row.eligibleAt, ...who }
  await act(desk, tx, ticket.id, { kind: 'record', facts: [{ kind: 'route_left', payload }] }, bySystem)
  tell(tx, { changed: 'waiting', id: ticket.id })
}

/** Somebody took it from a list, or gave it to somebody: written down like every other decision. */
async function noteTaken(desk: Desk, tx: Transaction, ticket: Ticket, row: WaitingRow): Promise<void> {
  const { routing } = await desk.setup.now()
  const ids = connectedQueues(routing.queues).find((set) => set.includes(row.queueId))
  if (ids === undefined) return
  const live = await snapshotOf(desk, tx, ids, { withOffered: true })
  await noteByHand(desk, tx, live, ticket, row.queueId)
}

async function enter(desk: Desk, tx: Transaction, ticket: Ticket, row: WaitingRow | null): Promise<void> {
  const setup = await desk.setup.now()
  const at = momentFor(ticket, desk.clock.now())
  const past = await pastOfWaiting(tx, ticket.id)
  const scene = await sceneFor(tx, ticket, setup, at)
  const chosen = queueFor(ticket, setup, scene, { setBy: past.queueSetBy, row })
  if (chosen === null) {
    if (row !== null) await leave(desk, tx, ticket, row, false)
    return
  }
  const { queue, matchedQueueId } = chosen
  const staff = await readStaff(tx)
  const stays = row?.queueId === queue.id
  const fresh: WaitingRow = {
    ...(await askedOf(tx, ticket, queue, { setup, scene, staff, at, past })),
    matchedQueueId,
    enteredAt: stays ? row.enteredAt : at,
    ...(stays ? { reservedAgentId: row.reservedAgentId, reservedUntil: row.reservedUntil } : {}),
  }
  await putWaiting(tx, fresh)
  if (stays) return
  const payload = { queueId: fresh.queueId, eligibleAt: fresh.eligibleAt }
  const command = {
    kind: 'set',
    queueId: fresh.queueId,
    facts: [{ kind: 'route_entered', payload }],
  } as const
  await act(desk, tx, ticket.id, command, bySystem)
  tell(tx, { changed: 'waiting', id: ticket.id })
}

/**
 * The queue that a person or a rule named, else the first that takes the ticket; null when none does. A ticket that another
 * queue has taken over stays there for as long as the conditions say what they said before.
 */
function queueFor(
  ticket: Ticket,
  { routing }: Setup,
  scene: Scene,
  { setBy, row }: { setBy: string | null; row: WaitingRow | null },
): { readonly queue: QueueRow; readonly matchedQueueId: number | null } | null {
  const { queues } = routing
  const named = queues.find(({ id }) => id === ticket.queueId)
  if (named !== undefined && setBy !== 'system') return { queue: named, matchedQueueId: null }
  const matched = queueOf(routing, scene)
  if (matched === null) return null
  const kept = row?.matchedQueueId === matched.id ? queues.find(({ id }) => id === row.queueId) : undefined
  return { queue: kept ?? matched, matchedQueueId: matched.id }
}

type Asking = {
  readonly setup: Setup
  readonly scene: Scene
  readonly staff: readonly StaffRow[]
  readonly at: Instant
  readonly past: Awaited<ReturnType<typeof pastOfWaiting>>
}

/** Everything that routing asks for a ticket in a queue, now. */
async function askedOf(
  db: Db,
  ticket: Ticket,
  queue: QueueRow,
  { setup, scene, staff, at, past }: Asking,
): Promise<Omit<WaitingRow, 'matchedQueueId'>> {
  const { id, definition } = queue
  const { units } = setup.routing
  const needs = askedBy(setup.routing, queue, scene, past.skillIds)
  const gaveBack = wasGivenBack(past.lostBy) ? past.lostBy : null
  const affinity =
    gaveBack === null
      ? (ticket.previousAssigneeId ??
        (definition.sticky ? await lastAgentOf(db, ticket.requesterId, ticket.id, at) : null))
      : null
  const until = gaveBack === null ? 0 : Date.parse(gaveBack.at) + EXCLUDED_SECONDS * 1000
  const excluded: Excluded[] = gaveBack === null ? [] : [{ agentId: gaveBack.from, why: 'given_back', until }]
  const inConflict = await agentsInConflict(db, ticket)
  const substitute = substituteOf(staff, ticket.previousAssigneeId, inConflict)
  return {
    ticketId: ticket.id,
    queueId: id as QueueId,
    enteredAt: at,
    eligibleAt: past.reopenedAt ?? ticket.openedAt,
    lane: definition.vip !== null && holds(definition.vip, scene) ? 1 : 0,
    units: unitsOf(units, ticket.channel, ticket.categoryId, 1),
    needs,
    affinityAgentId: affinity,
    reservedAgentId: substitute,
    reservedUntil: substitute === null ? null : plus(at, definition.offerSeconds ?? SUBSTITUTE_SECONDS),
    excluded,
    unroutable: unroutable(
      needs,
      definition,
      staff.map((each) => ({
        ...each,
        skills: new Map(Object.entries(each.skills).map(([skill, level]) => [Number(skill), level])),
      })),
      inConflict,
    ),
  }
}

/** By whoever had it, or for them at the end of their shift: they are not the first to be asked. */
function wasGivenBack(lost: Asking['past']['lostBy']): boolean {
  return lost !== null && (lost.actorId === lost.from || lost.reason === 'handover')
}

/** Whoever stands in for an agent who is away. */
function substituteOf(
  staff: readonly StaffRow[],
  agentId: PersonId | null,
  inConflict: readonly PersonId[],
): PersonId | null {
  const owner = staff.find(({ id }) => id === agentId)
  const isAway = owner?.presence === 'away' || owner?.presence === 'away_and_reassigning'
  const substitute = isAway ? owner.substituteId : null
  return substitute !== null && inConflict.includes(substitute) ? null : substitute
}

/** The scene of a ticket as it stands, with what the conditions of queues and skills look at. */
export async function sceneFor(db: Db, ticket: Ticket, setup: Setup, at: Instant): Promise<Scene> {
  return sceneOf(db, atRest(ticket, { at, setup }), needsOfBook(setup.routing))
}
