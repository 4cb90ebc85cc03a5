// The same past under two rosters: what would be different with people away, another skill, more or less room, more tickets.
import { stream, type Interval } from '#kit/statistics.ts'
import { across } from '#routing/fairness.ts'
import type { Agent } from '#routing/model.ts'
import { measure, type Measures } from '#routing/outcome.ts'
import { play, type Arrival, type Policy, type Scenario } from '#routing/simulate.ts'

export type Change = {
  readonly away: readonly number[]
  readonly skills: readonly { readonly agentId: number; readonly skillId: number; readonly level: number }[]
  readonly capacity: readonly { readonly agentId: number; readonly maxUnits: number }[]
  /** Tickets as a factor of those that came; 1 for the same. */
  readonly scale: number
}

export type Told = { readonly [Name in keyof Measures]: Interval }

/** The agents after a change. */
export function changed(agents: readonly Agent[], { away, skills, capacity }: Change): Agent[] {
  return agents.map((agent) => {
    const own = skills.filter(({ agentId }) => agentId === agent.id)
    const room = capacity.find(({ agentId }) => agentId === agent.id)
    return {
      ...agent,
      presence: away.includes(agent.id) ? 'away' : agent.presence,
      skills: new Map([...agent.skills, ...own.map(({ skillId, level }) => [skillId, level] as const)]),
      maxUnits: room?.maxUnits ?? agent.maxUnits,
    }
  })
}

/** A past with more or fewer tickets: copies a little later, or some left out; the work of each drawn anew. */
export function redrawn(
  arrivals: readonly Arrival[],
  { scale, seed, work }: { scale: number; seed: number; work: (arrival: Arrival, draw: number) => number },
): Arrival[] {
  const next = stream(seed)
  const copies = arrivals.flatMap((arrival) => {
    const count = Math.floor(scale) + (next() < scale % 1 ? 1 : 0)
    return Array.from({ length: count }, (_, copy) => {
      const later = copy === 0 ? 0 : Math.floor(next() * 1_800_000)
      const { at, dueAt } = arrival
      return {
        ...arrival,
        at: at + later,
        dueAt: dueAt === null ? null : dueAt + later,
        workMs: work(arrival, next()),
      }
    })
  })
  return copies.map((arrival, index) => ({ ...arrival, id: index + 1 }))
}

/** Plays several draws and tells the middle and the spread of each measure. */
export function tell(scenarios: readonly Scenario[], policy: Policy): Told {
  const runs = scenarios.map((scenario) => measure(scenario, play(scenario, policy)))
  const of = (name: keyof Measures) => across(runs.map((run) => run[name]))
  return {
    tickets: of('tickets'),
    left: of('left'),
    p50WaitSeconds: of('p50WaitSeconds'),
    p90WaitSeconds: of('p90WaitSeconds'),
    p99WaitSeconds: of('p99WaitSeconds'),
    breachShare: of('breachShare'),
    gini: of('gini'),
  }
}
