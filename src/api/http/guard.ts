// What every request passes first: who asks, from where, and whether its text can be kept at all.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { decline, declineInput } from '#api/http/problem.ts'
import { limitTokens } from '#api/http/token-limit.ts'
import { assertAccess, assertFresh, type Access } from '#api/route.ts'
import { readCause } from '#channels/cause.ts'
import type { Desk } from '#desk/desk.ts'
import { principalOfToken } from '#people/access-store.ts'
import type { Principal, Visitor } from '#people/can.ts'
import { principalOfSession } from '#people/session-store.ts'
import { visitorOfToken } from '#people/visitor-store.ts'

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null
    /** Who visits, where the route is for visitors. */
    visitor: Visitor | null
  }
  interface FastifyContextConfig {
    access?: Access
    stepUp?: boolean
    /** Whoever is signed in is a stranger here: nothing is done in their name, so nothing of theirs can be forged. */
    asStranger?: boolean
  }
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Installs sign-in, access, protection against forged requests and the check of text, for every route. */
export function guard(app: FastifyInstance, desk: Desk): void {
  const limit = limitTokens(app, desk, (request) => askedWithin(request) === null)
  app.decorateRequest('principal', null)
  app.decorateRequest('visitor', null)
  app.addHook('onRoute', ({ url, config }) => {
    if (config?.access === undefined) throw new Error(`Bug: the route ${url} does not say who may call it`)
  })
  app.addHook('onRequest', async (request, reply) => {
    const isStranger = request.routeOptions.config.asStranger === true
    request.principal = isStranger ? null : withCause(desk, request, await principalOf(desk, request))
    limit.take(request, reply)
    if (!request.is404) assertAccess(request.routeOptions.config.access, request.principal)
    if (request.routeOptions.config.access === 'visitor') request.visitor = await visitorOf(desk, request)
    if (!SAFE.has(request.method) && request.principal?.token === null) refuseForgery(request)
    if (request.routeOptions.config.stepUp === true) assertFresh(request.principal, desk.clock.now())
  })
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control'))
      reply.header('cache-control', 'no-store')
  })
  app.addHook('preValidation', async (request) => {
    // Pages take an address as somebody typed it, and clean it themselves.
    if (request.url.startsWith('/api/')) {
      refuseBrokenText(request.params, '')
      refuseBrokenText(request.query, '')
    }
    if (request.body !== undefined && !(request.body instanceof Uint8Array))
      refuseBrokenText(request.body, '')
  })
}

/** The cookie's name: bound to the host where the desk is served over https. */
export function sessionCookie(desk: Desk): string {
  return desk.baseUrl.startsWith('https:') ? '__Host-docket' : 'docket_session'
}

const SAME_MS = 1_000
type Asker = Pick<FastifyRequest, 'headers' | 'principal'> & { readonly untilMs: number }
const within = new AsyncLocalStorage<Asker>()

/**
 * For what `request` asks of this very server to be answered itself: within a second, who asks is not read again where the same credentials
 * are shown.
 */
export function sameAsker({ headers, principal }: FastifyRequest): <T>(ask: () => T) => T {
  const asker = { headers, principal, untilMs: performance.now() + SAME_MS }
  return (ask) => within.run(asker, ask)
}

/** Who asked what this request is a part of, by the same credentials; null for one from outside. */
function askedWithin({ headers }: FastifyRequest): Asker | null {
  const asker = within.getStore()
  const isSame = headers.authorization !== undefined && asker?.headers.authorization === headers.authorization
  return isSame ? asker : null
}

/** Who sends a request, by rights as they are now; `isIdle` for one that only waits, so that its session may run out. */
export async function principalOf(
  desk: Desk,
  request: FastifyRequest,
  isIdle = false,
): Promise<Principal | null> {
  const { authorization } = request.headers
  if (authorization !== undefined) {
    const asker = askedWithin(request)
    if (asker !== null && performance.now() < asker.untilMs) return asker.principal
    const token = /^Bearer ([\w-]{20,200})$/i.exec(authorization)?.[1]
    return token === undefined ? null : principalOfToken(desk.database, token, desk.clock.now())
  }
  const cookie = request.cookies[sessionCookie(desk)]
  if (cookie === undefined) return null
  const seen = { at: desk.clock.now(), address: request.ip, isIdle }
  return principalOfSession(desk.database, cookie, seen)
}

/** Who visits, by the token in the header; a 401 when it opens nothing. */
async function visitorOf(desk: Desk, request: FastifyRequest): Promise<Visitor> {
  const token = request.headers['x-docket-visitor']
  const { key = '' } = request.params as { key?: string }
  const visitor =
    typeof token === 'string' ? await visitorOfToken(desk.database, token, key, desk.clock.now()) : null
  return visitor ?? decline('signed-out', 'Begin a visit, and send its token as "X-Docket-Visitor".')
}

/** A webhook's receiver that calls back names the event it heard of: what it then changes is known to come of that. */
function withCause(desk: Desk, request: FastifyRequest, principal: Principal | null): Principal | null {
  const header = request.headers['docket-cause']
  const causeEventId = typeof header === 'string' ? readCause(header, desk.secret) : null
  return principal === null || causeEventId === null ? principal : { ...principal, causeEventId }
}

/** A browser's cookie alone never changes anything: our own header must be there, and the page must be ours. */
function refuseForgery(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (
    request.headers['x-docket-csrf'] !== '1' ||
    (site !== undefined && site !== 'same-origin' && site !== 'none')
  ) {
    decline(
      'forbidden',
      'This request did not come from the app. Send the header "X-Docket-Csrf: 1" from its own pages.',
    )
  }
}

/** PostgreSQL keeps no NUL, and a lone surrogate is no text: refused with the place, never dropped silently. */
function refuseBrokenText(value: unknown, path: string): void {
  if (typeof value === 'string') {
    if (value.includes('\0')) declineInput(path, 'contains a NUL character')
    if (!value.isWellFormed()) declineInput(path, 'contains half a surrogate pair')
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => refuseBrokenText(item, `${path}${path === '' ? '' : '.'}${index}`))
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) {
      refuseBrokenText(key, path)
      refuseBrokenText(item, `${path}${path === '' ? '' : '.'}${key}`)
    }
  }
}
