// The API of a server in this very process, without a wire.
import type { FastifyInstance } from 'fastify'

/** A desk's own address for its own API: nothing of it is looked up. */
export const INSIDE = 'http://desk.internal'

/** `fetch` that goes to this very server without a wire, and counts against whoever asked. */
export function askWithin(app: FastifyInstance, remoteAddress: string) {
  return async (url: string, { method = 'GET', headers, body, signal }: RequestInit): Promise<Response> => {
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
    const isEmpty = answer.statusCode === 204 || answer.statusCode === 304
    return new Response(isEmpty ? null : new Uint8Array(answer.rawPayload), {
      status: answer.statusCode,
      headers: told,
    })
  }
}
