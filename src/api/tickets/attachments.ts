// Uploads and downloads. What strangers sent is never shown as a page of ours: a sandbox, a download, or a raster image.
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type'
import { z } from 'zod'
import { attachment } from '#api/contract/messages.ts'
import { id, idParams } from '#api/contract/shapes.ts'
import { presentAttachment } from '#api/tickets/present-message.ts'
import { decline } from '#api/http/problem.ts'
import { keepPace } from '#api/http/pace.ts'
import { route } from '#api/route.ts'
import { opens } from '#api/http/signed-url.ts'
import type { Desk } from '#desk/desk.ts'
import { noteUnused } from '#store/unused-blobs-store.ts'
import type { PersonId } from '#kit/ids.ts'
import { principalOfAgent } from '#people/access-store.ts'
import { can, sees, type Principal } from '#people/can.ts'
import type { Db } from '#store/database.ts'
import { addUpload, findAttachment, messagesById, type Attachment } from '#tickets/message-store.ts'
import { ticketsShowing } from '#tickets/showing-store.ts'

export const MOST_BYTES = 25_000_000
/** Shown in the page; everything else is only ever a download. */
export const SHOWN: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
])

const linkQuery = z.strictObject({
  for: z.coerce.number().pipe(id).optional(),
  until: z.coerce.number().int().optional(),
  signature: z.string().max(100).optional(),
})

export function attachmentRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/attachments',
    access: 'ticket.note',
    summary: 'Uploads one file as multipart/form-data; name it in a message within 30 days',
    bodyLimit: MOST_BYTES + 10_000,
    answer: attachment,
    // Not in the transaction: a slow line must not hold a connection of the database.
    beforehand: async ({ request }) => {
      const file = await request.file().catch(() => undefined)
      if (file === undefined)
        return decline('bad-input', 'Send multipart/form-data with one part named "file".')
      return keepUpload(desk, file)
    },
    handler: async ({ db, early, principal }) => {
      const made = await addUpload(db, { ...early, uploadedBy: principal.agentId })
      const row = (await findAttachment(db, made)) ?? decline('not-found')
      return presentAttachment(desk, row, principal.agentId)
    },
  })
  app.get(
    '/api/v1/attachments/:id',
    {
      config: { access: 'anyone' },
      schema: {
        summary: 'One attachment, for somebody who sees its ticket: the caller, or whom a signed link is for',
        tags: ['attachments'],
        params: idParams,
        querystring: linkQuery,
      },
    },
    async (request, reply) => {
      const { id: attachmentId } = request.params as { id: number }
      const link = request.query as z.output<typeof linkQuery>
      const found = await findAttachment(desk.database, attachmentId)
      const reader = request.principal ?? (await holderOf(desk, attachmentId, link))
      if (found === null || !(await maySee(desk.database, reader, found)))
        return decline('not-found', 'There is no such attachment, or its link has expired.')
      return sendAttachment(desk, request, reply, found)
    },
  )
}

/** Sends the bytes of an attachment to somebody who may have them. */
export async function sendAttachment(
  desk: Desk,
  request: FastifyRequest,
  reply: FastifyReply,
  { sha256, name }: Pick<Attachment, 'sha256' | 'name'>,
  kept = 'private, no-cache',
): Promise<FastifyReply> {
  reply.header('etag', `"${sha256}"`).header('cache-control', kept)
  if (request.headers['if-none-match'] === `"${sha256}"`) return reply.status(304).send()
  const file = await desk.blobs.open(sha256)
  const type = (await fileTypeFromBuffer(file.head))?.mime ?? 'application/octet-stream'
  const shown = SHOWN.has(type)
  keepPace(reply, file.size)
  return reply
    .header('content-type', shown ? type : 'application/octet-stream')
    .header('content-disposition', disposition(shown ? 'inline' : 'attachment', name))
    .header('content-security-policy', `sandbox; default-src 'none'`)
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('x-content-type-options', 'nosniff')
    .header('content-length', file.size)
    .send(file.read())
}

/** The bytes of an upload go to disk as they come; they are kept when all came. */
export async function keepUpload(
  desk: Desk,
  { file, filename, mimetype }: MultipartFile,
): Promise<{ sha256: string; name: string; size: number; type: string }> {
  const draft = await desk.blobs.receive(file)
  try {
    if (file.truncated) decline('too-large', 'The file is larger than 25 MB.')
    const found = (await fileTypeFromFile(draft.path))?.mime
    const type = found ?? (isText(mimetype) ? 'text/plain' : 'application/octet-stream')
    // Until something shows it: what is refused after all is swept.
    await noteUnused(desk.database, [draft.sha256])
    await draft.keep()
    return { sha256: draft.sha256, name: nameOf(filename), size: draft.size, type }
  } finally {
    await draft.drop()
  }
}

function nameOf(filename: string): string {
  const safe = filename.replace(/[\p{Cc}/\\]/gu, '_').toWellFormed()
  return safe.slice(0, 200) || 'file'
}

/** Whom a link was made for, as they are now. A sandboxed frame has no cookies: there the link alone says who asks. */
async function holderOf(
  desk: Desk,
  attachmentId: number,
  { for: agentId, until, signature }: z.output<typeof linkQuery>,
): Promise<Principal | null> {
  if (agentId === undefined || until === undefined || signature === undefined) return null
  if (!opens(desk, attachmentId, { for: agentId, until, signature })) return null
  return principalOfAgent(desk.database, agentId as PersonId)
}

async function maySee(db: Db, principal: Principal | null, found: Attachment): Promise<boolean> {
  if (principal === null || !can(principal, 'ticket.read')) return false
  if (found.messageId === null) return found.uploadedBy === principal.agentId
  const [message] = await messagesById(db, [found.messageId])
  if (message === undefined) return false
  return (await ticketsShowing(db, message)).some((ticket) => sees(principal, ticket))
}

function isText(type: string): boolean {
  return type.startsWith('text/')
}

/** RFC 6266: a plain name for old clients, the true one in UTF-8. */
function disposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)}`
}
