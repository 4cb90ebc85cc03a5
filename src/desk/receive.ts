// Mail in: stored before it is acknowledged, then read once and for all into a ticket, a ticket's next message, a delivery
// fact, or quarantine with a reason. Nothing is ever dropped.
import { noteTest } from '#channels/fetch-store.ts'
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
import { takeToken } from '#channels/sender-store.ts'
import { deliverAutoReply, deliverBounce, deliverComplaint } from '#desk/deliver.ts'
import type { Desk } from '#desk/desk.ts'
import { openFresh } from '#desk/forwarded.ts'
import { holdReason } from '#desk/hold-reason.ts'
import { joinAside } from '#desk/receive-aside.ts'
import { joinTicket, type Incoming } from '#desk/receive-message.ts'
import { understand, whoSent, type Understood } from '#desk/understand.ts'
import { step } from '#kit/crash.ts'
import type { TicketId } from '#kit/ids.ts'
import { canonicalAddress } from '#mail/address.ts'
import type { Authentication } from '#mail/authentication.ts'
import { readBody } from '#mail/body.ts'
import { readBounce } from '#mail/bounce.ts'
import type { Parser } from '#mail/parser.ts'
import { readTest } from '#mail/test-mail.ts'
import { withoutTag } from '#mail/token.ts'
import { identify } from '#people/person-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import type { MailPolicy } from '#tickets/settings-store.ts'

/** Stores a mail for good; when this returns, whoever sent it may forget it. The same mail again is stored once. */
export async function acceptMail(
  desk: Pick<Desk, 'rules' | 'clock'>,
  db: Db,
  mail: { bytes: Uint8Array; envelope: Envelope; source: string },
) {
  const { mailboxes } = await desk.rules.now()
  const to = mail.envelope.to.flatMap((text) => canonicalAddress(text.toLowerCase()) ?? []).map(withoutTag)
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
      step('receive: a mail is taken')
      const { outcome, auth } = await readMail(desk, tx, parser, taken)
      step('receive: a mail is read')
      await settleRawMail(tx, taken.id, 'held' in outcome ? 'quarantined' : 'done', outcome, auth)
      step('receive: before the commit')
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
    await holdMail(desk, tx, raw, null, { reason: 'unparseable', detail })
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

type Read = { readonly outcome: MailOutcome; readonly auth: Authentication | null }

async function readMail(desk: Desk, tx: Transaction, parser: Parser, raw: RawMail): Promise<Read> {
  const parsed = await parser.parse(raw.bytes)
  if (!parsed.ok) {
    const why = { reason: parsed.reason, detail: parsed.detail }
    return { outcome: await holdMail(desk, tx, raw, null, why), auth: null }
  }
  const { mail } = parsed
  const tested = readTest(mail, desk.secret)
  if (tested !== null) {
    await noteTest(tx, tested, 'returned', desk.clock.now())
    return { outcome: { tested }, auth: null }
  }
  const policy = (await desk.rules.now()).desk.mail
  const auth = await whoSent(desk, policy, raw, mail)
  const found = await understand(desk, tx, raw, mail, auth)
  return { outcome: await handle(desk, tx, raw, found, policy), auth }
}

async function handle(
  desk: Desk,
  tx: Transaction,
  raw: RawMail,
  found: Understood,
  policy: MailPolicy,
): Promise<MailOutcome> {
  const { judgement, reference, author } = found
  const holdFor = (
    reason: HoldReason,
    detail: string,
    ticketId: TicketId | null = reference?.ticketId ?? null,
  ) => holdMail(desk, tx, raw, found, { reason, detail, ticketId })
  if (raw.envelope.oversize != null)
    return holdFor('too_large', `${raw.envelope.oversize} bytes; only its headers were fetched.`)
  if (judgement.loop) return holdFor('mail_loop', judgement.reason)
  if (judgement.fromOwnAddress) return holdFor('from_own_address', judgement.reason)
  if (judgement.kind === 'bounce') {
    const known = await deliverBounce(desk, tx, found)
    if (known !== null) return { delivery: known }
    return holdFor(
      readBounce(found.mail).originalMessageId === null ? 'bounce' : 'backscatter',
      judgement.reason,
    )
  }
  if (judgement.kind === 'auto_reply') {
    const known = await deliverAutoReply(desk, tx, found)
    return known === null ? holdFor('auto_reply', judgement.reason) : { delivery: known }
  }
  if (judgement.kind === 'complaint') {
    const known = await deliverComplaint(desk, tx, found)
    return known === null ? holdFor('system_sender', judgement.reason) : { delivery: known }
  }
  const hold = raw.history === null ? holdReason(found, policy) : null
  if (hold !== null || author === null)
    return holdFor(hold?.reason ?? 'unparseable', hold?.detail ?? 'It does not say who sent it.')
  if (raw.history === null && !(await takeToken(tx, author, desk.clock.now(), policy.senderPerHour)))
    return holdFor('sender_flood', `${author} wrote more than ${policy.senderPerHour} mails within an hour.`)
  const authorId = await identify(tx, author, found.mail.from?.name ?? '')
  const { mayAutoReply } = judgement
  const incoming: Incoming = { raw, mail: found.mail, author, authorId, mayAutoReply, check: found.check }
  if (found.aside !== null) {
    const { id, by } = found.aside
    return joinAside(desk, tx, incoming, { id, bySignedAddress: by === 'token', policy, holdFor })
  }
  if (reference === null) return openFresh(desk, tx, incoming, found)
  return joinTicket(desk, tx, incoming, { ticketId: reference.ticketId, policy, holdFor })
}

async function holdMail(
  desk: Desk,
  tx: Transaction,
  raw: RawMail,
  found: Understood | null,
  why: { reason: HoldReason; detail: string; ticketId?: TicketId | null },
): Promise<MailOutcome> {
  const mail = found?.mail ?? null
  await hold(tx, {
    rawMailId: raw.id,
    reasons: [why.reason],
    detail: why.detail,
    sender: mail?.from?.email ?? raw.envelope.from,
    subject: mail?.subject ?? null,
    ticketId: why.ticketId ?? null,
    at: desk.clock.now(),
    snippet: mail === null ? '' : readBody(mail).text.replace(/\s+/g, ' ').slice(0, 200),
    auth: found?.auth ?? null,
    score: found?.score ?? 0,
    breakdown: found?.points ?? [],
  })
  return { held: why.reason }
}
