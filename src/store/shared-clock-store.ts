// A clock that goes by the database's where that of this machine is off: several processes agree on what is due and whose claim has run out,
// or a mail would be taken for abandoned that is just being sent.
import type { Clock } from '#kit/clock.ts'
import type { Log } from '#kit/log.ts'
import { instant } from '#kit/time.ts'
import type { Db } from '#store/database.ts'
import { sql } from '#store/sql.ts'

/** Less is not told apart from a slow answer, and matters to nothing that is claimed. */
const SAME_MS = 2_000
const LOOK_EVERY_MS = 60_000

export type SharedClock = Clock & { readonly stop: () => Promise<void> }

/** Starts such a clock; the database is asked at once, and each minute. `own` is the time of this machine. */
export async function sharedClock(db: Db, log: Log, own: () => number = Date.now): Promise<SharedClock> {
  let offMs = 0
  const look = async () => {
    const askedAt = own()
    const row = await db.row<{ ms: number }>(
      sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`,
    )
    const answeredAt = own()
    // Of a slow answer nobody knows when it was made: what was found last goes on.
    if (answeredAt - askedAt >= SAME_MS) return
    const found = Math.round((row?.ms ?? askedAt) - (askedAt + answeredAt) / 2)
    const next = Math.abs(found) < SAME_MS ? 0 : found
    if (Math.abs(next - offMs) >= SAME_MS)
      log.warn(
        { seconds: Math.round(-found / 1_000) },
        next === 0
          ? 'The clock of this machine is that of the database again'
          : 'The clock of this machine is not that of the database, which Docket goes by. Set it right (NTP)',
      )
    offMs = next
  }
  await look()
  // The database may be away: what was found last goes on.
  const timer = setInterval(() => void look().catch(() => {}), LOOK_EVERY_MS).unref()
  return { now: () => instant(own() + offMs), stop: async () => clearInterval(timer) }
}
