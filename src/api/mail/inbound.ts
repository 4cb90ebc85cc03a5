// Raw mail over HTTP: 202 once it is stored for good; the same mail twice is one.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { acceptMail } from '#desk/inbound/receive.ts'

const MOST_BYTES = 50_000_000

export function inboundRoutes(app: FastifyInstance, desk: Desk): void {
  app.addContentTypeParser('message/rfc822', { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_, body, done) =>
    done(null, body),
  )
  route(app, desk, {
    method: 'POST',
    url: '/inbound/email',
    access: 'mail.receive',
    summary: 'Takes one raw mail (message/rfc822)',
    query: z.strictObject({ mailbox: z.string().max(254).optional(), from: z.string().max(254).optional() }),
    bodyLimit: MOST_BYTES,
    answer: z.object({ id: z.number().int(), duplicate: z.boolean() }),
    status: 202,
    handler: async ({ db, query, request }) => {
      const bytes: unknown = request.body
      if (!(bytes instanceof Uint8Array) || bytes.length === 0) {
        return decline('bad-input', 'Send the raw mail as the body, with Content-Type: message/rfc822.')
      }
      const to = query.mailbox === undefined ? [] : [query.mailbox]
      const envelope = { from: query.from ?? null, to, remoteAddress: request.ip }
      const { id, fresh } = await acceptMail(desk, db, { bytes, envelope, source: 'api' })
      return { id, duplicate: !fresh }
    },
  })
}
