// A day, or a month, of a desk played through: who starts what when, under the desk's own routing or a simpler one. Agents work
// on one ticket at a time and hold others; everything after the first different assignment is assumed.
import { afterWorkingTime, isOpen, nextOpen } from '#hours/working-time.ts'
import { ALWAYS } from '#hours/calendar.ts'
import type { Agent, Presence, Queue, Snapshot, Waiting } from '#routing/model.ts'
import type { PresenceChange } from '#routing/report.ts'
import { route } from '#routing/route.ts'
import { shiftAt } from '#routing/shift.ts'

export type Arrival = Pick<
  Waiting,
  'id' | 'queueId' | 'priority' | 'channel' | 'units' | 'needs' | 'handleSeconds'
> &
  Partial<Pick<Waiting, 'lane' | 'teamId' | 'outOfSightOf' | 'affinityAgentId' | 'excluded'>> & {
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
  /** What becomes of those that wait: another queue or other needs; null where they wait no more, without anybody's work. In order. */
  readonly changes?: readonly {
    readonly at: number
    readonly id: number
    readonly to: Arrival | null
  }[]
  /** Who was there when, where that is known; others are there as their hours say. In order. */
  readonly presences?: readonly PresenceChange[]
  /** When it ends; without one, long after the last arrival. */
  readonly until?: number
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

/** When each stood in line no more, and who got it out of which queue. */
export type Given = {
  readonly agentId: number
  readonly queueId: number
  readonly at: number
}
export type Play = Played & { readonly given: ReadonlyMap<number, Given> }

/** Longer than this beyond the last arrival, nobody is waited for. */
const PATIENCE_MS = 14 * 86_400_000

type Desk = {
  readonly agent: Agent
  presence: Presence
  inbox: Arrival[]
  doing: Started | null
  lastGivenAt: number | null
}

/** A ticket in line, and since when in this queue. */
type Line = Map<number, { arrival: Arrival; enteredAt: number }>

/** Plays a scenario to its end. */
export function play(scenario: Scenario, policy: Policy): Play {
  const playing = playSteps(scenario, policy)
  for (;;) {
    const { done, value } = playing.next()
    if (done === true) return value
  }
}

/** Plays a scenario from moment to moment, for those who have other things to do in between. */
export function* playSteps(scenario: Scenario, policy: Policy): Generator<void, Play> {
  const desks = scenario.agents.map((agent): Desk => ({
    agent,
    presence: agent.presence,
    inbox: [],
    doing: null,
    lastGivenAt: null,
  }))
  const inOrder = scenario.arrivals.toSorted((a, b) => a.at - b.at || a.id - b.id)
  const arrivals = inTurn(inOrder)
  const changes = inTurn(scenario.changes ?? [])
  const presences = inTurn(scenario.presences ?? [])
  const waiting: Line = new Map()
  const away = new Set<number>()
  const given = new Map<number, Given>()
  const started: Started[] = []
  const end = scenario.until ?? (inOrder.at(-1)?.at ?? 0) + PATIENCE_MS
  let at = arrivals.nextAt()
  while (at <= end) {
    for (const { agentId, presence } of presences.upTo(at))
      for (const desk of desks) if (desk.agent.id === agentId) desk.presence = presence
    for (const arrival of arrivals.upTo(at)) waiting.set(arrival.id, { arrival, enteredAt: arrival.at })
    for (const { id, to } of changes.upTo(at)) change(desks, waiting, away, { id, to, at })
    for (const desk of desks) if (desk.doing !== null && desk.doing.endsAt <= at) desk.doing = null
    const give = giving(desks, waiting, given, at)
    const again =
      policy === 'docket'
        ? match(scenario, desks, waiting, at, give)
        : giveOut(scenario, desks, waiting, at, policy, give)
    for (const desk of desks) begin(desk, at, started)
    const next = Math.min(
      arrivals.nextAt(),
      changes.nextAt(),
      presences.nextAt(),
      again ?? Infinity,
      ...desks.map((desk) => lookAgainAt(desk, at)),
    )
    if (next === Infinity) break
    at = Math.max(next, at + 1)
    yield
  }
  const left = [
    ...[...waiting.values()].map(({ arrival }) => arrival),
    ...desks.flatMap(({ inbox }) => inbox),
  ]
  return { started, left, given }
}

/** What happens by itself, one after another. */
function inTurn<Thing extends { readonly at: number }>(things: readonly Thing[]) {
  let next = 0
  return {
    nextAt: () => things[next]?.at ?? Infinity,
    upTo: (at: number): readonly Thing[] => {
      const from = next
      while ((things[next]?.at ?? Infinity) <= at) next++
      return things.slice(from, next)
    },
  }
}

/** Something happened to a ticket: it stands otherwise in line, leaves it (and nobody begins with it), or is back. */
function change(
  desks: readonly Desk[],
  waiting: Line,
  away: Set<number>,
  { id, to, at }: { readonly id: number; readonly to: Arrival | null; readonly at: number },
): void {
  const known = waiting.get(id)
  const holder = desks.find(({ inbox }) => inbox.some((arrival) => arrival.id === id))
  if (to === null) {
    if (known === undefined && holder === undefined) return
    away.add(id)
    waiting.delete(id)
    if (holder !== undefined) holder.inbox = holder.inbox.filter((arrival) => arrival.id !== id)
  } else if (known !== undefined || away.delete(id)) {
    const stays = known?.arrival.queueId === to.queueId
    waiting.set(id, { arrival: to, enteredAt: stays ? known.enteredAt : at })
  }
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
  const isThere = desk.presence === 'online' || desk.presence === 'transfers_only'
  if (desk.doing !== null || arrival === undefined || !isThere || !isOpen(calendar, at)) return
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

type Give = (arrival: Arrival, agentId: number) => void

/** The desk's own routing: the same match as live. */
function match(
  { queues }: Scenario,
  desks: readonly Desk[],
  waiting: Line,
  at: number,
  give: Give,
): number | null {
  if (waiting.size === 0) return null
  if (!couldMove(queues, desks, at)) return opensAt(desks, at)
  const snapshot: Snapshot = {
    at,
    queues: queues.map((queue) => (queue.mode === 'push' ? queue : { ...queue, mode: 'push' })),
    agents: desks.map((desk) => agentOf(desk, at)),
    tickets: [...waiting.values()].map(({ arrival, enteredAt }) => ticketOf(arrival, enteredAt, at)),
  }
  const { moves, nextAt } = route(snapshot)
  for (const move of moves) {
    const found = waiting.get(move.ticketId)
    if (found === undefined) continue
    const { arrival } = found
    if (move.kind === 'overflow')
      waiting.set(arrival.id, { arrival: { ...arrival, queueId: move.toQueueId }, enteredAt: at })
    else give(arrival, move.agentId)
  }
  return nextAt
}

/** Whether anybody could take anything, or a ticket go on by itself: at night there is nothing to look at. */
function couldMove(queues: readonly Queue[], desks: readonly Desk[], at: number): boolean {
  const mindsHours = queues.every(({ respectHours }) => respectHours)
  if (queues.some(({ relax }) => relax.some((step) => 'overflow' in step.do))) return true
  return desks.some(
    ({ agent, presence, inbox, doing }) =>
      presence === 'online' &&
      (!mindsHours || isOpen(agent.calendar ?? ALWAYS, at)) &&
      unitsOf(inbox, doing) < agent.maxUnits,
  )
}

function opensAt(desks: readonly Desk[], at: number): number | null {
  const moments = desks.flatMap(({ agent }) => nextOpen(agent.calendar ?? ALWAYS, at) ?? [])
  const later = moments.filter((moment) => moment > at)
  return later.length === 0 ? null : Math.min(...later)
}

function unitsOf(inbox: readonly Arrival[], doing: Started | null): number {
  return inbox.reduce((sum, { units }) => sum + units, doing?.arrival.units ?? 0)
}

function giveOut(
  { queues }: Scenario,
  desks: readonly Desk[],
  waiting: Line,
  at: number,
  policy: Policy,
  give: Give,
): number | null {
  for (const { arrival } of waiting.values()) {
    const queue = queues.find(({ id }) => id === arrival.queueId)
    const able = desks.filter(
      ({ agent, presence }) =>
        presence === 'online' &&
        isOpen(agent.calendar ?? ALWAYS, at) &&
        agent.teams.some((team) => queue?.teams.primary.includes(team)) &&
        arrival.needs.every(({ skillId, minLevel }) => (agent.skills.get(skillId) ?? 0) >= minLevel),
    )
    const turn = (desk: Desk) => desk.lastGivenAt ?? -Infinity
    const load = (desk: Desk) => desk.inbox.length + (desk.doing === null ? 0 : 1)
    const [chosen] = able.toSorted((a, b) =>
      policy === 'given_out_to_least_loaded' ? load(a) - load(b) || turn(a) - turn(b) : turn(a) - turn(b),
    )
    if (chosen !== undefined) give(arrival, chosen.agent.id)
  }
  if (waiting.size === 0) return null
  const opens = desks.flatMap(({ agent }) => nextOpen(agent.calendar ?? ALWAYS, at + 1) ?? [])
  return opens.length === 0 ? null : Math.max(at + 60_000, Math.min(...opens))
}

function giving(desks: readonly Desk[], waiting: Line, given: Map<number, Given>, at: number): Give {
  return (arrival, agentId) => {
    const desk = desks.find(({ agent }) => agent.id === agentId)
    if (desk === undefined) return
    waiting.delete(arrival.id)
    desk.inbox.push(arrival)
    given.set(arrival.id, { agentId, queueId: arrival.queueId, at })
    const latest = Math.max(...desks.map(({ lastGivenAt }) => lastGivenAt ?? -Infinity))
    desk.lastGivenAt = Math.max(at, latest + 0.001)
  }
}

function agentOf({ agent, presence, inbox, doing, lastGivenAt }: Desk, at: number): Agent {
  const held = doing === null ? inbox : [doing.arrival, ...inbox]
  const usedBy: Partial<Record<string, number>> = {}
  for (const { channel, units } of held) usedBy[channel] = (usedBy[channel] ?? 0) + units
  return {
    ...agent,
    presence,
    used: unitsOf(inbox, doing),
    usedBy,
    lastAssignedAt: lastGivenAt,
    shiftEndsAt: shiftAt(agent.calendar, at)?.endsAt ?? null,
  }
}

function ticketOf(arrival: Arrival, enteredAt: number, at: number): Waiting {
  const { at: arrivedAt, dueAt, workMs: _, ...rest } = arrival
  return {
    lane: 0,
    teamId: null,
    outOfSightOf: [],
    affinityAgentId: null,
    excluded: [],
    ...rest,
    enteredAt,
    eligibleAt: arrivedAt,
    secondsLeft: dueAt === null ? null : (dueAt - at) / 1000,
    percentUsed: dueAt === null ? 0 : (at - arrivedAt) / Math.max(1, dueAt - arrivedAt),
    reserved: null,
  }
}
