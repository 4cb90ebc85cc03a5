// Undo: one update, or named events of it, taken back by a new event, as far as nobody has changed the same things since.
import { plus } from '#kit/time.ts'
import type { Undo } from '#tickets/command.ts'
import type { Context } from '#tickets/context.ts'
import { flagged } from '#tickets/decide/flag.ts'
import { letGo, unmergeFrom } from '#tickets/decide/merge.ts'
import { wake } from '#tickets/decide/status.ts'
import type { Draft, Refused } from '#tickets/decide/draft.ts'
import type { EventKind, TicketEvent } from '#tickets/event.ts'
import { replay } from '#tickets/evolve.ts'
import { isFact } from '#tickets/evolve/fact.ts'
import { restoration, stepsOf } from '#tickets/decide/restore.ts'
import { isActive, lettersOf } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { voidedSeqs } from '#tickets/void.ts'

const undoSplitSeconds = 30 * 86_400

/** Never undone: what was said, and the ticket itself. */
const kept: readonly EventKind[] = [
  'ticket_opened',
  'message_reclassified',
  'message_redacted',
  'message_delivery',
  'side_conversation_opened',
  'side_conversation_done',
  'csat_sent',
  'csat_answered',
  'csat_changed',
]
/** Undone only with the mail that has not left. */
const ofMessage: readonly EventKind[] = ['message_added', 'assistant_used']
/** Taken back by an event of their own, not by `restores`. */
const inverted: readonly EventKind[] = ['ticket_merged_in', 'ticket_merged_into', 'split_from']
const final: readonly EventKind[] = ['ticket_unmerged', 'ticket_unmerged_from', 'ticket_purged']
const openWhenClosed: readonly string[] = ['tags', 'links', 'reopenCount']

/**
 * Undoes an update, or named events of it: its own for agents, any for leads and the system. Refused for what is undone already, a
 * redo of a redo, mail that has left, and where a merge or split can no longer be taken back.
 */
export function undo(draft: Draft, command: Undo): Refused {
  const log = draft.context.facts.log ?? []
  const update = log.filter((event) => event.updateId === command.updateId)
  const meant = command.only === undefined ? update : update.filter(({ seq }) => command.only?.includes(seq))
  const [first] = meant
  if (first === undefined) return { name: 'not_found', what: 'update' }
  const refused = mayUndo(draft.context, first, command) ?? canBeUndone(draft, log, meant)
  if (refused !== null) return refused
  if (first.kind === 'ticket_opened') return undoOpening(draft, meant, command)
  const undone = meant.filter((event) => isUndone(event, command))
  if (!undone.some((event) => !isFact(event))) return nothingToUndo(meant)
  const begins = update[0]?.seq ?? first.seq
  const earlier = log.filter((event) => event.seq < begins)
  const before = earlier.length === 0 ? null : replay(earlier)
  const steps = stepsOf(before, update, (event) => undone.includes(event) && !inverted.includes(event.kind))
  const locked = draft.ticket
  return invert(draft, undone, command) ?? writeUndone(draft, steps, undone) ?? stillLocked(draft, locked)
}

function isUndone({ kind }: TicketEvent, { send }: Undo): boolean {
  return ofMessage.includes(kind) ? send === true : !kept.includes(kind)
}

function mayUndo(context: Context, { actor }: TicketEvent, { send }: Undo): Refused {
  const letters = lettersOf(context)
  const isOwn = actor.type === context.actor.type && actor.id === context.actor.id
  const mayAny = letters.includes('L') || letters.includes('S')
  if (!mayAny && !(isOwn && letters.includes('A'))) return { name: 'forbidden', needs: 'ticket.undo_any' }
  return send === true && context.facts.unsent !== true ? { name: 'already_sent' } : null
}

function canBeUndone(draft: Draft, log: readonly TicketEvent[], update: readonly TicketEvent[]): Refused {
  const voided = voidedSeqs(log)
  if (update.some((event) => voided.has(event.seq))) return { name: 'changed_since', fields: [] }
  const isFinal =
    update.some((event) => final.includes(event.kind)) || update.some((event) => isLastRedo(event, log))
  if (!isFinal) return null
  return { name: 'transition_not_allowed', from: draft.ticket.status, to: null, why: 'not_undone_again' }
}

/** An undo of an undo, or of a message that went back to being a draft. */
function isLastRedo(event: TicketEvent, log: readonly TicketEvent[]): boolean {
  if (event.kind !== 'undone') return false
  const seqs = new Set(event.payload.seqs)
  return log.some(({ seq, kind }) => seqs.has(seq) && (kind === 'undone' || kind === 'message_added'))
}

/** An opening is taken back only as the new side of a split, or as mail that has not left. */
function undoOpening(draft: Draft, update: readonly TicketEvent[], command: Undo): Refused {
  const { ticket, context } = draft
  const isSplit = update.some((event) => event.kind === 'split_from')
  if (isSplit) return mayUndoSplit(context, ticket) ?? joinAgain(draft, command)
  if (command.send !== true) {
    return { name: 'transition_not_allowed', from: ticket.status, to: null, why: 'openings_are_not_undone' }
  }
  const refused = flagged(ticket)
  if (refused === null) draft.happen('ticket_deleted', { reason: 'unsent' })
  return refused
}

function joinAgain(draft: Draft, { batchId }: Undo): Refused {
  const { splitFrom } = draft.ticket
  const { other } = draft.context.facts
  if (splitFrom === null || other?.id !== splitFrom.ticketId) return { name: 'not_found', what: 'ticket' }
  if (other.status === 'closed') return { name: 'target_closed', targetId: other.id }
  const refused = flagged(draft.ticket)
  if (refused === null) draft.happen('ticket_merged_into', { targetTicketId: other.id, batchId })
  return refused
}

function mayUndoSplit({ at }: Context, { openedAt, lastReplyAt }: Draft['ticket']): Refused {
  if (at > plus(openedAt, undoSplitSeconds)) {
    return { name: 'limit_exceeded', limit: 'undoSplitSeconds', max: undoSplitSeconds }
  }
  const isAnswered = lastReplyAt !== null && lastReplyAt > openedAt
  return isAnswered ? { name: 'changed_since', fields: ['replyCount'] } : null
}

function nothingToUndo(update: readonly TicketEvent[]): Refused {
  const isSent = update.some(
    (event) => event.kind === 'message_added' && event.payload.direction === 'outbound',
  )
  return isSent ? { name: 'already_sent' } : { name: 'not_found', what: 'change' }
}

/** Takes back merges and splits, whose other side has to go along. */
function invert(draft: Draft, undone: readonly TicketEvent[], { batchId }: Undo): Refused {
  let refused: Refused = null
  for (const event of undone) {
    if (event.kind === 'ticket_merged_into') refused ??= unmergeFrom(draft, { batchId })
    if (event.kind === 'ticket_split') refused ??= takeBack(draft, event.payload.ticketId, batchId)
    if (event.kind !== 'ticket_merged_in') continue
    const merged = draft.ticket.mergedIn.find((one) => one.sourceTicketId === event.payload.sourceTicketId)
    if (draft.ticket.status === 'closed') refused ??= { name: 'target_closed', targetId: draft.ticket.id }
    else if (merged !== undefined) letGo(draft, merged, batchId)
  }
  return refused
}

/** What the split's new ticket received meanwhile is shown here by reference, as after a merge. */
function takeBack(draft: Draft, newTicketId: Draft['ticket']['id'], batchId: Undo['batchId']): Refused {
  const { ticket, context } = draft
  const source = context.facts.sources?.[0]
  if (source?.ticket.id !== newTicketId) return { name: 'not_found', what: 'ticket' }
  if (ticket.status === 'closed') return { name: 'target_closed', targetId: ticket.id }
  const refused = mayUndoSplit(context, source.ticket)
  if (refused !== null) return refused
  draft.happen('ticket_merged_in', {
    sourceTicketId: newTicketId,
    sourceOpenedAt: source.ticket.openedAt,
    messageIds: source.messageIds,
    addedTags: [],
    addedParticipants: [],
    batchId,
  })
  return null
}

function writeUndone(draft: Draft, steps: ReturnType<typeof stepsOf>, undone: readonly TicketEvent[]): null {
  const { restores, changedSince } = restoration(draft.ticket, steps, draft.context.at)
  draft.happen('undone', { seqs: undone.map((event) => event.seq), restores, changedSince })
  if (!isActive(draft.ticket.status)) wake(draft, 'resolved')
  return null
}

/** Closed and flagged tickets stay locked, unless the undo is what unlocks them. */
function stillLocked({ ticket, events }: Draft, before: Ticket): Refused {
  const restores = events.flatMap((event) => (event.kind === 'undone' ? event.payload.restores : []))
  const isClosed = before.status === 'closed' && ticket.status === 'closed'
  if (isClosed && restores.some((one) => !openWhenClosed.includes(one.field)))
    return { name: 'ticket_closed' }
  return flagged(before) === null ? null : flagged(ticket)
}
