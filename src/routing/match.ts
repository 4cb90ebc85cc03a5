// One run over a snapshot: the lines, what agents have in hand by now, and who could get tickets of which kind. Knows nothing of
// when to give what: that is route.ts.
import { nextOpen } from '#hours/working-time.ts'
import {
  bar,
  capacityProblem,
  presenceProblem,
  reservation,
  shiftProblem,
  standing,
  type Hands,
  type Ineligible,
} from '#routing/eligible.ts'
import { comparePlaces, placeOf, type Place } from '#routing/order.ts'
import type { Agent, Queue, Snapshot, Waiting } from '#routing/model.ts'
import {
  breadth,
  compareCandidates,
  holdersOnline,
  loadAfter,
  overqualification,
  type Candidate,
} from '#routing/pick.ts'
import { nextStepAt, relax, type Relaxed } from '#routing/relax.ts'

export type Move =
  | {
      readonly kind: 'assign' | 'offer'
      readonly ticketId: number
      readonly queueId: number
      readonly agentId: number
      readonly explanation: Explanation | null
    }
  | {
      readonly kind: 'overflow'
      readonly ticketId: number
      readonly queueId: number
      readonly toQueueId: number
    }

/** Why it was decided so: what is stored with a decision. */
export type Explanation = {
  /** Place in the queue, from 1, and of how many. */
  readonly rank: number
  readonly of: number
  readonly place: Place
  /** Those beside it in line. */
  readonly neighbours: readonly ({ readonly ticketId: number } & Place)[]
  readonly needs: Waiting['needs']
  readonly relaxed: Relaxed
  /** The best first. */
  readonly candidates: readonly Candidate[]
  readonly ineligible: readonly ({ readonly agentId: number } & Ineligible)[]
}

/** A ticket in its queue's line, with what is asked of its agent now. */
export type Lined = {
  readonly ticket: Waiting
  readonly queue: Queue
  readonly place: Place & { readonly id: number }
  readonly relaxed: Relaxed
}

/** An agent who could get tickets of one kind, with what is fixed about that. */
type Fit = {
  readonly agent: Agent
  readonly hands: Hands
  readonly teamRank: 0 | 1
  readonly shortfall: number
  readonly overqualification: number
  readonly breadth: number
}

/** One run over a snapshot: lines, what agents have in hand by now, and what is known of kinds of tickets. */
export class Match {
  readonly #lines: ReadonlyMap<number, Lined[]>
  readonly #sorted = new Set<number>()
  readonly #snapshot: Snapshot
  readonly #hands: ReadonlyMap<number, Hands>
  readonly #holders: ReadonlyMap<number, number>
  readonly #fits = new Map<string, Fit[]>()
  readonly #units = new Map<number, number>()
  readonly #left = new Set<number>()
  #given = 0

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot
    this.#holders = holdersOnline(snapshot.agents)
    this.#hands = new Map(
      snapshot.agents.map(({ id, used, usedBy, lastAssignedAt }) => [
        id,
        { used, usedBy: { ...usedBy }, lastAssignedAt },
      ]),
    )
    this.#lines = lineUp(snapshot)
    for (const [queueId, line] of this.#lines)
      this.#units.set(
        queueId,
        line.reduce((sum, { ticket }) => sum + ticket.units, 0),
      )
  }

  /** A queue's line in order; sorted when first asked for. */
  line(queueId: number): readonly Lined[] {
    const line = this.#lines.get(queueId) ?? []
    if (!this.#sorted.has(queueId)) line.sort((a, b) => comparePlaces(a.place, b.place))
    this.#sorted.add(queueId)
    return line
  }

  /** All lines, in any order. */
  get crowd(): ReadonlyMap<number, readonly Lined[]> {
    return this.#lines
  }

  get lines(): ReadonlyMap<number, readonly Lined[]> {
    for (const queueId of this.#lines.keys()) this.line(queueId)
    return this.#lines
  }

  /** Whether anybody of a queue's teams has room for anything: without, its line is not looked at. */
  hasRoom({ teams }: Queue): boolean {
    const all = [...teams.primary, ...teams.secondary]
    return this.#snapshot.agents.some(
      (agent) =>
        agent.presence === 'online' && !this.isFull(agent) && agent.teams.some((team) => all.includes(team)),
    )
  }

  isFull({ id, maxUnits }: Agent): boolean {
    return (this.#hands.get(id)?.used ?? 0) >= maxUnits
  }

  hasLeft(ticketId: number): boolean {
    return this.#left.has(ticketId)
  }

  /** Tickets whose wait sends them to another queue; a queue that points at itself keeps its own. */
  overflows(): Move[] {
    const moves: Move[] = []
    for (const [queueId, line] of this.#lines)
      for (const { ticket, queue, relaxed } of line) {
        const to = queue.overflowQueueId
        if (
          !relaxed.overflow ||
          to === null ||
          to === queueId ||
          !this.#snapshot.queues.some(({ id }) => id === to)
        )
          continue
        this.#left.add(ticket.id)
        moves.push({ kind: 'overflow', ticketId: ticket.id, queueId, toQueueId: to })
      }
    return moves
  }

  /** The queue that waits most beyond its share, ties by the oldest head; null when all lines are through. */
  hungriest(heads: ReadonlyMap<number, number>, modes: 'pushed' | 'all' = 'pushed'): number | null {
    const open = this.#snapshot.queues.filter(
      ({ id, mode }) =>
        (modes === 'all' || mode !== 'pull') && (heads.get(id) ?? 0) < (this.#lines.get(id)?.length ?? 0),
    )
    if (open.length <= 1) return open[0]?.id ?? null
    const all = open.reduce((sum, { id }) => sum + (this.#units.get(id) ?? 0), 0)
    let best: { id: number; hunger: number; head: number } | null = null
    for (const { id, share } of open) {
      const hunger = (all === 0 ? 0 : (this.#units.get(id) ?? 0) / all) - (share ?? 1 / open.length)
      const head = this.line(id)[heads.get(id) ?? 0]?.ticket.eligibleAt ?? Infinity
      if (best === null || hunger > best.hunger + 1e-9 || (hunger > best.hunger - 1e-9 && head < best.head))
        best = { id, hunger, head }
    }
    return best?.id ?? null
  }

  /** The best agent for a ticket, or null. */
  choose(lined: Lined): Agent | null {
    const { ticket, queue } = lined
    const fits = this.#fitsFor(lined)
    let best: { candidate: Candidate; fit: Fit } | null = null
    let hasRoom = false
    for (const fit of fits) {
      if (capacityProblem(fit.agent, fit.hands, ticket) !== null) continue
      hasRoom = true
      const { at } = this.#snapshot
      if (bar(fit.agent, ticket, queue, at) !== null) continue
      if (shiftProblem(fit.agent, ticket, queue, at) !== null) continue
      const candidate = candidateOf(fit, ticket)
      if (best === null || compareCandidates(candidate, best.candidate, queue) < 0) best = { candidate, fit }
    }
    // Hands only fill while a match runs: who had no room for such a ticket will have none for the next.
    if (!hasRoom) fits.length = 0
    return best?.fit.agent ?? null
  }

  /** Notes that an agent has it now. */
  give({ ticket, queue }: Lined, agent: Agent): void {
    const hands = this.#hands.get(agent.id)
    if (hands === undefined) return
    const units = ticket.channel === 'phone' ? agent.maxUnits : ticket.units
    hands.used += units
    hands.usedBy[ticket.channel] = (hands.usedBy[ticket.channel] ?? 0) + units
    hands.lastAssignedAt = this.#snapshot.at + ++this.#given / 1_000
    this.#left.add(ticket.id)
    this.#units.set(queue.id, (this.#units.get(queue.id) ?? 0) - ticket.units)
  }

  explain(lined: Lined, index: number): Explanation {
    const { ticket, queue, place, relaxed } = lined
    const line = this.line(queue.id)
    const candidates: Candidate[] = []
    const ineligible: ({ agentId: number } & Ineligible)[] = []
    for (const agent of this.#snapshot.agents) {
      const found = this.#judge(agent, lined)
      if ('because' in found) ineligible.push({ agentId: agent.id, ...found })
      else candidates.push(found)
    }
    const { id: _, ...own } = place
    return {
      rank: index + 1,
      of: line.length,
      place: own,
      neighbours: [index - 1, index + 1, index + 2].flatMap((each) => {
        const beside = line[each]
        if (beside === undefined) return []
        const { id, ...rest } = beside.place
        return [{ ticketId: id, ...rest }]
      }),
      needs: ticket.needs,
      relaxed,
      candidates: candidates.toSorted((a, b) => compareCandidates(a, b, queue)),
      ineligible,
    }
  }

  /** When waiting alone changes something: a step, the end of a reservation or exclusion, somebody's hours. */
  nextAt(): number | null {
    const { at, agents } = this.#snapshot
    let next = Infinity
    const consider = (moment: number | null) => {
      if (moment !== null && moment > at && moment < next) next = moment
    }
    for (const [queueId, line] of this.#lines) {
      let soonest: number | null = null
      const queue = this.#snapshot.queues.find(({ id }) => id === queueId)
      for (const { ticket, relaxed } of line) {
        if (this.#left.has(ticket.id) || queue === undefined) continue
        if (relaxed.nextIn !== null && (soonest === null || relaxed.nextIn < soonest))
          soonest = relaxed.nextIn
        consider(reservation(ticket, queue, at)?.until ?? null)
        for (const { until } of ticket.excluded) consider(until)
      }
      if (queue !== undefined) consider(nextStepAt(queue, soonest, at))
    }
    if (this.#left.size < this.#snapshot.tickets.length)
      for (const { presence, calendar, shiftEndsAt } of agents)
        if (presence === 'online' && calendar !== null) {
          consider(nextOpen(calendar, at))
          if (shiftEndsAt !== null) consider(nextOpen(calendar, shiftEndsAt))
        }
    return next === Infinity ? null : next
  }

  #judge(agent: Agent, { ticket, queue, relaxed }: Lined): Candidate | Ineligible {
    const { at } = this.#snapshot
    const found = standing(agent, ticket, queue, relaxed)
    if ('because' in found) return found
    const hands = this.#hands.get(agent.id) ?? { used: 0, usedBy: {}, lastAssignedAt: null }
    const problem =
      presenceProblem(agent, ticket, queue, at) ??
      bar(agent, ticket, queue, at) ??
      shiftProblem(agent, ticket, queue, at) ??
      capacityProblem(agent, hands, ticket)
    if (problem !== null) return problem
    const fit = { agent, hands, ...found, ...this.#lost(agent, ticket) }
    return candidateOf(fit, ticket)
  }

  #lost(agent: Agent, ticket: Waiting): Pick<Fit, 'overqualification' | 'breadth'> {
    return {
      overqualification: overqualification(agent, ticket, this.#holders),
      breadth: breadth(agent, ticket, this.#holders),
    }
  }

  /** The agents for tickets of this kind: the same queue, requirements, channel and team ask for the same people. */
  #fitsFor({ ticket, queue, relaxed }: Lined): Fit[] {
    const key = `${queue.id} ${ticket.channel} ${ticket.teamId} ${ticket.outOfSightOf.join()} ${ticket.units} ${relaxed.secondaryTeams} ${relaxed.loweredBy} ${keyOf(ticket.needs)} ${relaxed.dropped.length}`
    const known = this.#fits.get(key)
    if (known !== undefined) return known
    const { at, agents } = this.#snapshot
    const fits = agents.flatMap((agent): Fit[] => {
      if (presenceProblem(agent, ticket, queue, at) !== null) return []
      const found = standing(agent, ticket, queue, relaxed)
      const hands = this.#hands.get(agent.id)
      if ('because' in found || hands === undefined) return []
      return [{ agent, hands, ...found, ...this.#lost(agent, ticket) }]
    })
    this.#fits.set(key, fits)
    return fits
  }
}

function keyOf(needs: Waiting['needs']): string {
  return needs.map(({ skillId, minLevel, tier }) => `${skillId}:${minLevel}:${tier}`).join(',')
}

function candidateOf(
  { agent, hands, teamRank, shortfall, overqualification: over, breadth: wide }: Fit,
  ticket: Waiting,
): Candidate {
  const units = ticket.channel === 'phone' ? agent.maxUnits : ticket.units
  return {
    agentId: agent.id,
    criteria: {
      affinity: ticket.affinityAgentId === agent.id ? 0 : 1,
      teamRank,
      overqualification: over,
      breadth: wide,
      shortfall,
      load: loadAfter(agent, hands, units),
      lastAssignedAt: hands.lastAssignedAt,
    },
  }
}

function lineUp({ at, queues, tickets }: Snapshot): Map<number, Lined[]> {
  const byQueue = new Map(queues.map((queue) => [queue.id, { queue, line: [] as Lined[] }]))
  for (const ticket of tickets) {
    const found = byQueue.get(ticket.queueId)
    if (found === undefined) continue
    const { queue, line } = found
    line.push({
      ticket,
      queue,
      place: { id: ticket.id, ...placeOf(ticket, queue, at) },
      relaxed: relax(ticket, queue, at),
    })
  }
  return new Map([...byQueue].map(([id, { line }]) => [id, line]))
}
