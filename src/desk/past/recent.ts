// The newest thousand tickets with all their updates, kept for a minute: a preview is asked for with each key that is pressed.
import type { Desk } from '#desk/desk.ts'
import { courseOf, type Course } from '#rules/preview.ts'
import { recentTickets } from '#rules/preview-store.ts'
import type { Db } from '#store/database.ts'

const MOST = 1_000
const KEPT_MS = 60_000

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
  const recent = await recentTickets(db, MOST)
  return recent.flatMap((each) => courseOf(each, directory, settings.timeZone) ?? [])
}
