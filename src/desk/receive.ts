// Mail in: stored before it is acknowledged, then read once and for all into a ticket, a ticket's next message, a delivery
// fact, or quarantine with a reason. Nothing is ever dropped.
import { hold, type HoldReason } from '#channels/quarantine-store.ts'
import {
  nextRawMailAt,
  postponeRawMail,
  settleRawMail,
  storeRawMail,
  takeRawMail,
  type Envelope,
  type RawMail,
} from '#channels/raw-mail-store.ts'
import { noteTest } from '#channels/fetch-store.ts'
import { deliver } from '#desk/deliver.ts'
import type { Desk } from '#desk/desk.ts'
import { joinTicket, openFromMail, type Incoming } from '#desk/receive-message.ts'
import type { TicketId } from '#kit/ids.ts'
import { canonicalAddress } from '#mail/address.ts'
import { judge } from '#mail/judge.ts'
import type { Mail } from '#mail/mail.ts'
import type { Parser } from '#mail/parser.ts'
import { references } from '#mail/thread.ts'
import { readTest } from '#mail/test-mail.ts'
import { withoutTag } from '#mail/token.ts'
import { identify } from '#people/person-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import { ticketsByRfcIds } from '#tickets/message-store.ts'

/** Stores a mail for good; when this returns, whoever sent it may forget it. The same mail again is stored once. */
export async function acceptMail(
  desk: Pick<Desk, 'rules' | 'clock'>,
  db: Db,
  mail: { bytes: Uint8Array; envelope: Envelope; source: string },
) {
  const { mailboxes } = await desk.rules.now()
  const to = mail.envelope.to.flatMap((text) => canonicalAddress(text) ?? []).map(withoutTag)
  const mailbox = mailboxes.find(({ address }) => to.some((each) => each === address))
  const mailboxId = (mailbox ?? mailboxes.find(({ isDefault }) => isDefault))?.id ?? null
  return storeRawMail(db, { ...mail, mailboxId, at: desk.clock.now() })
}

/** After so many failures a mail is held for a person to look at, and the queue moves on. */
const MOST_TRIES = 5

/** Reads the next stored mail, in one transaction with all that comes of it. */
export async function readNextMail(desk: Desk, parser: Parser): Promise<Round> {
  let taken: RawMail | null = null
  try {
    return await desk.database.transaction(async (tx) => {
      taken = await takeRawMail(tx, desk.clock.now())
      if (taken === null) return nextRawMailAt(tx)
      const outcome = await readMail(desk, tx, parser, taken)
      await settleRawMail(tx, taken.id, 'held' in outcome ? 'quarantined' : 'done', outcome)
      return 'more'
    })
  } catch (error) {
    if (taken === null) throw error
    await afterFailure(desk, taken, error)
    return 'more'
  }
}

async function afterFailure(desk: Desk, raw: RawMail, error: unknown): Promise<void> {
  desk.log.error({ err: error, rawMailId: raw.id, attempts: raw.attempts + 1 }, 'A mail could not be read')
  await desk.database.transaction(async (tx) => {
    if (raw.attempts + 1 < MOST_TRIES) return postponeRawMail(tx, raw, desk.clock.now())
    const detail = `Reading it failed ${MOST_TRIES} times: ${(error as Error).message}`
    await holdMail(desk, tx, raw, null, 'unparseable', detail, null)
    await settleRawMail(tx, raw.id, 'quarantined', { held: 'unparseable' })
  })
}

/** What became of a mail; kept on its row. */
export type MailOutcome =
  | { readonly opened: TicketId }
  | { readonly joined: TicketId }
  | { readonly delivery: TicketId }
  | { readonly held: HoldReason }
  /** A mailbox's mail to itself. */
  | { readonly tested: number }

async function readMail(desk: Desk, tx: Transaction, parser: Parser, raw: RawMail): Promise<MailOutcome> {
  const parsed = await parser.parse(raw.bytes)
  const holdFor = (
    reason: HoldReason,
    detail: string,
    ticketId: TicketId | null = null,
    mail: Mail | null = null,
  ) => holdMail(desk, tx, raw, mail, reason, detail, ticketId)
  if (!parsed.ok) return holdFor(parsed.reason, parsed.detail)
  if (raw.envelope.oversize != null)
    return holdFor(
      'too_large',
      `${raw.envelope.oversize} bytes; only its headers were fetched.`,
      null,
      parsed.mail,
    )
  const { mail } = parsed
  const tested = readTest(mail, desk.secret)
  if (tested !== null) {
    await noteTest(tx, tested, 'returned', desk.clock.now())
    return { tested }
  }
  const { mailboxes } = await desk.rules.now()
  const ours = mailboxes.flatMap(({ address }) => canonicalAddress(address) ?? [])
  const judgement = judge(mail, raw.envelope, ours)
  if (judgement.loop) return holdFor('mail_loop', judgement.reason, null, mail)
  if (judgement.fromOwnAddress) return holdFor('from_own_address', judgement.reason, null, mail)

  const ticketId = await ticketOf(desk, tx, mail, raw.envelope)
  if (judgement.kind === 'bounce' || judgement.kind === 'auto_reply') {
    const known = await deliver(desk, tx, mail, judgement.kind, ticketId)
    if (known !== null) return { delivery: known }
    return holdFor(judgement.kind === 'bounce' ? 'bounce' : 'auto_reply', judgement.reason, ticketId, mail)
  }
  if (judgement.kind === 'complaint') return holdFor('system_sender', judgement.reason, ticketId, mail)

  const author = mail.from?.address ?? null
  if (author === null) return holdFor('unparseable', 'It does not say who sent it.', ticketId, mail)
  const authorId = await identify(tx, author, mail.from?.name ?? '')
  const incoming: Incoming = { raw, mail, author, authorId, mayAutoReply: judgement.mayAutoReply }
  return ticketId === null
    ? openFromMail(desk, tx, incoming)
    : joinTicket(desk, tx, incoming, ticketId, holdFor)
}

/** The ticket a mail says it belongs to: by our signed address, else by Message-IDs. Who may join is decided after. */
async function ticketOf(desk: Desk, db: Db, mail: Mail, envelope: Envelope): Promise<TicketId | null> {
  const { tokenTicketId, messageIds } = references(mail, desk.secret, envelope)
  if (tokenTicketId !== null) return tokenTicketId as TicketId
  return (await ticketsByRfcIds(db, messageIds))[0] ?? null
}

async function holdMail(
  desk: Desk,
  tx: Transaction,
  raw: RawMail,
  mail: Mail | null,
  reason: HoldReason,
  detail: string,
  ticketId: TicketId | null,
): Promise<MailOutcome> {
  const sender = mail?.from?.email ?? raw.envelope.from
  const subject = mail?.subject ?? null
  await hold(tx, {
    rawMailId: raw.id,
    reasons: [reason],
    detail,
    sender,
    subject,
    ticketId,
    at: desk.clock.now(),
  })
  return { held: reason }
}
