// Mail that providers post: each source proves itself in its provider's way, and reads 2xx only when its mail is stored for good.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { addedSource, inboundSource, inboundSourcePage, newInboundSource } from '#api/contract/safety.ts'
import { pageQuery, idParams } from '#api/contract/shapes.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { rawBodies, takeRawBodies, withRawBody } from '#api/http/raw-body.ts'
import { route } from '#api/route.ts'
import {
  addSource,
  dropSource,
  listSources,
  noteSource,
  sourceByKey,
} from '#channels/inbound-source-store.ts'
import { fieldsOf } from '#channels/form-fields.ts'
import {
  isMailgun,
  isSendgrid,
  isSns,
  isSnsUrl,
  readMailgun,
  readPostmark,
  readSendgrid,
  readSes,
  readSns,
  same,
  type SnsMessage,
  type WebhookMail,
} from '#channels/inbound-webhooks.ts'
import type { Desk } from '#desk/desk.ts'
import { acceptMail } from '#desk/inbound/receive.ts'
import { audit } from '#people/audit-store.ts'

const MOST_BYTES = 50_000_000
/** Amazon's proof lies in the network, and other mail does not wait for that. */
const withAmazonsBody = rawBodies()

export function inboundSourceRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/inbound-sources',
    access: 'mailboxes.read',
    summary: 'Providers that post mail to this desk',
    query: pageQuery,
    answer: inboundSourcePage,
    handler: async ({ db, query: { limit, cursor } }) => {
      const rows = await listSources(db, { limit: limit + 1, after: readCursor(cursor, idKey) ?? 0 })
      return pageFrom(
        rows,
        limit,
        (row) => row.id,
        (row) => inboundSource.parse(row),
      )
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/inbound-sources',
    access: 'mailboxes.write',
    stepUp: true,
    summary: 'Adds a provider; the address to post to is in this answer alone',
    body: newInboundSource,
    answer: addedSource,
    answersSecret: true,
    handler: async ({ db, body, principal }) => {
      if (body.provider === 'ses' && !body.proof.startsWith('arn:'))
        declineInput('proof', 'must be the ARN of the SNS topic')
      const at = desk.clock.now()
      const { source, key } = await addSource(db, desk.seal, body, at)
      await audit(db, principal, at, {
        action: 'inbound_source_added',
        thing: { type: 'inbound_source', id: source.id, name: source.name },
      })
      return { ...inboundSource.parse(source), url: `${desk.baseUrl}/api/v1/inbound/hooks/${key}` }
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/inbound-sources/:id',
    access: 'mailboxes.write',
    summary: 'Removes a provider; what it posts is refused from now on',
    params: idParams,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      const { name } = (await dropSource(db, params.id)) ?? decline('not-found')
      await audit(db, principal, desk.clock.now(), {
        action: 'inbound_source_removed',
        thing: { type: 'inbound_source', id: params.id, name },
      })
      return null
    },
  })
  app.register(async (scope) => hookRoute(scope, desk))
}

/** The body as it came: signatures are over bytes. */
async function hookRoute(app: FastifyInstance, desk: Desk): Promise<void> {
  app.removeAllContentTypeParsers()
  takeRawBodies(app, '*', desk.blobs)
  // A stranger's body is not even read.
  app.addHook('onRequest', async (request, reply) => {
    const { key } = request.params as { key: string }
    if ((await sourceByKey(desk.database, desk.seal, key)) !== null) return
    reply.header('connection', 'close')
    decline('not-found')
  })
  app.post(
    '/api/v1/inbound/hooks/:key',
    {
      config: {
        access: 'anyone' as const,
        provesByAddress: true,
        bodyLiesIn: 'disk' as const,
        rateLimit: { max: 3_000, timeWindow: '1 minute' },
      },
      bodyLimit: MOST_BYTES,
      schema: {
        summary: 'Takes mail from a provider, by its own proof',
        tags: ['inbound'],
        security: [],
        params: z.object({ key: z.string().max(100) }),
      },
    },
    (request, reply) => takeHook(desk, request, reply),
  )
}

async function takeHook(desk: Desk, request: FastifyRequest, reply: FastifyReply) {
  const { key } = request.params as { key: string }
  const found = (await sourceByKey(desk.database, desk.seal, key)) ?? decline('not-found')
  const { source, proof } = found
  const at = desk.clock.now()
  const withBody = source.provider === 'ses' ? withAmazonsBody : withRawBody
  const outcome = await withBody(request, async (body) => {
    const read = await readHook(desk, { headers: request.headers, body }, source.provider, proof)
    if (typeof read === 'string') return { refusal: read }
    if (!('raw' in read)) return 'confirmed'
    const envelope = { from: read.from, to: read.to, remoteAddress: null }
    await acceptMail(desk, desk.database, { bytes: read.raw, envelope, source: source.provider })
    return 'stored'
  })
  if (typeof outcome === 'object') {
    const { refusal } = outcome
    desk.log.warn(
      { source: source.name, provider: source.provider, reason: refusal },
      'A post by a mail provider was refused',
    )
    await noteSource(desk.database, source.id, at, refusal)
    return decline('forbidden', refusal)
  }
  if (outcome === 'stored') await noteSource(desk.database, source.id, at, null)
  return reply.status(200).send({ stored: true })
}

/** The mail, that a subscription was confirmed, or why it is refused. */
type Hook = WebhookMail | { readonly confirmed: true } | string

async function readHook(
  desk: Desk,
  { headers, body }: { readonly headers: FastifyRequest['headers']; readonly body: Buffer },
  provider: 'ses' | 'mailgun' | 'postmark' | 'sendgrid',
  proof: string,
): Promise<Hook> {
  const now = Math.floor(Date.parse(desk.clock.now()) / 1000)
  const type = headers['content-type'] ?? ''
  const noMail = 'It carries no raw mail. Turn on raw delivery at the provider.'
  switch (provider) {
    case 'mailgun': {
      const fields = fieldsOf(body, type)
      return isMailgun(fields, proof, now)
        ? (readMailgun(fields) ?? noMail)
        : 'The signature is not Mailgun’s.'
    }
    case 'postmark': {
      const given = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1] ?? ''
      const password = Buffer.from(given, 'base64').toString('utf8').split(':').slice(1).join(':')
      return same(proof, password)
        ? (readPostmark(jsonOf(body)) ?? noMail)
        : 'The password is not the agreed one.'
    }
    case 'sendgrid': {
      const header = (name: string) => String(headers[`x-twilio-email-event-webhook-${name}`] ?? '')
      if (!isSendgrid(body, header('signature'), header('timestamp'), proof, now))
        return 'The signature is not SendGrid’s.'
      return readSendgrid(fieldsOf(body, type)) ?? noMail
    }
    case 'ses':
      return readSesHook(desk, body.toString('utf8'), proof)
  }
}

async function readSesHook(desk: Desk, text: string, topic: string): Promise<Hook> {
  const message = readSns(text)
  if (message === null) return 'It is no message of Amazon SNS.'
  if (message['TopicArn'] !== topic) return 'It comes from another SNS topic.'
  const certificateUrl = message['SigningCertURL'] ?? ''
  if (!isSnsUrl(certificateUrl)) return 'Its certificate does not lie with Amazon.'
  if (!(await isAmazons(desk, message, certificateUrl))) return 'The signature is not Amazon’s.'
  if (message.Type === 'SubscriptionConfirmation') {
    const confirmUrl = message['SubscribeURL'] ?? ''
    if (!isSnsUrl(confirmUrl)) return 'Its confirmation does not lead to Amazon.'
    const answer = await desk.egress.fetch(confirmUrl)
    return answer.status === 200 ? { confirmed: true } : 'Amazon did not take the confirmation.'
  }
  return readSes(message['Message'] ?? '') ?? 'It carries no mail. Let SES include the content.'
}

/** By their addresses, of which each new one gets its own; only those that proved something are kept, the oldest goes. */
const certificates = new Map<string, string>()
const MOST_CERTIFICATES = 20

async function isAmazons(desk: Desk, message: SnsMessage, url: string): Promise<boolean> {
  const known = certificates.get(url)
  if (known !== undefined && isSns(message, known)) return true
  const { status, text } = await desk.egress.fetch(url)
  if (status !== 200 || !isSns(message, text)) return false
  const [oldest] = certificates.keys()
  if (oldest !== undefined && certificates.size >= MOST_CERTIFICATES) certificates.delete(oldest)
  certificates.set(url, text)
  return true
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}
