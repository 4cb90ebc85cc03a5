// What an administrator writes about queues and skills, read into what is kept: conditions parsed, names checked.
import type { z } from 'zod'
import type { NewQueue, Queue, QueuePatch, Skill, skillNeed, WorkUnits } from '#api/contract/routing.ts'
import { Declined, problem } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import {
  problemOfRelax,
  type QueueDefinition,
  type QueueRow,
  type Skill as KeptSkill,
} from '#routing/book.ts'
import type { StoredUnits } from '#routing/load.ts'
import { defaultRelax, presets, type RelaxStep, type Requirement } from '#routing/model.ts'
import { circleFrom } from '#routing/stuck.ts'
import type { Cond } from '#rules/condition.ts'
import type { Directory } from '#rules/directory.ts'
import { printQuery } from '#rules/query-print.ts'
import { parseQuery } from '#rules/query.ts'

const ordinary: QueueDefinition = {
  filter: null,
  mode: 'push',
  offerSeconds: null,
  teams: { primary: [], secondary: [] },
  calendarId: 'always',
  needs: [],
  vip: null,
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

type Problem = { readonly path: string; readonly message: string }

/** The definition that a body makes of an earlier one; a 400 that names everything wrong with it. */
export async function definitionFrom(
  desk: Desk,
  body: NewQueue | QueuePatch,
  from: QueueRow | null,
): Promise<QueueDefinition> {
  const { directory, routing, sla } = await desk.setup.now()
  const before = from?.definition ?? ordinary
  const problems: Problem[] = []
  const { q, vip, primaryTeams, secondaryTeams, calendar, title: _, ...terms } = body
  const given = Object.fromEntries(
    Object.entries(terms).filter(([key, value]) => value !== undefined && key in ordinary),
  )
  const to: QueueDefinition = {
    ...before,
    ...given,
    filter: q === undefined ? before.filter : readCondition(q, 'q', directory, problems),
    vip: vip === undefined ? before.vip : readCondition(vip, 'vip', directory, problems),
    calendarId: calendar ?? before.calendarId,
    teams: {
      primary: primaryTeams ?? before.teams.primary,
      secondary: secondaryTeams ?? before.teams.secondary,
    },
  }
  for (const team of [...to.teams.primary, ...to.teams.secondary])
    if (!directory.teams.some(({ id, archived }) => id === team && !archived))
      problems.push({ path: 'primaryTeams', message: `there is no team ${team}` })
  for (const { skillId } of to.needs)
    if (!routing.skills.some(({ id }) => id === skillId))
      problems.push({ path: 'needs', message: `there is no skill ${skillId}` })
  if (!sla.calendars.has(to.calendarId))
    problems.push({ path: 'calendar', message: `there is no calendar ${to.calendarId}` })
  problems.push(...problemsOfOverflow(to, from, routing.queues))
  assertNone(problems)
  return to
}

function problemsOfOverflow(
  { overflowQueueId, relax }: QueueDefinition,
  from: QueueRow | null,
  queues: readonly QueueRow[],
): Problem[] {
  const problems: Problem[] = []
  if (overflowQueueId !== null && overflowQueueId === from?.id)
    problems.push({ path: 'overflowQueueId', message: 'a queue cannot overflow into itself' })
  else if (overflowQueueId !== null && !queues.some(({ id }) => id === overflowQueueId))
    problems.push({ path: 'overflowQueueId', message: `there is no queue ${overflowQueueId}` })
  const overflows = new Map(queues.map(({ id, definition }) => [id, definition.overflowQueueId]))
  if (from !== null && from.id !== overflowQueueId) {
    const circle = circleFrom(from.id, overflows.set(from.id, overflowQueueId))
    if (circle.length > 0) problems.push({ path: 'overflowQueueId', message: circleWords(circle, queues) })
  }
  if (relax.some((step: RelaxStep) => 'overflow' in step.do) && overflowQueueId === null)
    problems.push({ path: 'overflowQueueId', message: 'a step overflows: say into which queue' })
  const wrong = problemOfRelax(relax)
  if (wrong !== null) problems.push({ path: 'relax', message: wrong })
  return problems
}

function circleWords(circle: readonly number[], queues: readonly QueueRow[]): string {
  const titles = [...circle, circle[0]].map(
    (id) => queues.find((queue) => queue.id === id)?.title ?? `#${id}`,
  )
  return `a ticket would go in a circle: ${titles.join(' → ')}`
}

/** What a skill's conditions are kept as. */
export async function needsFrom(
  desk: Desk,
  written: readonly z.output<typeof skillNeed>[],
): Promise<KeptSkill['needs']> {
  const { directory } = await desk.setup.now()
  const problems: Problem[] = []
  const needs = written.map(({ q, minLevel, tier }, index) => ({
    filter: readCondition(q, `needs.${index}.q`, directory, problems),
    minLevel: minLevel as Requirement['minLevel'],
    tier: tier as Requirement['tier'],
  }))
  assertNone(problems)
  return needs
}

/** Units as they are kept. */
export function unitsOf({ channels, complexity, pending }: WorkUnits): StoredUnits {
  return {
    channels: Object.fromEntries(Object.entries(channels).filter(([, units]) => units !== undefined)),
    complexity: complexity
      .map(({ categoryId, factor }) => [categoryId, factor] as const)
      .toSorted(([a], [b]) => a - b),
    pending,
  }
}

function readCondition(text: string, path: string, directory: Directory, problems: Problem[]): Cond | null {
  if (text.trim() === '') return null
  const { cond, ignored } = parseQuery(text, directory)
  for (const { term, why } of ignored) problems.push({ path, message: `"${term}": ${why}` })
  return cond
}

function assertNone(problems: readonly Problem[]): void {
  const [first] = problems
  if (first !== undefined)
    throw new Declined(problem('bad-input', `${first.path}: ${first.message}`, { errors: [...problems] }))
}

export function presentQueue({ definition, ...row }: QueueRow, directory: Directory): Queue {
  const { filter, vip, teams, calendarId, needs, relax, slaBands, criteria, ...rest } = definition
  return {
    ...row,
    ...rest,
    q: printed(filter, directory),
    vip: printed(vip, directory),
    primaryTeams: [...teams.primary],
    secondaryTeams: [...teams.secondary],
    calendar: calendarId,
    needs: [...needs],
    relax: [...relax],
    slaBands: [...slaBands],
    criteria: [...criteria],
  }
}

export function presentNeeds({ needs }: KeptSkill, directory: Directory): Skill['needs'] {
  return needs.map(({ filter, minLevel, tier }) => ({ q: printed(filter, directory), minLevel, tier }))
}

function printed(cond: Cond | null, directory: Directory): string {
  return cond === null ? '' : (printQuery(cond, directory) ?? '')
}
