// Who counts by a calendar today, so that none is put away under what lives by it.
import { readStaff } from '#routing/staff-store.ts'
import { listQueues } from '#routing/queue-store.ts'
import { listWidgets } from '#setup/widget-store.ts'
import { listCalendars, policiesUsing } from '#sla/agreement-store.ts'
import type { Db } from '#store/database.ts'

const EVERY = { archived: false, limit: 10_000, after: null }

/** Policies, calendars made of it, queues, agents and widgets that live by a calendar, each as its kind and its name. */
export async function usesOfCalendar(db: Db, calendarId: number): Promise<string[]> {
  const id = String(calendarId)
  const isMadeOf = (hours: unknown) =>
    (hours as { union?: readonly string[] } | undefined)?.union?.includes(id)
  const unions = (await listCalendars(db)).filter(
    ({ archived, versions }) => !archived && isMadeOf(versions.at(-1)?.hours),
  )
  const queues = (await listQueues(db)).filter(({ definition }) => definition.calendarId === id)
  const staff = (await readStaff(db)).filter((each) => each.calendarId === id)
  const widgets = (await listWidgets(db, EVERY)).filter((each) => each.calendarId === id)
  return [
    ...(await policiesUsing(db, calendarId)).map((title) => `policy "${title}"`),
    ...unions.map(({ name }) => `calendar "${name}"`),
    ...queues.map(({ title }) => `queue "${title}"`),
    ...staff.map(({ name }) => `agent "${name}"`),
    ...widgets.map(({ name }) => `widget "${name}"`),
  ]
}
