// "Undo send": while the mail still waits, its whole update is taken back, status included, and the text is a draft again.
import { cancelQueued, outboxOfMessages } from '#channels/outbox-store.ts'
import { act } from '#desk/act.ts'
import type { By, Outcome } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import type { BatchId, MessageId, TicketId } from '#kit/ids.ts'
import type { Transaction } from '#store/database.ts'
import { htmlOfText } from '#mail/sanitise.ts'
import { freeUploads, messagesById, putDraft, voidMessage } from '#tickets/message-store.ts'
import { lockTickets } from '#tickets/ticket-store.ts'

/** Takes a reply back; refused `already_sent` once its mail has begun to leave. */
export async function undoSend(
  desk: Desk,
  tx: Transaction,
  { ticketId, messageId }: { ticketId: TicketId; messageId: MessageId },
  by: By,
): Promise<Outcome> {
  await lockTickets(tx, [ticketId])
  const [message] = await messagesById(tx, [messageId])
  const [entry] = await outboxOfMessages(tx, [messageId])
  // What was said aside must never come back as the draft of a public reply.
  const isHere = message?.ticketId === ticketId && message.sideConversationId === null
  if (message === undefined || !isHere || message.direction !== 'outbound') {
    return { ok: false, refusal: { name: 'not_found', what: 'reply' } }
  }
  // No mail carries it: it is with the customer already.
  if (entry === undefined) return { ok: false, refusal: { name: 'already_sent' } }
  const at = desk.clock.now()
  const { cancelled } = await cancelQueued(tx, entry.updateId, at)
  if (cancelled === 0) return { ok: false, refusal: { name: 'already_sent' } }
  const outcome = await act(
    desk,
    tx,
    ticketId,
    { kind: 'undo', updateId: entry.updateId, batchId: (await desk.ids.next()) as BatchId, send: true },
    by,
    {
      facts: { unsent: true },
    },
  )
  if (!outcome.ok || message.authorId === null) return outcome
  await voidMessage(tx, messageId, at)
  const draft = {
    body: message.bodyHtml ?? htmlOfText(message.bodyText),
    cc: message.recipients.cc.map(({ email }) => email),
    to: message.recipients.to[0]?.email ?? null,
    attachments: await freeUploads(tx, messageId, message.authorId),
    change: null,
    macroId: null,
    mentions: [],
    updatedAt: at,
  }
  await putDraft(tx, { ticketId, agentId: message.authorId, mode: 'reply' }, draft)
  return outcome
}
