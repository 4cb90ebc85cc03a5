// Messages: what arrives, what is sent, and what becomes of them afterwards.
import type { SideConversationId } from '#kit/ids.ts'
import type { CommandOf, Note, Receive, Reply } from '#tickets/command.ts'
import { applyChanges, openOnReply, reopens } from '#tickets/decide/change.ts'
import { changeStatus, inReopenWindow, wake } from '#tickets/decide/status.ts'
import type { Draft, Refused } from '#tickets/decide/draft.ts'
import type { Payloads } from '#tickets/event.ts'
import { isActive, lettersOf } from '#tickets/status.ts'

/**
 * A message from outside. Reopens what may reopen; refuses `reopen_window_passed` when the way on is a follow-up
 * ticket, for deleted tickets too.
 */
export function receive(draft: Draft, command: Receive): Refused {
  const { ticket, context } = draft
  const { closedAt, flags, status } = ticket
  if (flags.deleted) return { name: 'reopen_window_passed', because: 'deleted', closedAt }
  if (command.sideConversationId !== undefined)
    return receiveAside(draft, command, command.sideConversationId)
  if (status === 'closed' && !inReopenWindow(ticket, context)) {
    return { name: 'reopen_window_passed', because: 'closed', closedAt }
  }
  const thanks = command.thanks && !isActive(status)
  draft.happen('message_added', inbound(command, thanks))
  wake(draft, 'message')
  if (!thanks) answer(draft)
  joinCc(draft, command.addCc ?? [])
  return null
}

function inbound(command: Receive, thanks: boolean): Payloads['message_added'] {
  const { messageId, authorId, channel, attachmentCount, recipientCount, sideConversationId, viaTicketId } =
    command
  return {
    messageId,
    messageKind: 'reply',
    direction: 'inbound',
    authorId,
    channel,
    ...(thanks && { thanks }),
    ...(sideConversationId !== undefined && { sideConversationId }),
    attachmentCount,
    recipientCount,
    ...(viaTicketId !== undefined && { viaTicketId }),
  }
}

/** The requester's turn is over: pending and settled tickets open, on hold by the queue's option. */
export function answer(draft: Draft): void {
  const { status } = draft.ticket
  const { settings } = draft.context
  const stays = status === 'new' || (status === 'on_hold' && settings.onHoldReply === 'keep')
  if (!stays) changeStatus(draft, { to: 'open', reason: 'requester_message', letters: ['Q'] })
}

function joinCc(draft: Draft, people: NonNullable<Receive['addCc']>): void {
  if (draft.ticket.status === 'closed') return
  for (const personId of people) {
    const { requesterId, participants } = draft.ticket
    const isHere = personId === requesterId || participants.some((one) => one.personId === personId)
    if (!isHere) draft.happen('participant_added', { personId, role: 'cc' })
  }
}

function receiveAside(draft: Draft, command: Receive, id: SideConversationId): Refused {
  draft.happen('message_added', inbound(command, false))
  openAside(draft, id)
  wake(draft, 'message')
  if (draft.ticket.status === 'on_hold' && draft.context.settings.sideConversationReopens) {
    draft.happen('status_changed', { from: 'on_hold', to: 'open', reason: 'side_conversation' })
  }
  return null
}

function openAside(draft: Draft, sideConversationId: SideConversationId): void {
  const known = draft.ticket.sideConversations.find((one) => one.id === sideConversationId)
  if (known?.status !== 'open') draft.happen('side_conversation_opened', { sideConversationId })
}

/** A public message of ours, with changes in the same update. Refused `ticket_closed` unless they reopen it. */
export function reply(draft: Draft, command: Reply): Refused {
  const { set, sideConversationId } = command
  const reopensFirst = reopens(draft, set)
  if (draft.ticket.status === 'closed' && !reopensFirst) return { name: 'ticket_closed' }
  const refused = reopensFirst ? applyChanges(draft, set ?? {}) : null
  if (refused !== null) return refused
  draft.happen('message_added', { ...outgoing(draft, command), messageKind: 'reply', direction: 'outbound' })
  if (sideConversationId !== undefined) openAside(draft, sideConversationId)
  else openOnReply(draft, set)
  for (const { kind, payload } of command.facts ?? []) draft.happen(kind, payload)
  return reopensFirst ? null : applyChanges(draft, set ?? {})
}

/** An internal message; allowed on closed tickets too. */
export function note(draft: Draft, command: Note): Refused {
  draft.happen('message_added', { ...outgoing(draft, command), messageKind: 'note', direction: 'internal' })
  for (const { kind, payload } of command.facts ?? []) draft.happen(kind, payload)
  return applyChanges(draft, command.set ?? {})
}

function outgoing({ context }: Draft, command: Reply | Note) {
  const { messageId, channel, attachmentCount, recipientCount } = command
  const sideConversationId = command.kind === 'reply' ? command.sideConversationId : undefined
  return {
    messageId,
    authorId: context.actorPersonId,
    channel,
    ...(sideConversationId !== undefined && { sideConversationId }),
    attachmentCount,
    recipientCount,
  }
}

/** The requester's own "solved" and "not solved" buttons; pressing what is already so does nothing. */
export function press(draft: Draft, { button }: CommandOf<'press'>): Refused {
  if (!lettersOf(draft.context).includes('Q')) return { name: 'forbidden', needs: 'requester' }
  const active = isActive(draft.ticket.status)
  if (active !== (button === 'solved')) return null
  const to = button === 'solved' ? 'resolved' : 'open'
  return changeStatus(draft, { to, reason: 'requester_button', letters: ['Q'] })
}

/** "Not thanks" reopens at once what the message would have reopened; marking as thanks changes only the mark. */
export function reclassify(draft: Draft, { messageId, thanks }: CommandOf<'reclassify'>): Refused {
  const message = draft.context.facts.message
  if (message?.id !== messageId || message.direction !== 'inbound')
    return { name: 'not_found', what: 'message' }
  if (message.thanks === thanks) return null
  draft.happen('message_reclassified', { messageId, thanks })
  const { status } = draft.ticket
  if (thanks || isActive(status)) return null
  return changeStatus(draft, { to: 'open', reason: 'requester_message', letters: ['Q'] })
}

/** Erases parts of a message, on any ticket that is not purged. */
export function redact(draft: Draft, { messageId, parts }: CommandOf<'redact'>): Refused {
  if (draft.context.facts.message?.id !== messageId) return { name: 'not_found', what: 'message' }
  if (parts.length > 0) draft.happen('message_redacted', { messageId, parts })
  return null
}

/** What became of a message on its way, and bounces and absence notes: a fact, never a reason to reopen. */
export function deliver(draft: Draft, { messageId, recipientId, result }: CommandOf<'deliver'>): Refused {
  if (draft.context.facts.message?.id !== messageId) return { name: 'not_found', what: 'message' }
  draft.happen('message_delivery', { messageId, recipientId, result })
  return null
}

/** Starts a thread with outside parties, or opens it again. */
export function openSideConversation(
  draft: Draft,
  { sideConversationId }: CommandOf<'openSideConversation'>,
): Refused {
  if (draft.ticket.status === 'closed') return { name: 'ticket_closed' }
  openAside(draft, sideConversationId)
  return null
}

/** Ends a thread with outside parties. */
export function finishSideConversation(draft: Draft, command: CommandOf<'finishSideConversation'>): Refused {
  const { sideConversationId } = command
  const known = draft.ticket.sideConversations.find((one) => one.id === sideConversationId)
  if (known === undefined) return { name: 'not_found', what: 'side_conversation' }
  if (known.status === 'open') draft.happen('side_conversation_done', { sideConversationId })
  return null
}
