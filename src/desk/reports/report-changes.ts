// The rows of reports that an update changes: what reads otherwise afterwards is written with the update, so that a report never lags
// and never drifts. Most updates go on from where the fold was kept; those that turn what was before read the ticket's whole log.
import type { Setup } from '#desk/setup-cache.ts'
import { changesOf } from '#reporting/changes.ts'
import { counts, goesOn, moves } from '#reporting/moves.ts'
import { folded, goneOn, reportRows } from '#reporting/rows.ts'
import { workedBy } from '#reporting/worked.ts'
import type { TicketEvent } from '#tickets/event.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { ReportFold } from '#tickets/write/report-fold.ts'
import type { TicketWrite } from '#tickets/write/ticket-write.ts'

type Update = {
  readonly before: Ticket | null
  readonly after: Ticket
  readonly events: readonly TicketEvent[]
  /** Where the fold was kept; null where it was not. */
  readonly kept: ReportFold | null
}

/** What an update makes of the ticket's rows; `earlier` reads the log before it, and is asked only when that may read otherwise now. */
export async function reportChanges(
  { kept, before, ...update }: Update,
  earlier: () => Promise<readonly TicketEvent[]>,
  { sla }: Setup,
): Promise<Pick<TicketWrite, 'report' | 'fold'>> {
  const { events } = update
  const worked = workedBy(sla)
  if (before !== null && kept !== null && goesOn(events)) {
    if (!moves({ before, ...update })) return { report: null, fold: kept }
    const { changes, fold } = goneOn(kept, { before, ...update }, worked)
    return { report: changes.spans.length + changes.facts.length === 0 ? null : changes, fold }
  }
  if (!counts(events)) return { report: null, fold: null }
  const log = await earlier()
  const { rows, fold } = folded([...log, ...events], worked)
  return { report: changesOf(reportRows(log, worked), rows), fold }
}
