// A day, or a month, of a desk played through: who starts what when, under the desk's own routing or a simpler one. Agents work
// on one ticket at a time and hold others; everything after the first different assignment is assumed.
import { afterWorkingTime, isOpen, nextOpen } from '#hours/working-time.ts'
import { ALWAYS } from '#hours/calendar.ts'
import type { Agent, Queue, Snapshot, Waiting } from '#routing/model.ts'
import { route } from '#routing/route.ts'
import { shiftAt } from '#routing/shift.ts'

export type Arrival = Pick<
  Waiting,
  'id' | 'queueId' | 'priority' | 'channel' | 'units' | 'needs' | 'handleSeconds'
> & {
  readonly at: number
  /** How much attention it takes of somebody who has every skill asked. */
  readonly workMs: number
  /** When its work must have begun; null for no promise. */
  readonly dueAt: number | null
}

export type Scenario = {
  readonly queues: readonly Queue[]
  readonly agents: readonly Agent[]
  readonly arrivals: readonly Arrival[]
}

/** `given_out_*`: to somebody who has what is asked, at once, however much they have in hand. Nothing is softened. */
export type Policy = 'docket' | 'given_out_in_turn' | 'given_out_to_least_loaded'

export type Started = {
  readonly arrival: Arrival
  readonly agentId: number
  readonly at: number
  readonly endsAt: number
}
export type Played = {
  readonly started: readonly Started[]
  /** Nobody had begun with them when everybody had stopped. */
  readonly left: readonly Arrival[]
}

/** Longer than this beyond the last arrival, nobody is waited for. */
const PATIENCE_MS = 14 * 86_400_000

type Desk = {
  readonly agent: Agent
  readonly inbox: Arrival[]
  doing: Started | null
  lastGivenAt: number | null
}

/** Plays a scenario to its end. */
export function play(scenario: Scenario, policy: Policy): Played {
  const desks = scenario.agents.map((agent): Desk => ({ agent, inbox: [], doing: null, lastGivenAt: null }))
  const arrivals = scenario.arrivals.toSorted((a, b) => a.at - b.at || a.id - b.id)
  const waiting = new Map<number, Arrival>()
  const started: Started[] = []
  const end = (arrivals.at(-1)?.at ?? 0) + PATIENCE_MS
  let nextArrival = 0
  let at = arrivals[0]?.at ?? 0
  while (at <= end) {
    for (
      let arrival = arrivals[nextArrival];
      arrival !== undefined && arrival.at <= at;
      arrival = arrivals[nextArrival]
    ) {
      waiting.set(arrival.id, arrival)
      nextArrival++
    }
    for (const desk of desks) if (desk.doing !== null && desk.doing.endsAt <= at) desk.doing = null
    const again =
      policy === 'docket'
        ? match(scenario, desks, waiting, at)
        : giveOut(scenario, desks, waiting, at, policy)
    for (const desk of desks) begin(desk, at, started)
    const next = Math.min(
      arrivals[nextArrival]?.at ?? Infinity,
      again ?? Infinity,
      ...desks.map((desk) => lookAgainAt(desk, at)),
    )
    if (next === Infinity) break
    at = Math.max(next, at + 1)
  }
  return { started, left: [...waiting.values(), ...desks.flatMap(({ inbox }) => inbox)] }
}

/** How long a ticket takes this agent: a third more for each level that is missing. */
export function workOf({ needs, workMs }: Arrival, { skills }: Agent): number {
  const missing = needs.reduce(
    (sum, { skillId, minLevel }) => sum + Math.max(0, minLevel - (skills.get(skillId) ?? 0)),
    0,
  )
  return workMs * (1 + missing / 3)
}

function begin(desk: Desk, at: number, started: Started[]): void {
  const { agent, inbox } = desk
  const calendar = agent.calendar ?? ALWAYS
  const arrival = inbox[0]
  if (desk.doing !== null || arrival === undefined || !isOpen(calendar, at)) return
  inbox.shift()
  const endsAt = afterWorkingTime(calendar, at, workOf(arrival, agent)) ?? Infinity
  desk.doing = { arrival, agentId: agent.id, at, endsAt }
  started.push(desk.doing)
}

function lookAgainAt({ agent, doing, inbox }: Desk, at: number): number {
  if (doing !== null) return doing.endsAt
  const calendar = agent.calendar ?? ALWAYS
  return inbox.length === 0 || isOpen(calendar, at) ? Infinity : (nextOpen(calendar, at) ?? Infinity)
}

/** The desk's own routing: the same match as live. */
function match(
  { queues }: Scenario,
  desks: readonly Desk[],
  waiting: Map<number, Arrival>,
  at: number,
): number | null {
  if (waiting.size === 0) return null
  const snapshot: Snapshot = {
    at,
    queues: queues.map((queue) => (queue.mode === 'push' ? queue : { ...queue, mode: 'push' })),
    agents: desks.map((desk) => agentOf(desk, at)),
    tickets: [...waiting.values()].map((arrival) => ticketOf(arrival, at)),
  }
  const { moves, nextAt } = route(snapshot)
  for (const move of moves) {
    const arrival = waiting.get(move.ticketId)
    if (arrival === undefined) continue
    if (move.kind === 'overflow') waiting.set(arrival.id, { ...arrival, queueId: move.toQueueId })
    else give(desks, waiting, arrival, move.agentId, at)
  }
  return nextAt
}

function giveOut(
  { queues }: Scenario,
  desks: readonly Desk[],
  waiting: Map<number, Arrival>,
  at: number,
  policy: Policy,
): number | null {
  for (const arrival of waiting.values()) {
    const queue = queues.find(({ id }) => id === arrival.queueId)
    const able = desks.filter(
      ({ agent }) =>
        agent.presence === 'online' &&
        isOpen(agent.calendar ?? ALWAYS, at) &&
        agent.teams.some((team) => queue?.teams.primary.includes(team)) &&
        arrival.needs.every(({ skillId, minLevel }) => (agent.skills.get(skillId) ?? 0) >= minLevel),
    )
    const turn = (desk: Desk) => desk.lastGivenAt ?? -Infinity
    const load = (desk: Desk) => desk.inbox.length + (desk.doing === null ? 0 : 1)
    const [chosen] = able.toSorted((a, b) =>
      policy === 'given_out_to_least_loaded' ? load(a) - load(b) || turn(a) - turn(b) : turn(a) - turn(b),
    )
    if (chosen !== undefined) give(desks, waiting, arrival, chosen.agent.id, at)
  }
  if (waiting.size === 0) return null
  const opens = desks.flatMap(({ agent }) => nextOpen(agent.calendar ?? ALWAYS, at + 1) ?? [])
  return opens.length === 0 ? null : Math.max(at + 60_000, Math.min(...opens))
}

function give(
  desks: readonly Desk[],
  waiting: Map<number, Arrival>,
  arrival: Arrival,
  agentId: number,
  at: number,
): void {
  const desk = desks.find(({ agent }) => agent.id === agentId)
  if (desk === undefined) return
  waiting.delete(arrival.id)
  desk.inbox.push(arrival)
  const latest = Math.max(...desks.map(({ lastGivenAt }) => lastGivenAt ?? -Infinity))
  desk.lastGivenAt = Math.max(at, latest + 0.001)
}

function agentOf({ agent, inbox, doing, lastGivenAt }: Desk, at: number): Agent {
  const held = doing === null ? inbox : [doing.arrival, ...inbox]
  const usedBy: Partial<Record<string, number>> = {}
  for (const { channel, units } of held) usedBy[channel] = (usedBy[channel] ?? 0) + units
  return {
    ...agent,
    used: held.reduce((sum, { units }) => sum + units, 0),
    usedBy,
    lastAssignedAt: lastGivenAt,
    shiftEndsAt: shiftAt(agent.calendar, at)?.endsAt ?? null,
  }
}

function ticketOf({ at: arrivedAt, dueAt, ...arrival }: Arrival, at: number): Waiting {
  return {
    ...arrival,
    enteredAt: arrivedAt,
    eligibleAt: arrivedAt,
    lane: 0,
    teamId: null,
    secondsLeft: dueAt === null ? null : (dueAt - at) / 1000,
    percentUsed: dueAt === null ? 0 : (at - arrivedAt) / Math.max(1, dueAt - arrivedAt),
    affinityAgentId: null,
    reserved: null,
    excluded: [],
  }
}
