// How an answer gets to the customer: a row for each way. Who writes an answer asks here, and knows neither mail nor chat.
import type { Recipients } from '#channels/outbox-store.ts'
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

const carriers: Partial<Record<Channel, Carrier>> = { chat }

/** The way that answers on a ticket take: that of its channel, else mail. */
export function carrierOf({ channel }: Pick<Ticket, 'channel'>): Carrier {
  return carriers[channel] ?? mail
}
