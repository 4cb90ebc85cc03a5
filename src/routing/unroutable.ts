// Tickets that nobody on staff can ever get: a requirement of tier 0 that no agent meets, no agent in any of the teams or none who
// is given anything, or only agents who must not have this customer.
import type { Agent, Queue, Requirement } from '#routing/model.ts'

export type Unroutable = {
  readonly skills: readonly number[]
  readonly nobodyInTeams: boolean
  /** There are agents, and none is given anything: their capacity is 0. */
  readonly noCapacity?: boolean
  /** Everybody who could has a conflict of interest. */
  readonly inConflict?: boolean
}

/** What is missing for good; null when somebody on staff could get it, were they here and free. */
export function unroutable(
  needs: readonly Requirement[],
  queue: Pick<Queue, 'teams' | 'relax'>,
  agents: readonly Pick<Agent, 'id' | 'teams' | 'skills' | 'maxUnits'>[],
  inConflict: readonly number[] = [],
): Unroutable | null {
  const teams = [...queue.teams.primary, ...queue.teams.secondary]
  const members = agents.filter((agent) => agent.teams.some((team) => teams.includes(team)))
  if (members.length === 0) return { skills: [], nobodyInTeams: true }
  const staff = members.filter(({ maxUnits }) => maxUnits > 0)
  if (staff.length === 0) return { skills: [], nobodyInTeams: false, noCapacity: true }
  const lowered = queue.relax.reduce(
    (sum, { do: step }) => sum + ('lowerLevelsBy' in step ? step.lowerLevelsBy : 0),
    0,
  )
  const hard = needs.filter(({ tier }) => tier === 0)
  const meets = (agent: Pick<Agent, 'skills'>, { skillId, minLevel }: Requirement) =>
    (agent.skills.get(skillId) ?? 0) >= Math.max(1, minLevel - lowered)
  const able = staff.filter((agent) => hard.every((need) => meets(agent, need)))
  if (able.length > 0)
    return able.some(({ id }) => !inConflict.includes(id))
      ? null
      : { skills: [], nobodyInTeams: false, inConflict: true }
  const missing = hard.filter((need) => !staff.some((agent) => meets(agent, need)))
  return { skills: (missing.length > 0 ? missing : hard).map(({ skillId }) => skillId), nobodyInTeams: false }
}
