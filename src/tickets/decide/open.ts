// How a ticket begins: its first event, and what is set with it in the same update.
import type { Changes, Open } from '#tickets/command.ts'
import type { Context } from '#tickets/context.ts'
import { applyChanges, applyFields } from '#tickets/decide/change.ts'
import { Draft } from '#tickets/decide/draft.ts'
import type { Refused } from '#tickets/decide/draft.ts'
import type { Payloads } from '#tickets/event.ts'

/** Opens a ticket as `new`, or, for imports, in the status it had elsewhere. */
export function open(command: Open, context: Context): readonly [Draft, Refused] {
  const draft = Draft.opening(opening(command), context)
  const { set = {}, splitFrom, follows } = command
  if (splitFrom !== undefined) draft.happen('split_from', splitFrom)
  if (follows !== undefined) draft.happen('link_added', { linkType: 'follows', ticketId: follows })
  join(draft, command)
  if (command.importedStatus === undefined) return [draft, applyChanges(draft, set)]
  return [draft, applyFields(draft, set)]
}

function join(draft: Draft, { participants = [], requesterId }: Open): void {
  for (const participant of participants) {
    const { personId, role } = participant
    const isHere =
      personId === requesterId || draft.ticket.participants.some((one) => one.personId === personId)
    if (!isHere) draft.happen('participant_added', { personId, role })
  }
}

function opening(command: Open): Payloads['ticket_opened'] {
  const { messageId, messageKind, direction, brandId, mailboxId, channel, requesterId, openedFor } = command
  const { priority = 'normal', ...set }: Changes = command.set ?? {}
  return {
    messageId,
    messageKind,
    direction,
    status: command.importedStatus ?? 'new',
    priority,
    ...(isSet(set.teamId) && { teamId: set.teamId }),
    ...(isSet(set.queueId) && { queueId: set.queueId }),
    brandId,
    ...(mailboxId !== undefined && { mailboxId }),
    channel,
    requesterId,
    ...(isSet(set.categoryId) && { categoryId: set.categoryId }),
    ...(isSet(set.formId) && { formId: set.formId }),
    ...(openedFor !== undefined && { openedFor }),
  }
}

function isSet<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined
}
