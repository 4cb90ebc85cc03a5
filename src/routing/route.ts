// Who gets what, at one instant: the match that the live desk, previews and simulations share. Deterministic; asks nobody.
import { bar, standing } from '#routing/eligible.ts'
import { Match, type Explanation, type Lined, type Move } from '#routing/match.ts'
import type { Snapshot } from '#routing/model.ts'

export type Routed = {
  readonly moves: readonly Move[]
  /** When there is something to look at again without anything having happened; null for never. */
  readonly nextAt: number | null
  /** Everybody who waited before anything was given, by queue, in any order. */
  readonly crowd: ReadonlyMap<number, readonly Lined[]>
}

/** Gives tickets to agents until nothing more can be given, or `limit` moves are made. Tickets of pull queues stay. */
export function route(snapshot: Snapshot, options: { limit?: number; explain?: boolean } = {}): Routed {
  const { limit = Infinity, explain: explains = false } = options
  const match = new Match(snapshot)
  const moves: Move[] = match.overflows()
  const heads = new Map(snapshot.queues.map((queue) => [queue.id, match.hasRoom(queue) ? 0 : Infinity]))
  while (moves.length < limit) {
    const queueId = match.hungriest(heads)
    if (queueId === null) break
    const index = heads.get(queueId) ?? 0
    heads.set(queueId, index + 1)
    const lined = match.line(queueId)[index]
    if (lined === undefined || match.hasLeft(lined.ticket.id)) continue
    const chosen = match.choose(lined)
    if (chosen === null) continue
    const explanation = explains ? match.explain(lined, index) : null
    match.give(lined, chosen)
    if (match.isFull(chosen) && !match.hasRoom(lined.queue)) heads.set(queueId, Infinity)
    const kind = lined.queue.mode === 'offer' ? 'offer' : 'assign'
    moves.push({ kind, ticketId: lined.ticket.id, queueId, agentId: chosen.id, explanation })
  }
  return { moves, nextAt: match.nextAt(), crowd: match.crowd }
}

/** Why a ticket waits, or who would get it: the explanation for one ticket as things stand. */
export function explain(snapshot: Snapshot, ticketId: number): Explanation | null {
  const match = new Match(snapshot)
  for (const line of match.lines.values()) {
    const index = line.findIndex(({ ticket }) => ticket.id === ticketId)
    const lined = line[index]
    if (lined !== undefined) return match.explain(lined, index)
  }
  return null
}

/** The tickets that an agent may take next by hand, the first first: capacity, presence and hours do not count. */
export function nextFor(
  snapshot: Snapshot,
  agentId: number,
): readonly { ticketId: number; queueId: number }[] {
  const match = new Match(snapshot)
  const agent = snapshot.agents.find(({ id }) => id === agentId)
  if (agent === undefined) return []
  const heads = new Map(snapshot.queues.map(({ id }) => [id, 0]))
  const found: { ticketId: number; queueId: number }[] = []
  for (let id = match.hungriest(heads, 'all'); id !== null; id = match.hungriest(heads, 'all')) {
    const index = heads.get(id) ?? 0
    heads.set(id, index + 1)
    const lined = match.line(id)[index]
    if (lined === undefined) continue
    if ('because' in standing(agent, lined.ticket, lined.queue, lined.relaxed)) continue
    if (bar(agent, lined.ticket, lined.queue, snapshot.at) !== null) continue
    found.push({ ticketId: lined.ticket.id, queueId: id })
  }
  return found
}

/** The lines of a snapshot in order: what a board shows. */
export function linesOf(snapshot: Snapshot): ReadonlyMap<number, readonly Lined[]> {
  return new Match(snapshot).lines
}
