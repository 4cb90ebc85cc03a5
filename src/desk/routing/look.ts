// Looks at routing as it stands, for people: how a ticket waits, and how each queue does.
import type { Desk } from '#desk/desk.ts'
import { snapshotOf, type LiveSnapshot } from '#desk/routing/snapshot.ts'
import { sees, type Reader } from '#people/can.ts'
import { connectedQueues } from '#routing/book.ts'
import { decisionsOf, type Decision } from '#routing/decision-store.ts'
import { presenceProblem, capacityProblem, standing } from '#routing/eligible.ts'
import type { Explanation, Lined } from '#routing/match.ts'
import { explain, linesOf } from '#routing/route.ts'
import { waitingOf, type WaitingRow } from '#routing/waiting-store.ts'
import type { Db } from '#store/database.ts'

export type SeenRouting = {
  readonly waiting: { readonly row: WaitingRow; readonly explanation: Explanation | null } | null
  readonly decisions: readonly Decision[]
}

/** How a ticket waits now, and what was decided about it. */
export async function routingOf(desk: Desk, db: Db, ticketId: number): Promise<SeenRouting> {
  const decisions = await decisionsOf(db, ticketId)
  const row = (await waitingOf(db, [ticketId])).get(ticketId)
  if (row === undefined) return { waiting: null, decisions }
  const live = await snapshotAround(desk, db, row.queueId)
  return { waiting: { row, explanation: explain(live.snapshot, ticketId) }, decisions }
}

/** The snapshot of a queue and those that share people with it, tickets on offer included. */
export async function snapshotAround(desk: Desk, db: Db, queueId: number): Promise<LiveSnapshot> {
  const { routing } = await desk.setup.now()
  const ids = connectedQueues(routing.queues).find((set) => set.includes(queueId)) ?? [queueId]
  return snapshotOf(desk, db, ids, { withOffered: true })
}

export type QueueState = {
  readonly id: number
  readonly title: string
  readonly mode: 'push' | 'offer' | 'pull'
  readonly line: readonly Lined[]
  readonly unroutable: number
  /** Agents of the queue's teams who are online, and those of them with room for a mail. */
  readonly online: number
  readonly free: number
}

/** Every queue at this moment, with those of its line whom the reader sees. */
export async function queueStates(desk: Desk, db: Db, reader: Reader): Promise<QueueState[]> {
  const { routing } = await desk.setup.now()
  const live = await snapshotOf(
    desk,
    db,
    routing.queues.map(({ id }) => id),
    { withOffered: true },
  )
  const lines = linesOf(live.snapshot)
  return live.snapshot.queues.map((queue) => {
    const line = (lines.get(queue.id) ?? []).filter(({ ticket: { id } }) => {
      const row = live.rows.get(id)
      return row !== undefined && sees(reader, { ...row, assigneeId: null })
    })
    const plain = plainTicket(queue.id)
    const there = live.snapshot.agents.filter(
      (agent) =>
        presenceProblem(agent, plain, queue, live.snapshot.at) === null &&
        !('because' in standing(agent, plain, queue, { needs: [], secondaryTeams: true })),
    )
    return {
      id: queue.id,
      title: queue.title,
      mode: queue.mode,
      line,
      unroutable: line.filter(({ ticket }) => live.rows.get(ticket.id)?.unroutable !== null).length,
      online: there.length,
      free: there.filter((agent) => capacityProblem(agent, { ...agent }, plain) === null).length,
    }
  })
}

function plainTicket(queueId: number): Lined['ticket'] {
  return {
    id: 0,
    queueId,
    enteredAt: 0,
    eligibleAt: 0,
    lane: 0,
    priority: 'normal',
    channel: 'email',
    teamId: null,
    outOfSightOf: [],
    units: 1,
    needs: [],
    secondsLeft: null,
    percentUsed: 0,
    handleSeconds: null,
    affinityAgentId: null,
    reserved: null,
    excluded: [],
  }
}
