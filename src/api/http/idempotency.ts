// Idempotency-Key: the key, the change and the answer are written in one transaction, so a repeat gets the first answer.
import { createHmac } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { decline } from '#api/http/problem.ts'
import { ticketFor } from '#api/http/ticket-access.ts'
import type { Desk } from '#desk/desk.ts'
import { keepAnswer, reserveKey } from '#people/answer-store.ts'
import type { Db } from '#store/database.ts'

/** Runs the work in one transaction, or gives the answer of the same request before (24 h; another body is refused). */
export async function answerOnce(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (db: Db) => Promise<string | null>,
  {
    isOneStatement = false,
    answersSecret = false,
  }: { isOneStatement?: boolean; answersSecret?: boolean } = {},
): Promise<string | null> {
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || typeof key !== 'string' || request.principal === null) {
    return isOneStatement ? work(desk.database) : desk.database.transaction(work)
  }
  if (key.length > 200) decline('bad-input', 'Idempotency-Key: at most 200 characters')
  const principal = principalName(request)
  const hash = hashOf(request, desk.secret)
  return desk.database.transaction(async (tx) => {
    const first = await reserveKey(tx, principal, key, hash, desk.clock.now())
    if (first !== null) {
      if (first.requestHash !== hash) decline('key-reused')
      if (answersSecret)
        decline('refused', 'This was done, and its secret is told only once.', { refusal: 'told_once' })
      await assertStillSeen(tx, request, first.response)
      reply.header('idempotency-replayed', 'true')
      return JSON.stringify(first.response)
    }
    const body = await work(tx)
    await keepAnswer(tx, principal, key, answersSecret ? null : body)
    return body
  })
}

/**
 * An answer is not given again to whom a ticket of it has gone out of sight since: the one of the address, and each that the answer
 * names.
 */
async function assertStillSeen(db: Db, request: FastifyRequest, answer: unknown): Promise<void> {
  const { principal } = request
  if (principal === null || principal.sees === 'all') return
  const { url = '' } = request.routeOptions
  const ids = new Set(ticketIdsIn(answer))
  if (url.startsWith(`${TICKETS}/:id`)) ids.add((request.params as { id: number }).id)
  if (url === TICKETS) ids.add((answer as { id: number }).id)
  for (const id of ids) await ticketFor(db, id, principal, 'ticket.read')
}

const TICKETS = '/api/v1/tickets'

/** The numbers that stand where answers name tickets: `ticketId`, `targetTicketId`, `ticketIds`, `ticket: { id }`. */
export function ticketIdsIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(ticketIdsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]: [string, unknown]) => {
    const names = /^(?:\w+T|t)icket(?:Id|Ids)?$/.test(key) || key === 'mergedInto'
    const own = names ? [item].flat().map((each) => idOf(each)) : []
    return [...own.filter((id) => id !== null), ...ticketIdsIn(item)]
  })
}

function idOf(value: unknown): number | null {
  if (typeof value === 'number') return value
  const { id } = (typeof value === 'object' && value !== null ? value : {}) as { id?: unknown }
  return typeof id === 'number' ? id : null
}

function principalName(request: FastifyRequest): string {
  const { principal } = request
  return principal?.token ? `token:${principal.token.id}` : `agent:${principal?.agentId}`
}

/** Keyed: a body may hold a password, and a plain hash of that would be guessed at leisure by whoever reads the database. */
function hashOf(request: FastifyRequest, secret: string): string {
  const body = request.body instanceof Uint8Array ? request.body : JSON.stringify(request.body ?? null)
  return createHmac('sha256', secret)
    .update(`${request.method} ${request.url}\n`)
    .update(body)
    .digest('base64url')
}
