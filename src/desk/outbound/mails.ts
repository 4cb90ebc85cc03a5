// Which mails an update asks for: the reply itself, the acknowledgement of a new ticket, the word that it is resolved.
// They are rows of the outbox, written with the update; composing and sending is desk/send.
import { randomBytes } from 'node:crypto'
import type { NewOutboxEntry, OutboxKind, Recipient } from '#channels/outbox-store.ts'
import { carrierOf } from '#desk/outbound/carrier.ts'
import { whereTo } from '#desk/outbound/where-to.ts'
import type { Content } from '#desk/update.ts'
import type { Setup } from '#desk/setup-cache.ts'
import type { PersonId, UpdateId } from '#kit/ids.ts'
import { signatureOf } from '#people/agent-store.ts'
import type { Instant } from '#kit/time.ts'
import { mintMessageId } from '#mail/token.ts'
import type { Db } from '#store/database.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { findSurvey } from '#tickets/survey-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

type Update = {
  readonly before: Ticket | null
  readonly after: Ticket
  readonly events: readonly TicketEvent[]
  readonly setup: Setup
  readonly content: Content
  readonly at: Instant
  readonly updateId: UpdateId
}

/** The outbox entries of one update, in no order. */
export async function mailsOf(db: Db, update: Update): Promise<NewOutboxEntry[]> {
  const { events, setup, content, at, updateId } = update
  const mailbox = mailboxOf(update.after, setup)
  if (mailbox === null) return []
  const automatic = (kind: OutboxKind, to: Recipient): NewOutboxEntry => ({
    key: `${kind}:${updateId}`,
    kind,
    messageId: null,
    mailboxId: mailbox.id,
    recipients: { to: [to], cc: [] },
    rfcMessageId: newMessageId(mailbox),
    sendAt: at,
  })
  const mails: NewOutboxEntry[] = []
  const sent = events.find(
    (event) =>
      (event.kind === 'message_added' || event.kind === 'ticket_opened') &&
      event.payload.direction === 'outbound',
  )
  if (content.reply !== undefined && (sent?.kind === 'message_added' || sent?.kind === 'ticket_opened')) {
    const { recipients, sendAt, rfcMessageId } = content.reply
    const { messageId } = sent.payload
    mails.push({
      key: `reply:${messageId}`,
      kind: 'reply',
      messageId,
      mailboxId: mailbox.id,
      recipients,
      rfcMessageId,
      sendAt,
    })
  }
  for (const { kind, payload } of events) {
    // At the end of a chat they are asked there.
    if (kind !== 'csat_sent' || (await findSurvey(db, payload.surveyId))?.outcome !== 'sent') continue
    const asked = await requesterOf(db, update)
    if (asked !== null) mails.push({ ...automatic('survey', asked), aboutId: payload.surveyId })
  }
  const openedBy = update.before === null ? (events[0]?.actor ?? null) : null
  if (!(await carrierOf(db, update.after, openedBy)).mailsOwnWords) return mails
  if (update.before === null && content.acknowledgeTo != null && setup.desk.acknowledgement) {
    const { name, email, isUnproven } = content.acknowledgeTo
    if (!isOurs(email, setup))
      mails.push({
        ...automatic('acknowledgement', { name, email }),
        ...(isUnproven === undefined ? {} : { subject: UNPROVEN_SUBJECT }),
        // Anybody can type anybody's address into a form.
        rare: update.after.channel === 'form',
      })
  }
  if (sent === undefined && wasResolvedForThem(events)) {
    const requester = await requesterOf(db, update)
    if (requester !== null)
      mails.push({ ...automatic('resolved', requester), rare: update.after.channel === 'form' })
  }
  return mails
}

/** Where a machine's word to the requester goes; null where they have no address, or one of ours. */
async function requesterOf(db: Db, { after, content, setup }: Update): Promise<Recipient | null> {
  const { requesterId } = after
  const found = (await whereTo(db, after, [requesterId], content.messages)).get(requesterId)
  if (found === undefined || isOurs(found.email, setup)) return null
  // Nobody proved that a form's address is theirs (F2).
  return after.channel === 'form' ? { ...found, name: '' } : found
}

/** The subject of an acknowledgement that repeats nothing of what was sent. */
export const UNPROVEN_SUBJECT = 'We have your message'

/** The mailbox a ticket's mail leaves from: its own, that of its brand, or the desk's default. */
export function mailboxOf(ticket: Ticket, { mailboxes, brands }: Pick<Setup, 'mailboxes' | 'brands'>) {
  const ofBrand = brands.find(({ id }) => id === ticket.brandId)?.mailboxId
  return (
    mailboxes.find(({ id }) => id === ticket.mailboxId) ??
    mailboxes.find(({ id }) => id === ofBrand) ??
    mailboxes.find(({ isDefault }) => isDefault) ??
    null
  )
}

/** A fresh Message-ID under the domain of the mailbox that a mail leaves from. */
export function newMessageId(mailbox: { readonly address: string } | null): string {
  const domain = mailbox?.address.slice(mailbox.address.indexOf('@') + 1) ?? 'docket.localhost'
  return mintMessageId(domain, randomBytes(20))
}

/** The name and the signature that mail on a ticket leaves under: the mailbox's, else the brand's, else the desk's. */
export function faceOf(
  ticket: Ticket,
  setup: Pick<Setup, 'mailboxes' | 'brands' | 'desk'>,
  mailbox = mailboxOf(ticket, setup),
) {
  const brand = setup.brands.find(({ id }) => id === ticket.brandId)
  return {
    fromName: mailbox?.fromName || brand?.fromName || setup.desk.deskName,
    signature: mailbox?.signature || brand?.signature || setup.desk.signature,
    namesAuthor: setup.desk.nameBelow,
  }
}

/** What stands under a reply: its author's own words, or their name where they have none, then those of the face it leaves under. */
export async function signatureUnder(
  db: Db,
  authorId: PersonId | null,
  face: { readonly signature: string; readonly namesAuthor: boolean },
): Promise<string> {
  const author = authorId === null ? null : await signatureOf(db, authorId)
  const own = author?.signature || (face.namesAuthor ? author?.name.replace(/\s+/g, ' ') : '')
  return [own ?? '', face.signature].filter((part) => part !== '').join('\n')
}

/** Whether an address is one of the desk's own mailboxes: mail to it would come back. */
export function isOurs(email: string, { mailboxes }: Setup): boolean {
  return mailboxes.some(({ address }) => address === email)
}

/** Resolved by somebody else than the requester: they pressed the button themselves and know. Imports tell nobody. */
function wasResolvedForThem(events: readonly TicketEvent[]): boolean {
  return events.some(
    (event) =>
      event.kind === 'status_changed' &&
      event.payload.to === 'resolved' &&
      event.payload.reason !== 'requester_button',
  )
}
