// A customer has another word on a ticket: by mail, in a chat, through a program. One place makes the command of their message;
// whether it is believed, and what becomes of a refusal, is said by whoever asks. The answer to it is made in desk/answer.ts.
import { thanksOf } from '#desk/inbound/thanks.ts'
import { asRequester, type By, type Content } from '#desk/update.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Receive } from '#tickets/command.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { Channel } from '#tickets/vocabulary.ts'
import type { NewMessageRow } from '#tickets/write/message-store.ts'

/** As whom a person writes on a ticket; null for a stranger. */
export function roleOn(ticket: Ticket, personId: PersonId): 'requester' | 'participant' | null {
  if (ticket.requesterId === personId) return 'requester'
  return ticket.participants.some((each) => each.personId === personId && each.role === 'cc')
    ? 'participant'
    : null
}

export type Word = { readonly command: Receive; readonly by: By; readonly content: Content }

/** Makes of a message what `act` needs. Writes nothing. */
export function wordOf(
  message: NewMessageRow & { readonly authorId: PersonId },
  role: 'requester' | 'participant',
  also: Partial<Pick<Receive, 'addCc' | 'viaTicketId' | 'thanks'>> & { readonly channel?: Channel } = {},
): Word {
  const { authorId, recipients } = message
  const attachmentCount = message.attachments.length + message.uploadIds.length
  const command: Receive = {
    kind: 'receive',
    authorId,
    messageId: message.id,
    channel: message.channel,
    thanks: also.thanks ?? thanksOf({ text: message.bodyText, attachmentCount }),
    attachmentCount,
    recipientCount: recipients.to.length + recipients.cc.length,
    ...also,
  }
  return {
    command,
    by: { ...asRequester(authorId), actor: { type: role, id: authorId } },
    content: { messages: [message] },
  }
}
