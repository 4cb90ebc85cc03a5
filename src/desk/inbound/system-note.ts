// A note of the desk itself on a ticket: what it found out about a mail, for the agents.
import { act } from '#desk/act.ts'
import { bySystem } from '#desk/update.ts'
import type { Desk } from '#desk/desk.ts'
import type { MessageId, TicketId } from '#kit/ids.ts'
import type { Transaction } from '#store/database.ts'
import { plainText } from '#tickets/write/message-store.ts'

/** Writes an internal note in nobody's name; it tells nobody and answers nothing. */
export async function noteOn(desk: Desk, tx: Transaction, ticketId: TicketId, text: string): Promise<void> {
  const id = (await desk.ids.next()) as MessageId
  const command = {
    kind: 'note',
    messageId: id,
    channel: 'email',
    attachmentCount: 0,
    recipientCount: 0,
  } as const
  const message = {
    ...plainText,
    id,
    kind: 'note',
    direction: 'internal',
    authorId: null,
    authorType: 'system',
    channel: 'email',
    at: desk.clock.now(),
    bodyText: text,
  } as const
  const outcome = await act(desk, tx, ticketId, command, bySystem, { messages: [message], silent: true })
  if (!outcome.ok)
    desk.log.warn({ ticketId, refusal: outcome.refusal.name }, 'A note of the desk itself was refused')
}
