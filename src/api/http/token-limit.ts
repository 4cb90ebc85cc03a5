// How many requests a token may still make, said in the headers of draft-ietf-httpapi-ratelimit-headers-11; and what tokens did, added
// up here and written now and then, never for each request. Each process counts for itself.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { decline } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import { addUsage, type Counted } from '#people/token-usage-store.ts'

const WINDOW_SECONDS = 60
const WRITTEN_EVERY_MS = 10_000
const REFUSALS = new Set([403, 429])

type Window = { readonly endsAtMs: number; taken: number }

export type TokenLimit = {
  /** Takes one request of the token that asks; a 429 with the time to wait when there is none left. */
  readonly take: (request: FastifyRequest, reply: FastifyReply) => void
}

const unwritten = new WeakMap<Desk, () => Promise<void>>()

/** Writes what was counted here and is not written yet, so that it shows. */
export async function writeUsage(desk: Desk): Promise<void> {
  await unwritten.get(desk)?.()
}

/** Counts for every route of `app`; what is part of a request that was counted `isFromOutside` not. */
export function limitTokens(
  app: FastifyInstance,
  desk: Desk,
  isFromOutside: (request: FastifyRequest) => boolean,
): TokenLimit {
  const windows = new Map<number, Window>()
  let counted = new Map<string, Counted>()
  const write = async () => {
    const round = [...counted.values()]
    counted = new Map()
    try {
      await addUsage(desk.database, round)
    } catch (error) {
      round.forEach(({ requests, refusals, ...of }) => note(of, requests, refusals))
      desk.log.warn({ err: error }, 'What tokens did is written later')
    }
  }
  const note = ({ tokenId, day }: Pick<Counted, 'tokenId' | 'day'>, requests: number, refusals: number) => {
    const key = `${tokenId} ${day}`
    const found = counted.get(key) ?? { tokenId, day, requests: 0, refusals: 0 }
    found.requests += requests
    found.refusals += refusals
    counted.set(key, found)
  }
  unwritten.set(desk, write)
  const timer = setInterval(() => {
    const nowMs = Date.parse(desk.clock.now())
    for (const [id, { endsAtMs }] of windows) if (endsAtMs <= nowMs) windows.delete(id)
    void write()
  }, WRITTEN_EVERY_MS).unref()
  app.addHook('onResponse', async (request, { statusCode }) => {
    const token = request.principal?.token
    if (token == null || !isFromOutside(request)) return
    const day = desk.clock.now().slice(0, 10)
    note({ tokenId: token.id, day }, 1, REFUSALS.has(statusCode) ? 1 : 0)
  })
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await write()
  })
  return {
    take: (request, reply) => {
      const token = request.principal?.token
      if (token == null || token.perMinute === null || !isFromOutside(request)) return
      const nowMs = Date.parse(desk.clock.now())
      const before = windows.get(token.id)
      const isOver = before === undefined || before.endsAtMs <= nowMs
      const window = isOver ? { endsAtMs: nowMs + WINDOW_SECONDS * 1_000, taken: 0 } : before
      windows.set(token.id, window)
      window.taken++
      const left = token.perMinute - window.taken
      const seconds = Math.max(1, Math.ceil((window.endsAtMs - nowMs) / 1_000))
      reply.header('ratelimit-policy', `"token";q=${token.perMinute};w=${WINDOW_SECONDS}`)
      reply.header('ratelimit', `"token";r=${Math.max(0, left)};t=${seconds}`)
      if (left >= 0) return
      reply.header('retry-after', String(seconds))
      decline(
        'too-many',
        `This token may make ${token.perMinute} requests a minute. Send it again in ${seconds} seconds.`,
      )
    },
  }
}
