// What time brings: waking, closing by itself, and facts that other rooms write down.
import { plus } from '#kit/time.ts'
import type { CommandOf } from '#tickets/command.ts'
import { changeStatus, wake } from '#tickets/decide/status.ts'
import type { Draft, Refused } from '#tickets/decide/draft.ts'
import { lettersOf } from '#tickets/status.ts'

/** Ends a snooze. A timer that comes too early, or for a ticket awake already, does nothing. */
export function unsnooze(draft: Draft, { reason }: CommandOf<'unsnooze'>): Refused {
  const { snoozedUntil } = draft.ticket
  const isEarly = reason === 'time' && snoozedUntil !== null && draft.context.at < snoozedUntil
  if (!isEarly) wake(draft, reason)
  return null
}

/** Closes a ticket that has been resolved long enough; does nothing when it is not due (any more). Only for the system. */
export function autoClose(draft: Draft): Refused {
  if (!lettersOf(draft.context).includes('S')) return { name: 'forbidden', needs: 'system' }
  const { status, statusSince } = draft.ticket
  const { at, settings } = draft.context
  if (status !== 'resolved' || at < plus(statusSince, settings.autoCloseAfter)) return null
  return changeStatus(draft, { to: 'closed', reason: 'auto_close', letters: ['S'] })
}

/** Writes facts down; a warning or breach of a clock wakes the ticket. */
export function record(draft: Draft, { facts }: CommandOf<'record'>): Refused {
  for (const fact of facts) {
    const { kind, payload, ...by } = fact
    draft.happen(kind, payload, by)
    if (fact.kind === 'sla_warning' || fact.kind === 'sla_breached') wake(draft, 'sla')
  }
  return null
}
