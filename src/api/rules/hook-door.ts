// The door for other systems: the address is looked up before the body is read, the proof is checked over its bytes, what is believed is
// committed, carried out and only then acknowledged.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { hookTaken } from '#api/contract/hooks.ts'
import { problem } from '#api/contract/shapes.ts'
import { decline } from '#api/http/problem.ts'
import { jsonOf } from '#desk/rules/hook-event.ts'
import { receive } from '#desk/rules/hook-take.ts'
import { readCause } from '#channels/cause.ts'
import { hookRefusal, isKeyForOneBody, knownBy, senderKey, toldHeaders } from '#channels/hook-proof.ts'
import { hookByKey, hookSecret, noteHookRefusal } from '#channels/hook-store.ts'
import type { Hook } from '#channels/hook.ts'
import type { Desk } from '#desk/desk.ts'
import { hashSecret } from '#people/secrets.ts'

const MOST_BYTES = 1_000_000

declare module 'fastify' {
  interface FastifyRequest {
    /** The hook that the address belongs to. */
    hook: Hook | null
  }
}

/** POST /hooks/{key}. */
export function hookDoor(app: FastifyInstance, desk: Desk): void {
  app.decorateRequest('hook', null)
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_, body, done) =>
      done(null, body),
    )
    // After the limit, before the body is read.
    scope.addHook('preParsing', async (request, reply) => {
      const { key } = request.params as { key: string }
      request.hook = await hookByKey(desk.database, hashSecret(key))
      if (request.hook !== null) return
      reply.header('connection', 'close')
      decline('not-found', 'There is no hook at this address, or it is paused.')
    })
    scope.post(
      '/hooks/:key',
      {
        config: {
          access: 'anyone' as const,
          asStranger: true,
          provesByAddress: true,
          bodyLiesIn: 'memory' as const,
          rateLimit: { max: 1_200, timeWindow: '1 minute' },
        },
        bodyLimit: MOST_BYTES,
        schema: {
          summary:
            'Takes an event of another system; 2xx means that it is stored and carried out, or left out on purpose',
          tags: ['hooks'],
          security: [],
          params: z.object({ key: z.string().max(100) }),
          body: z.unknown().describe('Any JSON'),
          response: { 200: hookTaken, '4xx': problem, '5xx': problem },
        },
      },
      (request, reply) => takeEvent(desk, request, reply),
    )
  })
}

async function takeEvent(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const { headers, hook } = request
  if (hook === null) return decline('not-found')
  const body = request.body instanceof Buffer ? request.body : Buffer.alloc(0)
  const at = desk.clock.now()
  const nowSeconds = Math.floor(Date.parse(at) / 1_000)
  const secret = await hookSecret(desk.database, desk.seal, hook.id)
  const refusal = hookRefusal(hook.scheme, secret, { headers, body, nowSeconds })
  if (refusal !== null) {
    desk.log.warn({ hook: hook.name, reason: refusal }, 'An event of another system was refused')
    await noteHookRefusal(desk.database, hook.id, at, refusal)
    return decline('forbidden', refusal)
  }
  const text = body.toString('utf8').replaceAll('\0', '')
  const cause = headers['docket-cause']
  const key = senderKey(hook.scheme, headers, jsonOf(text))
  const taken = await receive(desk, hook, {
    senderKey: key,
    knownBy: knownBy(hook.scheme, key, text),
    isKeyForOneBody: isKeyForOneBody(hook.scheme),
    headers: toldHeaders(headers),
    text,
    causeEventId: typeof cause === 'string' ? readCause(cause, desk.secret) : null,
  })
  if (taken === null) return decline('not-found')
  const { isOther, ...answer } = taken
  const { state, detail, deliveryId } = answer
  if (isOther) return declineOther(deliveryId)
  if (state === 'failed') return decline('bad-input', detail ?? undefined, { deliveryId })
  return reply.status(200).send(answer)
}

/** Its number stands for another event. */
export function declineOther(deliveryId: number): never {
  return decline('key-reused', `Its number was used for another event (${deliveryId}).`, { deliveryId })
}
