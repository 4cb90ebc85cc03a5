// The law of the house: what a command makes of a ticket, or why it does not. Pure; `desk/act` stamps and stores the events.
import { never } from '#kit/never.ts'
import type { Command } from '#tickets/command.ts'
import { collision } from '#tickets/decide/conflict.ts'
import type { Context, Decision } from '#tickets/context.ts'
import { applyChanges, snooze } from '#tickets/decide/change.ts'
import { changeFlag, flagged } from '#tickets/decide/flag.ts'
import { link, unlink } from '#tickets/decide/link.ts'
import { mergeIn, mergeInto, split, unmerge, unmergeFrom } from '#tickets/decide/merge.ts'
import * as message from '#tickets/decide/message.ts'
import { open } from '#tickets/decide/open.ts'
import { addParticipant, changeRequester, leaveTeam, removeParticipant } from '#tickets/decide/people.ts'
import { autoClose, record, unsnooze } from '#tickets/decide/time.ts'
import { undo } from '#tickets/decide/undo.ts'
import { restate } from '#tickets/decide/restate.ts'
import { Draft } from '#tickets/decide/draft.ts'
import type { Refused } from '#tickets/decide/draft.ts'
import { lettersOf } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** Events or a refusal, never both; no events means that everything was so already. `ticket` is null only for `open`. */
export function decide(ticket: Ticket | null, command: Command, context: Context): Decision {
  const refused = mayAsk(command, context)
  if (refused !== null) return { ok: false, refusal: refused }
  if (ticket === null) return decideOpening(command, context)
  // A ticket that is gone for good says still what was erased of it.
  if (ticket.flags.purged && !isErasure(command))
    return { ok: false, refusal: { name: 'not_found', what: 'ticket' } }
  const draft = Draft.of(ticket, context)
  const refusal = guard(ticket, command, context) ?? dispatch(draft, command)
  return refusal === null ? { ok: true, events: draft.events } : { ok: false, refusal }
}

function isErasure(command: Command): boolean {
  return command.kind === 'record' && command.facts.every(({ kind }) => kind === 'words_erased')
}

function decideOpening(command: Command, context: Context): Decision {
  if (command.kind !== 'open') return { ok: false, refusal: { name: 'not_found', what: 'ticket' } }
  const [draft, refusal] = open(command, context)
  return refusal === null ? { ok: true, events: draft.events } : { ok: false, refusal }
}

const requesterCommands: readonly Command['kind'][] = ['open', 'receive', 'press', 'record']

/** Viewers write notes at most, and change nothing; requesters and cc only write and press buttons. Finer rights are the policy table's. */
function mayAsk(command: Command, context: Context): Refused {
  const letters = lettersOf(context)
  const isWord = command.kind === 'record' || (command.kind === 'note' && command.set === undefined)
  if (letters.length === 0) return isWord ? null : { name: 'forbidden', needs: 'agent' }
  if (letters.includes('Q') && !requesterCommands.includes(command.kind))
    return { name: 'forbidden', needs: 'agent' }
  return null
}

/** Commands that a flagged ticket takes: reading is elsewhere; merges and undo look for themselves. */
const takenWhenFlagged: readonly Command['kind'][] = [
  'unmarkSpam',
  'restore',
  'purge',
  'redact',
  'deliver',
  'record',
  'mergeIn',
  'mergeInto',
  'unmergeFrom',
  'undo',
]

function guard(ticket: Ticket, command: Command, context: Context): Refused {
  const isFollowUp = command.kind === 'receive' && ticket.flags.deleted
  const isEvenLocked = 'evenLocked' in command && command.evenLocked === true
  const isLocked = !takenWhenFlagged.includes(command.kind) && !isFollowUp && !isEvenLocked
  const refused = isLocked ? flagged(ticket) : null
  if (refused !== null) return refused
  const { expectedSeq, facts } = context
  const isBehind = expectedSeq !== undefined && expectedSeq < ticket.seq
  return isBehind ? collision(ticket, command, facts.since ?? []) : null
}

function dispatch(draft: Draft, command: Command): Refused {
  switch (command.kind) {
    case 'open':
      return { name: 'transition_not_allowed', from: draft.ticket.status, to: null, why: 'already_opened' }
    case 'receive':
      return message.receive(draft, command)
    case 'reply':
      return message.reply(draft, command)
    case 'note':
      return message.note(draft, command)
    case 'press':
      return message.press(draft, command)
    case 'reclassify':
      return message.reclassify(draft, command)
    case 'redact':
      return message.redact(draft, command)
    case 'deliver':
      return message.deliver(draft, command)
    case 'openSideConversation':
      return message.openSideConversation(draft, command)
    case 'finishSideConversation':
      return message.finishSideConversation(draft, command)
    case 'set': {
      const { kind: _, facts = [], ...changes } = command
      return applyChanges(draft, changes) ?? record(draft, { kind: 'record', facts })
    }
    case 'snooze':
      return snooze(draft, command.until)
    case 'unsnooze':
      return unsnooze(draft, command)
    case 'autoClose':
      return autoClose(draft)
    case 'restate':
      return restate(draft, command)
    case 'record':
      return record(draft, command)
    default:
      return dispatchStructure(draft, command)
  }
}

type Structural = Extract<
  Command,
  {
    readonly kind:
      | 'mergeIn'
      | 'mergeInto'
      | 'unmerge'
      | 'unmergeFrom'
      | 'split'
      | 'link'
      | 'unlink'
      | 'addParticipant'
      | 'removeParticipant'
      | 'changeRequester'
      | 'leaveTeam'
      | 'markSpam'
      | 'unmarkSpam'
      | 'delete'
      | 'restore'
      | 'purge'
      | 'undo'
  }
>

function dispatchStructure(draft: Draft, command: Structural): Refused {
  switch (command.kind) {
    case 'mergeIn':
      return mergeIn(draft, command)
    case 'mergeInto':
      return mergeInto(draft, command)
    case 'unmerge':
      return unmerge(draft, command)
    case 'unmergeFrom':
      return unmergeFrom(draft, command)
    case 'split':
      return split(draft, command)
    case 'link':
      return link(draft, command)
    case 'unlink':
      return unlink(draft, command)
    case 'addParticipant':
      return addParticipant(draft, command)
    case 'removeParticipant':
      return removeParticipant(draft, command)
    case 'changeRequester':
      return changeRequester(draft, command)
    case 'leaveTeam':
      return leaveTeam(draft, command)
    case 'markSpam':
    case 'unmarkSpam':
    case 'delete':
    case 'restore':
    case 'purge':
      return changeFlag(draft, command)
    case 'undo':
      return undo(draft, command)
    default:
      return never(command)
  }
}
