// What would have happened to one ticket under other rules than some others: lived under both, whole.
import { pastTickets } from '#backtest/past-store.ts'
import { livesOf, type Lives } from '#backtest/timeline.ts'
import { judgeTicket, type Excluded, type Verdict } from '#backtest/verdict.ts'
import type { Desk } from '#desk/desk.ts'
import { liveConfiguration, recordedConfiguration } from '#desk/past/configurations.ts'
import type { TicketId } from '#kit/ids.ts'
import { makeReady } from '#rules/rulebook.ts'
import type { Rulebook } from '#rules/rule.ts'
import type { Db } from '#store/database.ts'

export type WhatIf = Lives & { readonly verdict: Verdict }

/** Both lives of a ticket from its opening until now, and where they differ; or why it cannot be lived again. */
export async function whatIf(
  desk: Desk,
  db: Db,
  ticketId: TicketId,
  books: { readonly baseline: Rulebook; readonly candidate: Rulebook },
): Promise<WhatIf | Excluded> {
  const live = await liveConfiguration(desk, db)
  const under = (book: Rulebook) => ({ ...live, rulebook: makeReady(book) })
  const [baseline, candidate] = [under(books.baseline), under(books.candidate)]
  const until = desk.clock.now()
  const [past] = await pastTickets(db, [ticketId], until)
  const openedAt = past?.log[0]?.at
  if (past === undefined || openedAt === undefined) return 'history_with_gaps'
  const verdict = judgeTicket(past, {
    recorded: (await recordedConfiguration(db, live)).of(ticketId),
    baseline,
    candidate,
    watch: null,
    window: { from: openedAt, to: until },
  })
  if (typeof verdict === 'string') return verdict
  return { verdict, ...livesOf(past, { baseline, candidate }, { since: openedAt, until }) }
}
