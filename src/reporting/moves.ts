// Which events move the rows that reports read of a ticket, and which of them change nothing of what was before.
import type { Step } from '#reporting/steps.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { standingEvents } from '#tickets/report-standing.ts'

/** Add to what was before, when they are not the assistant's: of its doings the version is known only afterwards. */
const ADDING: readonly TicketEvent['kind'][] = [
  'ticket_opened',
  'message_added',
  'status_changed',
  ...standingEvents,
]

/** May make what was before read otherwise. */
const TURNING: readonly TicketEvent['kind'][] = [
  'message_reclassified',
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
]
const turning: ReadonlySet<string> = new Set(TURNING)
const counted: ReadonlySet<string> = new Set([...ADDING, ...TURNING])

type Moved = Pick<Step, 'before' | 'after' | 'events'>

/** Whether an update moves the rows, or by whose calendar their time is measured. */
export function moves({ before, after, events }: Moved): boolean {
  const isElsewhere = before?.organizationId !== after.organizationId || before.brandId !== after.brandId
  return isElsewhere || counts(events)
}

/** Whether any of these events is read by reports. */
export function counts(events: readonly TicketEvent[]): boolean {
  return events.some(({ kind }) => counted.has(kind))
}

/** Whether what they tell can be added to what was before. */
export function goesOn(events: readonly TicketEvent[]): boolean {
  return !events.some(({ kind, actor }) => turning.has(kind) || actor.type === 'assistant')
}
