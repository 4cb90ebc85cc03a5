// The newest thousand tickets with all their updates, kept for a minute: a preview is asked for with each key that is pressed.
import { newestTickets, wholeTickets } from '#backtest/past-store.ts'
import type { PastTicket } from '#backtest/past-ticket.ts'
import type { Desk } from '#desk/desk.ts'
import { courseOf, type Course, type RecentTicket } from '#rules/preview.ts'
import { messagesMentioned } from '#rules/update-kinds.ts'
import type { Db } from '#store/database.ts'
import { giveWay } from '#store/live-work.ts'
import { evolve } from '#tickets/evolve.ts'
import type { Ticket } from '#tickets/ticket.ts'

const MOST = 1_000
const AT_ONCE = 100
const KEPT_MS = 60_000
/** So much of each message is looked at. */
const LONGEST_TEXT = 4_000

const kept = new WeakMap<Desk, Promise<readonly Course[]>>()

/** Recent tickets as courses, newest first; as of a minute ago at most. */
export function remembered(desk: Desk, db: Db): Promise<readonly Course[]> {
  const known = kept.get(desk)
  if (known !== undefined) return known
  const fresh = read(desk, db)
  kept.set(desk, fresh)
  const forget = () => void kept.delete(desk)
  fresh.catch(forget)
  setTimeout(forget, KEPT_MS).unref()
  return fresh
}

async function read(desk: Desk, db: Db): Promise<readonly Course[]> {
  const { directory, desk: settings } = await desk.setup.now()
  const ids = await newestTickets(db, MOST)
  const courses: Course[] = []
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = await wholeTickets(db, ids.slice(start, start + AT_ONCE), desk.clock.now())
    courses.push(...some.flatMap((past) => courseOf(recentOf(past), directory, settings.timeZone) ?? []))
    await giveWay(0)
  }
  return courses
}

/** A ticket as its preview looks at it: called as it is now, by whoever asks now. */
function recentOf({ log, subjects, messages, people, organizations }: PastTicket): RecentTicket {
  const now = log.reduce<Ticket | null>(evolve, null)
  const said = log.flatMap(messagesMentioned)
  return {
    log,
    subject: subjects.get(now?.subjectRevisionId ?? -1) ?? '',
    messages: said.flatMap((id) => {
      const found = messages.get(id)
      return found === undefined ? [] : [{ ...found, text: found.text?.slice(0, LONGEST_TEXT) ?? null }]
    }),
    requester: people.get(now?.requesterId ?? -1) ?? null,
    organization: organizations.get(now?.organizationId ?? -1) ?? null,
  }
}
