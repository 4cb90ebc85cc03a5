// Whether an agent may get a ticket, and if not why not: the first reason in a fixed order.
import { isOpen } from '#hours/working-time.ts'
import type { Agent, Excluded, Presence, Queue, Requirement, Waiting } from '#routing/model.ts'
import type { Relaxed } from '#routing/relax.ts'
import { secondsToShiftEnd } from '#routing/shift.ts'

export type Ineligible =
  | { readonly because: 'not_in_team' }
  | { readonly because: 'presence'; readonly presence: Presence; readonly since: number | null }
  | { readonly because: 'channel_off' }
  | { readonly because: 'outside_hours' }
  | { readonly because: 'shift_end'; readonly endsAt: number; readonly handleSeconds: number }
  | {
      readonly because: 'skill'
      readonly skillId: number
      readonly level: number
      readonly minLevel: number
    }
  | { readonly because: 'may_not_see' }
  | { readonly because: 'excluded'; readonly why: Excluded['why']; readonly until: number | null }
  | { readonly because: 'reserved'; readonly forAgentId: number; readonly until: number }
  | {
      readonly because: 'capacity'
      readonly used: number
      readonly units: number
      readonly max: number
    }

/** Team, sight and skill: what does not change while a match runs. 0 for a primary team, 1 for a secondary one. */
export function standing(
  agent: Agent,
  ticket: Waiting,
  queue: Queue,
  { needs, secondaryTeams }: Pick<Relaxed, 'needs' | 'secondaryTeams'>,
): { readonly teamRank: 0 | 1; readonly shortfall: number } | Ineligible {
  const inTeams = (teams: readonly number[]) => agent.teams.some((team) => teams.includes(team))
  const teamRank = inTeams(queue.teams.primary) ? 0 : 1
  if (teamRank === 1 && !(secondaryTeams && inTeams(queue.teams.secondary))) return { because: 'not_in_team' }
  if (!agent.seesAll && ticket.teamId !== null && !agent.teams.includes(ticket.teamId))
    return { because: 'may_not_see' }
  if (ticket.outOfSightOf.includes(agent.id)) return { because: 'may_not_see' }
  let shortfall = 0
  for (const { skillId, minLevel } of needs) {
    const level = agent.skills.get(skillId) ?? 0
    if (level < minLevel) return { because: 'skill', skillId, level, minLevel }
    shortfall += Math.max(0, askedLevel(ticket.needs, skillId) - level)
  }
  return { teamRank, shortfall }
}

function askedLevel(needs: readonly Requirement[], skillId: number): number {
  return needs.find((need) => need.skillId === skillId)?.minLevel ?? 0
}

/** Whether the agent takes work of this channel now: null when so. */
export function presenceProblem(agent: Agent, ticket: Waiting, queue: Queue, at: number): Ineligible | null {
  if (agent.presence !== 'online')
    return { because: 'presence', presence: agent.presence, since: agent.presenceSince }
  if (agent.channelsOff.includes(ticket.channel)) return { because: 'channel_off' }
  if (queue.respectHours && agent.calendar !== null && !isOpen(agent.calendar, at))
    return { because: 'outside_hours' }
  return null
}

/** Whether the shift ends before such work is done: null when not. Binds what is given out, not what somebody takes. */
export function shiftProblem(agent: Agent, ticket: Waiting, queue: Queue, at: number): Ineligible | null {
  const { handleSeconds } = ticket
  const { shiftEndsAt } = agent
  if (handleSeconds === null || shiftEndsAt === null || !queue.respectShiftEnd) return null
  const left = secondsToShiftEnd(shiftEndsAt, at)
  return left === null || handleSeconds <= left
    ? null
    : { because: 'shift_end', endsAt: shiftEndsAt, handleSeconds }
}

/** What keeps this one ticket from this agent: null when nothing does. */
export function bar(agent: Agent, ticket: Waiting, queue: Queue, at: number): Ineligible | null {
  for (const { agentId, why, until } of ticket.excluded)
    if (agentId === agent.id && (until === null || until > at)) return { because: 'excluded', why, until }
  const reserved = reservation(ticket, queue, at)
  return reserved === null || reserved.agentId === agent.id
    ? null
    : { because: 'reserved', forAgentId: reserved.agentId, until: reserved.until }
}

/** For whom a ticket is kept, and until when: a substitute, or the agent who had it before. */
export function reservation(ticket: Waiting, queue: Queue, at: number): Waiting['reserved'] {
  if (ticket.reserved !== null && ticket.reserved.until > at) return ticket.reserved
  if (ticket.affinityAgentId === null || queue.affinitySeconds === 0) return null
  const until = ticket.enteredAt + queue.affinitySeconds * 1000
  return until > at ? { agentId: ticket.affinityAgentId, until } : null
}

/** What an agent has in hand as a match goes on. */
export type Hands = {
  used: number
  readonly usedBy: Partial<Record<string, number>>
  lastAssignedAt: number | null
}

/** Whether there is room for it: null when so. */
export function capacityProblem(agent: Agent, hands: Hands, ticket: Waiting): Ineligible | null {
  const units = ticket.channel === 'phone' ? agent.maxUnits : ticket.units
  const { maxUnits } = agent
  if (maxUnits <= 0 || hands.used + units > maxUnits)
    return { because: 'capacity', used: hands.used, units, max: maxUnits }
  const most = agent.capacity[ticket.channel]
  const used = hands.usedBy[ticket.channel] ?? 0
  if (most !== undefined && used + units > most) return { because: 'capacity', used, units, max: most }
  return null
}
