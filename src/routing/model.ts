// The nouns of routing at one instant: queues, agents, waiting tickets, and what is asked of whom. Moments are in ms.
import type { Calendar } from '#hours/calendar.ts'
import type { Channel, Priority } from '#tickets/vocabulary.ts'

export const presences = ['online', 'transfers_only', 'away', 'away_and_reassigning', 'offline'] as const
export type Presence = (typeof presences)[number]

export type Tier = 0 | 1 | 2 | 3
export type Level = 1 | 2 | 3 | 4 | 5

/** A skill that a ticket asks for. Tier 0 is never dropped, tier 3 first. */
export type Requirement = { readonly skillId: number; readonly minLevel: Level; readonly tier: Tier }

/** What waiting softens, after so many business seconds in the queue. */
export type RelaxStep = {
  readonly after: number
  readonly do:
    | { readonly dropTier: 1 | 2 | 3 }
    | { readonly lowerLevelsBy: number }
    | { readonly addSecondaryTeams: true }
    | { readonly overflow: true }
}

/** What decides between agents after affinity and team, in the order that a queue names. */
export const criteria = ['overqualification', 'shortfall', 'load', 'idle'] as const
export type Criterion = (typeof criteria)[number]

export const presets: Readonly<Record<string, readonly Criterion[]>> = {
  balanced: criteria,
  round_robin: ['idle'],
  least_loaded: ['load', 'idle'],
}

export type Queue = {
  readonly id: number
  readonly title: string
  readonly mode: 'push' | 'offer' | 'pull'
  /** How long an agent has to accept; null for 30 s in chat and 600 s elsewhere. */
  readonly offerSeconds: number | null
  readonly teams: { readonly primary: readonly number[]; readonly secondary: readonly number[] }
  readonly calendar: Calendar
  readonly weights: { readonly percentUsed: number; readonly priority: number; readonly wait: number }
  /** Bounds in seconds left until a clock is due; what exceeds none comes last. */
  readonly slaBands: readonly number[]
  /** Seconds of waiting after which a ticket goes into the highest lane; null for never. */
  readonly laneMaxWait: number | null
  readonly relax: readonly RelaxStep[]
  readonly overflowQueueId: number | null
  /** Part of an agent's time when several queues wait; null for an equal one. */
  readonly share: number | null
  readonly criteria: readonly Criterion[]
  /** Seconds for which a ticket waits for the agent who had it. */
  readonly affinitySeconds: number
  readonly respectHours: boolean
  /** Nothing that would not be done by the end of an agent's shift is given out in its last quarter of an hour. */
  readonly respectShiftEnd: boolean
}

export const defaultRelax: readonly RelaxStep[] = [
  { after: 300, do: { dropTier: 3 } },
  { after: 900, do: { dropTier: 2 } },
  { after: 1_800, do: { dropTier: 1 } },
  { after: 2_700, do: { addSecondaryTeams: true } },
]

export type Agent = {
  readonly id: number
  readonly presence: Presence
  readonly presenceSince: number | null
  /** Channels on which the agent takes nothing now. */
  readonly channelsOff: readonly Channel[]
  /** Level by skill. */
  readonly skills: ReadonlyMap<number, number>
  readonly maxUnits: number
  /** Most units of one channel, where that is less. */
  readonly capacity: Readonly<Partial<Record<Channel, number>>>
  readonly teams: readonly number[]
  /** Working hours; null for any. */
  readonly calendar: Calendar | null
  /** When the shift that is on ends; null without hours. */
  readonly shiftEndsAt: number | null
  /** Units of the tickets they have and the offers that are open, in all and by channel. */
  readonly used: number
  readonly usedBy: Readonly<Partial<Record<Channel, number>>>
  readonly lastAssignedAt: number | null
  /** Whether tickets of other teams are in their sight. */
  readonly seesAll: boolean
}

export type Excluded = {
  readonly agentId: number
  readonly why: 'declined' | 'expired' | 'given_back' | 'conflict'
  /** Null for always. */
  readonly until: number | null
}

export type Waiting = {
  readonly id: number
  readonly queueId: number
  /** Into the present queue: relaxation counts from here. */
  readonly enteredAt: number
  /** Opening or latest reopen: the place in line. */
  readonly eligibleAt: number
  readonly lane: number
  readonly priority: Priority
  readonly channel: Channel
  readonly teamId: number | null
  /** Agents who are kept to other brands or mailboxes. */
  readonly outOfSightOf: readonly number[]
  readonly units: number
  readonly needs: readonly Requirement[]
  /** The least working time left on a live clock, in seconds; null without one. */
  readonly secondsLeft: number | null
  /** Of the clock that has used most, 0 to 1 and beyond. */
  readonly percentUsed: number
  /** What an answer of its category usually takes; null where nobody knows. */
  readonly handleSeconds: number | null
  readonly affinityAgentId: number | null
  /** Nobody else gets it before then: the substitute of somebody who is away. */
  readonly reserved: { readonly agentId: number; readonly until: number } | null
  readonly excluded: readonly Excluded[]
}

/** Everything that decides, at one instant. */
export type Snapshot = {
  readonly at: number
  readonly queues: readonly Queue[]
  readonly agents: readonly Agent[]
  readonly tickets: readonly Waiting[]
}

/** Refuses nothing: the same skill asked twice takes the higher level and the lower tier. */
export function mergeNeeds(needs: readonly Requirement[]): Requirement[] {
  const merged = new Map<number, Requirement>()
  for (const need of needs) {
    const known = merged.get(need.skillId)
    merged.set(need.skillId, {
      skillId: need.skillId,
      minLevel: Math.max(known?.minLevel ?? 1, need.minLevel) as Level,
      tier: Math.min(known?.tier ?? 3, need.tier) as Tier,
    })
  }
  return [...merged.values()].toSorted((a, b) => a.skillId - b.skillId)
}
