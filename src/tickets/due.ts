// When a ticket changes by itself: what the timer table holds for it, one row for each kind.
import { plus } from '#kit/time.ts'
import type { Instant } from '#kit/time.ts'
import type { Settings } from '#tickets/settings.ts'
import { isFlagged } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type DueMoment = { readonly kind: 'auto_close' | 'unsnooze' | 'sla'; readonly dueAt: Instant }

/** The moments at which a timer has to ask again; none for flagged tickets, which take no such command. */
export function dueMoments(ticket: Ticket, settings: Pick<Settings, 'autoCloseAfter'>): readonly DueMoment[] {
  const { status, statusSince, snoozedUntil } = ticket
  if (isFlagged(ticket)) return []
  const moments: DueMoment[] = []
  if (status === 'resolved')
    moments.push({ kind: 'auto_close', dueAt: plus(statusSince, settings.autoCloseAfter) })
  if (snoozedUntil !== null) moments.push({ kind: 'unsnooze', dueAt: snoozedUntil })
  return moments
}
