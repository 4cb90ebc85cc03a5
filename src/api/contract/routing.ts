// /skills, /queues, /staff, /offers: who can do what, who is there, who waits, and why somebody got a ticket.
import { z } from 'zod'
import { id, instant, name, nameRef, pageOf } from './shapes.ts'
import { channel, priority } from './tickets.ts'

const level = z.number().int().min(1).max(5)
const tier = z.number().int().min(0).max(3)
const query = z.string().max(2_000)
const seconds = (most: number) => z.number().int().min(0).max(most)

export const presence = z.enum(['online', 'transfers_only', 'away', 'away_and_reassigning', 'offline'])
export type Presence = z.infer<typeof presence>

/** A ticket that `q` describes asks for the skill at this level; tier 0 is never dropped, tier 3 first. */
export const skillNeed = z.strictObject({ q: query.min(1), minLevel: level, tier })
export const skill = z.object({
  id,
  name: z.string(),
  needs: z.array(skillNeed),
  holders: z.array(z.object({ agentId: id, level })),
})
export const skillPage = pageOf(skill)
export type Skill = z.infer<typeof skill>
const reason = z.string().trim().min(3).max(500).optional()
const skillTerms = z.strictObject({ name, needs: z.array(skillNeed).max(20).optional() })
export const newSkill = skillTerms.extend({ reason })
export const skillPatch = newSkill.partial().extend({ archived: z.boolean().optional() })
/** As it would be saved, with its `id` where it exists. */
export const triedSkill = skillTerms.extend({ id: id.optional(), archived: z.literal(true).optional() })

export const relaxStep = z.strictObject({
  after: seconds(30 * 86_400),
  do: z.union([
    z.strictObject({ dropTier: z.union([z.literal(1), z.literal(2), z.literal(3)]) }),
    z.strictObject({ lowerLevelsBy: z.number().int().min(1).max(4) }),
    z.strictObject({ addSecondaryTeams: z.literal(true) }),
    z.strictObject({ overflow: z.literal(true) }),
  ]),
})
export const requirement = z.strictObject({ skillId: id, minLevel: level, tier })
export const criterion = z.enum(['overqualification', 'shortfall', 'load', 'idle'])

/** How a queue takes tickets and gives them out. What is not given when one is made is the ordinary. */
const queueTerms = {
  /** Which tickets it takes; empty for all that no queue before it took. */
  q: query,
  mode: z.enum(['push', 'offer', 'pull']),
  offerSeconds: seconds(86_400).min(5).nullable(),
  primaryTeams: z.array(id).min(1).max(50),
  secondaryTeams: z.array(id).max(50),
  /** `always`, or a calendar's id. */
  calendar: z.string().regex(/^(always|\d{1,15})$/),
  needs: z.array(requirement).max(20),
  /** Tickets that go before all others; empty for none. */
  vip: query,
  weights: z.strictObject({
    percentUsed: z.number().min(0).max(100),
    priority: z.number().min(0).max(100),
    wait: z.number().min(0.001).max(100),
  }),
  slaBands: z.array(z.number().int()).max(10),
  laneMaxWait: seconds(30 * 86_400)
    .min(60)
    .nullable(),
  relax: z.array(relaxStep).max(20),
  overflowQueueId: id.nullable(),
  share: z.number().min(0).max(1).nullable(),
  criteria: z.array(criterion).min(1).max(4),
  affinitySeconds: seconds(86_400),
  sticky: z.boolean(),
  respectHours: z.boolean(),
  /** In the last quarter of an hour of a shift nothing is given out that usually takes longer than what is left. */
  respectShiftEnd: z.boolean(),
}
export const queue = z.object({
  id,
  title: z.string(),
  position: z.number().int(),
  version: z.number().int(),
  ...queueTerms,
})
export const queuePage = pageOf(queue)
export type Queue = z.infer<typeof queue>
const { primaryTeams, ...optional } = queueTerms
export const queueAsSaved = z.strictObject({
  title: name,
  primaryTeams,
  ...z.strictObject(optional).partial().shape,
})
const position = z.number().int().min(1).max(1_000).optional()
/** As it would be saved, with its `id` where it exists: with its terms, at a place among the others, or archived. */
export const triedQueue = queueAsSaved.extend({
  id: id.optional(),
  position,
  archived: z.literal(true).optional(),
})
/** `reason`: why it goes live without a backtest, or with what that found; as for skills and units. */
export const newQueue = queueAsSaved.extend({ reason })
export type NewQueue = z.infer<typeof newQueue>
export const queuePatch = newQueue.partial().extend({ position, archived: z.boolean().optional() })
export type QueuePatch = z.infer<typeof queuePatch>

/** How much work tickets are: units by channel, a factor by category, what a pending one counts. */
export const workUnits = z.strictObject({
  channels: z.partialRecord(channel, z.number().min(0.1).max(100)),
  complexity: z.array(z.strictObject({ categoryId: id, factor: z.number().min(0.5).max(3) })).max(1_000),
  pending: z.number().min(0).max(1),
})
export type WorkUnits = z.infer<typeof workUnits>
export const newWorkUnits = workUnits.extend({ reason })

/** An agent as routing sees them. */
export const staffMember = z.object({
  id,
  name: z.string(),
  presence,
  since: instant.nullable(),
  /** `offers_expired` when the desk set it: two offers ran out in a row. */
  reason: z.string().nullable(),
  /** When the shift that is on ends, by their working hours. */
  shiftEndsAt: instant.nullable(),
  channelsOff: z.array(channel),
  used: z.number(),
  maxUnits: z.number(),
  capacity: z.partialRecord(channel, z.number()),
  calendarId: id.nullable(),
  substituteId: id.nullable(),
  teams: z.array(id),
  skills: z.array(z.object({ skillId: id, level })),
})
export const staffPage = pageOf(staffMember)
export type StaffMember = z.infer<typeof staffMember>
export const presencePut = z.strictObject({ presence, channelsOff: z.array(channel).max(6).optional() })
/** PATCH /staff/{id}: level 0 takes a skill away. */
export const staffPatch = z.strictObject({
  presence: presence.optional(),
  channelsOff: z.array(channel).max(6).optional(),
  maxUnits: z.number().min(0).max(1_000).optional(),
  capacity: z.partialRecord(channel, z.number().min(0).max(1_000)).optional(),
  calendarId: id.nullable().optional(),
  substituteId: id.nullable().optional(),
  skills: z
    .array(z.strictObject({ skillId: id, level: z.number().int().min(0).max(5) }))
    .max(200)
    .optional(),
})
/** An agent as they would be: `presence` all the time, without it as they were. */
export const triedStaff = staffPatch.omit({ substituteId: true, channelsOff: true }).extend({ id })
/** Who would be in a team. */
export const triedTeam = z.strictObject({ id, members: z.array(id).max(10_000) })

/** GET /queues/board: each queue at this moment. */
export const boardQueue = z.object({
  id,
  title: z.string(),
  mode: queueTerms.mode,
  waiting: z.number().int(),
  waitingUnits: z.number(),
  oldestAt: instant.nullable(),
  atRisk: z.number().int(),
  unroutable: z.number().int(),
  free: z.number().int(),
  online: z.number().int(),
})
export const board = z.object({ queues: z.array(boardQueue), noQueue: z.number().int() })
export type Board = z.infer<typeof board>

/** Why an agent does not get a ticket. */
export const ineligible = z.object({
  agentId: id,
  because: z.enum([
    'not_in_team',
    'presence',
    'channel_off',
    'outside_hours',
    'shift_end',
    'skill',
    'may_not_see',
    'excluded',
    'reserved',
    'capacity',
  ]),
  presence: presence.optional(),
  since: instant.nullable().optional(),
  skillId: id.optional(),
  level: z.number().int().optional(),
  minLevel: z.number().int().optional(),
  why: z.enum(['declined', 'expired', 'given_back', 'conflict']).optional(),
  until: instant.nullable().optional(),
  forAgentId: id.optional(),
  used: z.number().optional(),
  units: z.number().optional(),
  max: z.number().optional(),
  endsAt: instant.optional(),
  handleSeconds: z.number().optional(),
})
export const candidate = z.object({
  agentId: id,
  criteria: z.object({
    affinity: z.number(),
    teamRank: z.number(),
    overqualification: z.number(),
    /** All skills that the ticket does not ask for, by rarity; earlier decisions did not look at it. */
    breadth: z.number().optional(),
    shortfall: z.number(),
    load: z.number(),
    lastAssignedAt: instant.nullable(),
  }),
})
const place = { lane: z.number(), band: z.number(), score: z.number(), eligibleAt: instant }
export const explanation = z.object({
  rank: z.number().int(),
  of: z.number().int(),
  place: z.object(place),
  neighbours: z.array(z.object({ ticketId: id, ...place })),
  needs: z.array(requirement.extend({ state: z.enum(['asked', 'lowered', 'dropped']) })),
  relaxed: z.array(relaxStep),
  candidates: z.array(candidate),
  ineligible: z.array(ineligible),
})
export type RouteExplanation = z.infer<typeof explanation>

export const waitingTicket = z.object({
  ticketId: id,
  subject: z.string(),
  requester: z.string(),
  priority,
  channel,
  units: z.number(),
  enteredAt: instant,
  rank: z.number().int(),
  ...place,
  secondsLeft: z.number().nullable(),
  needs: explanation.shape.needs,
  /**
   * Names of skills that nobody on staff has; or `team` when nobody is in the queue's teams, `capacity` when none of them is given
   * anything, `conflict` when everybody who could has a conflict of interest.
   */
  unroutable: z.array(z.string()),
  offeredTo: id.nullable(),
})
export const waitingPage = pageOf(waitingTicket)
export type WaitingTicket = z.infer<typeof waitingTicket>

export const decision = z.object({
  id,
  at: instant,
  queue: nameRef,
  queueVersion: z.number().int(),
  rulebookVersion: z.number().int(),
  kind: z.enum(['assigned', 'offered', 'taken', 'given']),
  agentId: id,
  overCapacity: z.boolean(),
  passedOver: z.boolean(),
  waitedSeconds: z.number(),
  units: z.number(),
  explanation,
})
/** GET /tickets/{id}/routing: how it waits now, and every decision on it, newest first. Agents and skills by name. */
export const ticketRouting = z.object({
  waiting: z
    .object({
      queue: nameRef,
      enteredAt: instant,
      unroutable: z.array(z.string()),
      explanation: explanation.nullable(),
    })
    .nullable(),
  decisions: z.array(decision),
  agents: z.array(nameRef),
  skills: z.array(nameRef),
})
export type TicketRouting = z.infer<typeof ticketRouting>

export const offer = z.object({
  id,
  ticketId: id,
  subject: z.string(),
  requester: z.string(),
  queue: nameRef,
  offeredAt: instant,
  expiresAt: instant,
})
export const offerPage = pageOf(offer)
export type Offer = z.infer<typeof offer>
export const nextTicket = z.object({ ticketId: id.nullable() })
/** `despiteConflict`: also where the agent has a conflict of interest with the requester. */
export const handTicket = z.strictObject({
  ticketId: id,
  agentId: id,
  despiteConflict: z.literal(true).optional(),
})

/** GET /reports/routing?days=30 */
export const routingReportQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(400).default(30),
})
const share = z.number()
export const routingReport = z.object({
  from: instant,
  to: instant,
  decisions: z.number().int(),
  /** Null for those who do not lead: nobody is ranked in front of everybody. */
  agents: z
    .array(
      z.object({ agentId: id, units: z.number(), onlineHours: z.number(), perHour: z.number().nullable() }),
    )
    .nullable(),
  perHour: z.object({ median: z.number(), least: z.number(), most: z.number() }),
  gini: z.object({ value: z.number(), low: z.number(), high: z.number() }),
  /** Among the agents who have a skill, where at least three of them were at work. */
  skills: z.array(
    z.object({
      skillId: id,
      agents: z.number().int(),
      median: z.number(),
      least: z.number(),
      most: z.number(),
      gini: z.object({ value: z.number(), low: z.number(), high: z.number() }),
    }),
  ),
  shares: z.object({ assigned: share, offered: share, taken: share, given: share }),
  /** Of what was taken by hand: somebody before it in line had waited a quarter of an hour longer. */
  cherryPickShare: share,
  overCapacity: z.number().int(),
  relaxedShare: share,
  nightShare: share,
  offers: z.object({
    accepted: z.number().int(),
    declined: z.number().int(),
    expired: z.number().int(),
    all: z.number().int(),
  }),
  unroutable: z.number().int(),
  waits: z.array(
    z.object({
      by: z.enum(['all', 'priority', 'queue', 'lane', 'channel', 'tier', 'language']),
      /** `tier`: of the requirement insisted on most, or `none`; `language`: what the requester speaks, or `unknown`. */
      key: z.string(),
      count: z.number().int(),
      p50: z.number(),
      p90: z.number(),
      p99: z.number(),
    }),
  ),
})
export type RoutingReport = z.infer<typeof routingReport>

/** GET /queues/map: sources, queues and teams, and how many tickets went each way. */
export const routingMap = z.object({
  days: z.number().int(),
  sources: z.array(z.object({ key: z.string(), name: z.string() })),
  queues: z.array(
    nameRef.extend({
      teams: z.array(id),
      /** A queue before it takes every ticket. */
      unreachable: z.boolean(),
      nobody: z.boolean(),
    }),
  ),
  teams: z.array(nameRef),
  flows: z.array(
    z.object({
      source: z.string(),
      queueId: id.nullable(),
      teamId: id.nullable(),
      count: z.number().int(),
    }),
  ),
})
export type RoutingMap = z.infer<typeof routingMap>
export const routeTraceAsked = z.strictObject({
  from: z.string().max(254),
  subject: z.string().max(500),
  text: z.string().max(20_000),
  mailboxId: id.optional(),
})
export const routeTrace = z.object({
  source: z.string(),
  rules: z.array(nameRef),
  queueId: id.nullable(),
  needs: z.array(requirement),
  couldTake: z.number().int(),
})
export type RouteTrace = z.infer<typeof routeTrace>
