// Taking back what should never have been written down: all that a message says, or single words of it, with the mail it came as. Other
// messages that say the same, or quote it, are taken back one by one; scenarios of the ticket go along.
import { forgetTold, retellScenarios } from '#assistant/forget-store.ts'
import { forgetKept } from '#backtest/kept-store.ts'
import { eraseHookDeliveriesOf } from '#channels/hook-store.ts'
import { eraseRawMail } from '#channels/raw-mail-store.ts'
import { act } from '#desk/act.ts'
import { holdsOfTicket, keepHoldsStill, type Hold } from '#desk/privacy/hold-store.ts'
import type { By, Outcome } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import type { Transaction } from '#store/database.ts'
import { textOfHtml } from '#mail/text-of-html.ts'
import { eraseMessage, messagesById, rewriteMessage, type Message } from '#tickets/message-store.ts'
import { lockTickets } from '#tickets/ticket-store.ts'

/** What stands where words were. */
export const BLACKED = '█████'

type Said = Pick<Message, 'bodyText' | 'bodyHtml' | 'quotedText'>

/** Erases a message, or `words` of it, with the mail it came as. Null when it says none of them; not while a legal hold keeps it. */
export async function redactMessage(
  desk: Desk,
  tx: Transaction,
  message: Message,
  words: readonly string[] | null,
  by: By,
): Promise<Outcome | { readonly ok: 'held'; readonly holds: readonly Hold[] } | null> {
  // Read under the lock: of two who take words back at once, the second would write those of the first again.
  await keepHoldsStill(tx)
  await lockTickets(tx, [message.ticketId])
  const holds = await holdsOfTicket(tx, message.ticketId)
  if (holds.length > 0) return { ok: 'held', holds }
  const [now = message] = await messagesById(tx, [message.id])
  const left = words === null ? null : withoutWords(now, words)
  if (left !== null && left.bodyText === now.bodyText && left.quotedText === now.quotedText) return null
  const parts = words === null ? ['text', 'files', 'source'] : ['words', 'source']
  const command = { kind: 'redact', messageId: message.id, parts } as const
  const outcome = await act(desk, tx, message.ticketId, command, by)
  if (!outcome.ok) return outcome
  if (left === null) await eraseMessage(tx, message.id, desk.clock.now())
  else await rewriteMessage(tx, message.id, left)
  if (words === null) await forgetTold(tx, [message.ticketId])
  else await retellScenarios(tx, message.ticketId, (text) => blackened(text, words))
  await forgetKept(tx, [message.ticketId])
  if (message.channel === 'api') await eraseHookDeliveriesOf(tx, message.ticketId)
  if (message.rawMailId !== null) await eraseRawMail(tx, message.rawMailId)
  return outcome
}

/** A message without some words. HTML that hides them between its tags is dropped: its text says the rest. */
export function withoutWords({ bodyText, bodyHtml, quotedText }: Said, words: readonly string[]): Said {
  const html = bodyHtml === null ? null : blackened(bodyHtml, words.map(escaped))
  const isClean = html !== null && words.every((word) => !oneLine(textOfHtml(html)).includes(oneLine(word)))
  return {
    bodyText: blackened(bodyText, words),
    bodyHtml: isClean ? html : null,
    quotedText: quotedText === null ? null : blackened(quotedText, words),
  }
}

const blackened = (text: string, words: readonly string[]) =>
  words.reduce((now, word) => now.replaceAll(word, BLACKED), text)
const escaped = (word: string) =>
  word.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const oneLine = (text: string) => text.replaceAll(/\s+/g, ' ')
