// How work goes to people in the demo: skills, queues by team, and a morning on which most are there and some things wait.
import type { Desk } from '#desk/desk.ts'
import { lookAtTicket } from '#desk/routing/enter.ts'
import { routeNext } from '#desk/routing/lane.ts'
import { instant, type Instant } from '#kit/time.ts'
import type { QueueDefinition } from '#routing/book.ts'
import { defaultUnits } from '#routing/load.ts'
import { defaultRelax, presets, type Presence, type Requirement } from '#routing/model.ts'
import { addQueue, addSkill, lookAtAll } from '#routing/queue-store.ts'
import { changeStaff, readAgents, readStaff, setSkills, tellPresences } from '#routing/staff-store.ts'
import { routeDue } from '#routing/waiting-store.ts'
import { parseQuery } from '#rules/query.ts'
import type { Transaction } from '#store/database.ts'
import { sql } from '#store/sql.ts'
import { agents as everybody, people, type TeamName } from './company.ts'
import type { Cast } from './set-up.ts'
import type { Step, Story } from './story.ts'

type Asks = {
  readonly q: string
  readonly minLevel: Requirement['minLevel']
  readonly tier: Requirement['tier']
}
const skills: Readonly<Record<string, readonly Asks[]>> = {
  German: [{ q: 'lang:de', minLevel: 3, tier: 1 }],
  French: [{ q: 'lang:fr', minLevel: 3, tier: 1 }],
  Spanish: [{ q: 'lang:es', minLevel: 3, tier: 1 }],
  Refunds: [{ q: 'category:billing/refund', minLevel: 2, tier: 2 }],
  'Hub firmware': [{ q: 'category:hub/update', minLevel: 3, tier: 2 }],
  'Voice assistants': [{ q: 'category:"app/voice assistant"', minLevel: 2, tier: 3 }],
  'Customs law': [{ q: 'category:delivery/customs', minLevel: 2, tier: 0 }],
}

/** By agent in the order of the company: presence, room beyond what they have in hand, and levels. */
const staff: readonly (readonly [Presence, number, Readonly<Record<string, number>>])[] = [
  ['online', 0, { German: 2, Refunds: 3 }],
  ['online', 1, { German: 3, French: 2 }],
  ['online', 0, { 'Hub firmware': 5, Spanish: 5 }],
  ['online', 1, { German: 5 }],
  ['online', 0, { French: 4, Spanish: 2 }],
  ['online', 0, { German: 5, Refunds: 5 }],
  ['away', 0, { Refunds: 2, French: 3 }],
  ['online', 1, { 'Hub firmware': 3, French: 5, 'Voice assistants': 4 }],
  ['transfers_only', 0, { 'Hub firmware': 2, Spanish: 3, 'Voice assistants': 2 }],
  ['online', 0, { German: 5 }],
  ['offline', 0, {}],
]

const queues: readonly {
  title: string
  q: string
  teams: { primary: readonly TeamName[]; secondary: readonly TeamName[] }
  mode: QueueDefinition['mode']
}[] = [
  {
    title: 'Important customers',
    q: 'tag:vip OR tag:press',
    teams: { primary: ['Front line'], secondary: ['Technical'] },
    mode: 'offer',
  },
  {
    title: 'Billing',
    q: 'category:billing/* OR category:subscription/*',
    teams: { primary: ['Billing'], secondary: ['Front line'] },
    mode: 'push',
  },
  {
    title: 'Technical',
    q: 'category:bulbs/* OR category:hub/* OR category:app/*',
    teams: { primary: ['Technical'], secondary: [] },
    mode: 'push',
  },
  {
    title: 'Parcels',
    q: 'category:delivery/* OR category:returns/*',
    teams: { primary: ['Logistics'], secondary: [] },
    mode: 'pull',
  },
  {
    title: 'Everything else',
    q: '',
    teams: { primary: ['Front line'], secondary: ['Billing'] },
    mode: 'push',
  },
]

const MINUTE = 60_000
/** Tickets that nobody has yet, at most. */
const WAITING = 26

/** The newest stories have only just begun: read by somebody who sorts, and nobody's yet. */
export function withMorning(all: readonly Story[], until: number): Story[] {
  const count = Math.min(WAITING, Math.floor(all.length / 8))
  return all.map((story, index) => {
    const place = index - (all.length - count)
    if (place < 0) return story
    const at = until - (count - place) * 11 * MINUTE
    const sorted = story.steps.find(({ does }) => does === 'triage')
    return { ...story, at, again: null, steps: sorted === undefined ? [] : [{ ...sorted, at: at + MINUTE }] }
  })
}

const DAY = 86_400_000
/** Grace, who is away: what she had when she left lies there. */
const AWAY = staff.findIndex(([presence]) => presence === 'away')
const LEFT = 2

/** Stories of her team from before she left end with her: sorted, hers, and not a word since. */
export function withSomebodyAway(all: readonly Story[], until: number): Story[] {
  const own = all
    .filter(
      ({ at, steps }) => at < until - 7 * DAY && steps.some((step) => isFor(step, everybody[AWAY]?.team)),
    )
    .slice(-LEFT)
  return all.map((story) => {
    const sorted = own.includes(story) ? story.steps.find(({ does }) => does === 'triage') : undefined
    if (sorted === undefined) return story
    const taken = { at: sorted.at + MINUTE, does: 'assign', agent: AWAY, to: AWAY } as const
    return { ...story, again: null, steps: [sorted, taken] }
  })
}

function isFor(step: Step, team: TeamName | undefined): boolean {
  return step.does === 'triage' && step.team === team
}

/** Sets routing up on the company as its history left it, and lets the first match run. */
export async function setUpRouting(desk: Desk, cast: Cast, at: Instant): Promise<void> {
  const then: Desk = { ...desk, clock: { now: () => at } }
  await then.database.transaction((tx) => arrange(then, tx, cast, at))
  then.setup.forget()
  for (let due = await routeDue(then.database, 100); due.length > 0; due = await routeDue(then.database, 100))
    for (const id of due) await lookAtTicket(then, id)
  while ((await routeNext(then)) === 'more');
}

async function arrange(desk: Desk, tx: Transaction, { agents, teams }: Cast, at: Instant): Promise<void> {
  const { directory, sla } = await desk.setup.now()
  const condition = (q: string) => {
    const { cond, ignored } = parseQuery(q, directory)
    if (ignored.length > 0) throw new Error(`Bug: the demo's condition ${q}: ${ignored[0]?.why}`)
    return q === '' ? null : cond
  }
  for (const language of ['de', 'fr', 'es'] as const)
    for (const domain of people[language].domains.filter((each) => !people.en.domains.includes(each)))
      await tx.rows(
        sql`update person set language = ${language} where email like ${`%@${domain}`} and language is null`,
      )
  const ids = new Map<string, number>()
  for (const [name, asks] of Object.entries(skills)) {
    const needs = asks.map(({ q, minLevel, tier }) => ({ filter: condition(q), minLevel, tier }))
    ids.set(name, (await addSkill(tx, name, needs)) ?? 0)
  }
  const teamIds = (names: readonly TeamName[]) => names.map((name) => teams.get(name) ?? 0)
  for (const { title, q, teams: own, mode } of queues)
    await addQueue(tx, title, {
      ...ordinary,
      mode,
      // An offer that nobody answers in the demo makes nobody away.
      offerSeconds: mode === 'offer' ? 86_400 : null,
      filter: condition(q),
      vip: condition('tag:angry'),
      teams: { primary: teamIds(own.primary), secondary: teamIds(own.secondary) },
    })
  const loads = await readAgents(tx, await readStaff(tx), defaultUnits, sla.calendars, at)
  await tellPresences(
    tx,
    staff.flatMap(([presence], index) => shifts(agents[index] ?? 0, index, presence, Date.parse(at))),
  )
  for (const [index, [presence, room, levels]] of staff.entries()) {
    const agentId = agents[index] ?? 0
    const used = Math.ceil(loads.find(({ id }) => id === agentId)?.used ?? 0)
    await changeStaff(tx, agentId, { presence, presenceSince: at, maxUnits: Math.max(2, used + room) })
    const held = Object.entries(levels).map(([name, level]) => ({ skillId: ids.get(name) ?? 0, level }))
    await setSkills(tx, agentId, held)
  }
  await lookAtAll(tx)
}

const SHIFT_DAYS = 90
const HOUR = 60 * MINUTE

/** When somebody was there until now: on weekdays, early or late by turns, a few on Saturdays; who is away has been for a week. */
function shifts(agentId: number, index: number, presence: Presence, until: number) {
  const last = Math.floor(until / DAY) - (presence === 'away' ? 7 : 1)
  return Array.from({ length: SHIFT_DAYS }, (_, back) => last - back)
    .toReversed()
    .filter((day) => isWorked(new Date(day * DAY).getUTCDay(), index))
    .flatMap((day) => {
      const begins = day * DAY + (7 + (index % 3) * 1.5) * HOUR
      const told = (at: number, is: Presence) => ({ agentId, at: instant(at), presence: is })
      return [told(begins, 'online'), told(begins + 8 * HOUR, 'offline')]
    })
}

const isWorked = (weekday: number, index: number) => weekday !== 0 && (weekday !== 6 || index % 4 === 0)

const ordinary: Omit<QueueDefinition, 'mode' | 'offerSeconds' | 'filter' | 'vip' | 'teams'> = {
  calendarId: 'always',
  needs: [],
  weights: { percentUsed: 1, priority: 1, wait: 0.25 },
  slaBands: [0, 900, 3_600],
  laneMaxWait: null,
  relax: defaultRelax,
  overflowQueueId: null,
  share: null,
  criteria: presets['balanced'] ?? [],
  affinitySeconds: 0,
  sticky: false,
  respectHours: true,
  respectShiftEnd: true,
}
