// How one mail is understood: who speaks, how sure that is, what kind of mail it is, which ticket it means, what speaks against it.
// Reading only: receive acts on it, and the page that explains a mail shows it.
import type { Envelope, RawMail } from '#channels/raw-mail-store.ts'
import { authenticate } from '#channels/authenticate.ts'
import { verdictOn } from '#channels/sender-store.ts'
import type { Desk } from '#desk/desk.ts'
import type { Setup } from '#desk/setup-cache.ts'
import type { SideConversationId, TicketId } from '#kit/ids.ts'
import { addressKey, canonicalAddress, localPartOf, type Address } from '#mail/address.ts'
import {
  senderCheck,
  trustedResults,
  unauthenticated,
  type Authentication,
  type SenderCheck,
} from '#mail/authentication.ts'
import { judge } from '#mail/judge.ts'
import type { Judgement, Mail, Party } from '#mail/mail.ts'
import { filterFinds, pointsOf, type Points } from '#mail/score.ts'
import { candidates } from '#mail/sender.ts'
import { recipients, references, type References } from '#mail/thread.ts'
import { readBounceAddress, readSideAddress, withoutTag } from '#mail/token.ts'
import { peopleByEmail } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import { ticketsByRfcIds } from '#tickets/message-store.ts'
import type { MailPolicy } from '#setup/settings-store.ts'
import { findSideThread, sideThreadOfRfcIds } from '#tickets/side-store.ts'

export type Understood = {
  readonly mail: Mail
  /** The author as everything else knows them: lower case; null when the mail names none that can be used. */
  readonly author: Address | null
  /** Whom it may be from, where it names no author that can be used. */
  readonly candidates: readonly Party[]
  readonly auth: Authentication
  readonly check: SenderCheck
  readonly judgement: Judgement
  readonly reference: { readonly ticketId: TicketId; readonly by: 'token' | 'message_id' } | null
  /** The side conversation it answers: it joins that, and nothing else. */
  readonly aside: { readonly id: SideConversationId; readonly by: 'token' | 'message_id' } | null
  /** The notification that it answers, and the agent to whom that was sent. */
  readonly agentToken: References['agentToken']
  /** The Message-IDs that it names as earlier mails. */
  readonly answers: readonly string[]
  /** A number in the subject. Anybody can write that: it suggests, and decides nothing. */
  readonly subjectNumber: number | null
  /** The mail of ours that a report is about, told by its signed return address. */
  readonly bouncedOutboxId: number | null
  readonly listed: 'allow' | 'block' | null
  /** Whether the desk knows the author; taken for granted where no policy asks. */
  readonly isKnown: boolean
  /** All its recipients are addresses that say nobody reads them, none of them a mailbox. */
  readonly toNobody: boolean
  /** What a filter of the desk's own found in it that is worse than spam. */
  readonly finds: ReturnType<typeof filterFinds>
  readonly points: readonly Points[]
  readonly score: number
}

/** Understands a mail that was parsed; `auth` was asked for beside the parsing. */
export async function understand(
  desk: Desk,
  db: Db,
  raw: Pick<RawMail, 'envelope'>,
  mail: Mail,
  auth: Authentication,
): Promise<Understood> {
  const setup = await desk.setup.now()
  const policy = setup.desk.mail
  const author = mail.from?.address == null ? null : (addressKey(mail.from.address) as Address)
  const judgement = judge(mail, raw.envelope, ourAddresses(setup))
  const points = pointsOf(mail, auth, policy.spamHeaders)
  return {
    mail,
    author,
    candidates: author === null ? candidates(mail, raw.envelope.from) : [],
    auth,
    check: senderCheck(auth),
    judgement,
    ...(await referenceOf(desk, db, mail, raw.envelope)),
    aside: await asideOf(desk, db, mail, raw.envelope),
    listed: author === null ? null : await verdictOn(db, author),
    isKnown: !policy.onlyKnown || author === null || (await peopleByEmail(db, [author])).length > 0,
    toNobody: isToNobody(recipients(mail, raw.envelope), setup),
    finds: policy.spamHeaders ? filterFinds(mail) : null,
    points,
    score: points.reduce((sum, each) => sum + each.points, 0),
  }
}

/** Asks who sent a mail, by a trusted server's word where there is one. */
export async function whoSent(
  desk: Desk,
  policy: MailPolicy,
  raw: Pick<RawMail, 'bytes' | 'envelope' | 'history'>,
  mail: Mail | null,
): Promise<Authentication> {
  // Keys and records of years ago are gone: history is not judged by those of today.
  if (raw.history !== null) return unauthenticated
  const author = mail?.from?.address ?? null
  const trusted = mail === null ? null : trustedResults(mail, author, policy.trustedServers)
  return trusted ?? authenticate(desk.dns, raw.bytes, raw.envelope, policy.trustedSealers, author)
}

const NOBODY =
  /^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|keine[-_.]?antwort|nicht[-_.]?antworten|ne[-_.]?pas[-_.]?repondre)$/i

function isToNobody(to: readonly Address[], setup: Setup): boolean {
  const ours = new Set(ourAddresses(setup).map(addressKey))
  return (
    to.length > 0 &&
    to.every((each) => NOBODY.test(localPartOf(withoutTag(each))) && !ours.has(addressKey(withoutTag(each))))
  )
}

/** Every address that is the desk's own. */
export function ourAddresses({ mailboxes }: Setup): Address[] {
  return mailboxes.flatMap(({ address }) => canonicalAddress(address) ?? [])
}

/** The side conversation that a mail answers: by its signed address, else by what it refers to. */
export async function asideOf(
  desk: Desk,
  db: Db,
  mail: Mail,
  envelope: Envelope,
): Promise<Understood['aside']> {
  const signed = recipients(mail, envelope).map((address) => readSideAddress(address, desk.secret))
  const id = signed.find((each) => each !== null) ?? null
  if (id !== null && (await findSideThread(db, id)) !== null)
    return { id: id as SideConversationId, by: 'token' }
  const known = await sideThreadOfRfcIds(db, references(mail, desk.secret, envelope).messageIds)
  return known === null ? null : { id: known, by: 'message_id' }
}

async function referenceOf(desk: Desk, db: Db, mail: Mail, envelope: Envelope) {
  const { tokenTicketId, agentToken, messageIds, subjectNumber } = references(mail, desk.secret, envelope)
  const bounces = recipients(mail, envelope).map((address) => readBounceAddress(address, desk.secret))
  const bouncedOutboxId = bounces.find((id) => id !== null) ?? null
  const rest = { subjectNumber, bouncedOutboxId, agentToken, answers: messageIds }
  if (tokenTicketId !== null)
    return { reference: { ticketId: tokenTicketId as TicketId, by: 'token' as const }, ...rest }
  return { reference: await referenceByIds(db, messageIds), ...rest }
}

async function referenceByIds(db: Db, messageIds: readonly string[]): Promise<Understood['reference']> {
  const [found] = await ticketsByRfcIds(db, messageIds)
  return found === undefined ? null : { ticketId: found, by: 'message_id' }
}

/** Looks once more which ticket a mail means, when it answers something that was not known. */
export async function referTo(db: Db, found: Understood): Promise<Understood> {
  if (found.reference !== null || found.aside !== null || found.answers.length === 0) return found
  const side = await sideThreadOfRfcIds(db, found.answers)
  return {
    ...found,
    aside: side === null ? null : { id: side, by: 'message_id' },
    reference: await referenceByIds(db, found.answers),
  }
}
