// What is written about an agent as routing sees them, read into what is kept: calendars and skills must be there.
import type { z } from 'zod'
import type { staffPatch, triedStaff } from '#api/contract/routing.ts'
import { declineInput } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import type { TriedAgent } from '#routing/draft-book.ts'
import type { StaffRow } from '#routing/staff-store.ts'

type Terms = Pick<z.output<typeof staffPatch>, 'calendarId' | 'skills'>

/** Declined where it names a calendar or a skill that is not there. `place` is where it was said. */
export async function checkTerms(desk: Desk, { calendarId, skills }: Terms, place = ''): Promise<void> {
  const { sla, routing } = await desk.setup.now()
  const at = (name: string) => (place === '' ? name : `${place}.${name}`)
  if (calendarId !== undefined && calendarId !== null && !sla.calendars.has(String(calendarId)))
    declineInput(at('calendarId'), 'is no calendar')
  const unknown = skills?.find(({ skillId }) => !routing.skills.some((each) => each.id === skillId))
  if (unknown !== undefined) declineInput(at('skills'), `there is no skill ${unknown.skillId}`)
}

/** An agent as they would be given work after a change. */
export async function triedAgent(
  desk: Desk,
  staff: readonly StaffRow[],
  change: z.output<typeof triedStaff>,
  place: string,
): Promise<TriedAgent> {
  const row = staff.find((each) => each.id === change.id)
  if (row === undefined) return declineInput(`${place}.id`, 'is no agent who takes tickets')
  await checkTerms(desk, change, place)
  const { calendarId, skills = [], presence } = change
  const levels = {
    ...row.skills,
    ...Object.fromEntries(skills.map(({ skillId, level }) => [skillId, level])),
  }
  return {
    id: row.id,
    name: row.name,
    maxUnits: change.maxUnits ?? row.maxUnits,
    capacity: (change.capacity as StaffRow['capacity'] | undefined) ?? row.capacity,
    calendarId: calendarId === undefined ? row.calendarId : calendarId === null ? null : String(calendarId),
    skills: Object.fromEntries(Object.entries(levels).filter(([, level]) => level > 0)),
    ...(presence === undefined ? {} : { presence }),
  }
}
