// How an answer gets to the customer: a row for each way. Who writes an answer asks here, and knows neither mail nor chat.
import { isReadByRequester } from '#channels/chat-store.ts'
import type { Recipients } from '#channels/outbox-store.ts'
import type { Db } from '#store/database.ts'
import type { Actor } from '#tickets/event.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { Channel } from '#tickets/vocabulary.ts'

type Carrier = {
  readonly channel: Channel
  /** Who of an answer's recipients is mailed as soon as it is due; null for nobody. */
  readonly mailed: (recipients: Recipients) => Recipients | null
  /** Whether the desk's own words, that it has a message or that it is solved, are mailed. */
  readonly mailsOwnWords: boolean
}

const mail: Carrier = { channel: 'email', mailed: (all) => all, mailsOwnWords: true }

/** What the customer does not read there is mailed later (desk/chat/watch.ts); who is in copy has no chat. */
const chat: Carrier = {
  channel: 'chat',
  mailed: ({ cc }) => (cc.length === 0 ? null : { to: cc, cc: [] }),
  mailsOwnWords: false,
}

/**
 * The way that answers on a ticket take. What another desk called a chat, or a program, has no visitor who could read there, nor has a
 * chat that was given to somebody else than who began it; a ticket that is being opened is a chat when its own requester opens it.
 */
export async function carrierOf(
  db: Db,
  ticket: Pick<Ticket, 'id' | 'channel' | 'requesterId'>,
  openedBy: Actor | null = null,
): Promise<Carrier> {
  if (ticket.channel !== 'chat') return mail
  const isChat =
    openedBy === null
      ? await isReadByRequester(db, ticket.id, ticket.requesterId)
      : openedBy.type === 'requester'
  return isChat ? chat : mail
}
