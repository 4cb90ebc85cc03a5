// The tools over HTTP (`/mcp`, streamable HTTP of the Model Context Protocol): each request is answered by a server of its own, with the
// token that it brings, over the very API that the token is for. There are no sessions to lose.
import { readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { AuthInfo } from '@modelcontextprotocol/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '#kit/log.ts'
import { apiAt, type Api } from '#programs/api-client.ts'
import { contextServer } from '#programs/context-server.ts'
import { askWithin, INSIDE } from '#programs/within.ts'

/** What clients may send beside what the transport needs; the rest of a request is not looked at. */
const BODY_BYTES = 1_000_000
const AT_ONCE = 10
const LISTENING = 100

/** Runs what asks this very server, so that who asks is not read again for it. */
type SameAsker = (request: FastifyRequest) => <T>(ask: () => T) => T

/** Serves the tools; a request needs an API token, and does with it what the token may. */
export async function programEndpoint(
  app: FastifyInstance,
  { log, baseUrl }: { readonly log: Log; readonly baseUrl: string },
  sameAsker: SameAsker,
): Promise<void> {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const origin = new URL(baseUrl).origin
  let handler: ReturnType<typeof makeHandler> | undefined
  app.addHook('onClose', async () => (await handler)?.close())
  const serve = (method: 'GET' | 'POST' | 'DELETE') =>
    app.route({
      method,
      url: '/mcp',
      config: { access: 'anyone', rateLimit: { max: 600, timeWindow: '1 minute' } },
      schema: { hide: true },
      bodyLimit: BODY_BYTES,
      handler: async (request, reply) => {
        if (request.headers.origin !== undefined && request.headers.origin !== origin)
          return refuse(reply, 403, 'Another site’s page asks. Programs send no Origin.')
        const token = tokenOf(request)
        if (token === null) {
          void reply.header('www-authenticate', 'Bearer realm="docket"')
          return refuse(reply, 401, 'Send an API token as "Authorization: Bearer …".')
        }
        if (Array.isArray(request.body) && request.body.length > AT_ONCE)
          return refuse(reply, 400, `At most ${AT_ONCE} calls in one request.`)
        const gone = new AbortController()
        // Of the answer: a request is over once its body has been read.
        reply.raw.once('close', () => reply.raw.writableFinished || gone.abort())
        const [within, asSame] = [askWithin(app, request.ip), sameAsker(request)]
        const ask: typeof within = (url, init) => asSame(() => within(url, init))
        const api = apiAt(INSIDE, token, gone.signal, { ask, isOwn: true })
        const authInfo = { token, clientId: 'token', scopes: [], extra: { api } }
        handler ??= makeHandler(version, log)
        const { answer } = await handler
        return pass(reply, await answer(asRequest(request, baseUrl), { parsedBody: request.body, authInfo }))
      },
    })
  for (const method of ['GET', 'POST', 'DELETE'] as const) serve(method)
}

type Asked = { readonly parsedBody: unknown; readonly authInfo: AuthInfo }

/** What speaks the protocol, loaded with the first program that asks: each request has a server of its own; what clients listen to is counted over all of them. */
async function makeHandler(version: string, log: Log) {
  const { createMcpHandler, isLegacyRequest, WebStandardStreamableHTTPServerTransport } =
    await import('@modelcontextprotocol/server')
  const serverFor = (authInfo: AuthInfo | undefined) =>
    contextServer(authInfo?.extra?.['api'] as Api, version, log)
  const onerror = (error: Error) => log.warn({ err: error }, 'A program said what is not understood')
  const handler = createMcpHandler(({ authInfo }) => serverFor(authInfo), {
    maxSubscriptions: LISTENING,
    onerror,
  })
  // As the library answers who speaks the protocol of 2025, but by one JSON: nothing is told while a tool works, so a stream only costs.
  const inOneJson = async (request: Request, asked: Asked) => {
    const server = await serverFor(asked.authInfo)
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    transport.onerror = onerror
    await server.connect(transport)
    return transport.handleRequest(request, asked)
  }
  return {
    answer: async (request: Request, asked: Asked): Promise<Response> =>
      request.method === 'POST' && (await isLegacyRequest(request, asked.parsedBody))
        ? inOneJson(request, asked)
        : handler.fetch(request, asked),
    close: handler.close,
  }
}

/** The token that a request brings, which the guard knows by now; a session at the screen is none. */
function tokenOf({ principal, headers }: FastifyRequest): string | null {
  if (principal === null || principal.token === null) return null
  return /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null
}

function asRequest({ method, url, headers }: FastifyRequest, baseUrl: string): Request {
  const told = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && !name.startsWith(':')) told.set(name, value)
  }
  // Its length and coding were those of the bytes that have been read.
  for (const name of ['content-length', 'transfer-encoding', 'connection', 'authorization', 'cookie'])
    told.delete(name)
  // What it holds has been read, and goes beside it.
  return new Request(new URL(url, baseUrl), { method, headers: told })
}

async function pass(reply: FastifyReply, answer: Response) {
  reply.status(answer.status).header('cache-control', 'no-store')
  for (const [name, value] of answer.headers) void reply.header(name, value)
  if (answer.body === null) return reply.send()
  const isWhole = answer.headers.get('content-type')?.startsWith('application/json') === true
  return reply.send(isWhole ? await answer.text() : Readable.fromWeb(answer.body as never))
}

function refuse(reply: FastifyReply, status: number, detail: string) {
  return reply
    .status(status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({ type: 'about:blank', title: detail, status, detail })
}
