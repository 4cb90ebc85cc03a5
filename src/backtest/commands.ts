// The commands that a recorded update was made by, read back from its events: asked anew where a replay has gone apart from the
// record. What follows of a command by itself (a reopening, the assignee of a first reply) is left to `decide`.
import type { Changes, Command } from '#tickets/command.ts'
import type { EventOf, TicketEvent } from '#tickets/event.ts'
import { propertyOf } from '#tickets/property.ts'

/** What an update asks for: commands to be decided, and events that are taken as they were since they hang on other tickets. */
export type AskedAgain = { readonly commands: readonly Command[]; readonly kept: readonly TicketEvent[] }

/** Reads an update of an existing ticket back into commands. Facts and structure (merges, splits, links, undos) are kept as they were. */
export function commandsOf(own: readonly TicketEvent[]): AskedAgain {
  const set = own.reduce<Changes>(withChange, {})
  const hasSet = Object.keys(set).length > 0
  const spoken = own.find((event) => event.kind === 'message_added')
  const said = spoken === undefined ? null : messageCommand(spoken, set, own)
  const takesSet = said !== null && said.kind !== 'receive'
  const first: readonly Command[] =
    said !== null
      ? takesSet || !hasSet
        ? [said]
        : [said, { kind: 'set', ...set }]
      : hasSet
        ? [{ kind: 'set', ...set }]
        : []
  const rest = own.flatMap((event) => otherCommand(event, said !== null))
  return { commands: [...first, ...rest], kept: own.filter(isKept) }
}

function messageCommand(
  { payload, actor }: EventOf<'message_added'>,
  set: Changes,
  own: readonly TicketEvent[],
): Command {
  const { messageId, channel, attachmentCount, recipientCount, sideConversationId, viaTicketId } = payload
  const aside = sideConversationId === undefined ? {} : { sideConversationId }
  if (payload.direction === 'inbound') {
    const addCc = own.flatMap((event) =>
      event.kind === 'participant_added' && event.actor.type !== 'agent' ? [event.payload.personId] : [],
    )
    return {
      kind: 'receive',
      authorId: payload.authorId ?? (actor.id as never),
      thanks: payload.thanks === true,
      messageId,
      channel,
      attachmentCount,
      recipientCount,
      addCc,
      ...aside,
      ...(viaTicketId === undefined ? {} : { viaTicketId }),
    }
  }
  const out = { messageId, channel, attachmentCount, recipientCount, set }
  return payload.messageKind === 'note'
    ? { kind: 'note', ...out }
    : { kind: 'reply', sendAnyway: true, ...out, ...aside }
}

/** Reasons of a status or an assignee that somebody asked for, and that do not follow of something else. */
const ASKED_STATUS: readonly string[] = ['agent', 'rule', 'assistant', 'system']
const FOLLOWING_ASSIGNEE: readonly string[] = ['reopen', 'left_team']

function withChange(set: Changes, event: TicketEvent): Changes {
  const property = propertyOf(event.kind)
  if (property !== null && property !== 'requesterId')
    return { ...set, [property]: (event.payload as { to: unknown }).to }
  switch (event.kind) {
    case 'status_changed': {
      const { to, reason, labelId, closeReason } = event.payload
      if (!ASKED_STATUS.includes(reason)) return set
      return {
        ...set,
        status: to,
        ...(labelId === undefined ? {} : { labelId }),
        ...(closeReason === undefined ? {} : { closeReason }),
      }
    }
    case 'assignee_changed': {
      const { to, reason } = event.payload
      return FOLLOWING_ASSIGNEE.includes(reason) ? set : { ...set, assigneeId: to, assigneeReason: reason }
    }
    case 'subject_changed':
      return { ...set, subjectRevisionId: event.payload.toRevisionId }
    case 'field_changed': {
      const { payload } = event
      const to =
        'toValueId' in payload
          ? payload.toValueId === null
            ? null
            : { valueId: payload.toValueId }
          : payload.to
      return { ...set, fields: { ...set.fields, [payload.fieldId]: to } }
    }
    case 'tags_changed': {
      const { added, removed } = event.payload
      return {
        ...set,
        addTags: [...(set.addTags ?? []), ...added],
        removeTags: [...(set.removeTags ?? []), ...removed],
      }
    }
    case 'snoozed':
      return { ...set, snoozedUntil: event.payload.until }
    case 'unsnoozed':
      return event.payload.reason === 'manual' ? { ...set, snoozedUntil: null } : set
    default:
      return set
  }
}

function otherCommand(event: TicketEvent, withMessage: boolean): readonly Command[] {
  const byReader = event.actor.type === 'agent' || event.actor.type === 'api'
  switch (event.kind) {
    case 'status_changed':
      if (event.payload.reason !== 'requester_button') return []
      return [{ kind: 'press', button: event.payload.to === 'open' ? 'not_solved' : 'solved' }]
    case 'participant_added':
      return withMessage && !byReader ? [] : [{ kind: 'addParticipant', ...event.payload, evenLocked: true }]
    case 'participant_removed':
      return [{ kind: 'removeParticipant', personId: event.payload.personId, evenLocked: true }]
    case 'requester_changed':
      return [{ kind: 'changeRequester', requesterId: event.payload.to, evenLocked: true }]
    case 'spam_marked':
      return [{ kind: 'markSpam', ...event.payload }]
    case 'spam_unmarked':
      return [{ kind: 'unmarkSpam', ...event.payload }]
    case 'ticket_deleted':
      return [{ kind: 'delete', ...event.payload }]
    case 'ticket_restored':
      return [{ kind: 'restore', ...event.payload }]
    case 'ticket_purged':
      return [{ kind: 'purge', ...event.payload }]
    default:
      return []
  }
}

const KEPT: readonly TicketEvent['kind'][] = [
  'message_reclassified',
  'message_redacted',
  'message_delivery',
  'ticket_merged_into',
  'ticket_unmerged_from',
  'ticket_merged_in',
  'ticket_unmerged',
  'ticket_split',
  'split_from',
  'link_added',
  'link_removed',
  'side_conversation_opened',
  'side_conversation_done',
  'undone',
]

function isKept({ kind }: TicketEvent): boolean {
  return KEPT.includes(kind) || /^(route|assistant|csat)_/.test(kind)
}
