// The desk's queues, skills and units as they stand, ready to be asked; and which queues share people.
import { ALWAYS, type Calendar } from '#hours/calendar.ts'
import type { Cond } from '#rules/condition.ts'
import type { Queue, RelaxStep, Requirement } from '#routing/model.ts'
import { defaultUnits, unitsFrom, type StoredUnits, type Units } from '#routing/load.ts'

/** The kept form of a queue: conditions as they were written and as trees, ids of what it names. */
export type QueueDefinition = Omit<Queue, 'id' | 'title' | 'calendar'> & {
  /** Which tickets it takes; null for all that no queue before it took. */
  readonly filter: Cond | null
  /** `always`, or a calendar's id. */
  readonly calendarId: string
  readonly needs: readonly Requirement[]
  /** Tickets that go before all others of the queue. */
  readonly vip: Cond | null
  /** Whether the requester's last agent comes first, for thirty days. */
  readonly sticky: boolean
}

export type QueueRow = {
  readonly id: number
  readonly title: string
  readonly position: number
  readonly version: number
  readonly definition: QueueDefinition
}

/** When a ticket asks for a skill. */
export type SkillNeed = {
  readonly filter: Cond | null
  readonly minLevel: Requirement['minLevel']
  readonly tier: Requirement['tier']
}
export type Skill = { readonly id: number; readonly name: string; readonly needs: readonly SkillNeed[] }

export type RoutingBook = {
  readonly revision: string
  /** In the order in which tickets are offered to them. */
  readonly queues: readonly QueueRow[]
  readonly skills: readonly Skill[]
  readonly units: Units
}

/** A book as it is kept beside what was tried with it. */
export type StoredBook = Omit<RoutingBook, 'units'> & { readonly units: StoredUnits }

/** A book in its kept form. */
export const keptBook = (book: RoutingBook): StoredBook => ({
  ...book,
  units: { ...book.units, complexity: [...book.units.complexity] },
})

/** A book from its kept form. */
export const bookFrom = (kept: StoredBook): RoutingBook => ({ ...kept, units: unitsFrom(kept.units) })

/** The book of a desk that does not route. */
export const emptyRouting: RoutingBook = { revision: '', queues: [], skills: [], units: defaultUnits }

/** The queue as the match knows it. */
export function readyQueue(
  { id, title, definition }: QueueRow,
  calendars: ReadonlyMap<string, Calendar>,
): Queue {
  const { filter: _, calendarId, needs: __, vip: ___, sticky: ____, ...rest } = definition
  return { ...rest, id, title, calendar: calendars.get(calendarId) ?? ALWAYS }
}

/** Queues that share teams or overflow into each other: what is matched, and locked, together. Each set in order of id. */
export function connectedQueues(queues: readonly QueueRow[]): number[][] {
  const sets: { ids: Set<number>; teams: Set<number> }[] = []
  for (const { id, definition } of queues) {
    const { teams, overflowQueueId } = definition
    const own = { ids: new Set([id]), teams: new Set([...teams.primary, ...teams.secondary]) }
    if (overflowQueueId !== null) own.ids.add(overflowQueueId)
    const joined = sets.filter(
      (set) => !set.ids.isDisjointFrom(own.ids) || !set.teams.isDisjointFrom(own.teams),
    )
    for (const set of joined) {
      sets.splice(sets.indexOf(set), 1)
      set.ids.forEach((each) => own.ids.add(each))
      set.teams.forEach((each) => own.teams.add(each))
    }
    sets.push(own)
  }
  const known = new Set(queues.map(({ id }) => id))
  return sets.map(({ ids }) => [...ids].filter((id) => known.has(id)).toSorted((a, b) => a - b))
}

/** What is wrong with the steps of a queue, or null. */
export function problemOfRelax(steps: readonly RelaxStep[]): string | null {
  const early = steps.find(({ after, do: step }) => 'overflow' in step && after < 60)
  return early === undefined
    ? null
    : 'overflows at once: a ticket waits at least 60 seconds before it changes queues'
}
