// Teams, skills and queues as a file: everything by name or address, in a fixed order. A queue says what the API says of it.
import { parse, stringify } from 'yaml'
import { z } from 'zod'
import { queueAsSaved, skillNeed } from '#api/contract/routing.ts'
import { presentNeeds, presentQueue } from '#api/routing/queue-input.ts'
import type { Desk } from '#desk/desk.ts'
import { listTeams } from '#people/agent-store.ts'
import { amongOthers } from '#programs/configuration/order.ts'
import { listQueues, listSkills } from '#routing/queue-store.ts'
import { readStaff } from '#routing/staff-store.ts'
import { listCalendars } from '#sla/agreement-store.ts'
import type { Db } from '#store/database.ts'

const name = z.string().trim().min(1).max(200)
const address = z.string().trim().toLowerCase().min(3).max(254)
const queueInFile = queueAsSaved
  .omit({ primaryTeams: true, secondaryTeams: true, calendar: true, needs: true, overflowQueueId: true })
  .extend({
    primaryTeams: z.array(name).min(1),
    secondaryTeams: z.array(name).optional(),
    /** `always`, or a calendar's name. */
    calendar: name.optional(),
    needs: z.array(skillNeed.omit({ q: true }).extend({ skill: name })).optional(),
    overflowsInto: name.nullable().optional(),
  })
/** What such a file says that it is. */
export const ROUTING = 'Routing'

/** A part that is left out stays as it is. */
const routingFile = z.strictObject({
  apiVersion: z.literal('docket/v1'),
  kind: z.literal(ROUTING),
  teams: z.array(z.strictObject({ name, members: z.array(address) })).optional(),
  skills: z
    .array(
      z.strictObject({
        name,
        needs: z.array(skillNeed).default([]),
        /** Level by address. */
        holders: z.record(address, z.number().int().min(1).max(5)).default({}),
      }),
    )
    .optional(),
  queues: z.array(queueInFile).optional(),
})
export type RoutingFile = z.output<typeof routingFile>
/** With every part. */
export type WholeRoutingFile = { [Part in keyof RoutingFile]-?: NonNullable<RoutingFile[Part]> }
export type QueueInFile = WholeRoutingFile['queues'][number]

/** Reads a file; what is wrong with it comes back as sentences with their place. */
export function readRoutingFile(text: string): { file: RoutingFile | null; problems: string[] } {
  let value: unknown
  try {
    value = parse(text)
  } catch (error) {
    return { file: null, problems: [(error as Error).message] }
  }
  const read = routingFile.safeParse(value)
  if (!read.success)
    return {
      file: null,
      problems: read.error.issues.map(({ path, message }) =>
        path.length === 0 ? message : `${path.join('.')}: ${message}`,
      ),
    }
  const twice = [
    ...repeated((read.data.teams ?? []).map((each) => `team ${each.name}`)),
    ...repeated((read.data.skills ?? []).map((each) => `skill ${each.name}`)),
    ...repeated((read.data.queues ?? []).map((each) => `queue ${each.title}`)),
  ].map((each) => `${each} stands there twice`)
  return { file: twice.length === 0 ? read.data : null, problems: twice }
}

function repeated(names: readonly string[]): string[] {
  return names.filter((each, index) => names.indexOf(each) !== index)
}

/** The desk's routing in the form of a file. */
export async function routingAsFile(desk: Desk, db: Db): Promise<WholeRoutingFile> {
  const { directory } = await desk.setup.now()
  const active = directory.agents.filter(({ archived }) => !archived)
  const emails = new Map(active.map(({ id, email }) => [id, email]))
  const teams = await listTeams(db, { q: '', limit: 10_000, after: null, archived: false })
  const skills = await listSkills(db)
  const staff = await readStaff(db)
  const queues = await listQueues(db)
  const calendars = new Map((await listCalendars(db)).map((each) => [String(each.id), each]))
  const teamName = (id: number) => teams.find((each) => each.id === id)?.name ?? `#${id}`
  return {
    apiVersion: 'docket/v1',
    kind: ROUTING,
    teams: teams.map((team) => ({
      name: team.name,
      members: team.members.flatMap(({ id }) => emails.get(id) ?? []).toSorted(),
    })),
    skills: skills.map((skill) => ({
      name: skill.name,
      needs: presentNeeds(skill, directory),
      holders: Object.fromEntries(
        staff
          .flatMap((each): [string, number][] => {
            const level = each.skills[String(skill.id)]
            const email = emails.get(each.id)
            return level === undefined || email === undefined ? [] : [[email, level]]
          })
          .toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ),
    })),
    queues: queues.map((row) => {
      const {
        id: _,
        position: __,
        version: ___,
        calendar,
        overflowQueueId,
        ...rest
      } = presentQueue(row, directory)
      return {
        ...rest,
        primaryTeams: rest.primaryTeams.map(teamName),
        secondaryTeams: rest.secondaryTeams.map(teamName),
        // One that is put away is in no file, and stays where none says another.
        calendar:
          calendars.get(calendar)?.archived === true
            ? undefined
            : (calendars.get(calendar)?.name ?? calendar),
        needs: rest.needs.flatMap(({ skillId, ...need }) => {
          const skill = skills.find(({ id }) => id === skillId)
          return skill === undefined ? [] : [{ skill: skill.name, ...need }]
        }),
        overflowsInto: queues.find(({ id }) => id === overflowQueueId)?.title ?? null,
      }
    }),
  }
}

/** The text of a file. */
export function writeRoutingFile(file: RoutingFile): string {
  return stringify(ordered(file), { lineWidth: 100 })
}

const FIRST = [
  'apiVersion',
  'kind',
  'teams',
  'skills',
  'queues',
  'name',
  'title',
  'q',
  'skill',
  'after',
  'do',
]

/** The database keeps no order of keys. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const rank = (key: string) => (FIRST.includes(key) ? FIRST.indexOf(key) : FIRST.length)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, each]) => [key, ordered(each)]),
  )
}

/**
 * What a file would change: a line for each thing, none when nothing. Skills and queues that its lists do not name are archived
 * where `prunes`; teams stay, since tickets belong to them.
 */
export function routingChanges(live: WholeRoutingFile, file: RoutingFile, prunes = true): string[] {
  const { teams = live.teams, skills = live.skills, queues = live.queues } = file
  const stays = (line: string) => !line.startsWith('-')
  const lines = [
    ...changesOf('team', live.teams, teams, (each) => each.name).filter(stays),
    ...[
      ...changesOf('skill', live.skills, skills, (each) => each.name),
      ...changesOf('queue', live.queues, queues, (each) => each.title),
    ].filter((line) => prunes || stays(line)),
  ]
  const titles = queues.map(({ title }) => title)
  const now = live.queues.map(({ title }) => title)
  const next = prunes ? titles : amongOthers(now, titles)
  if (next.length === now.length && next.every((each) => now.includes(each)) && next.join() !== now.join())
    lines.push(`↕ queues: ${next.join(', ')}`)
  return lines
}

function changesOf<Thing extends object>(
  kind: string,
  live: readonly Thing[],
  next: readonly Thing[],
  nameOf: (thing: Thing) => string,
): string[] {
  const before = new Map(live.map((each) => [nameOf(each), each]))
  const after = new Map(next.map((each) => [nameOf(each), each]))
  const changed = next.flatMap((each) => {
    const was = before.get(nameOf(each))
    if (was === undefined) return [`+ ${kind} ${nameOf(each)}`]
    const parts = Object.entries(each).filter(
      ([key, value]) => value !== undefined && text(value) !== text((was as Record<string, unknown>)[key]),
    )
    return parts.length === 0 ? [] : [`~ ${kind} ${nameOf(each)}: ${parts.map(([key]) => key).join(', ')}`]
  })
  const gone = live.filter((each) => !after.has(nameOf(each))).map((each) => `- ${kind} ${nameOf(each)}`)
  return [...changed, ...gone]
}

const text = (value: unknown) => JSON.stringify(ordered(value))
