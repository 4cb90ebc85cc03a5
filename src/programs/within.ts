// The API of a server in this very process, without a wire.
import type { FastifyInstance } from 'fastify'
import type { Answer } from '#programs/api-client.ts'

/** A desk's own address for its own API: nothing of it is looked up. */
export const INSIDE = 'http://desk.internal'

/** `fetch` that goes to this very server without a wire, and counts against whoever asked. */
export function askWithin(app: FastifyInstance, remoteAddress: string) {
  return async (url: string, { method = 'GET', headers, body, signal }: RequestInit): Promise<Answer> => {
    signal?.throwIfAborted()
    const { pathname, search } = new URL(url)
    const answer = await app.inject({
      method: method as 'GET',
      url: `${pathname}${search}`,
      headers: Object.fromEntries(new Headers(headers).entries()),
      remoteAddress,
      ...(typeof body === 'string' ? { payload: body } : {}),
    })
    const told = new Headers()
    for (const [name, value] of Object.entries(answer.headers))
      if (value !== undefined) told.set(name, String(value))
    const status = answer.statusCode
    return { ok: status < 300, status, headers: told, body: null, text: async () => answer.payload }
  }
}
