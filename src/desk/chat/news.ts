// What a visitor sees of their chat: what was said since a place, who answers, how far each side has read, and how long it may take.
import type { Chat } from '#channels/chat-store.ts'
import type { Desk } from '#desk/desk.ts'
import { isOwn } from '#desk/outbound/chat-text.ts'
import { questionOf, type Question } from '#desk/survey/ask.ts'
import { snapshotAround } from '#desk/routing/look.ts'
import { plus, type Instant } from '#kit/time.ts'
import { shownAs } from '#people/agent-store.ts'
import { recentWaits } from '#routing/decision-store.ts'
import { linesOf } from '#routing/route.ts'
import { waitingOf } from '#routing/waiting-store.ts'
import type { Db } from '#store/database.ts'
import { attachmentsOf, type Attachment } from '#tickets/message-store.ts'
import { erasedOf, readByDesk, saidAfter, type Placed } from '#tickets/said-store.ts'
import { isActive, isFlagged } from '#tickets/status.ts'
import type { Ticket } from '#tickets/ticket.ts'

export type Place = {
  /** 1 is who comes next. */
  readonly number: number
  /** Seconds that half of those who came before have waited, between the quarter that was quicker and the one that was slower. */
  readonly wait: { readonly from: number; readonly to: number } | null
}

export type ChatState = {
  readonly ticketId: number
  readonly status: 'waiting' | 'answered' | 'ended'
  /** Who has the chat; null until somebody does. */
  readonly with: { readonly name: string; readonly picture: string | null } | null
  /** The last place in the log that somebody of the desk has read. */
  readonly readSeq: number
  /** The visitor fell silent and is asked whether they are still there. */
  readonly isAsked: boolean
  /** The assistant answers, and can be left for a person. */
  readonly isAutomated: boolean
  readonly place: Place | null
  /** What they are asked at its end, or have answered. */
  readonly question: Question | null
}

export type ChatNews = {
  readonly messages: readonly (Placed & { readonly isOwn: boolean; readonly files: readonly Attachment[] })[]
  /** Messages that were erased, also those that were told before. */
  readonly removed: readonly number[]
  /** The place after these. */
  readonly cursor: number
  readonly hasMore: boolean
  readonly state: ChatState
}

const AT_ONCE = 100

/** What is new in a chat after a place. */
export async function newsOf(
  desk: Desk,
  db: Db,
  { chat, ticket }: { chat: Chat; ticket: Ticket },
  after: number,
): Promise<ChatNews> {
  const without = ticket.splitOff.flatMap(({ messageIds }) => messageIds)
  const found = await saidAfter(db, { id: ticket.id, without }, { after, limit: AT_ONCE + 1 })
  const messages = found.slice(0, AT_ONCE)
  const files = await attachmentsOf(
    db,
    messages.map(({ id }) => id),
  )
  return {
    messages: messages.map((each) => ({
      ...each,
      isOwn: isOwn(each, ticket),
      files: files.filter(({ messageId }) => messageId === each.id),
    })),
    removed: await erasedOf(db, ticket.id),
    cursor: messages.at(-1)?.seq ?? after,
    hasMore: found.length > AT_ONCE,
    state: await stateOf(desk, db, chat, ticket),
  }
}

async function stateOf(desk: Desk, db: Db, chat: Chat, ticket: Ticket): Promise<ChatState> {
  const isEnded = !isActive(ticket.status) || isFlagged(ticket)
  const { assigneeId, lastReplyAt, lastInboundAt } = ticket
  const assistantId = (await desk.setup.now()).assistant.personId
  const agent = assigneeId === null ? null : await shownAs(db, assigneeId)
  const isWaiting =
    !isEnded && (lastReplyAt === null || (lastInboundAt !== null && lastInboundAt > lastReplyAt))
  const isAutomated = assistantId !== null && assigneeId === assistantId
  return {
    ticketId: ticket.id,
    status: isEnded ? 'ended' : isWaiting ? 'waiting' : 'answered',
    with: isAutomated ? null : agent,
    readSeq: await readByDesk(db, ticket.id),
    isAsked: !isEnded && isAsked(chat, ticket),
    isAutomated,
    question: isEnded ? await questionOf(desk, db, ticket) : null,
    place: isWaiting && agent === null ? await places(desk, db, ticket.id) : null,
  }
}

/** Whether the visitor was asked if they are still there, and nobody has said anything since. */
export function isAsked({ askedAt }: Chat, { lastReplyAt, lastInboundAt }: Ticket): boolean {
  return askedAt !== null && askedAt >= (lastReplyAt ?? '') && askedAt >= (lastInboundAt ?? '')
}

/** The line of a queue is reckoned for all who stand in it, and holds for a moment. */
const LINE_SECONDS = 5
const WAITS_OF_SECONDS = 14_400
const FEWEST_WAITS = 5
type Line = { readonly at: Instant; readonly order: readonly number[]; readonly wait: Place['wait'] }
const lines = new WeakMap<Desk, Map<number, Promise<Line>>>()

async function places(desk: Desk, db: Db, ticketId: number): Promise<Place | null> {
  const queueId = (await waitingOf(db, [ticketId])).get(ticketId)?.queueId
  if (queueId === undefined) return null
  const kept = lines.get(desk) ?? new Map<number, Promise<Line>>()
  lines.set(desk, kept)
  const known = await kept.get(queueId)?.catch(() => null)
  const isGood =
    known != null && plus(known.at, LINE_SECONDS) > desk.clock.now() && known.order.includes(ticketId)
  const line = isGood ? known : await readLine(desk, kept, queueId)
  const index = line.order.indexOf(ticketId)
  return index === -1 ? null : { number: index + 1, wait: line.wait }
}

function readLine(desk: Desk, kept: Map<number, Promise<Line>>, queueId: number): Promise<Line> {
  const read = async (): Promise<Line> => {
    const at = desk.clock.now()
    const { snapshot } = await snapshotAround(desk, desk.database, queueId)
    const order = (linesOf(snapshot).get(queueId) ?? []).map(({ ticket }) => ticket.id as number)
    const waits = await recentWaits(desk.database, queueId, plus(at, -WAITS_OF_SECONDS))
    return { at, order, wait: waits.count < FEWEST_WAITS ? null : { from: waits.from, to: waits.to } }
  }
  const line = read()
  kept.set(queueId, line)
  return line
}
