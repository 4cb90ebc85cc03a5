// The rows of reports that an update changes, reckoned from the ticket's whole log: what reads otherwise afterwards is written with
// the update, so that a report never lags and never drifts.
import type { Setup } from '#desk/setup-cache.ts'
import { changesOf } from '#reporting/changes.ts'
import { reportRows } from '#reporting/rows.ts'
import { workedBy } from '#reporting/worked.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { standingEvents } from '#tickets/report-standing.ts'
import type { ReportChanges } from '#tickets/write/report-store.ts'

/** Any other event leaves the rows as they are. */
const COUNTED: ReadonlySet<TicketEvent['kind']> = new Set([
  'ticket_opened',
  'message_added',
  'message_reclassified',
  'status_changed',
  ...standingEvents,
  'spam_marked',
  'spam_unmarked',
  'ticket_deleted',
  'ticket_restored',
  'ticket_purged',
  'ticket_merged_into',
  'ticket_unmerged_from',
  'undone',
  'assistant_ran',
  'assistant_escalated',
  'assistant_used',
  'csat_sent',
  'csat_answered',
  'csat_changed',
])

/** What an update makes of the ticket's rows; `earlier` reads the log before it, and is asked only when something counts. */
export async function reportChanges(
  earlier: () => Promise<readonly TicketEvent[]>,
  events: readonly TicketEvent[],
  { sla }: Setup,
): Promise<ReportChanges | null> {
  if (!events.some(({ kind }) => COUNTED.has(kind))) return null
  const log = await earlier()
  const worked = workedBy(sla)
  return changesOf(reportRows(log, worked), reportRows([...log, ...events], worked))
}
