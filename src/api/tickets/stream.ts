// The live feed: server-sent events of what changed, for what the caller may see. It says that something changed, not what:
// the app fetches it through the same doors as always.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { presencePut, type Change } from '#api/contract.ts'
import { Presences } from '#api/tickets/presence.ts'
import { beginEvents } from '#api/http/events.ts'
import { principalOf } from '#api/http/guard.ts'
import { route } from '#api/route.ts'
import { ticketFor } from '#api/http/ticket-access.ts'
import type { Desk } from '#desk/desk.ts'
import { LiveBoards } from '#desk/reports/live-boards.ts'
import { can, sees, type Principal } from '#people/can.ts'
import { tell, type ChatNotice, type Listener, type Notice } from '#store/listen.ts'
import { besideTicket } from '#store/notice-words.ts'
import type { Ticket } from '#tickets/ticket.ts'
import { changedSince, newestEventId, ticketsById } from '#tickets/ticket-store.ts'

const KEEP_OPEN_MS = 15_000
/** A gap with more tickets than this is told as "fetch again". */
const LONGEST_GAP = 500
/** A reader that is so far behind is cut off; it comes back with its last seq. */
const MOST_UNSENT_BYTES = 1_000_000

/** Rights that end or shrink end what is open, too, within this time, whichever process changed them. */
const JUDGE_AGAIN_MS = 700

/** Its rights are read anew while it is open. */
type Reader = { principal: Principal; readonly request: FastifyRequest; readonly reply: FastifyReply }

export function streamRoutes(app: FastifyInstance, desk: Desk, listener: Listener): void {
  const readers = new Set<Reader>()
  const presences = new Presences()
  const boards = new LiveBoards(desk)
  const unhear = listener.on((notice) => {
    if ('changed' in notice || 'reconnected' in notice) boards.changed()
    void tellAll(desk, { readers, presences }, notice).catch((error: unknown) =>
      desk.log.warn({ err: error }, 'The live feed missed a notice'),
    )
  })
  const keepOpen = setInterval(() => {
    readers.forEach(({ reply }) => reply.raw.write(': still here\n\n'))
    const left = presences.sweep(desk.clock.now())
    void tellPresence(desk, [...readers], presences, left).catch(() => {})
  }, KEEP_OPEN_MS)
  app.addHook('preClose', async () => {
    unhear()
    boards.stop()
    clearInterval(keepOpen)
    clearInterval(judgeAgain)
    readers.forEach(({ reply }) => reply.raw.end())
  })
  presenceRoute(app, desk)
  const judgeAgain = setInterval(
    () => readers.forEach((reader) => void rejudge(desk, reader)),
    JUDGE_AGAIN_MS,
  )
  app.get(
    '/api/v1/stream',
    {
      config: { access: 'ticket.read' },
      schema: {
        summary: 'Server-sent events: what changed',
        tags: ['stream'],
        querystring: z.strictObject({
          since: z.string().max(20).optional(),
          watch: z.literal('now').optional(),
        }),
      },
    },
    async (request, reply) => {
      const query = request.query as { since?: string; watch?: 'now' }
      const since = request.headers['last-event-id'] ?? query.since
      const reader = { principal: request.principal as Principal, request, reply }
      beginEvents(reply)
      reply.raw.write('retry: 1000\n\n')
      request.raw.once('close', () => readers.delete(reader))
      readers.add(reader)
      if (query.watch === 'now') watchBoard(boards, reader)
      await tellPresence(desk, [reader], presences, presences.tickets())
      await catchUp(desk, reader, typeof since === 'string' && /^\d+$/.test(since) ? Number(since) : null)
    },
  )
}

/** The board of now on the same stream, without an id: it is of the moment, and no place to go on from. */
function watchBoard(boards: LiveBoards, reader: Reader): void {
  const { raw } = reader.reply
  const unwatch = boards.watch(
    () => reader.principal,
    (board) => {
      if (raw.writableLength <= MOST_UNSENT_BYTES) raw.write(`event: now\ndata: ${board}\n\n`)
    },
  )
  reader.request.raw.once('close', unwatch)
}

/** Ends a stream whose caller may no longer read; else what it sees is what the caller sees now. */
async function rejudge(desk: Desk, reader: Reader): Promise<void> {
  try {
    const principal = await principalOf(desk, reader.request, true)
    if (principal === null || !can(principal, 'ticket.read')) reader.reply.raw.destroy()
    else reader.principal = principal
  } catch (error) {
    desk.log.warn({ err: error }, 'The rights behind a live feed could not be read')
  }
}

function presenceRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'PUT',
    url: '/presence',
    access: 'ticket.read',
    summary: 'Says which ticket a browser tab shows and what is written there',
    body: presencePut,
    answer: z.null(),
    status: 204,
    isOneStatement: true,
    handler: async ({ db, body: { tab, ticketId, typing }, principal }) => {
      if (ticketId !== null) await ticketFor(db, ticketId, principal, 'ticket.read')
      const { agentId } = principal
      const since = desk.clock.now()
      // A tab is the caller's own: nobody speaks for somebody else's.
      tell(db, { presence: { tab: `${agentId} ${tab}`, agentId, ticketId, typing, since } })
      return null
    },
  })
}

/** The one filter before anything is told under a ticket's number: whether a reader sees that ticket now. */
async function sightOf(desk: Desk, readers: readonly Reader[], ticketIds: readonly number[]) {
  const walled = readers.some(({ principal }) => principal.sees !== 'all')
  const rows = walled ? await ticketsById(desk.database, ticketIds) : []
  const tickets = new Map<number, Ticket>(rows.map(({ ticket }) => [ticket.id, ticket]))
  return ({ principal }: Reader, ticketId: number): boolean => {
    const ticket = tickets.get(ticketId)
    return principal.sees === 'all' || (ticket !== undefined && sees(principal, ticket))
  }
}

/** Who is on these tickets, to every reader who sees them. */
async function tellPresence(
  desk: Desk,
  readers: readonly Reader[],
  presences: Presences,
  ticketIds: readonly number[],
): Promise<void> {
  if (readers.length === 0 || ticketIds.length === 0) return
  const isSeen = await sightOf(desk, readers, ticketIds)
  const { directory } = await desk.setup.now()
  const names = new Map<number, string>(directory.agents.map(({ id, name }) => [id, name]))
  for (const ticketId of ticketIds) {
    const people = presences.on(ticketId).flatMap(({ agentId, typing, since }) => {
      const name = names.get(agentId)
      return name === undefined ? [] : [{ id: agentId, name, typing, since }]
    })
    const told = { ticketId, people }
    for (const reader of readers)
      if (isSeen(reader, ticketId))
        // Without an id: it is of the moment, and no place to go on from.
        reader.reply.raw.write(`event: presence\ndata: ${JSON.stringify(told)}\n\n`)
  }
}

/** Who is in a chat, whether they write and what they have read, to every reader who sees it. Without an id, as above. */
async function tellChat(desk: Desk, readers: readonly Reader[], chat: ChatNotice): Promise<void> {
  const { ticketId, here, typing, read, said } = chat
  if (readers.length === 0 || (here ?? typing ?? read ?? said) === undefined) return
  const isSeen = await sightOf(desk, readers, [ticketId])
  for (const reader of readers)
    if (isSeen(reader, ticketId)) reader.reply.raw.write(`event: chat\ndata: ${JSON.stringify(chat)}\n\n`)
}

async function catchUp(desk: Desk, reader: Reader, since: number | null): Promise<void> {
  const newest = await newestEventId(desk.database)
  const missed = since === null ? [] : await changedSince(desk.database, since, LONGEST_GAP)
  if (missed === null) return send(reader, 'reset', { seq: String(newest) }, String(newest))
  for (const { id, seq, eventId } of missed) {
    await tellTicket(desk, [reader], { id, seq, eventId })
  }
  send(reader, 'hello', { seq: String(newest) }, String(newest))
}

type Audience = { readonly readers: ReadonlySet<Reader>; readonly presences: Presences }

async function tellAll(desk: Desk, { readers, presences }: Audience, notice: Notice): Promise<void> {
  if ('presence' in notice) {
    const changed = presences.take(notice.presence, desk.clock.now())
    return tellPresence(desk, [...readers], presences, changed)
  }
  if ('chat' in notice) return tellChat(desk, [...readers], notice.chat)
  if (readers.size === 0) return
  if ('reconnected' in notice) {
    const seq = String(await newestEventId(desk.database))
    return readers.forEach((reader) => send(reader, 'reset', { seq }, seq))
  }
  if (!('changed' in notice)) return
  const eventId = await newestEventId(desk.database)
  if (notice.changed === 'ticket') return tellTicket(desk, [...readers], { ...notice, eventId })
  if (notice.changed === 'agents' || notice.changed === 'teams')
    await Promise.all([...readers].map((reader) => rejudge(desk, reader)))
  await tellThing(desk, [...readers], notice, String(eventId))
}

type ThingNotice = Exclude<Extract<Notice, { changed: unknown }>, { changed: 'ticket' }>

/** What lies beside a ticket is for those who see it. Who is walled in hears that other things changed, but of no single one. */
async function tellThing(
  desk: Desk,
  readers: readonly Reader[],
  { changed: kind, id }: ThingNotice,
  seq: string,
): Promise<void> {
  const ticketId = id !== null && besideTicket.some((each) => each === kind) ? id : null
  const isSeen = ticketId === null ? null : await sightOf(desk, readers, [ticketId])
  for (const reader of readers) {
    const change = (told: number | null): Change => ({ seq, kind, id: told, ticketSeq: null })
    if (ticketId === null || isSeen === null)
      send(reader, 'change', change(reader.principal.sees === 'all' ? id : null), seq)
    else if (isSeen(reader, ticketId)) send(reader, 'change', change(ticketId), seq)
  }
}

/** Readers who are walled in hear of a ticket only when they see it. */
async function tellTicket(
  desk: Desk,
  readers: readonly Reader[],
  changed: { id: number; seq: number; eventId: number },
): Promise<void> {
  const isSeen = await sightOf(desk, readers, [changed.id])
  const seq = String(changed.eventId)
  const change: Change = { seq, kind: 'ticket', id: changed.id, ticketSeq: changed.seq }
  for (const reader of readers) if (isSeen(reader, changed.id)) send(reader, 'change', change, seq)
}

function send({ reply }: Reader, event: 'change' | 'reset' | 'hello', data: object, id: string): void {
  if (reply.raw.writableLength > MOST_UNSENT_BYTES) return void reply.raw.destroy()
  reply.raw.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
