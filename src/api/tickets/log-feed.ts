// The log of all tickets in sight as lines of JSON, from a cursor on: for programs that keep a copy of what happened.
import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { declineInput } from '#api/http/problem.ts'
import { encodeCursor, readCursor } from '#api/http/paging.ts'
import type { Desk } from '#desk/desk.ts'
import type { Principal, Reader } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import type { TicketEvent } from '#tickets/event.ts'
import { isPlace, LOG_BEGIN, nextOfLog, type LogPlace } from '#tickets/log-store.ts'

const AT_ONCE = 1_000
const MOST_LINES = 100_000
/** An answer ends after so many, though few of them are in sight: nobody waits long for a byte. */
const MOST_LOOKED = 100_000

const feedQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().pipe(z.int32().min(1).max(MOST_LINES)).default(10_000),
})
const placeKey = z.strictObject({
  tx: z.string().regex(/^\d{1,19}$/),
  id: z.number().int().min(0),
  at: z.string().max(40).optional(),
})

export function logFeedRoute(app: FastifyInstance, desk: Desk): void {
  app.get(
    '/api/v1/events.ndjson',
    {
      config: { access: 'ticket.read' },
      schema: {
        summary:
          'What happened to all tickets in sight, a line of JSON each, every event once; the last line is the cursor to go on from',
        tags: ['tickets'],
        querystring: feedQuery,
      },
    },
    async (request, reply) => {
      const { cursor, limit } = request.query as z.output<typeof feedQuery>
      const after = readCursor(cursor, placeKey) ?? LOG_BEGIN
      if (!(await isPlace(desk.database, after)))
        declineInput(
          'cursor',
          'is of a log that this desk does not have: it was restored or moved since. Discard your copy and begin again without a cursor.',
        )
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .header('cache-control', 'private, no-store')
        .send(Readable.from(linesFrom(desk.database, request.principal as Principal, after, { limit })))
    },
  )
}

/** At most `limit` events, and then where to go on: whoever has not read that far asks again from where they were. */
export async function* linesFrom(
  db: Db,
  reader: Reader,
  from: LogPlace,
  { limit, mostLooked = MOST_LOOKED }: { readonly limit: number; readonly mostLooked?: number },
): AsyncGenerator<string> {
  let [place, left, unlooked] = [from, limit, mostLooked]
  while (left > 0 && unlooked > 0) {
    const next = await nextOfLog(db, reader, place, { count: Math.min(AT_ONCE, unlooked), most: left })
    if (next === null) return yield lineOf({ cursor: encodeCursor(place), more: false })
    place = next.place
    left -= next.events.length
    unlooked -= next.looked
    if (next.events.length > 0) yield next.events.map((event) => lineOf(presented(event))).join('')
  }
  yield lineOf({ cursor: encodeCursor(place), more: true })
}

const lineOf = (value: object) => `${JSON.stringify(value)}\n`

function presented(event: TicketEvent) {
  const { id, ticketId, seq, at, updateId, actor, causeEventId, kind, kindVersion, payload } = event
  return { id, ticketId, seq, at, updateId, actor, causeEventId, kind, kindVersion, payload }
}
