// What an outbox entry says when it leaves: the reply as it was written, or one of the desk's automatic words.
import { findAccount, readSecret } from '#channels/account-store.ts'
import { signMail } from '#channels/dkim.ts'
import { automaticText, ANSWER_LINE, UNSENDABLE } from '#desk/outbound/automatic-text.ts'
import { chatText } from '#desk/outbound/chat-text.ts'
import { faceOf, mailboxOf, UNPROVEN_SUBJECT, signatureUnder } from '#desk/outbound/mails.ts'
import { covered, unveiled } from '#desk/outbound/veiled.ts'
import type { Desk } from '#desk/desk.ts'
import type { OutboxEntry, Recipient as Addressee } from '#channels/outbox-store.ts'
import { canonicalAddress, type Address } from '#mail/address.ts'
import { compose } from '#mail/compose.ts'
import type { Composed, MailAttachment, Outgoing, Recipient } from '#mail/mail.ts'
import { taggedSubject } from '#mail/thread.ts'
import { agentAddress, bounceAddress, replyAddress, sideAddress } from '#mail/token.ts'
import { Fault } from '#kit/fault.ts'
import { peopleByEmail } from '#people/person-store.ts'
import type { MailPolicy } from '#setup/settings-store.ts'
import { attachmentsOf, messagesById, newestPublic, type Message } from '#tickets/message-store.ts'
import type { TicketId } from '#kit/ids.ts'
import { findSideThread, sideMessages, type SideThread } from '#tickets/side-store.ts'
import { findTicket } from '#tickets/ticket-store.ts'

/**
 * Composes an entry as it leaves now, or as people of the desk are shown it: without the secrets in it. A fault that is not worth
 * retrying when there is nobody to send it to.
 */
export async function composeEntry(
  desk: Desk,
  entry: OutboxEntry,
  reader: 'recipient' | 'desk' = 'recipient',
): Promise<Composed> {
  const outgoing = await outgoingOf(desk, entry)
  const text = reader === 'desk' ? covered(outgoing.text) : unveiled(desk, outgoing.text)
  const composed = await compose({ ...outgoing, text })
  const account = entry.mailboxId === null ? null : await findAccount(desk.database, entry.mailboxId)
  if (account?.dkim == null) return composed
  const privateKey = await readSecret(desk.database, desk.seal, account.mailboxId, 'dkim_key')
  if (privateKey === null) return composed
  return { ...composed, raw: await signMail(composed.raw, { ...account.dkim, privateKey }) }
}

type AboutTicket = OutboxEntry & { readonly ticketId: TicketId }

/** The parts of an entry's mail. */
async function outgoingOf(desk: Desk, entry: OutboxEntry): Promise<Outgoing> {
  const { ticketId } = entry
  return ticketId === null ? alertOf(desk, entry) : aboutTicket(desk, { ...entry, ticketId })
}

/** A word to somebody of the desk about mail itself: answers to it lead nowhere but to the mailbox. */
async function alertOf(desk: Desk, entry: OutboxEntry): Promise<Outgoing> {
  const setup = await desk.setup.now()
  const mailbox = setup.mailboxes.find(({ id }) => id === entry.mailboxId)
  const address = canonicalAddress(mailbox?.address ?? '')
  if (mailbox === undefined || address === null)
    throw new Fault('The desk has no mailbox to send from', { retryable: true, code: UNSENDABLE })
  return {
    from: { name: mailbox.fromName || setup.desk.deskName, address },
    replyTo: address,
    to: entry.recipients.to.flatMap(addressed),
    cc: [],
    subject: entry.subject ?? '',
    messageId: entry.rfcMessageId,
    inReplyTo: null,
    references: [],
    date: desk.clock.now(),
    text: entry.bodyText ?? '',
    html: null,
    attachments: [],
    automatic: 'generated',
    bounceTo: mailbox.hasSmtp ? null : bounceAddress(address, entry.id, desk.secret),
  }
}

async function aboutTicket(desk: Desk, entry: AboutTicket): Promise<Outgoing> {
  const { database } = desk
  const setup = await desk.setup.now()
  const row = await findTicket(database, entry.ticketId)
  if (row === null)
    throw new Fault(`Ticket ${entry.ticketId} is gone`, { retryable: false, code: UNSENDABLE })
  const mailbox = setup.mailboxes.find(({ id }) => id === entry.mailboxId) ?? mailboxOf(row.ticket, setup)
  const address = canonicalAddress(mailbox?.address ?? '')
  if (mailbox === null || address === null)
    throw new Fault('The desk has no mailbox to send from', { retryable: true, code: UNSENDABLE })
  const message =
    entry.messageId === null ? null : ((await messagesById(database, [entry.messageId]))[0] ?? null)
  const face = faceOf(row.ticket, setup, mailbox)
  const { sinceSeq } = entry
  const chat = sinceSeq === null ? null : await chatText(desk, { ...entry, sinceSeq }, row.ticket)
  const said: { text: string; html: string | null; subject?: string | null } =
    chat !== null
      ? { text: signed(chat.text, face.signature), html: null }
      : entry.kind === 'reply' || entry.messageId !== null
        ? replyText(message, await signatureUnder(database, message?.authorId ?? null, face))
        : { ...(await automaticText(desk, entry, row, mailbox)), html: null }
  const aside =
    message?.sideConversationId == null ? null : await findSideThread(database, message.sideConversationId)
  const thread = await threadOf(desk, entry, aside)
  const answered = await answerAddress(desk, entry, address, setup.desk.mail)
  return {
    from: { name: face.fromName, address },
    replyTo:
      aside === null
        ? (answered ?? replyAddress(address, entry.ticketId, desk.secret))
        : sideAddress(address, aside.id, desk.secret),
    to: entry.recipients.to.flatMap(addressed),
    cc: entry.recipients.cc.flatMap(addressed),
    subject:
      aside !== null
        ? `${thread.inReplyTo === null ? '' : 'Re: '}${aside.subject}`
        : said.subject != null
          ? taggedSubject(said.subject, entry.ticketId)
          : message?.authorType === 'assistant' && !thread.isProven
            ? taggedSubject(UNPROVEN_SUBJECT, entry.ticketId)
            : subjectOf(entry, row.ticket.channel, row.subject, thread.inReplyTo !== null),
    messageId: entry.rfcMessageId,
    inReplyTo: thread.inReplyTo,
    references: thread.references,
    date: desk.clock.now(),
    text: answered === null ? said.text : `${ANSWER_LINE}\n\n${said.text}`,
    html: said.html,
    attachments: await filesOf(desk, chat?.messageIds ?? (message === null ? [] : [message.id])),
    automatic: markOf(entry, message),
    // A server that wants its own address as the return path gets it; its reports name the Message-ID.
    bounceTo: mailbox.hasSmtp ? null : bounceAddress(address, entry.id, desk.secret),
  }
}

/** What a mail says of itself: people's answers nothing, a machine's that it is one. */
function markOf({ kind }: AboutTicket, message: Message | null): Outgoing['automatic'] {
  if (kind === 'reply' && message?.authorType !== 'assistant') return 'no'
  return kind === 'reply' || kind === 'acknowledgement' ? 'replied' : 'generated'
}

/** Where an agent's answer to a notification goes, when that was sent to them alone and answers are taken. */
async function answerAddress(
  desk: Desk,
  { toAgent, messageId, recipients, ticketId }: AboutTicket,
  mailbox: Address,
  { agentAnswers }: MailPolicy,
): Promise<Address | null> {
  const [only, ...others] = [...recipients.to, ...recipients.cc]
  if (!toAgent || messageId !== null || agentAnswers === 'off' || only === undefined || others.length > 0)
    return null
  const [agent] = await peopleByEmail(desk.database, [only.email])
  return agent === undefined ? null : agentAddress(mailbox, ticketId, agent.id, desk.secret)
}

/** Nobody proved that a form's address is theirs: what was typed there is not sent to it. */
function subjectOf(entry: AboutTicket, channel: string, subject: string, answers: boolean): string {
  if (channel === 'form' && entry.kind === 'acknowledgement')
    return taggedSubject(UNPROVEN_SUBJECT, entry.ticketId)
  if (channel === 'form' && entry.kind === 'resolved')
    return taggedSubject('Your request is resolved', entry.ticketId)
  if (entry.subject !== null && entry.subject !== '') return taggedSubject(entry.subject, entry.ticketId)
  const bare = subject.replace(/^(re|aw|fwd?|wg):\s*/i, '')
  return `${answers ? 'Re: ' : ''}${taggedSubject(bare, entry.ticketId)}`
}

function addressed({ name, email }: Addressee): Recipient[] {
  const address: Address | null = canonicalAddress(email)
  return address === null ? [] : [{ name, address }]
}

function replyText(message: Message | null, signature: string): { text: string; html: string | null } {
  if (message === null || message.redactedAt !== null)
    throw new Fault('The message was removed', { retryable: false, code: UNSENDABLE })
  if (message.kind !== 'reply') throw new Error('Bug: a note was about to leave the house')
  if (signature === '') return { text: message.bodyText, html: message.bodyHtml }
  const html =
    message.bodyHtml === null
      ? null
      : `${message.bodyHtml}<p>-- <br>${escapeHtml(signature).replace(/\n/g, '<br>')}</p>`
  return { text: signed(message.bodyText, signature), html }
}

function signed(text: string, signature: string): string {
  return signature === '' ? text : `${text}\n\n-- \n${signature}`
}

/** What the mail answers: the newest public message, or the newest of its side conversation, before it, and the thread up to there. */
async function threadOf(
  desk: Desk,
  entry: AboutTicket,
  aside: SideThread | null,
): Promise<{ inReplyTo: string | null; references: readonly string[]; isProven: boolean }> {
  const newest =
    aside === null
      ? await newestPublic(desk.database, entry.ticketId, 10)
      : (await sideMessages(desk.database, aside.id, { limit: 10, before: null })).toReversed()
  const earlier = newest.filter(({ id, rfcMessageId }) => id !== entry.messageId && rfcMessageId !== null)
  const last = earlier.find(({ direction }) => direction === 'inbound') ?? earlier[0]
  // To an address that nobody proved, a machine repeats nothing of what was sent.
  const isProven = last?.direction === 'inbound' && last.senderCheck === 'verified'
  if (last?.rfcMessageId == null) return { inReplyTo: null, references: [], isProven }
  const known = earlier.flatMap(({ rfcMessageId }) => rfcMessageId ?? []).toReversed()
  const references = [...new Set([...last.rfcReferences, ...known, last.rfcMessageId])].slice(-20)
  return { inReplyTo: last.rfcMessageId, references, isProven }
}

async function filesOf(desk: Desk, messageIds: readonly number[]): Promise<MailAttachment[]> {
  const files = await attachmentsOf(desk.database, messageIds)
  return Promise.all(
    files.map(async ({ name, type, sha256, contentId, inline }) => ({
      name,
      type,
      contentId,
      inline,
      bytes: await desk.blobs.get(sha256),
    })),
  )
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
