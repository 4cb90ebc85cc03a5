// Who listens to a chat at this moment: streams of visitors by ticket. It tells them what is new since the place each has come to, who
// types, and the desk who is there. Kept in memory only; what is told is read anew for each.
import type { FastifyReply } from 'fastify'
import { mayShow } from '#api/chat/origin.ts'
import { presentNews } from '#api/chat/present-chat.ts'
import type { Desk } from '#desk/desk.ts'
import type { Visitor } from '#people/can.ts'
import { leaveVisitor, openVisitor, seeVisitors } from '#people/visitor-store.ts'
import { findWidget } from '#setup/widget-store.ts'
import { tell, type Notice, type PresenceNotice } from '#store/listen.ts'

const PING_MS = 15_000
/** How often the database hears who is there. */
const SEE_MS = 20_000
/** A browser that goes from page to page is away for a moment. */
const LEFT_AFTER_MS = 5_000
const MOST_UNSENT_BYTES = 500_000
/** A browser has one, whatever its tabs; a person has a few devices. */
const MOST_STREAMS = 8

export type Listening = {
  readonly visitor: Visitor
  readonly widgetId: number
  /** The page that listens; null for who says none. */
  readonly origin: string | null
  readonly ticketId: number
  readonly reply: FastifyReply
  cursor: number
  /** One look at a time; what comes meanwhile asks for another. */
  looking: boolean
  again: boolean
}

/** Lives as long as a server. */
export class ChatHub {
  private readonly desk: Desk
  private readonly byTicket = new Map<number, Set<Listening>>()
  /** In which tab of an agent an answer is being written. */
  private readonly writing = new Map<number, string>()
  private readonly timers: readonly NodeJS.Timeout[]

  constructor(desk: Desk) {
    this.desk = desk
    this.timers = [setInterval(() => this.ping(), PING_MS), setInterval(() => this.see(), SEE_MS)]
  }

  /** Takes a stream in and tells it what it has not heard. */
  async open(listening: Listening): Promise<void> {
    const { ticketId, reply, visitor } = listening
    const others = this.byTicket.get(ticketId)
    if (others === undefined) this.byTicket.set(ticketId, new Set([listening]))
    else others.add(listening)
    reply.raw.once('close', () => this.close(listening))
    // What goes wrong with a line ends it: `close` comes next.
    reply.raw.on('error', () => {})
    // They left while their token was looked at.
    if (reply.raw.destroyed) return this.close(listening)
    const [oldest, ...rest] = [...(others ?? [])].filter((each) => each.visitor.id === visitor.id)
    if (oldest !== undefined && rest.length + 1 > MOST_STREAMS) this.end(oldest)
    if (others === undefined) tell(this.desk.database, { chat: { ticketId, here: true } })
    await seeVisitors(this.desk.database, [visitor.id], this.desk.clock.now())
    await this.look(listening)
  }

  /** Tells nothing more; the browser comes again, if it may. */
  private end(listening: Listening): void {
    listening.reply.raw.end()
    this.close(listening)
  }

  private close(listening: Listening): void {
    const { ticketId, visitor } = listening
    const all = this.byTicket.get(ticketId)
    if (all?.delete(listening) !== true || all.size > 0) return
    this.byTicket.delete(ticketId)
    this.writing.delete(ticketId)
    setTimeout(() => {
      if (this.byTicket.has(ticketId)) return
      leaveVisitor(this.desk.database, visitor.id, this.desk.clock.now())
        .then(() => tell(this.desk.database, { chat: { ticketId, here: false } }))
        .catch(() => {})
    }, LEFT_AFTER_MS).unref()
  }

  /** Hears what happened anywhere. */
  hear(notice: Notice): void {
    if ('reconnected' in notice) {
      for (const all of this.byTicket.values()) for (const each of all) void this.look(each)
    } else if ('presence' in notice) this.hearPresence(notice.presence)
    else if ('chat' in notice) this.hearChat(notice.chat)
    else if ('changed' in notice && (notice.changed === 'ticket' || notice.changed === 'waiting'))
      this.lookAt(notice.id)
  }

  private hearPresence({ tab, agentId, ticketId, typing }: PresenceNotice): void {
    // Only who writes can stop: a colleague who looks on changes nothing. A note is the desk's own matter.
    const isWriting = ticketId !== null && typing === 'reply'
    for (const [id, by] of this.writing)
      if (by === tab && !(isWriting && id === ticketId)) {
        this.writing.delete(id)
        this.tellTyping(id, null)
      }
    if (!isWriting || !this.byTicket.has(ticketId)) return
    this.writing.set(ticketId, tab)
    void this.tellWriter(ticketId, tab, agentId).catch((error: unknown) =>
      this.desk.log.warn({ err: error, ticketId }, 'A chat was not told who writes'),
    )
  }

  private async tellWriter(ticketId: number, tab: string, agentId: number): Promise<void> {
    const { directory } = await this.desk.setup.now()
    const name = directory.agents.find(({ id }) => id === agentId)?.name
    if (name !== undefined && this.writing.get(ticketId) === tab) this.tellTyping(ticketId, name)
  }

  private tellTyping(ticketId: number, name: string | null): void {
    for (const each of this.byTicket.get(ticketId) ?? []) write(each, 'typing', { name })
  }

  private hearChat({ ticketId, here, typing, said }: Extract<Notice, { chat: unknown }>['chat']): void {
    const all = this.byTicket.get(ticketId)
    if (all === undefined || typing !== undefined || said === true) return
    // Another server saw them leave, and they are here.
    if (here === false) tell(this.desk.database, { chat: { ticketId, here: true } })
    else if (here === undefined) this.lookAt(ticketId)
  }

  private lookAt(ticketId: number | null): void {
    if (ticketId !== null) for (const each of this.byTicket.get(ticketId) ?? []) void this.look(each)
  }

  /** Tells a stream what is new to it. A failure is mended by the next look, or by the browser when it comes back. */
  private async look(listening: Listening): Promise<void> {
    listening.again = true
    if (listening.looking) return
    listening.looking = true
    try {
      while (listening.again) {
        listening.again = false
        await this.tellNews(listening)
      }
    } catch (error) {
      this.desk.log.warn({ err: error, ticketId: listening.ticketId }, 'A chat could not be told what is new')
      listening.reply.raw.destroy()
    } finally {
      listening.looking = false
    }
  }

  private async tellNews(listening: Listening): Promise<void> {
    const { ticketId, cursor, origin } = listening
    const { database, clock } = this.desk
    // What let them in may have ended since.
    const visitor = await openVisitor(database, listening.visitor.id, clock.now())
    const widget = await findWidget(database, listening.widgetId)
    if (visitor === null || widget === null || widget.archived) return this.end(listening)
    if (origin !== null && !mayShow(this.desk, widget, origin)) return this.end(listening)
    const news = await presentNews(this.desk, database, widget, visitor, { of: ticketId, after: cursor })
    // They have begun another conversation, or this one is no longer theirs: the browser comes again.
    if (news.state?.id !== ticketId) return this.end(listening)
    listening.cursor = news.cursor
    listening.again ||= news.hasMore
    write(listening, 'news', news)
  }

  private ping(): void {
    for (const all of this.byTicket.values()) for (const { reply } of all) reply.raw.write(': still here\n\n')
  }

  private see(): void {
    const ids = new Set(
      [...this.byTicket.values()].flatMap((all) => [...all].map(({ visitor }) => visitor.id)),
    )
    seeVisitors(this.desk.database, [...ids], this.desk.clock.now()).catch((error: unknown) =>
      this.desk.log.warn({ err: error }, 'It could not be written down who is in a chat'),
    )
  }

  /** Ends every stream: browsers come back to whoever serves next. */
  stop(): void {
    this.timers.forEach(clearInterval)
    for (const all of this.byTicket.values()) for (const { reply } of all) reply.raw.end()
    this.byTicket.clear()
  }
}

function write({ reply }: Listening, event: 'news' | 'typing', data: object): void {
  if (reply.raw.writableLength > MOST_UNSENT_BYTES) return void reply.raw.destroy()
  reply.raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
