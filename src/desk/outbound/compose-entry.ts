// What an outbox entry says when it leaves: the reply as it was written, or one of the desk's automatic words.
import { findAccount, readSecret } from '#channels/account-store.ts'
import { signMail } from '#channels/dkim.ts'
import { footOf, lookOf } from '#desk/outbound/brand-look.ts'
import { automaticText, ANSWER_LINE, UNSENDABLE } from '#desk/outbound/automatic-text.ts'
import { chatText } from '#desk/outbound/chat-text.ts'
import { faceOf, mailboxOf, UNPROVEN_SUBJECT, signatureUnder } from '#desk/outbound/mails.ts'
import { confirmToken, LINK_PLACE, passwordToken, signInToken, surveyToken } from '#desk/mail-links.ts'
import type { Desk } from '#desk/desk.ts'
import type { Setup } from '#desk/setup-cache.ts'
import { quotedBelow } from '#desk/outbound/quoted-below.ts'
import { surveyMail } from '#desk/outbound/survey-mail.ts'
import { HIDDEN, ticketLink } from '#desk/outbound/ticket-link.ts'
import type { OutboxEntry, Recipient as Addressee } from '#channels/outbox-store.ts'
import { canonicalAddress, type Address } from '#mail/address.ts'
import { compose } from '#mail/compose.ts'
import { dressed } from '#mail/dress.ts'
import { htmlOfText } from '#mail/sanitise.ts'
import type { Composed, MailAttachment, Outgoing, Recipient } from '#mail/mail.ts'
import { taggedSubject } from '#mail/thread.ts'
import { agentAddress, bounceAddress, replyAddress, sideAddress } from '#mail/token.ts'
import { escaped } from '#kit/escaped.ts'
import { Fault } from '#kit/fault.ts'
import { peopleByEmail, peopleById } from '#people/person-store.ts'
import type { Brand } from '#setup/brand-store.ts'
import type { Mailbox } from '#setup/mailbox-store.ts'
import type { MailPolicy } from '#setup/settings-store.ts'
import { attachmentsOf, messagesById, newestPublic, type Message } from '#tickets/message-store.ts'
import type { TicketId } from '#kit/ids.ts'
import { findSideThread, sideMessages, type SideThread } from '#tickets/side-store.ts'
import { findSurvey } from '#tickets/survey-store.ts'
import { findMail } from '#reporting/saved-store.ts'
import { findTicket } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

/**
 * Composes an entry as it leaves now, or as people of the desk are shown it: without the secrets in it. A fault that is not worth
 * retrying when there is nobody to send it to.
 */
export async function composeEntry(
  desk: Desk,
  entry: OutboxEntry,
  reader: 'recipient' | 'desk' = 'recipient',
): Promise<Composed> {
  const composed = await compose(await outgoingOf(desk, entry, reader === 'desk'))
  const account = entry.mailboxId === null ? null : await findAccount(desk.database, entry.mailboxId)
  if (account?.dkim == null) return composed
  const privateKey = await readSecret(desk.database, desk.seal, account.mailboxId, 'dkim_key')
  if (privateKey === null) return composed
  return { ...composed, raw: await signMail(composed.raw, { ...account.dkim, privateKey }) }
}

/** Where the app lets an agent choose a password. */
export const CHOOSE_PASSWORD = '/choose-password#'

type AboutTicket = OutboxEntry & { readonly ticketId: TicketId }

/** The parts of an entry's mail. */
async function outgoingOf(desk: Desk, entry: OutboxEntry, isShown: boolean): Promise<Outgoing> {
  const { ticketId } = entry
  return ticketId === null
    ? letterOf(desk, entry, isShown)
    : aboutTicket(desk, { ...entry, ticketId }, isShown)
}

/** A letter about no ticket: answers to it lead nowhere but to the mailbox. */
async function letterOf(desk: Desk, entry: OutboxEntry, isShown: boolean): Promise<Outgoing> {
  const setup = await desk.setup.now()
  const mailbox = setup.mailboxes.find(({ id }) => id === entry.mailboxId)
  const address = canonicalAddress(mailbox?.address ?? '')
  if (mailbox === undefined || address === null)
    throw new Fault('The desk has no mailbox to send from', { retryable: true, code: UNSENDABLE })
  const brand = letterBrand(entry, mailbox, setup)
  return {
    from: { name: mailbox.fromName || brand?.fromName || setup.desk.deskName, address },
    replyTo: address,
    to: entry.recipients.to.flatMap(addressed),
    cc: [],
    subject: entry.kind === 'report' && isShown ? HIDDEN : (entry.subject ?? ''),
    messageId: entry.rfcMessageId,
    inReplyTo: null,
    references: [],
    date: desk.clock.now(),
    ...(entry.kind === 'report'
      ? await reportText(desk, entry, isShown)
      : {
          text: [
            (entry.bodyText ?? '').replace(LINK_PLACE, () => linkOf(desk, entry, isShown)),
            brand === undefined ? '' : (footOf(brand)?.text ?? ''),
          ]
            .filter((part) => part !== '')
            .join('\n\n'),
          html: null,
          attachments: [],
        }),
    automatic: 'generated',
    bounceTo: mailbox.hasSmtp ? null : bounceAddress(address, entry.id, desk.secret),
  }
}

/** Its numbers are of what its reader sees, and for nobody else. */
async function reportText(
  { database }: Desk,
  { aboutId }: OutboxEntry,
  isShown: boolean,
): Promise<Pick<Outgoing, 'text' | 'html' | 'attachments'>> {
  if (isShown) return { text: HIDDEN, html: null, attachments: [] }
  const mail = aboutId === null ? null : await findMail(database, aboutId)
  if (mail === null)
    throw new Fault('The report is too old to be mailed', { retryable: false, code: UNSENDABLE })
  const { text, html, file } = mail
  // Spreadsheets take the mark for a promise of UTF-8.
  const bytes = Buffer.from(`\ufeff${file?.text ?? ''}`)
  const attachment = { name: file?.name ?? '', type: 'text/csv', bytes, contentId: null, inline: false }
  return { text, html, attachments: file === null ? [] : [attachment] }
}

/** Customers hear from the brand, people of the desk from the desk. */
const letterBrand = ({ kind }: OutboxEntry, mailbox: Mailbox, { brands }: Setup): Brand | undefined =>
  kind === 'sign_in' || kind === 'confirm' ? brands.find(({ id }) => id === mailbox.brandId) : undefined

/** Agents choose a password behind the #, where no server, log or next page reads the secret. */
function linkOf({ baseUrl, secret }: Desk, { aboutId, kind }: OutboxEntry, isShown: boolean): string {
  const [path, tokenOf] =
    kind === 'sign_in'
      ? (['/portal/enter/', signInToken] as const)
      : kind === 'confirm'
        ? (['/portal/chat/', confirmToken] as const)
        : ([CHOOSE_PASSWORD, passwordToken] as const)
  return `${baseUrl}${path}${isShown || aboutId === null ? HIDDEN : tokenOf(aboutId, secret)}`
}

async function aboutTicket(desk: Desk, entry: AboutTicket, isShown: boolean): Promise<Outgoing> {
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
  const said: Text =
    chat !== null
      ? { text: signed(chat.text, face.signature), html: null }
      : entry.kind === 'reply' || entry.messageId !== null
        ? replyText(message, await signatureUnder(database, message?.authorId ?? null, face))
        : entry.kind === 'survey'
          ? await surveyText(desk, entry, row.ticket, { ...face, mailbox, isShown })
          : { ...(await automaticText(desk, entry, row, mailbox)), html: null }
  const aside =
    message?.sideConversationId == null ? null : await findSideThread(database, message.sideConversationId)
  const thread = await threadOf(desk, entry, aside)
  const answered = await answerAddress(desk, entry, address, setup.desk.mail)
  const link = aside === null ? await ticketLink(desk, entry, row.ticket, { mailbox, isShown }) : null
  const quoted = aside === null ? await quotedBelow(desk, entry, row.ticket, { message, mailbox }) : null
  const brand = setup.brands.find(({ id }) => id === row.ticket.brandId)
  const look = await lookOf(desk, entry, aside === null ? brand : undefined)
  const below = [link, look.foot, quoted].filter((part) => part !== null)
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
    text: [...(answered === null ? [] : [ANSWER_LINE]), said.text, ...below.map(({ text }) => text)].join(
      '\n\n',
    ),
    html: dressed(
      [look.head, said.html ?? htmlOfText(said.text), ...below.map(({ html }) => html)].join('\n'),
      look.color,
    ),
    attachments: [
      ...look.files,
      ...(await filesOf(desk, chat?.messageIds ?? (message === null ? [] : [message.id]))),
    ],
    ...(said.stopUrl === undefined ? {} : { headers: unsubscribing(said.stopUrl) }),
    automatic: markOf(entry, message),
    // A server that wants its own address as the return path gets it; its reports name the Message-ID.
    bounceTo: mailbox.hasSmtp ? null : bounceAddress(address, entry.id, desk.secret),
  }
}

type Text = {
  readonly text: string
  readonly html: string | null
  readonly subject?: string | null
  /** Where its reader says that they want no more of these. */
  readonly stopUrl?: string
}

async function surveyText(
  desk: Desk,
  { aboutId }: AboutTicket,
  { requesterId, brandId }: Ticket,
  {
    fromName,
    signature,
    mailbox,
    isShown,
  }: { fromName: string; signature: string; mailbox: Mailbox; isShown: boolean },
): Promise<Text> {
  const setup = await desk.setup.now()
  const survey = aboutId === null ? null : await findSurvey(desk.database, aboutId)
  if (survey === null) throw new Fault('The survey is gone', { retryable: false, code: UNSENDABLE })
  const [person] = await peopleById(desk.database, [requesterId])
  const language = person?.language ?? mailbox.language ?? setup.desk.language
  const brand = setup.brands.find(({ id }) => id === brandId)?.fromName || fromName
  const url = `${desk.baseUrl}/rate/${isShown ? HIDDEN : surveyToken(survey.number, desk.secret)}`
  return { ...surveyMail({ language, brand, scale: survey.scale, url, signature }), stopUrl: `${url}/stop` }
}

/** One press in a mail program is enough (RFC 8058). */
const unsubscribing = (url: string) => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

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
      : `${message.bodyHtml}<p style="margin:1em 0;color:#666">-- <br>${escaped(signature).replace(/\n/g, '<br>')}</p>`
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
