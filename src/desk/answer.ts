// Somebody answers: an agent on screen, by mail or through the API, a rule. One place makes message, command and mail of what they
// wrote; who may, and to whom it goes, is said by whoever asks.
import type { Desk } from '#desk/desk.ts'
import type { Content } from '#desk/update.ts'
import { carrierOf } from '#desk/outbound/carrier.ts'
import { mailboxOf, newMessageId } from '#desk/outbound/mails.ts'
import type { MessageId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import type { Note, Reply } from '#tickets/command.ts'
import type { Actor } from '#tickets/event.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { plainText, type NewMessageRow } from '#tickets/write/message-store.ts'

export type Answer = {
  readonly ticket: Ticket
  readonly kind: 'reply' | 'note'
  readonly author: Pick<NewMessageRow, 'authorId' | 'authorType'>
  readonly channel: NewMessageRow['channel']
  readonly at: Instant
  /** What it says, and what comes along. */
  readonly words: Pick<NewMessageRow, 'bodyText'> & Partial<NewMessageRow>
  /** Exactly who gets it; nobody gets a note. */
  readonly recipients?: NewMessageRow['recipients']
  /** When its own mail leaves; without it none does. An answer that another way carries is there at once. */
  readonly sendAt?: Instant
  /** Who opens the ticket, when the answer comes with that. */
  readonly openedBy?: Actor | null
  /** What else the reply or note does. */
  readonly also?: Partial<Pick<Reply, 'set' | 'sendAnyway' | 'sideConversationId' | 'facts'>>
}

export type Answered = {
  readonly message: NewMessageRow
  readonly command: Reply | Note
  readonly content: Pick<Content, 'messages' | 'reply'>
}

const nobody: NewMessageRow['recipients'] = { to: [], cc: [] }

/** Makes of an answer what `act` needs. Writes nothing. */
export async function answerOf(desk: Desk, answer: Answer): Promise<Answered> {
  const { ticket, kind, author, channel, at, words, sendAt, also = {} } = answer
  const { sideConversationId } = also
  const asked = (kind === 'reply' ? answer.recipients : undefined) ?? nobody
  // What is said aside is for others than the customer.
  const mailed =
    sideConversationId === undefined
      ? (await carrierOf(desk.database, ticket, answer.openedBy)).mailed(asked)
      : asked
  const recipients = mailed ?? nobody
  const isMailed = kind === 'reply' && sendAt !== undefined && mailed !== null
  const rfcMessageId = isMailed ? newMessageId(mailboxOf(ticket, await desk.setup.now())) : null
  const message: NewMessageRow = {
    ...plainText,
    ...words,
    ...author,
    id: (await desk.ids.next()) as MessageId,
    kind,
    direction: kind === 'note' ? 'internal' : 'outbound',
    channel,
    at,
    recipients,
    rfcMessageId,
    ...(sideConversationId === undefined ? {} : { sideConversationId }),
  }
  const command = {
    kind,
    messageId: message.id,
    channel,
    attachmentCount: message.attachments.length + message.uploadIds.length,
    recipientCount: recipients.to.length + recipients.cc.length,
    ...also,
  }
  const reply =
    rfcMessageId === null || sendAt === undefined ? {} : { reply: { recipients, sendAt, rfcMessageId } }
  return { message, command, content: { messages: [message], ...reply } }
}
