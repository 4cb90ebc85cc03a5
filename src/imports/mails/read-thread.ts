// A conversation of mails as our story of a ticket. Pure.
import type { Conversation, Noted } from '#imports/mails/threads.ts'
import type { MailMap } from '#imports/mails/map.ts'
import type { FileStory, Step, TicketStory, UserStory } from '#imports/story.ts'
import { versionOf } from '#imports/version.ts'
import type { Met } from '#imports/mails/index-box.ts'
import { instant, plus, type Instant } from '#kit/time.ts'
import type { Body, Mail } from '#mail/mail.ts'

/** A mail of a conversation, read whole. */
export type Whole = {
  readonly noted: Noted
  readonly mail: Mail
  readonly body: Body
  readonly files: readonly FileStory[]
}

const MOST_SUBJECT = 500
const DAY = 86_400

/** Who the ticket is for: whoever of outside wrote first, else to whom it was written first, else whoever began it. */
export function requesterOf({ mails }: Conversation): number {
  const [first] = mails
  if (first === undefined) throw new Error('Bug: a conversation without mails')
  return mails.find(({ isOurs }) => !isOurs)?.author ?? first.outside[0] ?? first.author
}

/** Says whether a conversation is as it was told before: what time alone does to it is no news. */
export function versionOfConversation({ mails }: Conversation, map: MailMap): string {
  const { answered, unanswered, quietDays } = map
  return versionOf([mails.map(({ key }) => key), answered, unanswered, quietDays])
}

/** The story of a conversation, of those of its mails that could be read. */
export function storyOf(
  conversation: Conversation,
  mails: readonly Whole[],
  map: MailMap,
  { now, mended }: { now: Instant; mended: string | null },
): TicketStory {
  const requester = requesterOf(conversation)
  const [first, last] = [mails[0], mails.at(-1)]
  if (first === undefined || last === undefined) throw new Error('Bug: a story without mails')
  const steps = mails.map((each) => stepOf(each, requester))
  const writers = new Set(
    steps.flatMap(({ by, message }) => (message?.direction === 'inbound' ? (by ?? []) : [])),
  )
  writers.delete(String(requester))
  const at = instant(last.noted.at)
  const isQuiet = map.quietDays !== null && at < plus(now, -map.quietDays * DAY)
  // Of a box that has only the older part of it nothing follows for how it stands.
  const isOlder = conversation.told !== null && last.noted.at < conversation.told.lastAt
  const isAnswered = steps.at(-1)?.message?.direction === 'outbound'
  return {
    label: first.mail.messageId?.slice(0, 200) ?? first.noted.key,
    number: null,
    subject: first.mail.subject.trim().slice(0, MOST_SUBJECT).toWellFormed() || '(no subject)',
    requester: String(requester),
    channel: 'email',
    openedAt: instant(first.noted.at),
    participants: [...writers].map((person) => ({ person, role: 'cc' as const })),
    steps,
    end: {
      at,
      set: isOlder ? {} : { status: isQuiet ? 'closed' : isAnswered ? map.answered : map.unanswered },
    },
    mergedInto: null,
    isSpam: false,
    mended:
      mended ??
      (mails.some(({ noted }) => noted.isDateMended)
        ? 'the date of a mail was impossible: the moment when it came stands instead'
        : null),
  }
}

function stepOf({ noted, mail, body, files }: Whole, requester: number): Step {
  // Whoever of the desk asked the desk itself is a customer of it.
  const isInbound = !noted.isOurs || noted.author === requester
  return {
    id: noted.key,
    at: instant(noted.at),
    by: String(noted.author),
    message: {
      direction: isInbound ? 'inbound' : 'outbound',
      text: body.text,
      html: body.html,
      quoted: body.quoted,
      channel: 'email',
      to: mail.to.map(({ email }) => email),
      cc: mail.cc.map(({ email }) => email),
      rfcMessageId: mail.messageId,
      files,
    },
    set: {},
  }
}

/** Somebody of a box; behind a shared address an agent who is here under the name beside it, else a former one. */
export function userOf(
  number: number,
  { email, name, side }: Met,
  agents: ReadonlyMap<string, string>,
): UserStory {
  const reached = side === 'mailbox' ? (agents.get(name.toLowerCase()) ?? null) : email
  const told = {
    name: name.slice(0, 200).toWellFormed() || email,
    email: reached,
    otherEmails: [],
    role: side === 'customer' ? null : ('agent' as const),
    active: side === 'customer',
    organization: null,
    groups: [],
    phone: null,
    language: null,
    timeZone: null,
    notes: null,
    createdAt: null,
  }
  return { kind: 'users', id: String(number), version: versionOf([reached, side]), ...told }
}
