// Bodies that are wanted as they came: signatures are over bytes, and so are mails. A small one stays in memory; a large one goes to disk
// as it comes, and of these memory holds one of each line at a time.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readFile } from 'node:fs/promises'
import { finished, type Readable } from 'node:stream'
import { Declined, decline } from '#api/http/problem.ts'
import { letGo } from '#kit/let-go.ts'
import { createTurns } from '#kit/turns.ts'
import type { Blobs, Spooled } from '#store/blobs.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The body, where it is raw and large; that it is gone again, where whoever sent it is. */
    largeBody: Spooled | 'gone' | null
  }
}

/** Up to here a body always finds a place in memory. */
export const SMALL_BODY_BYTES = 64_000

/** Bodies of such a type are raw on these routes. */
export function takeRawBodies(app: FastifyInstance, type: string, blobs: Pick<Blobs, 'receive'>): void {
  app.addContentTypeParser(type, async (request: FastifyRequest, payload: Readable) => {
    const chunks = within(payload, request.routeOptions.bodyLimit)
    const first: Buffer[] = []
    let size = 0
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      first.push(next.value)
      size += next.value.length
      if (size <= SMALL_BODY_BYTES) continue
      request.largeBody = await blobs.receive(startingWith(first, chunks))
      return request.largeBody.sha256
    }
    return Buffer.concat(first)
  })
}

/** What no handler takes is gone from the disk with the answer. Called before any other check of what came, which may refuse it. */
export function dropUntaken(app: FastifyInstance): void {
  app.decorateRequest('largeBody', null)
  app.addHook('preValidation', async (request, reply) => {
    if (request.largeBody !== null) finished(reply.raw, () => void taken(request)?.drop())
  })
}

/** The large body of a request, to be dropped by who takes it; null when it is gone. */
function taken(request: FastifyRequest): Spooled | null {
  const { largeBody } = request
  request.largeBody = 'gone'
  return largeBody === 'gone' ? null : largeBody
}

async function* within(payload: Readable, mostBytes: number): AsyncGenerator<Buffer, undefined> {
  let size = 0
  try {
    // The answer goes the same way back: it must not be closed.
    for await (const chunk of payload.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > mostBytes) decline('too-large', 'The body is larger than this route takes.')
      yield chunk
    }
  } catch (error) {
    if (error instanceof Declined) throw error
    decline('bad-input', 'The body broke off.')
  }
}

async function* startingWith(first: Buffer[], chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield* first
  first.length = 0
  yield* chunks
}

/** Gives the bytes of a raw body to what uses them, and to nobody after; none where the body was of another type. */
export type WithRawBody = <Result>(
  request: FastifyRequest,
  use: (bytes: Buffer) => Promise<Result>,
) => Promise<Result>

/**
 * A line in which large bodies are used one at a time. Whoever hangs up meanwhile leaves it, and nothing of theirs stays: they were
 * told of nothing.
 */
export function rawBodies(): WithRawBody {
  const inTurn = createTurns()
  return async (request, use) => {
    const { body, largeBody } = request
    if (largeBody === null) return use(body instanceof Buffer ? body : Buffer.alloc(0))
    return inTurn(async () => {
      const spooled = taken(request) ?? decline('bad-input', 'Whoever sent it hung up.')
      let bytes: Buffer | null = null
      try {
        bytes = await readFile(spooled.path)
        return await use(bytes)
      } finally {
        if (bytes !== null) letGo(bytes)
        await spooled.drop()
      }
    })
  }
}

/** The line of all that use what they get at once; what waits for the network has a line of its own. */
export const withRawBody = rawBodies()
