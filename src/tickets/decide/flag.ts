// Spam, deletion and purging: flags beside the status, which closing does not lock.
import type { FlagCommand } from '#tickets/command.ts'
import type { Draft, Refused } from '#tickets/decide/draft.ts'
import type { Payloads } from '#tickets/event.ts'
import { lettersOf } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** Sets or clears a flag; nothing happens when it is so already. Purging needs a lead and a flagged ticket. */
export function changeFlag(draft: Draft, { kind, reason }: FlagCommand): Refused {
  const { flags } = draft.ticket
  const payload = reason === undefined ? {} : { reason }
  switch (kind) {
    case 'markSpam':
      return happenIf(draft, !flags.spam, 'spam_marked', payload)
    case 'unmarkSpam':
      return happenIf(draft, flags.spam, 'spam_unmarked', payload)
    case 'delete':
      return happenIf(draft, !flags.deleted, 'ticket_deleted', payload)
    case 'restore':
      return happenIf(draft, flags.deleted, 'ticket_restored', payload)
    case 'purge':
      return mayPurge(draft) ?? happenIf(draft, true, 'ticket_purged', payload)
  }
}

function happenIf<
  K extends 'spam_marked' | 'spam_unmarked' | 'ticket_deleted' | 'ticket_restored' | 'ticket_purged',
>(draft: Draft, needed: boolean, kind: K, payload: Payloads[K]): null {
  if (needed) draft.happen(kind, payload)
  return null
}

function mayPurge({ ticket, context }: Draft): Refused {
  const letters = lettersOf(context)
  if (!letters.includes('L') && !letters.includes('S')) return { name: 'forbidden', needs: 'lead' }
  if (ticket.flags.deleted || ticket.flags.spam) return null
  return {
    name: 'transition_not_allowed',
    from: ticket.status,
    to: null,
    why: 'only_deleted_or_spam_is_purged',
  }
}

/** The refusal that a flagged ticket gives to ordinary commands; null when it has no flag. */
export function flagged({ flags }: Ticket): Refused {
  const { mergedInto } = flags
  if (mergedInto !== null) return { name: 'ticket_flagged', flag: 'merged_into', mergedInto }
  if (flags.deleted) return { name: 'ticket_flagged', flag: 'deleted', mergedInto }
  return flags.spam ? { name: 'ticket_flagged', flag: 'spam', mergedInto } : null
}
