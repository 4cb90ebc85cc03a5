// When a ticket that is lived again comes into which queue, what it asks for, and what becomes of it there before anybody has it: what a
// play of routing is made of. Who got it on record is left out; that is what is played.
import type { Step } from '#backtest/life.ts'
import type { Configuration, PastTicket } from '#backtest/past-ticket.ts'
import type { Replay } from '#backtest/replay.ts'
import { atRest, sceneOf } from '#backtest/scene.ts'
import type { Instant } from '#kit/time.ts'
import { askedBy, needsOfBook, queueOf, skillsRead, waits } from '#routing/ask.ts'
import type { RoutingBook } from '#routing/book.ts'
import { unitsOf } from '#routing/load.ts'
import type { Arrival } from '#routing/simulate.ts'
import { holds } from '#rules/evaluate.ts'
import { judge } from '#sla/judge.ts'
import type { Actor, TicketEvent } from '#tickets/event.ts'
import { isActive } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** A ticket stands in line more than once; its places have numbers of their own, the same under every configuration. */
const MOST_PLACES = 1_000

export type Arrived = {
  readonly arrivals: readonly Arrival[]
  readonly changes: readonly { readonly at: number; readonly id: number; readonly to: Arrival | null }[]
  /** Times that it waited and no queue took it. */
  readonly withoutQueue: number
}

export type Arriving = {
  readonly configuration: Configuration
  readonly book: RoutingBook
  readonly window: { readonly from: Instant; readonly to: Instant }
  /** How much work a place in line is, by its number and what the ticket turned out to be. */
  readonly workMs: (place: number, ticket: Ticket) => number
  /** What an answer of a category usually takes, in seconds. */
  readonly usual: (categoryId: number | null) => number | null
  /** Agents who must never have it. */
  readonly conflicts: (ticket: Ticket) => readonly number[]
}

/** A place in line, from an opening or reopening on. */
type Place = {
  readonly id: number
  readonly beganAt: Instant
  /** As it came into line; null before it has. */
  first: Arrival | null
  now: Arrival | null
  isUnplaced: boolean
}

/** Every time that a life comes to wait for somebody, by opening or reopening, in a window. `ending` is what it turned out to be. */
export function arrivalsOf(past: PastTicket, life: Replay, ending: Ticket, how: Arriving): Arrived {
  const { from, to } = how.window
  const places: Place[] = []
  const changes: { at: number; id: number; to: Arrival | null }[] = []
  const log: TicketEvent[] = []
  let queueSetBy: string | null = null
  let before: Ticket | null = null
  for (const step of life.steps) {
    const { at, after, events } = step
    log.push(...events)
    queueSetBy = events.findLast(({ kind }) => kind === 'queue_changed')?.actor.type ?? queueSetBy
    if (before === null || (!isActive(before.status) && isActive(after.status)))
      places.push(placeFrom(step, places.length))
    before = after
    const place = places.at(-1)
    if (place === undefined || place.beganAt < from || at > to) continue
    if (waits(after))
      standIn(place, arrivalAt(past, log, step, { ...how, place: place.id, queueSetBy, ending }), at, changes)
    else if (place.now !== null && goesAway(step)) {
      changes.push({ at: Date.parse(at), id: place.id, to: null })
      place.now = null
    }
  }
  return {
    arrivals: places.flatMap(({ first }) => first ?? []),
    changes,
    withoutQueue: places.filter(({ first, isUnplaced }) => first === null && isUnplaced).length,
  }
}

function placeFrom({ at, after }: Step, count: number): Place {
  const id = after.id * MOST_PLACES + Math.min(count, MOST_PLACES - 1)
  return { id, beganAt: at, first: null, now: null, isUnplaced: false }
}

/** It comes into line, or stands there otherwise than before. */
function standIn(
  place: Place,
  arrival: Arrival | null,
  at: Instant,
  changes: { at: number; id: number; to: Arrival | null }[],
): void {
  const { first } = place
  if (first === null) {
    place.first = arrival
    place.now = arrival
    place.isUnplaced = arrival === null
    return
  }
  const next = arrival && { ...arrival, at: first.at, workMs: first.workMs }
  if (JSON.stringify(next) === JSON.stringify(place.now)) return
  changes.push({ at: Date.parse(at), id: place.id, to: next })
  place.now = next
}

/** It is settled, hidden or put off without anybody's work: who worked on it is what is played. */
function goesAway({ events, after }: Step): boolean {
  const byPeople = ({ actor }: TicketEvent) => actor.type === 'agent' || actor.type === 'api'
  return after.assigneeId === null && !events.some(byPeople)
}

type At = Arriving & { readonly place: number; readonly queueSetBy: string | null; readonly ending: Ticket }

const nobody: Actor = { type: 'system', id: null }

function arrivalAt(
  past: PastTicket,
  log: readonly TicketEvent[],
  { at, after }: Step,
  how: At,
): Arrival | null {
  const { configuration, book, place, queueSetBy, ending } = how
  const replayed = atRest(after, { at, log, actor: nobody })
  const scene = sceneOf(past, configuration, replayed, needsOfBook(book))
  const named = book.queues.find(({ id }) => id === after.queueId)
  const queue = named !== undefined && queueSetBy !== 'system' ? named : queueOf(book, scene)
  if (queue === null) return null
  const { vip } = queue.definition
  return {
    id: place,
    queueId: queue.id,
    at: Date.parse(at),
    priority: after.priority,
    channel: after.channel,
    teamId: after.teamId,
    lane: vip !== null && holds(vip, scene) ? 1 : 0,
    affinityAgentId: after.previousAssigneeId,
    units: unitsOf(book.units, after.channel, after.categoryId, 1),
    needs: askedBy(book, queue, scene, skillsRead(log)),
    handleSeconds: how.usual(after.categoryId),
    excluded: how.conflicts(after).map((agentId) => ({ agentId, why: 'conflict', until: null })),
    workMs: how.workMs(place, ending),
    dueAt: dueAt(log, after, configuration, at),
  }
}

/** When the first of its running clocks is due. */
function dueAt(
  log: readonly TicketEvent[],
  ticket: Ticket,
  { sla }: Configuration,
  at: Instant,
): number | null {
  if (sla.versions.size === 0) return null
  const running = judge(log, ticket, sla, at).clocks.filter(({ state }) => state === 'running')
  const moments = running.flatMap((clock) => clock.dueAt ?? [])
  return moments.length === 0 ? null : Math.min(...moments)
}
