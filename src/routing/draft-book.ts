// Changes of routing that are not saved yet, put into the book and the staff as if they had been: for a try on the past.
import type { QueueDefinition, QueueRow, RoutingBook, SkillNeed } from '#routing/book.ts'
import { unitsFrom, type StoredUnits } from '#routing/load.ts'
import type { Presence } from '#routing/model.ts'
import type { StaffRow } from '#routing/staff-store.ts'

/** `id` is null for one that does not exist yet: it stands behind the others, unless a place is said. */
export type TriedQueue = {
  readonly id: number | null
  readonly title: string
  readonly definition: QueueDefinition
  /** Its place among the queues, from 1 on. */
  readonly position?: number
  readonly archived?: true
}

export type TriedSkill = {
  readonly id: number | null
  readonly name: string
  readonly needs: readonly SkillNeed[]
  readonly archived?: true
}

/** What an agent would be given, and whether they would be there: all the time, or as they were. */
export type TriedAgent = Pick<StaffRow, 'id' | 'name' | 'maxUnits' | 'capacity' | 'calendarId' | 'skills'> & {
  readonly presence?: Presence
}

export type TriedTeam = { readonly id: number; readonly name: string; readonly members: readonly number[] }

/** What is tried of routing, all of it together. */
export type TriedRouting = {
  readonly queue?: TriedQueue | null
  readonly skill?: TriedSkill
  readonly units?: StoredUnits
  readonly staff?: readonly TriedAgent[]
  readonly team?: TriedTeam
}

/** The number of a queue or skill that has none yet. */
export const FRESH = 0

/** The book with what is tried in its place. */
export function bookWith(book: RoutingBook, { queue, skill, units }: TriedRouting): RoutingBook {
  const tried = queue ? bookWithQueue(book, queue) : book
  return {
    ...tried,
    skills: skill === undefined ? tried.skills : skillsWith(tried.skills, skill),
    units: units === undefined ? tried.units : unitsFrom(units),
  }
}

/** The book with the queue in its place; one that is gone stands behind the others again. */
export function bookWithQueue(book: RoutingBook, tried: TriedQueue): RoutingBook {
  const { id, title, definition, position, archived } = tried
  const known = book.queues.findIndex((queue) => queue.id === id)
  const others = book.queues.filter((queue) => queue.id !== id)
  if (archived === true) return { ...book, queues: others }
  const last = Math.max(0, ...book.queues.map((queue) => queue.position))
  const row: QueueRow = {
    ...(book.queues[known] ?? { id: id ?? FRESH, position: last + 1, version: 0 }),
    title,
    definition,
  }
  const place = position === undefined ? (known === -1 ? others.length : known) : position - 1
  return { ...book, queues: others.toSpliced(place, 0, row) }
}

function skillsWith(skills: RoutingBook['skills'], { id, name, needs, archived }: TriedSkill) {
  const others = skills.filter((skill) => skill.id !== id)
  return archived === true ? others : [...others, { id: id ?? FRESH, name, needs }]
}

/** The staff with what is tried in its place: what each is given, and who is in a team. */
export function staffWith(
  staff: readonly StaffRow[],
  { staff: agents = [], team }: TriedRouting,
): StaffRow[] {
  return staff.map((row) => {
    const { presence: _, ...terms } = agents.find(({ id }) => id === row.id) ?? {}
    return { ...row, ...terms, teams: team === undefined ? row.teams : teamsWith(row, team) }
  })
}

function teamsWith({ id, teams }: StaffRow, team: TriedTeam): readonly number[] {
  const others = teams.filter((each) => each !== team.id)
  return team.members.includes(id) ? [...others, team.id].toSorted((a, b) => a - b) : others
}

/** Agents by team, as they would be: what rules tell a team goes to them. */
export function membersWith(
  members: ReadonlyMap<number, readonly number[]>,
  { team }: TriedRouting,
): ReadonlyMap<number, readonly number[]> {
  return team === undefined ? members : new Map([...members, [team.id, team.members]])
}

/** Who is tried as being there, or not, all the time. */
export function presencesTried({ staff = [] }: TriedRouting): ReadonlyMap<number, Presence> {
  return new Map(staff.flatMap(({ id, presence }) => (presence === undefined ? [] : [[id, presence]])))
}

/** What names this try: the same whatever it is called. Nothing where nothing is tried. */
export function namedBy({ queue, skill, units, staff = [], team }: TriedRouting): object | null {
  const unnamed = (thing: object) =>
    Object.fromEntries(Object.entries(thing).filter(([key]) => key !== 'name' && key !== 'title'))
  const parts = {
    ...(queue ? { queue: unnamed(queue) } : {}),
    ...(skill === undefined ? {} : { skill: unnamed(skill) }),
    ...(units === undefined ? {} : { units }),
    ...(staff.length === 0 ? {} : { staff: staff.map(unnamed) }),
    ...(team === undefined ? {} : { team: unnamed(team) }),
  }
  return Object.keys(parts).length === 0 ? null : parts
}
