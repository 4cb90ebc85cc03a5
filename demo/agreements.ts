// What the demo's company promises: office hours in Berlin, a longer day for the front line, and what customers may expect.
import type { PersonId, TeamId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import {
  addCalendar,
  addCalendarVersion,
  addPolicy,
  addPolicyVersion,
  setCalendarUse,
} from '#sla/agreement-store.ts'
import type { Target } from '#sla/policy.ts'
import type { Transaction } from '#store/database.ts'
import type { TeamName } from './company.ts'

const HOUR = 3_600
const WORKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri']
const week = (from: string, to: string) => Object.fromEntries(WORKDAYS.map((day) => [day, [[from, to]]]))
const HOLIDAYS = [
  '01-01',
  '05-01',
  '10-03',
  '12-25',
  '12-26',
  '2026-04-03',
  '2026-04-06',
  '2026-05-14',
  '2026-05-25',
]

const calendars = [
  { name: 'Berlin office', weekly: week('09:00', '17:30'), teams: ['Billing', 'Technical', 'Logistics'] },
  {
    name: 'Front line',
    weekly: { ...week('08:00', '20:00'), sat: [['10:00', '16:00']] },
    teams: ['Front line'],
  },
] as const

type Hours = { urgent: number; high: number; normal: number; low: number }
const targets = (metric: Target['metric'], hours: Hours): Target[] =>
  Object.entries(hours).map(([priority, count]) => ({
    metric,
    priority,
    seconds: count * HOUR,
    calendar: 'inherit',
    warnAt: [{ percent: 80 }],
  }))

const policies = [
  {
    title: 'Important customers',
    filter: { field: 'tags', op: 'has_any', value: ['vip', 'press', 'hotel'] },
    targets: [
      ...targets('first_reply', { urgent: 1, high: 1, normal: 4, low: 8 }),
      ...targets('requester_wait', { urgent: 8, high: 16, normal: 24, low: 40 }),
    ],
  },
  {
    title: 'Everyone',
    filter: { all: [] },
    targets: [
      ...targets('first_reply', { urgent: 2, high: 4, normal: 8, low: 16 }),
      ...targets('requester_wait', { urgent: 16, high: 24, normal: 40, low: 60 }),
    ],
  },
] as const

/** Publishes calendars and policies; each team works by its calendar since ever. */
export async function setUpAgreements(
  tx: Transaction,
  teams: ReadonlyMap<TeamName, TeamId>,
  agentId: PersonId,
  at: Instant,
): Promise<void> {
  const by = { at, agentId, note: '' }
  for (const { name, weekly, teams: users } of calendars) {
    const id = (await addCalendar(tx, name)) ?? 0
    const hours = { timeZone: 'Europe/Berlin', weekly, holidays: HOLIDAYS, exceptions: {} }
    await addCalendarVersion(tx, id, { ...by, effectiveFrom: null, hours })
    for (const team of users) {
      const ownerId = teams.get(team) ?? 0
      await setCalendarUse(tx, { owner: 'team', ownerId, calendarId: id, at })
    }
  }
  for (const { title, filter, targets: promised } of policies) {
    const definition = { filter, targets: promised, options: {}, onPolicyChange: 'keep_elapsed' as const }
    await addPolicyVersion(tx, await addPolicy(tx, 'customer'), { ...by, title, definition })
  }
}
