// Tickets that wait in vain though somebody on staff could take them: nobody is here who should be, or their queues go in a circle.
// What nobody on staff can is unroutable.ts.
import { isOpen, workingTime } from '#hours/working-time.ts'
import type { Lined, Move } from '#routing/match.ts'
import type { Queue, Snapshot } from '#routing/model.ts'

/** What a lead is told of a ticket. */
export type StuckCause = 'skill' | 'team' | 'capacity' | 'conflict' | 'nobody_here' | 'circle'

/** So long may a queue be without anybody before those who lead hear of it. */
const ALONE_MS = 900_000

/**
 * By queue, the tickets that have waited a quarter of an hour while nobody of its teams takes work, though the queue is open and
 * somebody should be at work by their own hours. Agents without hours should be there whenever their queue is open.
 */
export function waitAlone(
  { at, agents, queues }: Snapshot,
  crowd: ReadonlyMap<number, readonly Lined[]>,
): Map<number, number[]> {
  const found = new Map<number, number[]>()
  for (const queue of queues) {
    const teams = [...queue.teams.primary, ...queue.teams.secondary]
    const members = agents.filter((agent) => agent.teams.some((team) => teams.includes(team)))
    const isAlone = members.length > 0 && members.every(({ presence }) => presence !== 'online')
    const isExpected = members.some(({ calendar }) => calendar === null || isOpen(calendar, at))
    if (!isAlone || !isExpected || !isOpen(queue.calendar, at)) continue
    const ids = (crowd.get(queue.id) ?? [])
      .filter(({ ticket }) => workingTime(queue.calendar, ticket.enteredAt, at) >= ALONE_MS)
      .map(({ ticket }) => ticket.id)
    if (ids.length > 0) found.set(queue.id, ids)
  }
  return found
}

/** The queues of a circle that begins with this one: it overflows into others, and the last of them back. Empty for none. */
export function circleFrom(
  queueId: number,
  overflows: ReadonlyMap<number, number | null>,
): readonly number[] {
  const seen = [queueId]
  for (let next = overflows.get(queueId) ?? null; next !== null; next = overflows.get(next) ?? null) {
    if (next === queueId) return seen
    if (seen.includes(next)) return []
    seen.push(next)
  }
  return []
}

/** By queue, the tickets that move on from one queue of a circle to the next. */
export function goInCircles(queues: readonly Queue[], moves: readonly Move[]): Map<number, number[]> {
  const overflows = new Map(queues.map(({ id, overflowQueueId }) => [id, overflowQueueId]))
  const moved = moves.filter(
    (move) => move.kind === 'overflow' && circleFrom(move.queueId, overflows).length > 0,
  )
  return new Map(
    [...Map.groupBy(moved, ({ queueId }) => queueId)].map(([id, some]) => [
      id,
      some.map((each) => each.ticketId),
    ]),
  )
}
