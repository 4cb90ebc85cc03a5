// Tickets that nobody on staff can ever get: a requirement of tier 0 that no agent meets, or no agent in any of the teams.
import type { Agent, Queue, Requirement } from '#routing/model.ts'

export type Unroutable = { readonly skills: readonly number[]; readonly nobodyInTeams: boolean }

/** What is missing for good; null when somebody on staff could get it, were they here and free. */
export function unroutable(
  needs: readonly Requirement[],
  queue: Pick<Queue, 'teams' | 'relax'>,
  agents: readonly Pick<Agent, 'teams' | 'skills' | 'maxUnits'>[],
): Unroutable | null {
  const teams = [...queue.teams.primary, ...queue.teams.secondary]
  const staff = agents.filter(
    (agent) => agent.maxUnits > 0 && agent.teams.some((team) => teams.includes(team)),
  )
  if (staff.length === 0) return { skills: [], nobodyInTeams: true }
  const lowered = queue.relax.reduce(
    (sum, { do: step }) => sum + ('lowerLevelsBy' in step ? step.lowerLevelsBy : 0),
    0,
  )
  const hard = needs.filter(({ tier }) => tier === 0)
  const meets = (agent: Pick<Agent, 'skills'>, { skillId, minLevel }: Requirement) =>
    (agent.skills.get(skillId) ?? 0) >= Math.max(1, minLevel - lowered)
  if (staff.some((agent) => hard.every((need) => meets(agent, need)))) return null
  const missing = hard.filter((need) => !staff.some((agent) => meets(agent, need)))
  return { skills: (missing.length > 0 ? missing : hard).map(({ skillId }) => skillId), nobodyInTeams: false }
}
