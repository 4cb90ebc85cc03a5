// One ticket of a backtest lived again under both configurations, to be read side by side.
import type { Backtest } from '#backtest/backtest-store.ts'
import { always } from '#backtest/configuration.ts'
import type { KeptDifference } from '#backtest/difference-store.ts'
import { pastTickets } from '#backtest/past-store.ts'
import type { Configuration } from '#backtest/past-ticket.ts'
import { replay } from '#backtest/replay.ts'
import { timelineOf, type Moment } from '#backtest/timeline.ts'
import type { Desk } from '#desk/desk.ts'
import { configurationsOf } from '#desk/past/backtest-lane.ts'
import type { Db } from '#store/database.ts'

/** Both lives from the first difference; null when the ticket is gone or begins before its record. */
export async function bothLives(
  desk: Desk,
  db: Db,
  backtest: Backtest,
  { ticketId, verdict }: KeptDifference,
): Promise<{ baseline: readonly Moment[]; candidate: readonly Moment[] } | null> {
  const [past] = await pastTickets(db, [ticketId], backtest.to)
  if (past === undefined) return null
  const { baseline, candidate } = await configurationsOf(desk, db, backtest)
  // A breach is no parting of the ways by itself, but is to be seen.
  const since = [verdict.divergesAt, verdict.differences[0]?.at].flatMap((at) => at ?? []).toSorted()[0]
  const lived = (configuration: Configuration) => {
    const life = replay(past, always(configuration), backtest.to)
    return life === null ? [] : timelineOf(life, since ?? backtest.from)
  }
  return { baseline: lived(baseline), candidate: lived(candidate) }
}
