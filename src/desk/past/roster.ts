// What a play of routing learns from the desk: who is there, and how long an answer takes them.
import type { Desk } from '#desk/desk.ts'
import { instant } from '#kit/time.ts'
import type { Pace } from '#routing/history-store.ts'
import type { Agent } from '#routing/model.ts'
import { readAgents, type StaffRow } from '#routing/staff-store.ts'

/** An answer's work where the past says nothing: eight minutes. */
export const USUAL_WORK_MS = 480_000

/**
 * Everybody of a staff at work with nothing in hand: by their own hours, else by those of a team. Of some it is told when they were
 * there: a team's hours say nothing about them.
 */
export async function roster(
  desk: Desk,
  staff: readonly StaffRow[],
  told: ReadonlySet<number> = new Set(),
): Promise<Agent[]> {
  const { routing, sla } = await desk.setup.now()
  const agents = await readAgents(desk.database, staff, routing.units, sla.calendars, instant(0))
  return agents.map((agent) => ({
    ...agent,
    presence: 'online',
    used: 0,
    usedBy: {},
    lastAssignedAt: null,
    calendar:
      agent.calendar ??
      (told.has(agent.id) ? [] : agent.teams)
        .map((team) => sla.used.get(`team:${team}`))
        .find((each) => each !== undefined) ??
      null,
  }))
}

/** Draws a pace from the answers of a category, else from all. */
export function pacesBy(paces: readonly Pace[]): (categoryId: number | null, draw: number) => number {
  const sorted = (some: readonly Pace[]) => some.map(({ seconds }) => seconds).toSorted((a, b) => a - b)
  const all = sorted(paces)
  const by = new Map(
    [...Map.groupBy(paces, ({ categoryId }) => categoryId)].map(([id, some]) => [id, sorted(some)]),
  )
  return (categoryId, draw) => {
    const own = by.get(categoryId) ?? []
    const from = own.length >= 10 ? own : all
    const seconds = from[Math.floor(draw * from.length)]
    return seconds === undefined ? USUAL_WORK_MS : seconds * 1000
  }
}
