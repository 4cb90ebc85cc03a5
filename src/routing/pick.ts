// Which of the eligible agents gets a ticket: the least of a tuple whose order the queue names.
import type { Hands } from '#routing/eligible.ts'
import type { Agent, Criterion, Queue, Waiting } from '#routing/model.ts'

/** What speaks for an agent, each smaller the better. */
export type Criteria = {
  /** 0 for the agent who had it before. */
  readonly affinity: 0 | 1
  readonly teamRank: 0 | 1
  readonly overqualification: number
  readonly shortfall: number
  /** What is lost by giving them work that needs less: all their skills by rarity. Decides between equal loads. */
  readonly breadth: number
  /** Part of all units in use after taking it, to the nearest twentieth. */
  readonly load: number
  readonly lastAssignedAt: number | null
}

export type Candidate = { readonly agentId: number; readonly criteria: Criteria }

/** A skill is scarce with so many holders online, or fewer. */
const SCARCE = 3

/** How many agents online hold each skill. */
export function holdersOnline(agents: readonly Agent[]): ReadonlyMap<number, number> {
  const holders = new Map<number, number>()
  for (const { presence, skills } of agents)
    if (presence === 'online')
      for (const skill of skills.keys()) holders.set(skill, (holders.get(skill) ?? 0) + 1)
  return holders
}

/** What is lost by giving this agent work that needs less: each scarce skill by its rarity, to the hundredth. */
export function overqualification(
  agent: Agent,
  ticket: Waiting,
  holders: ReadonlyMap<number, number>,
): number {
  return unneeded(agent, ticket, holders, SCARCE)
}

/** The same over all their skills, however many have them. */
export function breadth(agent: Agent, ticket: Waiting, holders: ReadonlyMap<number, number>): number {
  return unneeded(agent, ticket, holders, Infinity)
}

function unneeded(agent: Agent, ticket: Waiting, holders: ReadonlyMap<number, number>, most: number): number {
  let sum = 0
  for (const skill of agent.skills.keys()) {
    const count = holders.get(skill) ?? 0
    if (count === 0 || count > most || ticket.needs.some(({ skillId }) => skillId === skill)) continue
    sum += 1 / count
  }
  return Math.round(sum * 100) / 100
}

/** Part of the units in use after taking a ticket, to the nearest twentieth. */
export function loadAfter({ maxUnits }: Agent, hands: Hands, units: number): number {
  return maxUnits <= 0 ? Infinity : Math.round(((hands.used + units) / maxUnits) * 20) / 20
}

/** Negative when `a` is the better choice. */
export function compareCandidates(a: Candidate, b: Candidate, queue: Pick<Queue, 'criteria'>): number {
  const [x, y] = [a.criteria, b.criteria]
  if (x.affinity !== y.affinity) return x.affinity - y.affinity
  if (x.teamRank !== y.teamRank) return x.teamRank - y.teamRank
  const spares = queue.criteria.includes('overqualification')
  for (const criterion of queue.criteria) {
    const difference = by(criterion, x, y)
    if (difference !== 0) return difference
    // Of two with as much to do, whoever has less that others may soon ask for.
    if (criterion === 'load' && spares && x.breadth !== y.breadth) return x.breadth - y.breadth
  }
  return a.agentId - b.agentId
}

function by(criterion: Criterion, a: Criteria, b: Criteria): number {
  if (criterion === 'idle')
    return (a.lastAssignedAt ?? -Infinity) === (b.lastAssignedAt ?? -Infinity)
      ? 0
      : (a.lastAssignedAt ?? -Infinity) - (b.lastAssignedAt ?? -Infinity)
  return a[criterion] - b[criterion]
}
