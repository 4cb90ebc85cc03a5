// Stored mails, read once and for all: each becomes a ticket, a ticket's next message, a delivery fact, or lies in quarantine with a
// reason. What can be found out beside each other is, and so are mails that answer nothing; the others are written one after the
// other, in the order of their tickets.
import type { Handled, HoldFor, MailOutcome } from '#desk/inbound/outcome.ts'
import { noteTest } from '#channels/fetch-store.ts'
import { hold, type HoldReason } from '#channels/quarantine-store.ts'
import type { RawMail, Finished } from '#channels/raw-mail-store.ts'
import { takeTokens } from '#channels/sender-store.ts'
import { takeAgentAnswer } from '#desk/inbound/agent-writes.ts'
import { deliverAutoReply, deliverBounce, deliverComplaint } from '#desk/inbound/deliver.ts'
import type { Desk } from '#desk/desk.ts'
import { openFresh } from '#desk/inbound/fresh.ts'
import { signedTicket, traceHeld } from '#desk/inbound/held-trace.ts'
import { otherReplyTo } from '#desk/inbound/on-behalf.ts'
import { foundAsCopy } from '#desk/inbound/same-mail.ts'
import { holdReason } from '#desk/inbound/hold-reason.ts'
import { joinAside } from '#desk/inbound/receive-aside.ts'
import { joinTicket, type Incoming } from '#desk/inbound/receive-message.ts'
import { ourAddresses, referTo, understand, whoSent, type Understood } from '#desk/inbound/understand.ts'
import type { PersonId, TicketId } from '#kit/ids.ts'
import { saysAway } from '#mail/auto-reply.ts'
import { readBody } from '#mail/body.ts'
import { readBounce } from '#mail/bounce.ts'
import type { Parser } from '#mail/parser.ts'
import { readTest } from '#mail/test-mail.ts'
import { identify, identifyAll } from '#people/person-store.ts'
import type { Transaction } from '#store/database.ts'
import { sideBySide } from '#store/together.ts'
import type { MailPolicy } from '#setup/settings-store.ts'

/** Reads mails that this transaction holds. What is asked of the world and of the pool is asked for all at once. */
export async function readMails(
  desk: Desk,
  tx: Transaction,
  parser: Parser,
  taken: readonly RawMail[],
): Promise<Finished[]> {
  const { desk: settings, rulebook, canary } = await desk.setup.now()
  const policy = settings.mail
  const read = await Promise.all(taken.map((raw) => readOne(desk, parser, policy, raw)))
  const admitted = await admit(desk, tx, policy, read)
  const finish = async (each: ReadMail, within: Transaction): Promise<Finished> => {
    const outcome = await outcomeOf(desk, within, each, policy, admitted.get(each.raw.id))
    const auth = 'found' in each ? each.found.auth : null
    return { id: each.raw.id, state: 'held' in outcome ? 'quarantined' : 'done', outcome, auth }
  }
  const inTurn = read.toSorted(byTicket)
  const weighsLoad = rulebook.weighsLoad || canary?.rulebook.weighsLoad === true
  const first = weighsLoad ? [] : withoutCopies(inTurn.filter(standsAlone))
  const shared = sideBySide(tx)
  const finished = await allOrNone(first.map((each) => finish(each, shared)))
  for (const each of inTurn) if (!first.includes(each)) finished.push(await finish(each, tx))
  return finished
}

/** Copies of one mail are read one after the other, so that the second finds the first. */
function withoutCopies(mails: readonly ReadMail[]): readonly ReadMail[] {
  const idOf = (each: ReadMail) => ('found' in each ? each.found.mail.messageId : null)
  const counts = new Map<string | null, number>()
  for (const each of mails) counts.set(idOf(each), (counts.get(idOf(each)) ?? 0) + 1)
  return mails.filter((each) => idOf(each) === null || counts.get(idOf(each)) === 1)
}

/** Whatever else is in its group: it answers nothing, and opens a ticket or is held. */
function standsAlone(mail: ReadMail): boolean {
  if (!('found' in mail)) return false
  const { reference, aside, answers, agentToken, judgement } = mail.found
  const isNew = reference === null && aside === null && answers.length === 0 && agentToken === null
  return isNew && (judgement.kind === 'message' || judgement.kind === 'list')
}

/** Waits for all before it throws what failed first: nothing may still write when the transaction is rolled back. */
async function allOrNone<Result>(work: readonly Promise<Result>[]): Promise<Result[]> {
  const [all] = await Promise.allSettled([Promise.all(work), Promise.allSettled(work)])
  if (all.status === 'rejected') throw all.reason
  return all.value
}

/** A mail and what it turned out to be: refused by the parser, a mailbox's mail to itself, or one that is understood. */
type ReadMail = { readonly raw: RawMail } & (
  | { readonly refused: { readonly reason: HoldReason; readonly detail: string } }
  | { readonly tested: number }
  | { readonly found: Understood }
)

async function readOne(desk: Desk, parser: Parser, policy: MailPolicy, raw: RawMail): Promise<ReadMail> {
  const parsed = await parser.parse(raw.bytes)
  if (!parsed.ok) return { raw, refused: { reason: parsed.reason, detail: parsed.detail } }
  const { mail } = parsed
  const tested = readTest(mail, desk.secret)
  if (tested !== null) return { raw, tested }
  const auth = await whoSent(desk, policy, raw, mail)
  return { raw, found: await understand(desk, desk.database, raw, mail, auth) }
}

/** Two readers that write to the same tickets take them in the same order: neither waits for the other crosswise. */
function byTicket(a: ReadMail, b: ReadMail): number {
  const ticketOf = (each: ReadMail) =>
    ('found' in each ? each.found.reference?.ticketId : undefined) ?? Number.MAX_SAFE_INTEGER
  return ticketOf(a) - ticketOf(b) || a.raw.id - b.raw.id
}

/** An author who is known from here on, or who writes more than anybody may. */
type Admitted = PersonId | 'flooding'

/** Lets the authors of mails in, all in two statements; by the mail's id. Who is held anyway is not asked about. */
async function admit(
  desk: Desk,
  tx: Transaction,
  policy: MailPolicy,
  read: readonly ReadMail[],
): Promise<ReadonlyMap<number, Admitted>> {
  const writing = read.flatMap((each) => ('found' in each && isWritten(each, policy) ? [each] : []))
  const counted = writing.filter(({ raw }) => raw.history === null)
  const senders = counted.map(({ found }) => found.author ?? '')
  const within = await takeTokens(tx, senders, desk.clock.now(), policy.senderPerHour)
  const admitted = new Map<number, Admitted>()
  counted.forEach(({ raw }, index) => within[index] === true || admitted.set(raw.id, 'flooding'))
  const welcome = writing.filter(({ raw }) => !admitted.has(raw.id))
  const people = welcome.map(({ found }) => ({
    email: found.author ?? '',
    name: found.mail.from?.name ?? '',
  }))
  const ids = await identifyAll(tx, people)
  for (const { raw, found } of welcome) {
    const id = ids.get(found.author ?? '')
    if (id !== undefined) admitted.set(raw.id, id)
  }
  return admitted
}

/** Written by somebody and welcome, as far as one can tell yet. */
function isWritten({ raw, found }: { raw: RawMail; found: Understood }, policy: MailPolicy): boolean {
  const { kind, loop, fromOwnAddress } = found.judgement
  if (found.author === null || raw.envelope.oversize != null || loop) return false
  if (fromOwnAddress && found.mail.replyTo.length === 0) return false
  if (kind !== 'message' && kind !== 'list') return false
  return raw.history !== null || holdReason(found, policy) === null
}

async function outcomeOf(
  desk: Desk,
  tx: Transaction,
  mail: ReadMail,
  policy: MailPolicy,
  admitted: Admitted | undefined,
): Promise<MailOutcome> {
  const { raw } = mail
  if ('refused' in mail) return holdMail(desk, tx, raw, null, mail.refused)
  if ('tested' in mail) {
    await noteTest(tx, mail.tested, 'returned', desk.clock.now())
    return { tested: mail.tested }
  }
  // The mail before this one in the same group may be what it answers.
  const found = await referTo(tx, mail.found)
  const ticketId = found.reference?.ticketId ?? null
  const holdFor: HoldFor = (reason, detail, about = ticketId) =>
    holdMail(desk, tx, raw, found, { reason, detail, ticketId: about })
  return (
    (await automatic(desk, tx, { raw, found, holdFor })) ??
    written(desk, tx, { raw, found, holdFor }, policy, admitted)
  )
}

/** What no person wrote to us: reports, answers of machines, our own mail that came back. Null for anything else. */
async function automatic(desk: Desk, tx: Transaction, mail: Handled): Promise<MailOutcome | null> {
  const { raw, found, holdFor } = mail
  const { judgement } = found
  if (raw.envelope.oversize != null)
    return holdFor('too_large', `${raw.envelope.oversize} bytes; only its headers were fetched.`)
  if (judgement.loop) return holdFor('mail_loop', judgement.reason)
  if (judgement.fromOwnAddress && !(await isForm(desk, found)))
    return holdFor('from_own_address', judgement.reason)
  if (judgement.kind === 'bounce') {
    const known = await deliverBounce(desk, tx, found)
    if (known !== null) return { delivery: known }
    const names = readBounce(found.mail).originalMessageId !== null
    return holdFor(names ? 'backscatter' : 'bounce', judgement.reason)
  }
  if (judgement.kind === 'auto_reply') {
    const known = await deliverAutoReply(desk, tx, found)
    if (known !== null) return { delivery: known }
    return holdFor(saysAway(found.mail.subject) ? 'vacation' : 'auto_reply', judgement.reason)
  }
  if (judgement.kind === 'complaint') {
    const known = await deliverComplaint(desk, tx, found)
    return known === null ? holdFor('system_sender', judgement.reason) : { delivery: known }
  }
  return null
}

/** A form of the desk's own site that writes as one of its mailboxes, for the person in Reply-To; its domain must vouch for it. */
async function isForm(
  desk: Desk,
  { mail, check, judgement, reference, aside, agentToken }: Understood,
): Promise<boolean> {
  if (check !== 'verified' || judgement.kind !== 'message' || agentToken !== null) return false
  const isNew = reference === null && aside === null && mail.inReplyTo === null
  return isNew && otherReplyTo(mail, ourAddresses(await desk.setup.now())) !== null
}

/** What a person wrote: a new ticket, a message of one, or held. */
async function written(
  desk: Desk,
  tx: Transaction,
  mail: Handled,
  policy: MailPolicy,
  admitted: Admitted | undefined,
): Promise<MailOutcome> {
  const { raw, found, holdFor } = mail
  const { author, reference, judgement, check } = found
  const doubt = raw.history === null ? holdReason(found, policy) : null
  if (doubt !== null) return holdFor(doubt.reason, doubt.detail)
  if (author === null || admitted === undefined) return holdFor('unparseable', 'It does not say who sent it.')
  if (admitted === 'flooding')
    return holdFor('sender_flood', `${author} wrote more than ${policy.senderPerHour} mails within an hour.`)
  const { mayAutoReply } = judgement
  const authorId = admitted ?? (await identify(tx, author, found.mail.from?.name ?? ''))
  const incoming: Incoming = { raw, mail: found.mail, author, authorId, mayAutoReply, check }
  const copy = await foundAsCopy(desk, tx, incoming)
  if (copy !== null) return copy
  if (found.agentToken !== null) return takeAgentAnswer(desk, tx, mail, found.agentToken, policy)
  if (found.aside !== null) {
    const { id, by } = found.aside
    return joinAside(desk, tx, incoming, { id, bySignedAddress: by === 'token', policy, holdFor })
  }
  if (reference === null) return openFresh(desk, tx, incoming, found)
  return joinTicket(desk, tx, incoming, { ticketId: reference.ticketId, policy, holdFor })
}

/** Puts a mail into quarantine. */
export async function holdMail(
  desk: Desk,
  tx: Transaction,
  raw: RawMail,
  found: Understood | null,
  why: { reason: HoldReason; detail: string; ticketId?: TicketId | null },
): Promise<MailOutcome> {
  const mail = found?.mail ?? null
  const ticketId = why.ticketId ?? signedTicket(desk, raw, found)
  await hold(tx, {
    rawMailId: raw.id,
    reasons: [why.reason],
    detail: why.detail,
    sender: mail?.from?.email ?? raw.envelope.from,
    subject: mail?.subject ?? null,
    ticketId,
    at: desk.clock.now(),
    snippet: mail === null ? '' : readBody(mail).text.replace(/\s+/g, ' ').slice(0, 200),
    auth: found?.auth ?? null,
    score: found?.score ?? 0,
    breakdown: found?.points ?? [],
  })
  await traceHeld(desk, tx, raw, found, why)
  return { held: why.reason }
}
