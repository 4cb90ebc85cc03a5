// How a route is declared: path, schemas, access and handler in one place. Without access a route cannot be registered.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { problem as problemSchema } from '#api/contract/shapes.ts'
import { answerWriter } from '#api/http/answer.ts'
import { answerOnce } from '#api/http/idempotency.ts'
import { decline } from '#api/http/problem.ts'
import { declineRight } from '#api/http/right.ts'
import type { Desk } from '#desk/desk.ts'
import type { Instant } from '#kit/time.ts'
import { can, type Principal } from '#people/can.ts'
import { isFresh, proofsOf } from '#people/factor.ts'
import type { Action } from '#people/rights.ts'
import type { Db, Transaction } from '#store/database.ts'

/**
 * Who may call: holders of an action; anyone signed in; they and those who must add a second factor first; who visits through a widget,
 * and is nobody else here; anyone at all.
 */
export type Access = Action | 'signed_in' | 'enrolling' | 'visitor' | 'anyone'

type Schema = z.ZodType
type Read<S> = S extends Schema ? z.output<S> : undefined

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
/** What a handler reads from or writes to: the pool for reads and for one atomic statement, else the transaction around it. */
type DbFor<M extends Method, Alone> = M extends 'GET' ? Db : Alone extends true ? Db : Transaction

export type Asked<Params, Query, Body, Within extends Db = Db> = {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** Who asks. Routes open to anyone get it from `principalOf(request)`. */
  readonly principal: Principal
  /** The transaction that commits when the handler returns; for reads, the pool. */
  readonly db: Within
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

type RouteOf<P, Q, B, A extends Schema, M extends Method, Alone extends boolean, Early> = {
  readonly method: M
  readonly url: string
  readonly access: Access
  readonly summary: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly answer: A
  readonly status?: 200 | 201 | 202 | 204
  /** The handler's one write is atomic by itself: without an Idempotency-Key it needs no transaction around it. */
  readonly isOneStatement?: Alone
  /** Although it is a POST it only reads: no answer is kept for a repeat. */
  readonly isReading?: boolean
  /** It knows a repeat by what it says: no answer is kept for one, and no transaction is open meanwhile. */
  readonly knowsRepeats?: true
  /** It asks much: a replica answers, where there is one that has all that was committed. Its handler writes nothing. */
  readonly asksMuch?: true
  /** The answer holds a token, a password or another secret: it is told once and kept nowhere. */
  readonly answersSecret?: boolean
  /** At the screen it takes a proof of the last ten minutes that the agent is there. */
  readonly stepUp?: boolean
  /** Bytes; 2 MB unless said. */
  readonly bodyLimit?: number
  /** Nothing is done in the name of whoever is signed in here. */
  readonly asStranger?: true
  readonly rateLimit?: {
    readonly max: number
    readonly timeWindow: string
    /** Whom it counts; a network unless said. */
    readonly keyGenerator?: (request: FastifyRequest) => Promise<string>
  }
  /** What stays written whatever the handler answers, such as a try that is counted: committed before its transaction begins. */
  readonly beforehand?: (asked: Asked<Read<P>, Read<Q>, Read<B>>) => Promise<Early>
  readonly handler: (
    asked: Asked<Read<P>, Read<Q>, Read<B>, DbFor<M, Alone>> & { readonly early: Early },
  ) => Promise<z.input<A>>
}

/** Declares one route of the API under /api/v1. A handler of an unsafe method runs in one transaction. */
export function route<
  A extends Schema,
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
  M extends Method = Method,
  Alone extends boolean = false,
  Early = undefined,
>(app: FastifyInstance, desk: Desk, options: RouteOf<P, Q, B, A, M, Alone, Early>): void {
  const { method, url, access, summary, handler, status = method === 'POST' ? 201 : 200 } = options
  const write = answerWriter(options.answer)
  app.route({
    method,
    url: `/api/v1${url}`,
    config: {
      access,
      stepUp: options.stepUp ?? false,
      ...(options.asStranger === true || access === 'visitor' ? { asStranger: true } : {}),
      ...(options.rateLimit === undefined ? {} : { rateLimit: options.rateLimit }),
    },
    bodyLimit: options.bodyLimit ?? 2_000_000,
    schema: {
      summary,
      tags: [url.split('/')[1] ?? ''],
      ...(access === 'anyone' || access === 'visitor' ? { security: [] } : {}),
      ...(options.params === undefined ? {} : { params: options.params }),
      ...(options.query === undefined ? {} : { querystring: options.query }),
      ...(options.body === undefined ? {} : { body: options.body }),
      response: { [status]: options.answer, '4xx': problemSchema, '5xx': problemSchema },
    },
    handler: async (request, reply) => {
      const asked = {
        params: request.params as Read<P>,
        query: request.query as Read<Q>,
        body: request.body as Read<B>,
        principal: request.principal as Principal,
        request,
        reply,
      }
      reply.status(status)
      const early = (await options.beforehand?.({ ...asked, db: desk.database })) as Early
      // The types of `DbFor` say what is done here.
      const within = async (db: Db) => {
        const answer = await handler({ ...asked, early, db: db as DbFor<M, Alone> })
        // A handler that leads elsewhere has answered by itself.
        return reply.sent || answer === reply ? null : write(answer)
      }
      const text =
        method === 'GET' || options.isReading === true || options.knowsRepeats === true
          ? await within(
              options.asksMuch === true && desk.replica !== null
                ? await desk.replica.reading()
                : desk.database,
            )
          : await answerOnce(desk, request, reply, within, options)
      if (text === null) return reply
      if (status === 204) return null
      return reply.type('application/json; charset=utf-8').send(text)
    },
  })
}

/** Refuses a request whose route is not open to who asks. */
export function assertAccess(access: Access | undefined, principal: Principal | null): void {
  // A visitor's token is looked at where it is read.
  if (access === 'anyone' || access === 'visitor') return
  if (principal === null) decline('signed-out', 'Sign in, or send an API token as "Authorization: Bearer …".')
  if (access === undefined) decline('forbidden')
  if (access === 'enrolling') return
  if (principal.session?.mustEnrol === true)
    decline('factor-required', 'Your role needs a second factor. Add one to go on.')
  if (access !== 'signed_in' && !can(principal, access)) {
    declineRight(principal, access)
  }
}

/**
 * Refuses a session whose agent has not proved of late to be there. A token is a program that nobody can ask: somebody who had
 * proved it made the token, its scopes bound what it does, and what gives credentials is closed to tokens altogether.
 */
export function assertFresh(principal: Principal | null, at: Instant): void {
  const session = principal?.session
  if (session === undefined || isFresh(session, at)) return
  decline('step-up', 'Confirm that it is you, and send this again.', { proofs: proofsOf(session) })
}
