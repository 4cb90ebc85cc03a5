// Raw mail over HTTP: 202 once it is stored for good; the same mail twice is one.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { decline } from '#api/http/problem.ts'
import { takeRawBodies, withRawBody } from '#api/http/raw-body.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { acceptMail } from '#desk/inbound/receive.ts'

const MOST_BYTES = 50_000_000

export function inboundRoutes(app: FastifyInstance, desk: Desk): void {
  takeRawBodies(app, 'message/rfc822', desk.blobs)
  route(app, desk, {
    method: 'POST',
    url: '/inbound/email',
    access: 'mail.receive',
    summary: 'Takes one raw mail (message/rfc822)',
    query: z.strictObject({ mailbox: z.string().max(254).optional(), from: z.string().max(254).optional() }),
    bodyLimit: MOST_BYTES,
    answer: z.object({ id: z.number().int(), duplicate: z.boolean() }),
    status: 202,
    // A large mail waits for its turn, and a transaction must not wait with it.
    isOneStatement: true,
    knowsRepeats: true,
    handler: ({ db, query, request }) =>
      withRawBody(request, async (bytes) => {
        if (bytes.length === 0)
          decline('bad-input', 'Send the raw mail as the body, with Content-Type: message/rfc822.')
        const to = query.mailbox === undefined ? [] : [query.mailbox]
        const envelope = { from: query.from ?? null, to, remoteAddress: request.ip }
        const { id, fresh } = await acceptMail(desk, db, { bytes, envelope, source: 'api' })
        return { id, duplicate: !fresh }
      }),
  })
}
