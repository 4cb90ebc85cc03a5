// A mail that a person wrote: it opens a ticket, or joins the one it answers when its author takes part there.
import { begin } from '#desk/begin.ts'
import type { HoldReason } from '#channels/quarantine-store.ts'
import type { RawMail } from '#channels/raw-mail-store.ts'
import { firingBehindMail } from '#channels/outbox-store.ts'
import { act } from '#desk/act.ts'
import { bySystem, asRequester, type Content } from '#desk/update.ts'
import { roleOn, wordOf } from '#desk/word.ts'
import type { Desk } from '#desk/desk.ts'
import { faceOf } from '#desk/outbound/mails.ts'
import type { MailOutcome } from '#desk/inbound/outcome.ts'
import { noteUnused } from '#store/unused-blobs-store.ts'
import type { MailboxId, MessageId, PersonId, TicketId } from '#kit/ids.ts'
import type { Instant } from '#kit/time.ts'
import { addressKey, type Address } from '#mail/address.ts'
import type { SenderCheck } from '#mail/authentication.ts'
import type { Mail, Body } from '#mail/mail.ts'
import { asksNothing } from '#mail/asks-nothing.ts'
import { readBody } from '#mail/body.ts'
import { encryption } from '#mail/encryption.ts'
import { knownText, type Known } from '#mail/known-text.ts'
import { inviteOf } from '#mail/invite.ts'
import { withoutTag } from '#mail/token.ts'
import { identify } from '#people/person-store.ts'
import { hashOf } from '#store/blobs.ts'
import type { Db, Transaction } from '#store/database.ts'
import { followUpOf } from '#tickets/decide/follow-up.ts'
import type { MailPolicy } from '#setup/settings-store.ts'
import { textsOf } from '#tickets/message-store.ts'
import { findTicket, type TicketRow } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import type { NewAttachmentRow, NewMessageRow } from '#tickets/write/message-store.ts'

export type Incoming = {
  readonly raw: RawMail
  readonly mail: Mail
  readonly author: Address
  readonly authorId: PersonId
  readonly mayAutoReply: boolean
  readonly check: SenderCheck
  /** A person let it in from quarantine. */
  readonly recovered?: true
}

type Joining = {
  readonly ticketId: TicketId
  readonly policy: MailPolicy
  readonly holdFor: (reason: HoldReason, detail: string, ticketId: TicketId) => Promise<MailOutcome>
}

/** Opens a ticket for the author of a mail. */
export async function openFromMail(
  desk: Desk,
  tx: Transaction,
  incoming: Incoming,
  follows: Ticket | null = null,
): Promise<MailOutcome> {
  const { raw, mail, authorId } = incoming
  const { mailboxes } = await desk.setup.now()
  const mailbox = mailboxes.find(({ id }) => id === raw.mailboxId) ?? null
  const message = await messageOf(desk, incoming)
  const inherited = follows === null ? null : followUpOf(follows)
  const copies =
    inherited === null || inherited.requesterId === authorId ? await newCopies(desk, tx, incoming) : []
  const { set, requesterId, ...followed } = inherited ?? { requesterId: authorId }
  const outcome = await begin(desk, tx, {
    requesterId,
    message,
    subject: mail.subject.trim() === '' ? '(no subject)' : mail.subject.slice(0, 500),
    by: asRequester(authorId),
    set: { ...(mailbox?.teamId == null ? {} : { teamId: mailbox.teamId }), ...set },
    from: {
      ...(mailbox === null ? {} : { mailboxId: mailbox.id as MailboxId }),
      ...followed,
      participants: [
        ...(inherited?.participants ?? []),
        ...copies.map((personId) => ({ personId, role: 'cc' as const })),
      ],
      ...(incoming.recovered === true ? { openedFor: 'quarantine' } : {}),
      ...(raw.history === null ? {} : { openedFor: 'import' }),
      ...(raw.history === 'settled' ? { importedStatus: 'closed' } : {}),
    },
    content: {
      ...historyOf(raw),
      acknowledgeTo: acknowledgedTo(incoming),
    },
  })
  if (!outcome.ok) throw new Error(`Bug: a mail could not open a ticket: ${outcome.refusal.name}`)
  return { opened: outcome.ticket.id }
}

/**
 * Whoever writes in somebody's name must not have us write to them: nothing where their domain says no, and none of the
 * sender's own words where nothing shows that it was them.
 */
function acknowledgedTo({
  mayAutoReply,
  check,
  mail,
  author,
}: Incoming): NonNullable<Content['acknowledgeTo']> | null {
  if (!mayAutoReply || check === 'failed') return null
  return check === 'verified'
    ? { name: mail.from?.name ?? '', email: author }
    : { name: '', email: author, isUnproven: true }
}

/** Adds a mail to the ticket it answers; a stranger's is held, one that comes too late opens a follow-up. */
export async function joinTicket(
  desk: Desk,
  tx: Transaction,
  incoming: Incoming,
  { ticketId, policy, holdFor }: Joining,
): Promise<MailOutcome> {
  const found = await livingTicket(tx, ticketId)
  if (found === null) return openFromMail(desk, tx, incoming)
  const { ticket } = found
  const { mail, authorId, author } = incoming
  const role = roleOn(ticket, authorId)
  if (role === null) {
    return holdFor('unknown_author_update', `${author} takes no part in ticket ${ticket.id}.`, ticket.id)
  }
  const doubt = disproved(incoming, policy)
  if (doubt !== null) return holdFor(doubt.reason, doubt.detail, ticket.id)
  const { signature } = faceOf(ticket, await desk.setup.now())
  const known = knownText([...(await textsOf(tx, ticket.id)), signature])
  const message = await messageOf(desk, incoming, known)
  const causeEventId = await firingBehindMail(tx, mail.inReplyTo === null ? [] : [mail.inReplyTo])
  // What was read before the mailbox was connected reopens nothing.
  const isNothing = incoming.raw.history === 'settled' || asksNothing(mail, message.bodyText)
  const { command, by, content } = wordOf(message, role, {
    ...(isNothing ? { thanks: true } : {}),
    addCc: role === 'requester' ? await newCopies(desk, tx, incoming) : [],
    ...(ticket.id === ticketId ? {} : { viaTicketId: ticketId }),
  })
  const outcome = await act(
    desk,
    tx,
    ticket.id,
    command,
    causeEventId === null ? by : { ...by, causeEventId },
    { ...content, ...historyOf(incoming.raw) },
  )
  if (outcome.ok) return { joined: ticket.id }
  if (outcome.refusal.name === 'reopen_window_passed') return followUp(desk, tx, incoming, ticket)
  if (outcome.refusal.name === 'ticket_flagged') {
    return holdFor('spam_score', `Ticket ${ticket.id} is marked as ${outcome.refusal.flag}.`, ticket.id)
  }
  return holdFor(
    'unverified_sender',
    `Ticket ${ticket.id} did not take it: ${outcome.refusal.name}.`,
    ticket.id,
  )
}

/** Why a mail's author is not believed; null when they are. */
export function disproved(
  { raw, check, author }: Incoming,
  policy: MailPolicy,
): { readonly reason: HoldReason; readonly detail: string } | null {
  if (raw.history !== null) return null
  if (check === 'failed')
    return {
      reason: 'failed_authentication',
      detail: `It says it is from ${author}, but their domain did not send it.`,
    }
  if (check === 'unverified' && policy.unverifiedReplies === 'hold')
    return { reason: 'unverified_sender', detail: `Nothing shows that ${author} sent it.` }
  return null
}

async function followUp(
  desk: Desk,
  tx: Transaction,
  incoming: Incoming,
  ticket: Ticket,
): Promise<MailOutcome> {
  const outcome = await openFromMail(desk, tx, incoming, ticket)
  if ('opened' in outcome)
    await act(
      desk,
      tx,
      ticket.id,
      { kind: 'link', linkType: 'followed_by', ticketId: outcome.opened },
      bySystem,
    )
  return outcome
}

/**
 * People in To and Cc who join by the mailbox's option, and only on the word of an authenticated requester (P4): a forged mail must
 * never add a reader. Our own addresses never join.
 */
async function newCopies(
  desk: Desk,
  tx: Transaction,
  { raw, mail, author, check }: Incoming,
): Promise<PersonId[]> {
  if (check !== 'verified' || raw.history !== null) return []
  const { mailboxes } = await desk.setup.now()
  const mailbox = mailboxes.find(({ id }) => id === raw.mailboxId)
  if ((mailbox?.ccFromMail ?? 'add') !== 'add') return []
  const ours = new Set(mailboxes.map(({ address }) => address))
  const people: PersonId[] = []
  for (const { address, name } of [...mail.to, ...mail.cc].slice(0, MOST_COPIES)) {
    if (address === null) continue
    const email = addressKey(address)
    if (email === author || ours.has(email) || ours.has(withoutTag(email as Address))) continue
    people.push(await identify(tx, email, name))
  }
  return [...new Set(people)]
}

const MOST_COPIES = 50

/** History is written down as of its own time, and nobody is told. */
export function historyOf(raw: RawMail): { silent?: true; via?: 'import'; at?: Instant } {
  return raw.history === null ? {} : { silent: true, via: 'import', at: raw.receivedAt }
}

/** The ticket that a number means today: that which it was merged into, or itself. */
export async function livingTicket(tx: Db, ticketId: number): Promise<TicketRow | null> {
  for (let id = ticketId, hops = 0; hops < 100; hops++) {
    const found = await findTicket(tx, id)
    const next = found?.ticket.flags.mergedInto ?? null
    if (found === null || next === null) return found
    id = next
  }
  return null
}

/** A mail's text as it is shown; one that is encrypted says so instead of showing nothing. */
export function shownBody(mail: Mail, known: Known | null = null): Body {
  const body = readBody(mail, known)
  const sealed = encryption(mail)
  if (sealed === null || body.text.trim() !== '' || body.html !== null) return body
  return { ...body, text: `This mail is encrypted (${sealed}). The encrypted part is attached as it came.` }
}

/** Stores the files of a mail. They count as let go until a message has them: those of a mail that is held in the end are swept. */
export async function storedFiles(desk: Desk, files: Mail['attachments']): Promise<NewAttachmentRow[]> {
  const rows: NewAttachmentRow[] = []
  await noteUnused(
    desk.database,
    files.map(({ bytes }) => hashOf(bytes)),
  )
  for (const { bytes, name, type, contentId, inline } of files) {
    const sha256 = await desk.blobs.put(bytes)
    rows.push({ sha256, name, type, size: bytes.length, contentId, inline })
  }
  return rows
}

/** The message row of a mail, its attachments stored; `known` is what stands on the ticket that it joins. */
export async function messageOf(
  desk: Desk,
  { raw, mail, author, authorId, check }: Incoming,
  known: Known | null = null,
): Promise<NewMessageRow & { readonly authorId: PersonId }> {
  const body = shownBody(mail, known)
  const attachments = await storedFiles(desk, mail.attachments)
  const people = (parties: Mail['to']) => parties.map(({ name, email }) => ({ name, email }))
  return {
    id: (await desk.ids.next()) as MessageId,
    kind: 'reply',
    direction: 'inbound',
    authorId,
    authorType: 'requester',
    fromEmail: addressKey(author),
    channel: 'email',
    at: raw.receivedAt as Instant,
    bodyText: body.text,
    bodyHtml: body.html,
    quotedText: body.quoted,
    recipients: { to: people(mail.to), cc: people(mail.cc) },
    rfcMessageId: mail.messageId,
    rfcReferences: mail.references.slice(-50),
    rawMailId: raw.id,
    invite: inviteOf(mail),
    senderCheck: raw.history === null ? check : null,
    attachments,
    uploadIds: [],
  }
}
