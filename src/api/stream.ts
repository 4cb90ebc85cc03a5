// The live feed: server-sent events of what changed, for what the caller may see. It says that something changed, not what:
// the app fetches it through the same doors as always.
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Change } from '#api/contract.ts'
import type { Desk } from '#desk/desk.ts'
import { sees, type Principal } from '#people/can.ts'
import type { Listener, Notice } from '#store/listen.ts'
import { changedSince, findTicket, newestEventId } from '#tickets/ticket-store.ts'

const KEEP_OPEN_MS = 15_000
/** A gap with more tickets than this is told as "fetch again". */
const LONGEST_GAP = 500
/** A reader that is so far behind is cut off; it comes back with its last seq. */
const MOST_UNSENT_BYTES = 1_000_000

type Reader = { readonly principal: Principal; readonly reply: FastifyReply }

export function streamRoutes(app: FastifyInstance, desk: Desk, listener: Listener): void {
  const readers = new Set<Reader>()
  const unhear = listener.on(
    (notice) =>
      void tellAll(desk, readers, notice).catch((error: unknown) =>
        desk.log.warn({ err: error }, 'The live feed missed a notice'),
      ),
  )
  const keepOpen = setInterval(
    () => readers.forEach(({ reply }) => reply.raw.write(': still here\n\n')),
    KEEP_OPEN_MS,
  )
  app.addHook('preClose', async () => {
    unhear()
    clearInterval(keepOpen)
    readers.forEach(({ reply }) => reply.raw.end())
  })
  app.get(
    '/api/v1/stream',
    {
      config: { access: 'ticket.read' },
      schema: {
        summary: 'Server-sent events: what changed',
        tags: ['stream'],
        querystring: z.strictObject({ since: z.string().max(20).optional() }),
      },
    },
    async (request, reply) => {
      const since = request.headers['last-event-id'] ?? (request.query as { since?: string }).since
      const reader = { principal: request.principal as Principal, reply }
      reply.hijack()
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      })
      reply.raw.write('retry: 1000\n\n')
      request.raw.once('close', () => readers.delete(reader))
      readers.add(reader)
      await catchUp(desk, reader, typeof since === 'string' && /^\d+$/.test(since) ? Number(since) : null)
    },
  )
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

async function tellAll(desk: Desk, readers: ReadonlySet<Reader>, notice: Notice): Promise<void> {
  if (readers.size === 0) return
  if ('reconnected' in notice) {
    const seq = String(await newestEventId(desk.database))
    return readers.forEach((reader) => send(reader, 'reset', { seq }, seq))
  }
  if (!('changed' in notice)) return
  if (notice.changed === 'ticket') {
    return tellTicket(desk, [...readers], { ...notice, eventId: await newestEventId(desk.database) })
  }
  const seq = String(await newestEventId(desk.database))
  const change: Change = { seq, kind: notice.changed, id: notice.id, ticketSeq: null }
  readers.forEach((reader) => send(reader, 'change', change, seq))
}

/** Readers who are walled in hear of a ticket only when they see it. */
async function tellTicket(
  desk: Desk,
  readers: readonly Reader[],
  changed: { id: number; seq: number; eventId: number },
): Promise<void> {
  const walled = readers.some(({ principal }) => principal.sees !== 'all')
  const ticket = walled ? ((await findTicket(desk.database, changed.id))?.ticket ?? null) : null
  const seq = String(changed.eventId)
  const change: Change = { seq, kind: 'ticket', id: changed.id, ticketSeq: changed.seq }
  for (const reader of readers) {
    if (reader.principal.sees === 'all' || (ticket !== null && sees(reader.principal, ticket)))
      send(reader, 'change', change, seq)
  }
}

function send({ reply }: Reader, event: 'change' | 'reset' | 'hello', data: object, id: string): void {
  if (reply.raw.writableLength > MOST_UNSENT_BYTES) return void reply.raw.destroy()
  reply.raw.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
}
