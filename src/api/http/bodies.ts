// Room for what is being sent: how many bytes of bodies may be under way at once. Strangers have a room of their own, so that they
// never fill that of who works here; small bodies, which all of the app's are, always find a place.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { SMALL_BODY_BYTES } from '#api/http/raw-body.ts'
import { decline } from '#api/http/problem.ts'
import { createRoom } from '#kit/room.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whoever comes to a body has shown a key in the address before: not a stranger. */
    provesByAddress?: true
    /** Where the body lies meanwhile, where that does not follow from its type. */
    bodyLiesIn?: 'memory' | 'disk'
  }
}

const RETRY_SECONDS = '5'

/** Bodies that memory holds whole, and forms with files and raw mails, which go to disk as they come. */
const ROOMS = {
  stranger: { memory: 24_000_000, disk: 500_000_000 },
  known: { memory: 100_000_000, disk: 2_000_000_000 },
} as const

/** Turns bodies away, unread, for which there is no room now. After sign-in, keys and rates are checked; before a byte is read. */
export function boundBodies(app: FastifyInstance): void {
  const rooms = Object.fromEntries(
    Object.entries(ROOMS).flatMap(([who, most]) => [
      [`${who} memory`, createRoom(most.memory)],
      [`${who} disk`, createRoom(most.disk)],
    ]),
  )
  app.addHook('preParsing', async (request, reply) => {
    const bytes = bytesOf(request)
    const { bodyLimit } = request.routeOptions
    if (bytes > bodyLimit) {
      reply.header('connection', 'close')
      decline('too-large', 'The body is larger than this route takes.')
    }
    if (bytes <= SMALL_BODY_BYTES) return
    const isKnown = request.principal !== null || request.routeOptions.config.provesByAddress === true
    const room = rooms[`${isKnown ? 'known' : 'stranger'} ${placeOf(request)}`]
    if (room?.take(bytes) !== true) {
      reply.header('connection', 'close').header('retry-after', RETRY_SECONDS)
      decline('unavailable', 'Too much is being sent at this moment. Nothing was read; send it again soon.')
    }
    reply.raw.once('close', () => room.giveBack(bytes))
  })
}

/** What a body takes: as long as it says, or as long as it may be when it does not say. */
function bytesOf({ headers, routeOptions }: FastifyRequest): number {
  if (headers['transfer-encoding'] !== undefined) return routeOptions.bodyLimit
  return Number(headers['content-length'] ?? 0)
}

function placeOf({ headers, routeOptions }: FastifyRequest): 'memory' | 'disk' {
  const type = headers['content-type'] ?? ''
  const goesToDisk = type.startsWith('multipart/form-data') || type.startsWith('message/rfc822')
  return routeOptions.config.bodyLiesIn ?? (goesToDisk ? 'disk' : 'memory')
}
