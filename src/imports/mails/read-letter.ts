// What a mail of a box is at a first look: whose it is, when it was written, to whom it goes on; or why it is set aside. Pure.
import type { Found } from '#imports/mails/box.ts'
import { plus, instant, type Instant } from '#kit/time.ts'
import { addressKey, type Address } from '#mail/address.ts'
import { judge } from '#mail/judge.ts'
import type { Mail, MailKind, Party } from '#mail/mail.ts'
import { withoutTag } from '#mail/token.ts'

/** The addresses that are the desk's own, as keys: those that many write from, and those of single people. */
export type Ours = { readonly mailboxes: ReadonlySet<string>; readonly agents: ReadonlySet<string> }

export type Somebody = { readonly email: string; readonly name: string }

export type Letter = {
  readonly at: Instant
  /** Its own date was impossible, so that when it came stands instead. */
  readonly isDateMended: boolean
  readonly author: Somebody
  /** Who wrote it: somebody outside, one of the desk, or one of its shared addresses. */
  readonly side: 'customer' | 'agent' | 'mailbox'
  /** To whom it went who is none of the desk, in the order of the mail. */
  readonly outside: readonly Somebody[]
  /** Message-IDs that it answers, the nearest first. */
  readonly answers: readonly string[]
}

const KINDS: Readonly<Partial<Record<MailKind, string>>> = {
  bounce: 'a report that a mail did not arrive',
  auto_reply: 'an automatic reply',
  complaint: 'a complaint of a provider',
}

/** Reads one mail as its box has it. */
export function readLetter(
  mail: Mail,
  box: Pick<Found, 'cameAt' | 'folder' | 'flags'>,
  ours: Ours,
  now: Instant,
): Letter | { readonly aside: string } {
  const hidden = hiddenIn(box) ?? hiddenBy(mail)
  if (hidden !== null) return { aside: hidden }
  const kind = KINDS[judge(mail, null, [...ours.mailboxes] as Address[]).kind]
  if (kind !== undefined) return { aside: kind }
  const { at, isDateMended } = momentOf(mail, box.cameAt, now)
  if (at === null) return { aside: 'it has no moment at all' }
  const outside = [...mail.to, ...mail.cc].flatMap((party) => somebodyOf(party) ?? []).filter(isOutside(ours))
  const author = authorOf(mail, ours, outside.length > 0)
  if (author === null) return { aside: 'it does not say who sent it' }
  const { email } = author
  const side = ours.mailboxes.has(email) ? 'mailbox' : ours.agents.has(email) ? 'agent' : 'customer'
  if (side === 'mailbox' && outside.length === 0 && mail.inReplyTo === null && mail.references.length === 0)
    return { aside: 'the desk wrote it to itself' }
  return {
    at,
    isDateMended,
    author,
    side,
    outside,
    answers: [...new Set([mail.inReplyTo, ...mail.references.toReversed()])].filter((id) => id !== null),
  }
}

const BIN =
  /(?:^|[./\\ ])(?:trash|bin|deleted(?: items| messages)?|papierkorb|gel(?:ö|&APY-)schte? ?(?:elemente|objekte)?|corbeille)$/iu
const JUNK = /(?:^|[./\\ ])(?:junk(?: ?e?-?mail)?|spam|bulk mail|unerwünscht|junk-e-mail)$/iu
const DRAFTS = /(?:^|[./\\ ])(?:drafts?|entw(?:ü|&APw-)rfe|brouillons)$/iu

function hiddenIn({ folder, flags }: Pick<Found, 'folder' | 'flags'>): string | null {
  if (flags.includes('T') || BIN.test(folder)) return 'it was deleted there'
  if (flags.includes('D') || DRAFTS.test(folder)) return 'a draft'
  return JUNK.test(folder) ? 'spam there' : null
}

/** What mail programs write into a mail that they only pretend to have deleted. */
function hiddenBy({ headers }: Mail): string | null {
  const said = (name: string) => headers.get(name)?.join(' ') ?? ''
  const labels = said('x-gmail-labels')
    .split(',')
    .map((each) => each.trim().replace(/^"|"$/g, ''))
  const isLabelled = (pattern: RegExp) => labels.some((each) => pattern.test(each))
  // Bit 3 of Mozilla's flags: expunged, and still in the file until it is compacted.
  const isExpunged = (Number.parseInt(said('x-mozilla-status'), 16) & 0x8) !== 0
  if (isExpunged || /D/.test(said('x-status')) || isLabelled(/^(?:Trash|Papierkorb|Corbeille)$/))
    return 'it was deleted there'
  if (isLabelled(/^(?:Drafts?|Entwürfe|Brouillons)$/)) return 'a draft'
  return isLabelled(/^Spam$/) ? 'spam there' : null
}

const EARLIEST = '1990-01-01T00:00:00.000Z'

function momentOf(mail: Mail, cameAt: Instant | null, now: Instant) {
  const isPossible = (at: Instant | null): at is Instant =>
    at !== null && at >= EARLIEST && at <= plus(now, 86_400)
  if (isPossible(mail.date)) return { at: mail.date, isDateMended: false }
  const received = mail.headers.get('received')?.[0]?.split(';').at(-1) ?? ''
  const ms = Date.parse(received.replace(/\([^()]*\)/g, ' '))
  const known = [Number.isNaN(ms) ? null : instant(ms), cameAt].find(isPossible) ?? null
  return { at: known, isDateMended: true }
}

function somebodyOf({ address, name }: Party): Somebody | null {
  return address === null ? null : { email: addressKey(withoutTag(address)), name: name.trim() }
}

function isOutside(ours: Ours): (person: Somebody) => boolean {
  return ({ email }) => !ours.mailboxes.has(email) && !ours.agents.has(email)
}

/** Who sent it; for what a site's form writes to its own mailbox, whoever filled it in. */
function authorOf(mail: Mail, ours: Ours, goesOut: boolean): Somebody | null {
  const from = mail.from === null ? null : somebodyOf(mail.from)
  const other = mail.replyTo.flatMap((party) => somebodyOf(party) ?? []).find(isOutside(ours))
  if (from === null || other === undefined || goesOut || !ours.mailboxes.has(from.email)) return from
  return other
}
