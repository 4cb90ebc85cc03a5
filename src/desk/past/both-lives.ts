// One ticket of a backtest lived again under both configurations, to be read side by side.
import type { Backtest } from '#backtest/backtest-store.ts'
import type { KeptDifference } from '#backtest/difference-store.ts'
import { pastTickets } from '#backtest/past-store.ts'
import { livesOf, type Lives } from '#backtest/timeline.ts'
import type { Desk } from '#desk/desk.ts'
import { configurationsOf } from '#desk/past/backtest-lane.ts'
import type { Db } from '#store/database.ts'

/** Both lives from the first difference; null when the ticket is gone or begins before its record. */
export async function bothLives(
  desk: Desk,
  db: Db,
  backtest: Backtest,
  { ticketId, verdict }: KeptDifference,
): Promise<Lives | null> {
  const [past] = await pastTickets(db, [ticketId], backtest.to)
  if (past === undefined) return null
  // A breach is no parting of the ways by itself, but is to be seen.
  const [first = backtest.from] = [verdict.divergesAt, verdict.differences[0]?.at]
    .flatMap((at) => at ?? [])
    .toSorted()
  return livesOf(past, await configurationsOf(desk, db, backtest), { since: first, until: backtest.to })
}
