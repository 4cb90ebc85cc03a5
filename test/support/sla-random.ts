// Timelines that tell everything that can happen to clocks, drawn from a seed: for the engine and for its oracle.
import { calendarsOf } from '#hours/read-calendar.ts'
import type { Calendar } from '#hours/calendar.ts'
import { METRICS, type Policy, type Terms } from '#sla/policy.ts'
import type { LogEvent } from '#sla/timeline.ts'
import { randomOf, type Random } from '../../demo/random.ts'
import { MINUTE, type OracleCalendar, type OraclePolicy, type OracleWorld } from './sla-oracle.ts'

export type Course = {
  readonly log: readonly LogEvent[]
  readonly world: OracleWorld
  readonly terms: Terms
  readonly now: number
}

const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Santiago',
  'UTC',
]
/** Around changes of the clocks in these zones, and a quiet time. */
const STARTS = [
  '2026-03-06',
  '2026-03-27',
  '2026-04-02',
  '2026-09-04',
  '2026-10-02',
  '2026-10-23',
  '2026-10-30',
  '2026-06-10',
]
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
const SHIFTS: readonly (readonly (readonly [number, number])[])[] = [
  [[540, 1020]],
  [
    [540, 720],
    [780, 1050],
  ],
  [
    [0, 360],
    [1320, 1440],
  ],
  [
    [120, 150],
    [600, 900],
  ],
  [[0, 1440]],
]
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** One ticket's life, with the calendars and policies it lives under. */
export function courseOf(seed: number): Course {
  const random = randomOf(seed)
  const world: OracleWorld = {
    calendars: { c1: calendarOf(random), c2: calendarOf(random) },
    teamCalendars: { t1: 'c1', t2: random.chance(0.5) ? 'c2' : 'c1' },
    policies: { p1: policyOf(random), p2: policyOf(random) },
  }
  const start = Date.parse(`${random.pick(STARTS)}T00:00Z`) / MINUTE + random.whole(0, 2_880)
  const log = logOf(random, start)
  const last = (log.at(-1)?.at ?? 0) / MINUTE
  return { log, world, terms: termsOf(world), now: (last + random.whole(0, 3_000)) * MINUTE }
}

function calendarOf(random: Random): OracleCalendar {
  const weekly = DAYS.map((_, day) =>
    (day === 0 || day === 6) && random.chance(0.7) ? [] : random.pick(SHIFTS),
  )
  const holidays = random.chance(0.5) ? ['2026-03-09', '10-26', '2026-04-06'] : []
  return { timeZone: random.pick(ZONES), weekly, holidays }
}

function policyOf(random: Random): OraclePolicy {
  const targets: Record<string, { minutes: number; calendar: string }> = {}
  for (const metric of METRICS) {
    if (random.chance(0.25)) continue
    const calendar = random.pick(['always', 'inherit', 'inherit', 'c1', 'c2'])
    for (const priority of PRIORITIES)
      if (random.chance(0.85)) targets[`${metric} ${priority}`] = { minutes: random.whole(1, 900), calendar }
  }
  const options: Record<string, boolean> = {}
  for (const option of [
    'agentCreatedCounts',
    'noteFulfils',
    'assistantReplyFulfils',
    'onHoldPausesRequesterWait',
    'totalCountsResolvedGap',
  ])
    if (random.chance(0.25)) options[option] = true
  if (random.chance(0.2)) options['mergeInheritsEarliest'] = false
  if (random.chance(0.2)) options['ownershipPausesInPending'] = false
  return { targets, options }
}

function termsOf(world: OracleWorld): Terms {
  const written = Object.fromEntries(
    Object.entries(world.calendars).map(([id, { timeZone, weekly, holidays }]) => [
      id,
      {
        effectiveFrom: null,
        timeZone,
        weekly: Object.fromEntries(weekly.map((hours, day) => [DAYS[day], hours])),
        holidays: [...holidays],
        exceptions: {},
      },
    ]),
  )
  const calendars: ReadonlyMap<string, Calendar> = calendarsOf(written as never, [])
  const policies = new Map(
    Object.entries(world.policies).map(([id, { targets, options }]): [string, Policy] => [
      id,
      {
        options,
        targets: Object.entries(targets).map(([key, { minutes, calendar }]) => {
          const [metric = '', priority = ''] = key.split(' ')
          return {
            metric: metric as Policy['targets'][number]['metric'],
            priority,
            seconds: minutes * 60,
            calendar,
          }
        }),
      },
    ]),
  )
  return { policies, calendars, teamCalendars: new Map(Object.entries(world.teamCalendars)) }
}

type Told = { kind: string; payload: Record<string, unknown>; actor?: string }
type Life = {
  status: string
  priority: string
  team: string | null
  policy: string
  spam: boolean
  deleted: boolean
}

function logOf(random: Random, start: number): LogEvent[] {
  const log: LogEvent[] = []
  const updates: { seqs: number[]; before: Life }[] = []
  let life: Life = {
    status: 'new',
    priority: random.pick(PRIORITIES),
    team: random.pick([null, 't1', 't2']),
    policy: 'p1',
    spam: false,
    deleted: false,
  }
  let at = start
  const write = (told: readonly Told[], before: Life) => {
    const updateId = `u${updates.length + 1}`
    const seqs = told.map(({ kind, payload, actor = 'agent' }) => {
      const seq = log.length + 1
      log.push({ seq, updateId, at: at * MINUTE, actor, kind, payload })
      return seq
    })
    updates.push({ seqs, before })
  }
  write([opening(random, life), { kind: 'sla_applied', payload: { policyId: 'p1' }, actor: 'system' }], life)
  for (let turn = random.whole(0, 12); turn > 0; turn--) {
    at += random.pick([0, 1, random.whole(1, 60), random.whole(1, 600), random.whole(1, 2_500)])
    const last = updates.at(-1)
    if (updates.length > 1 && last !== undefined && random.chance(0.06)) {
      write([{ kind: 'undone', payload: { seqs: last.seqs } }], life)
      life = last.before
      updates.pop()
      continue
    }
    const before = { ...life }
    const told = [
      somethingOf(random, life, at),
      ...(random.chance(0.35) ? [somethingOf(random, life, at)] : []),
    ].flat()
    if (told.length > 0) write(told, before)
  }
  return log
}

function opening(random: Random, { status, priority, team }: Life): Told {
  const kind = random.pick(['inbound', 'inbound', 'inbound', 'outbound', 'note'])
  const payload = {
    messageKind: kind === 'note' ? 'note' : 'reply',
    direction: kind === 'note' ? 'internal' : kind,
    status,
    priority,
    ...(team === null ? {} : { teamId: team }),
  }
  return { kind: 'ticket_opened', payload, actor: kind === 'inbound' ? 'requester' : 'agent' }
}

/** Something that can happen to a ticket as it is; changes `life` with it. */
function somethingOf(random: Random, life: Life, at: number): Told[] {
  const message = (direction: string, more: object = {}, messageKind = 'reply') => ({
    kind: 'message_added',
    payload: { messageKind, direction, ...more },
  })
  const change = (field: 'status' | 'priority' | 'team', to: string | null): Told[] => {
    const from = life[field]
    if (from === to) return []
    ;(life[field] as string | null) = to
    return [{ kind: `${field}_changed`, payload: { from, to } }]
  }
  if (life.spam || life.deleted) {
    const kind = life.spam ? 'spam_unmarked' : 'ticket_restored'
    life.spam = life.deleted = false
    return [{ kind, payload: {} }]
  }
  switch (random.whole(0, 15)) {
    case 0:
    case 1:
    case 2: {
      const told: Told[] = [{ ...message('inbound'), actor: 'requester' }]
      return life.status === 'resolved' || life.status === 'closed'
        ? [...told, ...change('status', 'open')]
        : told
    }
    case 3:
    case 4:
    case 5:
      return [message('outbound')]
    case 6:
      return [
        message('outbound'),
        ...change('status', random.pick(['pending', 'resolved', 'on_hold', 'open'])),
      ]
    case 7:
      return [{ ...message('outbound'), actor: 'assistant' }]
    case 8:
      return random.chance(0.5)
        ? [{ kind: 'assistant_escalated', payload: {}, actor: 'assistant' }]
        : [{ ...message('inbound', { thanks: true }), actor: 'requester' }]
    case 9:
      return [message('internal', {}, 'note')]
    case 10:
    case 11:
      return change('status', random.pick(['open', 'pending', 'on_hold', 'resolved', 'resolved', 'closed']))
    case 12:
      return change('priority', random.pick(PRIORITIES))
    case 13:
      return change('team', random.pick(['t1', 't2']))
    case 14: {
      const policyId = life.policy === 'p1' ? 'p2' : 'p1'
      life.policy = policyId
      const onChange = random.chance(0.3) ? 'restart' : 'keep_elapsed'
      return [{ kind: 'sla_applied', payload: { policyId, onChange }, actor: 'system' }]
    }
    default: {
      if (random.chance(0.5)) {
        const openedAt = at - random.whole(1, 2_000)
        const unanswered = random.chance(0.6)
          ? { sourceUnansweredSince: instantOf(openedAt + random.whole(0, 200)) }
          : {}
        return [
          {
            kind: 'ticket_merged_in',
            payload: { sourceTicketId: at, sourceOpenedAt: instantOf(openedAt), ...unanswered },
          },
        ]
      }
      const isSpam = random.chance(0.6)
      life.spam = isSpam
      life.deleted = !isSpam
      return [{ kind: isSpam ? 'spam_marked' : 'ticket_deleted', payload: {} }]
    }
  }
}

function instantOf(minute: number): string {
  return new Date(minute * MINUTE).toISOString()
}
