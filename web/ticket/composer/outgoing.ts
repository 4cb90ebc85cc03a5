// What leaves with Send: the message that a draft makes. Pure, so that it can be told in sentences.
import type { Draft, MessageKind, NewMessage } from '../../../src/api/contract/messages.ts'
import type { Status } from '../../../src/api/contract/tickets.ts'

export type SentStatus = Exclude<Status, 'new'>

/** The request for a draft. Only a reply names its copies and what the agent had seen; what is not set is not said. */
export function outgoing(
  draft: Draft,
  how: {
    readonly mode: MessageKind
    readonly status?: SentStatus | undefined
    readonly sendAnyway?: boolean
    readonly sendAt?: string | undefined
    readonly seenSeq: number
  },
): NewMessage {
  const { mode, status, sendAnyway = false, sendAt, seenSeq } = how
  return {
    kind: mode,
    body: draft.body,
    bodyFormat: 'html',
    ...(mode === 'reply' && draft.cc ? { cc: draft.cc } : {}),
    ...(mode === 'reply' && draft.to !== null ? { to: draft.to } : {}),
    ...(draft.attachments.length > 0 ? { attachments: draft.attachments.map(({ id }) => id) } : {}),
    ...(status ? { status } : {}),
    ...(draft.change ? { change: draft.change } : {}),
    ...(draft.macroId === null ? {} : { macroId: draft.macroId }),
    ...(draft.mentions.length > 0 ? { mentions: draft.mentions } : {}),
    ...(sendAt ? { sendAt } : {}),
    ...(mode === 'reply' ? { expectedSeq: seenSeq } : {}),
    ...(sendAnyway ? { sendAnyway } : {}),
  }
}
