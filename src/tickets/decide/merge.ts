// Merge, unmerge and split, each from both sides. Act decides all sides of one batch in one transaction, all or nothing.
import type { PersonId, TicketId } from '#kit/ids.ts'
import type { CommandOf, MergeInCommand, MergeIntoCommand } from '#tickets/command.ts'
import type { MergeSource, MessageFact } from '#tickets/context.ts'
import { flagged } from '#tickets/decide/flag.ts'
import { answer } from '#tickets/decide/message.ts'
import { inReopenWindow, wake } from '#tickets/decide/status.ts'
import type { Draft, Refused } from '#tickets/decide/draft.ts'
import { hiddenMessages } from '#tickets/merge.ts'
import { newReaders } from '#tickets/readers.ts'
import type { MergedIn, Ticket } from '#tickets/ticket.ts'

const maxSources = 50

/** The target's side of a merge. Refuses cycles, flags, other brands, a closed target, and readers nobody acknowledged. */
export function mergeIn(draft: Draft, command: MergeInCommand): Refused {
  const { ticket, context } = draft
  const sources = context.facts.sources ?? []
  const refused = mayMergeIn(ticket, command, sources) ?? mayShow(ticket, command, sources)
  if (refused !== null) return refused
  wake(draft, 'merge')
  for (const source of sources) takeIn(draft, source, command)
  return null
}

function mayMergeIn(
  ticket: Ticket,
  { sourceIds, evenClosed }: MergeInCommand,
  sources: readonly MergeSource[],
): Refused {
  if (sourceIds.length > maxSources) return { name: 'limit_exceeded', limit: 'mergeSources', max: maxSources }
  const isComplete = sources.length === sourceIds.length && sourceIds.length > 0
  if (!isComplete || sources.some((source, index) => source.ticket.id !== sourceIds[index])) {
    return { name: 'not_found', what: 'ticket' }
  }
  if (new Set(sourceIds).size < sourceIds.length) return { name: 'merge_cycle', targetId: ticket.id }
  for (const source of sources) {
    const refused = mayMerge(source.ticket, ticket, { evenClosed })
    if (refused !== null) return refused
  }
  return null
}

/** Whether `source` may go into `target`, whichever side asks. */
function mayMerge(
  source: Ticket,
  target: Ticket,
  {
    targetResolvesTo = target.flags.mergedInto,
    evenClosed,
  }: { targetResolvesTo?: TicketId | null | undefined; evenClosed?: true | undefined },
): Refused {
  const leadsBack = target.flags.mergedInto === source.id || targetResolvesTo === source.id
  if (source.id === target.id || leadsBack) return { name: 'merge_cycle', targetId: target.id }
  if (target.status === 'closed' && evenClosed !== true) return { name: 'target_closed', targetId: target.id }
  if (source.brandId !== target.brandId) {
    return { name: 'transition_not_allowed', from: source.status, to: null, why: 'other_brand' }
  }
  return flagged(target) ?? flagged(source)
}

function mayShow(ticket: Ticket, command: MergeInCommand, sources: readonly MergeSource[]): Refused {
  const joining = sources.map((source) => source.ticket)
  const needed = newReaders(ticket, joining, command.leftOut ?? [])
  const given = new Set(command.acknowledgedNewReaders)
  const isEqual = given.size === needed.length && needed.every((personId) => given.has(personId))
  return isEqual ? null : { name: 'privacy_ack_required', newReaders: needed }
}

function takeIn(draft: Draft, { ticket: source, messageIds }: MergeSource, command: MergeInCommand): void {
  const { ticket } = draft
  const unanswered = source.unansweredSince
  const isHere = new Set<PersonId>([ticket.requesterId, ...ticket.participants.map((one) => one.personId)])
  const leftOut = new Set(command.leftOut)
  const requester = { personId: source.requesterId, role: 'cc' as const }
  const joining = [requester, ...source.participants].filter(
    ({ personId }, index, all) =>
      !isHere.has(personId) &&
      !leftOut.has(personId) &&
      all.findIndex((one) => one.personId === personId) === index,
  )
  draft.happen('ticket_merged_in', {
    sourceTicketId: source.id,
    sourceOpenedAt: source.openedAt,
    ...(unanswered !== null && { sourceUnansweredSince: unanswered }),
    messageIds,
    addedTags: source.tags.filter((tag) => !ticket.tags.includes(tag)),
    addedParticipants: joining,
    batchId: command.batchId,
  })
}

/** The source's side of a merge. */
export function mergeInto(draft: Draft, { targetId, batchId, evenClosed }: MergeIntoCommand): Refused {
  const { ticket, context } = draft
  const { other, targetResolvesTo } = context.facts
  if (other?.id !== targetId) return { name: 'not_found', what: 'ticket' }
  const refused = mayMerge(ticket, other, { targetResolvesTo, evenClosed })
  if (refused !== null) return refused
  wake(draft, 'merge')
  draft.happen('ticket_merged_into', { targetTicketId: targetId, batchId })
  return null
}

/** The target's side of an unmerge: references go, and what came through the source's token goes back with them. */
export function unmerge(draft: Draft, { sourceId, batchId }: CommandOf<'unmerge'>): Refused {
  const { ticket } = draft
  const merged = ticket.mergedIn.find((one) => one.sourceTicketId === sourceId)
  if (merged === undefined) return { name: 'not_found', what: 'merge' }
  if (ticket.status === 'closed') return { name: 'target_closed', targetId: ticket.id }
  letGo(draft, merged, batchId)
  return null
}

/** The events of an unmerge on the target. */
export function letGo(draft: Draft, merged: MergedIn, batchId: MergedIn['batchId']): void {
  const { sourceTicketId, sourceOpenedAt, messageIds, addedTags, addedParticipants } = merged
  const returned = returnedTo(draft, sourceTicketId).map((message) => message.id)
  draft.happen('ticket_unmerged', {
    sourceTicketId,
    sourceOpenedAt,
    messageIds: [...messageIds, ...returned],
    addedTags,
    addedParticipants,
    batchId,
  })
}

function returnedTo({ context }: Draft, sourceId: TicketId): readonly MessageFact[] {
  return (context.facts.returned ?? []).filter((message) => message.sourceTicketId === sourceId)
}

/** The source's side of an unmerge: it stands alone again, with the messages that were meant for it. */
export function unmergeFrom(draft: Draft, { batchId }: Pick<CommandOf<'unmergeFrom'>, 'batchId'>): Refused {
  const { mergedInto } = draft.ticket.flags
  const { other } = draft.context.facts
  if (mergedInto === null || other?.id !== mergedInto) return { name: 'not_found', what: 'merge' }
  if (other.status === 'closed') return { name: 'target_closed', targetId: other.id }
  const refused = flagged(other)
  if (refused !== null) return refused
  draft.happen('ticket_unmerged_from', { targetTicketId: mergedInto, batchId })
  for (const message of returnedTo(draft, draft.ticket.id)) comeBack(draft, message)
  return null
}

function comeBack(draft: Draft, message: MessageFact): void {
  draft.happen('message_added', {
    messageId: message.id,
    messageKind: message.kind,
    direction: message.direction,
    authorId: message.authorId,
    channel: message.channel,
    ...(message.thanks && { thanks: true }),
    attachmentCount: message.attachmentCount,
    recipientCount: message.recipientCount,
  })
  const asks = message.direction === 'inbound' && !message.thanks
  const locked = draft.ticket.status === 'closed' && !inReopenWindow(draft.ticket, draft.context)
  if (asks && !locked) answer(draft)
}

/** The old ticket's side of a split; the new one is opened with `splitFrom`. Refuses messages it does not show. */
export function split(draft: Draft, { messageIds, newTicketId }: CommandOf<'split'>): Refused {
  const { ticket, context } = draft
  if (ticket.status === 'closed') return { name: 'ticket_closed' }
  const known = new Set((context.facts.messages ?? []).map((message) => message.id))
  const hidden = hiddenMessages(ticket)
  const isWhole = messageIds.length > 0 && messageIds.every((id) => known.has(id) && !hidden.has(id))
  if (!isWhole) return { name: 'not_found', what: 'message' }
  draft.happen('ticket_split', { ticketId: newTicketId, messageIds })
  return null
}
