// A visitor says something: it opens a ticket of channel `chat`, or goes on with theirs, as mails do. A second try is the same message.
import {
  addChat,
  countSaid,
  findChat,
  hasSpam,
  keepSaid,
  newestChat,
  saidBefore,
  type Chat,
} from '#channels/chat-store.ts'
import { verdictOn } from '#channels/sender-store.ts'
import { act } from '#desk/act.ts'
import { begin } from '#desk/begin.ts'
import { presenceOf } from '#desk/chat/hours.ts'
import type { Desk } from '#desk/desk.ts'
import { asRequester, bySystem } from '#desk/update.ts'
import { roleOn, wordOf } from '#desk/word.ts'
import type { MessageId, PersonId, TicketId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import { addressKey, type Address } from '#mail/address.ts'
import { isTheirs, type Visitor } from '#people/can.ts'
import { identify } from '#people/person-store.ts'
import { becomePerson, lockVisitor } from '#people/visitor-store.ts'
import type { Widget } from '#setup/widget.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { followUpOf } from '#tickets/decide/follow-up.ts'
import { messagesById } from '#tickets/message-store.ts'
import { isActive } from '#tickets/status.ts'
import { eventsOfTickets, findTicket } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { plainText, type NewAttachmentRow, type NewMessageRow } from '#tickets/write/message-store.ts'

const MESSAGES_A_MINUTE = 10
const CHATS_A_DAY = 5
const LEFT_A_DAY = 5
const SUBJECT_LENGTH = 80
/** A chat may have been merged into one that was merged itself; no desk does that more often. */
const MOST_MERGES = 5

export type Saying = {
  /** What the browser calls the message. */
  readonly clientId: string
  readonly text: string
  /** They begin anew instead of going on. */
  readonly isNew: boolean
  readonly page: string | null
  readonly referrer: string | null
  /** What comes along, kept already: nothing here waits for a bucket. What is refused is swept. */
  readonly files: readonly NewAttachmentRow[]
}

/** An expected no to what a visitor sends. */
export type ChatRefusal = 'ended' | 'too_fast' | 'too_many_chats' | 'puzzle' | 'blocked' | 'away'
export type Said =
  | { readonly ok: true; readonly ticketId: TicketId; readonly messageId: MessageId }
  | { readonly ok: false; readonly refusal: ChatRefusal }

/** Why there is no room for one more ticket of visitors, who need no more than a token that anybody is given; null where there is. */
export type WhyNotBegin = () => Promise<'too_many_chats' | 'puzzle' | null>

const no = (refusal: ChatRefusal): Said => ({ ok: false, refusal })

type Room = {
  readonly desk: Desk
  readonly tx: Transaction
  readonly widget: Widget
  readonly visitor: Visitor
}

/** Takes what a visitor says in their chat. */
export async function say(
  desk: Desk,
  tx: Transaction,
  widget: Widget,
  visitorId: number,
  saying: Saying,
  whyNotBegin: WhyNotBegin,
): Promise<Said> {
  const visitor = await lockVisitor(tx, visitorId)
  if (visitor === null) return no('ended')
  const again = await saidAlready(tx, visitor, saying.clientId)
  if (again !== null) return again
  const at = desk.clock.now()
  const counts = await countLately(tx, visitor, at)
  if (counts.messages >= MESSAGES_A_MINUTE) return no('too_fast')
  const room = { desk, tx, widget, visitor }
  const current = await currentChat(tx, widget, visitor)
  if (await isBlocked(tx, visitor, current?.ticket)) return no('blocked')
  if (
    current !== null &&
    !saying.isNew &&
    !current.ticket.flags.deleted &&
    current.ticket.flags.mergedInto === null
  ) {
    const said = await goOn(room, current.ticket, saying)
    if (said !== null) return said
  }
  if (counts.chats >= CHATS_A_DAY) return no('too_many_chats')
  if (!presenceOf(widget, await desk.setup.now(), at).isOpen) return no('away')
  const full = await whyNotBegin()
  if (full !== null) return no(full)
  const said = await open(room, saying, saying.isNew ? null : (current?.ticket ?? null))
  // Who listens to the one before is to hear the new one.
  if (current !== null) tell(tx, { chat: { ticketId: current.ticket.id } })
  return said
}

/** What is known before anything is read. */
type Ahead = { readonly isNew: boolean; readonly whyNotBegin: WhyNotBegin }

/** Why nothing that a visitor sends now would be taken, as far as that is known before it is read; null when it may be. */
export async function whyUnheard(
  desk: Desk,
  db: Db,
  widget: Widget,
  visitor: Visitor,
  { isNew, whyNotBegin }: Ahead,
): Promise<ChatRefusal | null> {
  const at = desk.clock.now()
  const counts = await countLately(db, visitor, at)
  if (counts.messages >= MESSAGES_A_MINUTE) return 'too_fast'
  const current = await currentChat(db, widget, visitor)
  if (await isBlocked(db, visitor, current?.ticket)) return 'blocked'
  if (current !== null && !isNew && !current.ticket.flags.deleted) return null
  // They would begin a conversation.
  if (counts.chats >= CHATS_A_DAY) return 'too_many_chats'
  return presenceOf(widget, await desk.setup.now(), at).isOpen ? whyNotBegin() : 'away'
}

/** The same of what is left while nobody is there; the address that it is left with is looked at once it is read. */
export async function whyNotLeft(
  desk: Desk,
  db: Db,
  _: Widget,
  visitor: Visitor,
  { whyNotBegin }: Ahead,
): Promise<ChatRefusal | null> {
  if (await hasSpam(db, visitor.id)) return 'blocked'
  const { left } = await countLately(db, visitor, desk.clock.now())
  return left >= LEFT_A_DAY ? 'too_many_chats' : whyNotBegin()
}

const countLately = (db: Db, { id }: Visitor, at: Instant) =>
  countSaid(db, id, { chats: plus(at, -86_400), messages: plus(at, -60) })

/** Whether a visitor is not heard: their address is blocked, or what they began was marked as spam. */
export async function isBlocked(db: Db, { email }: Visitor, ticket: Ticket | undefined): Promise<boolean> {
  return ticket?.flags.spam === true || (email !== null && (await verdictOn(db, email)) === 'block')
}

/** The message that a visitor's browser called so, where it was taken already: a second try is answered as the first. */
export async function saidAlready(tx: Transaction, visitor: Visitor, clientId: string): Promise<Said | null> {
  const messageId = await saidBefore(tx, visitor.id, clientId)
  const [message] = messageId === null ? [] : await messagesById(tx, [messageId])
  return message === undefined ? null : { ok: true, ticketId: message.ticketId, messageId: message.id }
}

/** The chat that a visitor is in: their newest, if it is theirs; with its ticket. */
export async function currentChat(
  db: Db,
  widget: Pick<Widget, 'brandId'>,
  visitor: Visitor,
): Promise<{ readonly chat: Chat; readonly ticket: Ticket } | null> {
  const { id: visitorId, personId, kind } = visitor
  const isShown = kind === 'verified'
  let found = await theirs(
    db,
    widget,
    visitor,
    await newestChat(db, { visitorId, personId, isShown, brandId: widget.brandId }),
  )
  for (let merges = 0; merges < MOST_MERGES && found?.ticket.flags.mergedInto != null; merges++) {
    const into = await theirs(db, widget, visitor, await findChat(db, found.ticket.flags.mergedInto))
    if (into === null) return found
    found = into
  }
  return found
}

async function theirs(db: Db, widget: Pick<Widget, 'brandId'>, visitor: Visitor, chat: Chat | null) {
  const ticket = chat === null ? null : ((await findTicket(db, chat.ticketId))?.ticket ?? null)
  if (chat === null || ticket === null || ticket.flags.purged) return null
  const { visitorId } = chat
  const isSameBrand = ticket.brandId === widget.brandId
  return isTheirs(visitor, { visitorId, requesterId: ticket.requesterId, isSameBrand })
    ? { chat, ticket }
    : null
}

/** Joins the ticket; null when it can no longer be joined and another begins. */
async function goOn({ desk, tx, visitor }: Room, ticket: Ticket, saying: Saying): Promise<Said | null> {
  const message = await messageOf(desk, visitor, ticket.requesterId, saying)
  const { command, by, content } = wordOf(message, roleOn(ticket, ticket.requesterId) ?? 'requester')
  const outcome = await act(desk, tx, ticket.id, command, by, content)
  if (!outcome.ok) return null
  await keep(tx, visitor, saying, message)
  return { ok: true, ticketId: ticket.id, messageId: message.id }
}

async function open(room: Room, saying: Saying, follows: Ticket | null): Promise<Said> {
  const { desk, tx, widget, visitor } = room
  const requesterId = visitor.personId ?? (await becomePerson(tx, visitor))
  const message = await messageOf(desk, visitor, requesterId, saying)
  const inherits = follows !== null && follows.requesterId === requesterId && !follows.flags.deleted
  const { set, requesterId: _, ...followed } = inherits ? followUpOf(follows) : { requesterId, set: {} }
  const outcome = await begin(desk, tx, {
    requesterId,
    message,
    subject: subjectOf(saying.text) || subjectOf(saying.files[0]?.name ?? ''),
    by: asRequester(requesterId),
    set: { ...(widget.teamId === null ? {} : { teamId: widget.teamId }), ...set },
    from: { ...followed, brandId: widget.brandId },
    content: { acknowledgeTo: null },
  })
  if (!outcome.ok) throw new Error(`Bug: a chat could not open a ticket: ${outcome.refusal.name}`)
  const ticketId = outcome.ticket.id
  const [page, referrer] = widget.notesPage ? [saying.page, saying.referrer] : [null, null]
  await addChat(tx, { ticketId, visitorId: visitor.id, page, referrer, at: desk.clock.now() })
  await keep(tx, visitor, saying, message)
  if (inherits) await act(desk, tx, follows.id, { kind: 'link', linkType: 'followed_by', ticketId }, bySystem)
  return { ok: true, ticketId, messageId: message.id }
}

async function keep(tx: Transaction, visitor: Visitor, { clientId }: Saying, message: NewMessageRow) {
  await keepSaid(tx, { visitorId: visitor.id, clientId, messageId: message.id, at: message.at })
}

/** What was said first, as far as a list shows it. */
function subjectOf(text: string): string {
  const line = text.trim().split('\n')[0]?.trim() ?? ''
  if (line.length <= SUBJECT_LENGTH) return line
  return `${
    line
      .slice(0, SUBJECT_LENGTH - 1)
      .toWellFormed()
      .replace(/\S*$/, '')
      .trim() || line.slice(0, SUBJECT_LENGTH - 1)
  }…`
}

async function messageOf(
  desk: Desk,
  visitor: Visitor,
  authorId: PersonId,
  { text, files }: Pick<Saying, 'text' | 'files'>,
) {
  const isVerified = visitor.kind === 'verified'
  return {
    ...plainText,
    id: (await desk.ids.next()) as MessageId,
    kind: 'reply',
    direction: 'inbound',
    authorId,
    authorType: 'requester',
    ...(isVerified && visitor.email !== null ? { fromEmail: visitor.email } : {}),
    channel: 'chat',
    at: desk.clock.now(),
    bodyText: text.replace(/\r\n?/g, '\n').trim(),
    senderCheck: isVerified ? 'verified' : 'unverified',
    attachments: files,
  } as const satisfies NewMessageRow
}

export type Left = Pick<Saying, 'clientId' | 'text' | 'files'> & {
  readonly name: string
  readonly email: Address
}

/** Nobody is there: what a visitor leaves becomes a ticket that is answered by mail, as by a form. */
export async function leaveWord(
  desk: Desk,
  tx: Transaction,
  widget: Widget,
  visitorId: number,
  left: Left,
  whyNotBegin: WhyNotBegin,
): Promise<Said> {
  const visitor = await lockVisitor(tx, visitorId)
  if (visitor === null) return no('ended')
  const again = await saidAlready(tx, visitor, left.clientId)
  if (again !== null) return again
  const at = desk.clock.now()
  const email = visitor.kind === 'verified' && visitor.email !== null ? visitor.email : addressKey(left.email)
  if ((await verdictOn(tx, email)) === 'block') return no('blocked')
  if (await hasSpam(tx, visitor.id)) return no('blocked')
  const counts = await countLately(tx, visitor, at)
  if (counts.left >= LEFT_A_DAY) return no('too_many_chats')
  const full = await whyNotBegin()
  if (full !== null) return no(full)
  const requesterId =
    visitor.kind === 'verified' && visitor.personId !== null
      ? visitor.personId
      : await identify(tx, email, left.name)
  const message = {
    ...(await messageOf(desk, visitor, requesterId, left)),
    channel: 'form',
    fromEmail: email,
  } as const
  const outcome = await begin(desk, tx, {
    requesterId,
    message,
    subject: subjectOf(left.text),
    by: asRequester(requesterId),
    set: widget.teamId === null ? {} : { teamId: widget.teamId },
    from: { brandId: widget.brandId },
    content: { acknowledgeTo: null },
  })
  if (!outcome.ok)
    throw new Error(`Bug: a message left in a widget could not open a ticket: ${outcome.refusal.name}`)
  await keepSaid(tx, { visitorId: visitor.id, clientId: left.clientId, messageId: message.id, at })
  return { ok: true, ticketId: outcome.ticket.id, messageId: message.id }
}

/** The requester says that it is solved, or asks for a person instead of the assistant; false when the visitor is in no chat. */
export async function press(
  desk: Desk,
  tx: Transaction,
  widget: Widget,
  visitor: Visitor,
  button: 'solved' | 'person',
): Promise<boolean> {
  const current = await currentChat(tx, widget, visitor)
  if (current === null) return false
  const { id, requesterId, status } = current.ticket
  const by = asRequester(requesterId)
  if (button === 'solved') return (await act(desk, tx, id, { kind: 'press', button }, by)).ok
  // What the assistant took for solved is not, for who wants to talk about it.
  if (!isActive(status)) await act(desk, tx, id, { kind: 'press', button: 'not_solved' }, by)
  const log = (await eventsOfTickets(tx, [id])).get(id) ?? []
  const told = log.findLast(({ kind }) => kind === 'assistant_escalated' || kind === 'assistant_enabled')
  if (told?.kind === 'assistant_enabled' && !told.payload.enabled) return true
  const facts = [{ kind: 'assistant_enabled', payload: { enabled: false } }] as const
  return (await act(desk, tx, id, { kind: 'record', facts }, by)).ok
}
