// What a person's answer by mail quotes below itself: the newest that its reader wrote before. Read when the mail leaves, so that
// what was removed or split away meanwhile is not in it.
import type { OutboxEntry } from '#channels/outbox-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { TicketId } from '#kit/ids.ts'
import { quotation } from '#mail/quotation.ts'
import { peopleByEmail, peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import type { Mailbox } from '#setup/mailbox-store.ts'
import { messagesBefore, type Message } from '#tickets/message-store.ts'
import { shownOn } from '#tickets/shown.ts'
import type { Ticket } from '#tickets/ticket.ts'

const NEWEST = 20

/** The quotation as text and HTML; null where there is to be none: a setting, nothing to quote, or a mail to others than its author. */
export async function quotedBelow(
  { database, setup }: Desk,
  { kind, recipients }: OutboxEntry & { readonly ticketId: TicketId },
  ticket: Ticket,
  { message, mailbox }: { readonly message: Message | null; readonly mailbox: Mailbox },
): Promise<{ readonly text: string; readonly html: string } | null> {
  const { desk } = await setup.now()
  if (!desk.quoteBelow || kind !== 'reply' || message?.authorType !== 'agent') return null
  const earlier = await messagesBefore(database, shownOn(ticket), {
    limit: NEWEST,
    before: { at: message.at, id: message.id },
  })
  const answered = earlier.findLast(({ kind: of, direction }) => of === 'reply' && direction === 'inbound')
  if (answered === undefined || answered.redactedAt !== null || answered.bodyText.trim() === '') return null
  if (!(await hadIt(database, answered, [...recipients.to, ...recipients.cc]))) return null
  const [author] = await peopleById(database, answered.authorId === null ? [] : [answered.authorId])
  return quotation(
    { name: author?.name || author?.email || '', at: answered.at, text: answered.bodyText },
    { language: author?.language ?? mailbox.language ?? desk.language, zone: desk.timeZone },
  )
}

/** Whether its author is among the readers, and everybody else was written to by them. */
async function hadIt(
  db: Db,
  { authorId, recipients }: Message,
  readers: readonly { readonly email: string }[],
): Promise<boolean> {
  const emails = readers.map(({ email }) => email.toLowerCase())
  const authors = (await peopleByEmail(db, emails)).flatMap(({ id, email }) =>
    id === authorId ? [email] : [],
  )
  const knew = new Set([
    ...authors,
    ...[...recipients.to, ...recipients.cc].map(({ email }) => email.toLowerCase()),
  ])
  return authors.length > 0 && emails.every((email) => knew.has(email))
}
