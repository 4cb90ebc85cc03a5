// How many agents were there in each hour of the week of a window: as they said, and where nobody ever did, by their calendars.
import type { Desk } from '#desk/desk.ts'
import type { Question } from '#desk/reports/ask.ts'
import { plus, type Instant } from '#kit/time.ts'
import { calendarsOfAgents, comings, presenceSince } from '#reporting/staffed-store.ts'
import { staffedByCalendars, staffedByPresence } from '#reporting/staffed.ts'
import type { StaffedBy } from '#reporting/vocabulary.ts'
import type { Db } from '#store/database.ts'

/** What is longer ago says nothing of who is there at which hour. */
const LONGEST_SECONDS = 91 * 86_400

export type Staffed = {
  readonly by: StaffedBy | null
  readonly from: Instant
  readonly to: Instant
  /** The mean of each hour of the week, from Monday at midnight. */
  readonly hours: readonly (number | null)[]
}

/** Of the newest three months of the window, as far as it has passed and anything was recorded. */
export async function staffedOf(desk: Desk, db: Db, { asked, scope }: Question): Promise<Staffed> {
  const to = latest([asked.from, asked.to < scope.now ? asked.to : scope.now])
  const begins = latest([asked.from, plus(to, -LONGEST_SECONDS)])
  const since = await presenceSince(db)
  const isRecorded = since !== null && since < to
  const from = isRecorded ? latest([begins, since]) : begins
  const window = { zone: asked.zone, from: Date.parse(from), to: Date.parse(to) }
  if (isRecorded) {
    const hours = staffedByPresence(window, 0, await comings(db, from, to, scope.reader))
    return { by: 'presence', from, to, hours }
  }
  const { calendars } = (await desk.setup.now()).sla
  const found = (await calendarsOfAgents(db, scope.reader)).flatMap(({ calendarId, agents }) => {
    const calendar = calendars.get(calendarId)
    return calendar === undefined ? [] : [[calendar, agents] as const]
  })
  const by = found.length === 0 ? null : ('calendars' as const)
  return { by, from, to, hours: staffedByCalendars(window, new Map(found)) }
}

const latest = (moments: readonly Instant[]) => moments.toSorted().at(-1) as Instant
