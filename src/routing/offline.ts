// The best a desk could have done had it known everything beforehand: every ticket, how long each would take, who would be there.
// Who gets which ticket is changed for the better again and again; the bound that routing is held to.
import { ALWAYS } from '#hours/calendar.ts'
import { afterWorkingTime, nextOpen } from '#hours/working-time.ts'
import { quantile, stream } from '#kit/statistics.ts'
import type { Agent, Queue } from '#routing/model.ts'
import { workOf, type Arrival, type Played, type Scenario, type Started } from '#routing/simulate.ts'

/**
 * Searches for assignments with the least p90 of waiting; deterministic for a seed. Nobody is passed over for it: tickets are
 * given out in the order in which they came, and what is searched for is who gets each.
 */
export function playKnowing(scenario: Scenario, rounds = 600, seed = 1): Played {
  const next = stream(seed)
  const order = scenario.arrivals.toSorted((a, b) => a.at - b.at || a.id - b.id)
  const kept = new Map<number, number>()
  let best = assign(scenario, order, kept)
  let cost = costOf(best)
  for (let round = 0; round < rounds; round++) {
    const arrival = order[Math.floor(next() * order.length)]
    const agent = scenario.agents[Math.floor(next() * scenario.agents.length)]
    if (arrival === undefined || agent === undefined) continue
    const before = kept.get(arrival.id)
    kept.set(arrival.id, agent.id)
    const played = assign(scenario, order, kept)
    const now = costOf(played)
    if (now <= cost) [best, cost] = [played, now]
    else if (before === undefined) kept.delete(arrival.id)
    else kept.set(arrival.id, before)
  }
  return best
}

/** Each ticket by whoever it is kept for, else by whoever can begin with it first, and of those ends with it first. */
function assign(
  { agents, queues }: Scenario,
  order: readonly Arrival[],
  kept: ReadonlyMap<number, number>,
): Played {
  const freeAt = new Map(agents.map(({ id }) => [id, 0]))
  const started: Started[] = []
  const left: Arrival[] = []
  for (const arrival of order) {
    const queue = queues.find(({ id }) => id === arrival.queueId)
    let best: Started | null = null
    for (const agent of agents) {
      if ((kept.get(arrival.id) ?? agent.id) !== agent.id) continue
      const from = queue === undefined ? null : allowedFrom(agent, arrival, queue)
      if (from === null) continue
      const calendar = agent.calendar ?? ALWAYS
      const at = nextOpen(calendar, Math.max(from, freeAt.get(agent.id) ?? 0))
      if (at === null || (best !== null && at > best.at)) continue
      const endsAt = afterWorkingTime(calendar, at, workOf(arrival, agent)) ?? Infinity
      if (best === null || at < best.at || endsAt < best.endsAt)
        best = { arrival, agentId: agent.id, at, endsAt }
    }
    if (best === null) left.push(arrival)
    else {
      freeAt.set(best.agentId, best.endsAt)
      started.push(best)
    }
  }
  return { started, left }
}

/** From when an agent may have it, by the queue's own steps; null for never. */
function allowedFrom(agent: Agent, { needs, at }: Arrival, { teams, relax, calendar }: Queue): number | null {
  if (agent.presence !== 'online') return null
  const inTeams = (ids: readonly number[]) => agent.teams.some((team) => ids.includes(team))
  const waits: number[] = []
  if (!inTeams(teams.primary)) {
    if (!inTeams(teams.secondary)) return null
    waits.push(relax.find(({ do: step }) => 'addSecondaryTeams' in step)?.after ?? Infinity)
  }
  for (const { skillId, minLevel, tier } of needs)
    if ((agent.skills.get(skillId) ?? 0) < minLevel)
      waits.push(
        relax.find(({ do: step }) => 'dropTier' in step && step.dropTier === tier)?.after ?? Infinity,
      )
  const longest = Math.max(0, ...waits)
  return longest === Infinity ? null : afterWorkingTime(calendar, at, longest * 1000)
}

function costOf({ started, left }: Played): number {
  const waits = started.map(({ arrival, at }) => at - arrival.at)
  return quantile(waits, 0.9) + left.length * 1e12
}
