// Words for the tests of routing: an agent, a queue and a ticket with everything ordinary, and what differs.
import { ALWAYS, type Calendar } from '#hours/calendar.ts'
import { defaultRelax, presets, type Agent, type Queue, type Snapshot, type Waiting } from '#routing/model.ts'

export const at = (time: string, day = '2026-03-02') => Date.parse(`${day}T${time}:00Z`)

export const office: Calendar = {
  id: 'office',
  versions: [
    {
      effectiveFrom: null,
      timeZone: 'UTC',
      weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [[540, 1020]]])),
      holidays: new Set(),
      exceptions: new Map(),
    },
  ],
}

export function queue(different: Partial<Queue> = {}): Queue {
  return {
    id: 1,
    title: 'Support',
    mode: 'push',
    offerSeconds: null,
    teams: { primary: [1], secondary: [2] },
    calendar: ALWAYS,
    weights: { percentUsed: 1, priority: 1, wait: 0.25 },
    slaBands: [0, 900, 3_600],
    laneMaxWait: null,
    relax: defaultRelax,
    overflowQueueId: null,
    share: null,
    criteria: presets['balanced'] ?? [],
    affinitySeconds: 0,
    respectHours: true,
    respectShiftEnd: true,
    ...different,
  }
}

export function agent(
  id: number,
  different: Partial<Omit<Agent, 'skills'>> & { skills?: Record<number, number> } = {},
): Agent {
  const { skills = {}, ...rest } = different
  return {
    id,
    presence: 'online',
    presenceSince: null,
    channelsOff: [],
    maxUnits: 10,
    capacity: {},
    teams: [1],
    calendar: null,
    shiftEndsAt: null,
    used: 0,
    usedBy: {},
    lastAssignedAt: null,
    seesAll: true,
    ...rest,
    skills: new Map(Object.entries(skills).map(([skill, level]) => [Number(skill), level])),
  }
}

export function ticket(id: number, different: Partial<Waiting> = {}): Waiting {
  return {
    id,
    queueId: 1,
    enteredAt: at('10:00'),
    eligibleAt: at('10:00'),
    lane: 0,
    priority: 'normal',
    channel: 'email',
    teamId: null,
    outOfSightOf: [],
    units: 1,
    needs: [],
    secondsLeft: null,
    percentUsed: 0,
    handleSeconds: null,
    affinityAgentId: null,
    reserved: null,
    excluded: [],
    ...different,
  }
}

export function desk(different: Partial<Snapshot>): Snapshot {
  return { at: at('10:00'), queues: [queue()], agents: [], tickets: [], ...different }
}
