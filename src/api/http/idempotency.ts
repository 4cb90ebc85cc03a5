// Idempotency-Key: the key, the change and the answer are written in one transaction, so a repeat gets the first answer.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { decline } from '#api/http/problem.ts'
import type { Desk } from '#desk/desk.ts'
import { keepAnswer, reserveKey } from '#people/answer-store.ts'
import type { Db } from '#store/database.ts'

/** Runs the work in one transaction, or gives the answer of the same request before (24 h; another body is refused). */
export async function answerOnce(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (db: Db) => Promise<string | null>,
  alone = false,
): Promise<string | null> {
  const key = request.headers['idempotency-key']
  if (request.method !== 'POST' || typeof key !== 'string' || request.principal === null) {
    return alone ? work(desk.database) : desk.database.transaction(work)
  }
  if (key.length > 200) decline('bad-input', 'Idempotency-Key: at most 200 characters')
  const principal = principalName(request)
  const hash = hashOf(request)
  return desk.database.transaction(async (tx) => {
    const first = await reserveKey(tx, principal, key, hash, desk.clock.now())
    if (first !== null) {
      if (first.requestHash !== hash) decline('key-reused')
      reply.header('idempotency-replayed', 'true')
      return JSON.stringify(first.response)
    }
    const body = await work(tx)
    await keepAnswer(tx, principal, key, body)
    return body
  })
}

function principalName(request: FastifyRequest): string {
  const { principal } = request
  return principal?.token ? `token:${principal.token.id}` : `agent:${principal?.agentId}`
}

function hashOf(request: FastifyRequest): string {
  const body = request.body instanceof Uint8Array ? request.body : JSON.stringify(request.body ?? null)
  return createHash('sha256').update(`${request.method} ${request.url}\n`).update(body).digest('base64url')
}
