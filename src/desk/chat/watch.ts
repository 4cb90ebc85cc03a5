// The lane that looks at chats while time passes: a silent visitor is asked, a silent chat is solved, and what somebody left unread goes
// out as one mail when it is shown whose the address is. What is to be done is said by next-step.ts.
import { dueChats, lockChat, nextChatAt, noteLook, takeChatDue, type Chat } from '#channels/chat-store.ts'
import { postChatMail } from '#channels/outbox-store.ts'
import { act } from '#desk/act.ts'
import { GONE_AFTER_SECONDS, nextStep, type Standing } from '#desk/chat/next-step.ts'
import type { Desk } from '#desk/desk.ts'
import { mailboxOf, newMessageId } from '#desk/outbound/mails.ts'
import { bySystem } from '#desk/update.ts'
import type { TicketId, UpdateId } from '#kit/ids.ts'
import { plus, type Instant } from '#kit/time.ts'
import type { Visitor } from '#people/can.ts'
import { findVisitor, sightOf, type Sight } from '#people/visitor-store.ts'
import { findWidget } from '#setup/widget-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import type { Round } from '#store/lane.ts'
import { tell } from '#store/listen.ts'
import { saidAfter, type Placed } from '#tickets/said-store.ts'
import { isFlagged } from '#tickets/status.ts'
import { lockTickets } from '#tickets/ticket-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

const AT_ONCE = 50
/** Of a chat nobody reads more than this in a mail. */
const MOST_MESSAGES = 200

/** Looks at chats whose moment has come. */
export async function watchChats(desk: Desk): Promise<Round> {
  const ids = await dueChats(desk.database, desk.clock.now(), AT_ONCE)
  for (const id of ids) await look(desk, id)
  return ids.length === AT_ONCE ? 'more' : nextChatAt(desk.database)
}

async function look(desk: Desk, ticketId: TicketId): Promise<void> {
  await desk.database.transaction(async (tx) => {
    const ticket = (await lockTickets(tx, [ticketId])).get(ticketId)?.ticket
    await takeChatDue(tx, ticketId)
    const chat = await lockChat(tx, ticketId)
    if (chat === null || ticket === undefined) return
    await takeSteps(desk, tx, chat, ticket)
  })
}

async function takeSteps(desk: Desk, tx: Transaction, chat: Chat, ticket: Ticket): Promise<void> {
  const visitor = await findVisitor(tx, chat.visitorId)
  const widget = await findWidget(tx, visitor.widgetId)
  if (widget === null) throw new Error('Bug: a visitor without a widget')
  const now = desk.clock.now()
  const mailbox = mailboxOf(ticket, await desk.setup.now())
  const sight = await sightOf(tx, { ...ticket, visitorId: visitor.id })
  const unread = (await unreadOf(tx, chat, ticket)).filter(({ direction }) => direction === 'outbound')
  const standing: Standing = {
    isGoing:
      ['new', 'open', 'pending'].includes(ticket.status) &&
      !isFlagged(ticket) &&
      ticket.snoozedUntil === null,
    answeredAt: hasLastWord(ticket) ? ticket.lastReplyAt : null,
    askedAt: chat.askedAt,
    askAfterSeconds: widget.askAfterSeconds,
    resolveAfterSeconds: widget.resolveAfterSeconds,
    unreadAt: unread.at(-1)?.at ?? null,
    // Whoever lost the chat to somebody else has left it.
    seenAt: sight?.seenAt ?? chat.begunAt,
    isReachable: mailbox !== null && isReachable(visitor, ticket),
  }
  const found = nextStep(standing, now)
  if (!('step' in found)) return noteLook(tx, ticket.id, { ...chat, dueAt: soonest(found.waitUntil, now) })
  // Whatever comes next is looked for at once.
  if (found.step === 'ask') {
    await noteLook(tx, ticket.id, { ...chat, askedAt: now, dueAt: now })
    tell(tx, { chat: { ticketId: ticket.id } })
  } else if (found.step === 'mail' && mailbox !== null) {
    const last = unread.at(-1)
    await mail(desk, tx, { chat, ticket, visitor, unread, mailbox })
    await noteLook(tx, ticket.id, { ...chat, mailedSeq: last?.seq ?? chat.mailedSeq, dueAt: now })
  } else {
    const outcome = await act(desk, tx, ticket.id, { kind: 'set', status: 'resolved' }, bySystem)
    if (!outcome.ok)
      desk.log.info({ ticketId: ticket.id, refusal: outcome.refusal.name }, 'A silent chat was not solved')
    await noteLook(tx, ticket.id, { ...chat, dueAt: outcome.ok ? now : null })
  }
}

/** Times of people who come and go are looked at again, but not all the time. */
function soonest(at: Instant | null, now: Instant): Instant | null {
  const least = plus(now, 1)
  return at === null || at > least ? at : least
}

function hasLastWord({ lastReplyAt, lastInboundAt }: Ticket): boolean {
  return lastReplyAt !== null && (lastInboundAt === null || lastReplyAt >= lastInboundAt)
}

/** What was said in public after the place up to which the visitor knows it. */
async function unreadOf(db: Db, chat: Chat, ticket: Ticket): Promise<Placed[]> {
  const without = ticket.splitOff.flatMap(({ messageIds }) => messageIds)
  const after = Math.max(chat.readSeq, chat.mailedSeq)
  return saidAfter(db, { id: ticket.id, without }, { after, limit: MOST_MESSAGES })
}

/** Their address is shown to be theirs, and they are still whom the ticket is for. */
function isReachable({ kind, email, personId }: Visitor, ticket: Ticket): boolean {
  return kind === 'verified' && email !== null && personId === ticket.requesterId
}

type Mailing = {
  chat: Chat
  ticket: Ticket
  visitor: Visitor
  unread: readonly Placed[]
  mailbox: NonNullable<ReturnType<typeof mailboxOf>>
}

async function mail(
  desk: Desk,
  tx: Transaction,
  { chat, ticket, visitor, unread, mailbox }: Mailing,
): Promise<void> {
  const last = unread.at(-1)
  if (last === undefined || visitor.email === null) return
  await postChatMail(tx, {
    key: `chat:${last.id}`,
    kind: 'reply',
    ticketId: ticket.id,
    updateId: (await desk.ids.next()) as UpdateId,
    messageId: last.id,
    sinceSeq: Math.max(chat.readSeq, chat.mailedSeq),
    mailboxId: mailbox.id,
    recipients: { to: [{ name: visitor.name, email: visitor.email }], cc: [] },
    rfcMessageId: newMessageId(mailbox),
    at: desk.clock.now(),
  })
}

/** Whether a reader of the chat is there: heard of a moment ago, and not seen to leave. */
export function isHere(sight: Sight | null, now: Instant): boolean {
  const hereAt = sight?.hereAt ?? null
  return hereAt !== null && plus(hereAt, GONE_AFTER_SECONDS) > now
}
