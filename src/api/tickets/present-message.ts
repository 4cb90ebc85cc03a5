// Messages on the wire: safe HTML with signed addresses for its images, attachments, and what became of the mail.
import { extname } from 'node:path'
import type { z } from 'zod'
import type { message as messageSchema } from '#api/contract/messages.ts'
import { signedUrl } from '#api/http/signed-url.ts'
import { outboxOfMessages, type OutboxEntry } from '#channels/outbox-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Setup } from '#desk/setup-cache.ts'
import { canonicalAddress, type Address } from '#mail/address.ts'
import { picturesIn } from '#mail/attachments.ts'
import { withoutTag } from '#mail/token.ts'
import { messageFacts } from '#desk/facts.ts'
import { peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import { attachmentsOf, type Attachment, type Message } from '#tickets/message-store.ts'
import { messageEvents } from '#tickets/ticket-store.ts'
import type { DeliveryResult, TicketEvent } from '#tickets/event.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type WireMessage = z.input<typeof messageSchema>
type Delivery = NonNullable<WireMessage['delivery']>

/** Messages of one ticket with all that hangs on them. */
export async function presentMessages(
  desk: Desk,
  db: Db,
  ticket: Ticket,
  messages: readonly Message[],
  reader: PersonId,
): Promise<WireMessage[]> {
  const ids = messages.map(({ id }) => id)
  const taking = [ticket.requesterId, ...ticket.participants.map(({ personId }) => personId)]
  const wrote = messages.flatMap(({ authorId }) => authorId ?? [])
  const authors = await peopleById(db, [...new Set([...wrote, ...taking])])
  const readers = authors.filter(({ id }) => taking.includes(id)).flatMap(({ email }) => email ?? [])
  const setup = await desk.setup.now()
  const files = await attachmentsOf(db, ids)
  // The log first: a mail whose bounce is in it has by then the words of that bounce, never those from before.
  const log = await messageEvents(db, ticket.id)
  const mails = new Map((await outboxOfMessages(db, ids)).map((entry) => [entry.messageId as number, entry]))
  const facts = messageFacts({ ...ticket, splitOff: [] }, log)
  const origins = originsOf(ticket, log)
  return messages.map((message) => {
    const author = authors.find(({ id }) => id === message.authorId)
    const own = files.filter(({ messageId }) => messageId === message.id)
    const html = message.bodyHtml === null ? null : withImages(desk, message.bodyHtml, own, reader)
    const pictures = message.bodyHtml === null ? [] : picturesIn(message.bodyHtml)
    return {
      id: message.id,
      kind: message.kind,
      direction: message.direction,
      author:
        author === undefined
          ? null
          : { id: author.id, name: author.name || author.email || '', email: author.email ?? '' },
      at: message.at,
      text: message.redactedAt === null ? message.bodyText : '',
      html,
      frameUrl:
        html !== null && hasLayout(html) ? `/api/v1/tickets/${ticket.id}/messages/${message.id}/frame` : null,
      remoteImages: html === null ? 0 : (html.match(/data-remote-src=/g)?.length ?? 0),
      imagesChosen: false,
      quotedText: message.quotedText,
      to: [...message.recipients.to],
      cc: [...message.recipients.cc],
      attachments: own
        .filter((file) => !file.inline || !pictures.includes(file.contentId ?? ''))
        .map((file) => presentAttachment(desk, file, reader)),
      delivery: deliveryOf(desk, mails.get(message.id), message, log),
      via: message.channel as WireMessage['via'],
      thanks: facts.get(message.id)?.thanks ?? false,
      mergedFromTicketId: origins.get(message.id) ?? null,
      redactedAt: message.redactedAt,
      invite: message.redactedAt === null ? message.invite : null,
      senderCheck: message.senderCheck,
      suggestedCc: suggestedCc(message, ticket, readers, setup),
      rawMailId: message.direction === 'inbound' ? message.rawMailId : null,
    }
  })
}

/**
 * People whom a mail names and whom nothing let in: its author did not prove themselves, is no requester, or the mailbox only suggests.
 * Who was let in by the mail and taken out by an agent is not brought up again.
 */
function suggestedCc(
  { direction, rawMailId, senderCheck, authorId, recipients, sideConversationId }: Message,
  ticket: Ticket,
  readers: readonly string[],
  { mailboxes }: Setup,
): WireMessage['to'] {
  if (direction !== 'inbound' || rawMailId === null || ticket.status === 'closed') return []
  if (sideConversationId !== null) return []
  const option = mailboxes.find(({ id }) => id === ticket.mailboxId)?.ccFromMail ?? 'add'
  const letIn = option === 'add' && senderCheck === 'verified' && authorId === ticket.requesterId
  if (option === 'ignore' || letIn) return []
  const known = new Set([...readers, ...mailboxes.map(({ address }) => address)])
  return [...recipients.to, ...recipients.cc]
    .map(({ name, email }) => ({ name, email: canonicalAddress(email)?.toLowerCase() ?? '' }))
    .filter(({ email }) => email !== '' && !known.has(email) && !known.has(withoutTag(email as Address)))
    .slice(0, MOST_SUGGESTED)
}

const MOST_SUGGESTED = 10

/** The merged ticket that a message stood on, or through whose address it came. */
function originsOf({ mergedIn }: Ticket, log: readonly TicketEvent[]): Map<number, number> {
  const origins = new Map<number, number>()
  for (const { sourceTicketId, messageIds } of mergedIn)
    for (const id of messageIds) origins.set(id, sourceTicketId)
  for (const event of log) {
    if (event.kind !== 'message_added' || event.payload.viaTicketId === undefined) continue
    origins.set(event.payload.messageId, event.payload.viaTicketId)
  }
  return origins
}

/** An attachment with an address that opens it for this reader for a while. */
export function presentAttachment(
  desk: Desk,
  { id, name, type, size }: Pick<Attachment, 'id' | 'name' | 'type' | 'size'>,
  reader: PersonId,
) {
  return { id, name: name || `attachment${extname(name)}`, type, size, url: signedUrl(desk, id, reader) }
}

/** Tables and styles want a page of their own; everything else reads best in ours. */
function hasLayout(html: string): boolean {
  return /<table|style=/i.test(html)
}

export function withImages(desk: Desk, html: string, files: readonly Attachment[], reader: PersonId): string {
  return html.replace(/src="cid:([^"]*)"/g, (_, contentId: string) => {
    const file = files.find((each) => each.contentId === contentId)
    return file === undefined ? 'src=""' : `src="${signedUrl(desk, file.id, reader)}"`
  })
}

function deliveryOf(
  desk: Desk,
  entry: OutboxEntry | undefined,
  message: Message,
  log: readonly TicketEvent[],
): Delivery | null {
  if (entry === undefined) return null
  const results = newestResults(log, message.id)
  const state = results.includes('bounced_permanent')
    ? 'bounced'
    : results.includes('bounced_temporary')
      ? 'delayed'
      : results.includes('delivered')
        ? 'delivered'
        : stateOf(desk, entry)
  return {
    state,
    detail: entry.report ?? entry.response,
    sendAt: entry.state === 'queued' ? entry.sendAt : null,
  }
}

/** What was last heard of each recipient: a bounce of one is not hidden by what arrived at another. */
function newestResults(log: readonly TicketEvent[], messageId: number): readonly DeliveryResult[] {
  const newest = new Map<number, DeliveryResult>()
  for (const event of log)
    if (event.kind === 'message_delivery' && event.payload.messageId === messageId)
      newest.set(event.payload.recipientId, event.payload.result)
  return [...newest.values()]
}

/** An entry's state as people see it: without a relay what is queued is held, and so is what a rule wrote too much of. */
export function stateOf(desk: Desk, entry: OutboxEntry): Delivery['state'] {
  if (entry.state === 'queued')
    return desk.canSend && !entry.held && entry.keptAt === null ? 'queued' : 'held'
  return entry.state === 'cancelled' ? 'failed' : entry.state
}
