// The files of a chat: what a visitor sends with a message, in one request, so that a second try is the same message; and what is opened
// by the same token.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fileTypeFromFile } from 'file-type'
import { z } from 'zod'
import { chatAfter, chatNews, chatParams, newChatFiles } from '#api/contract/chat.ts'
import { id } from '#api/contract/shapes.ts'
import { mayBring } from '#api/chat/chat-budget.ts'
import { refuseChat, sayIn, visitorOf } from '#api/chat/visits.ts'
import { widgetOf } from '#api/chat/origin.ts'
import { answerWriter } from '#api/http/answer.ts'
import { keepFiles, MOST_FORM_BYTES, rowsOf, withForm, type File } from '#api/http/form-files.ts'
import { decline } from '#api/http/problem.ts'
import { sendAttachment, SHOWN } from '#api/tickets/attachments.ts'
import { currentChat, whyUnheard } from '#desk/chat/say.ts'
import type { Desk } from '#desk/desk.ts'
import { findAttachment, isSaid } from '#tickets/message-store.ts'

const fileParams = chatParams.extend({ fileId: z.coerce.number().pipe(id) })
const write = answerWriter(chatNews)

export function chatFileRoutes(app: FastifyInstance, desk: Desk): void {
  // No transaction stands open while the bytes come: a slow line must not hold a connection of the database.
  app.post(
    '/api/v1/chat/:key/files',
    {
      config: { access: 'visitor', asStranger: true, rateLimit: { max: 20, timeWindow: '1 minute' } },
      bodyLimit: MOST_FORM_BYTES,
      schema: {
        summary:
          'Says something with files, as multipart/form-data; the same clientId again is the same message',
        tags: ['chat'],
        security: [],
        params: chatParams,
        querystring: chatAfter,
      },
    },
    async (request, reply) => {
      await letBytesIn(desk, request)
      return withForm(request, desk.blobs, true, async (filled, files, empty) => {
        const said = newChatFiles.safeParse(
          Object.fromEntries(Object.entries(filled).map(([name, values]) => [name, values[0]])),
        )
        if (!said.success) return decline('bad-input', z.prettifyError(said.error))
        if (empty > 0) decline('bad-input', 'A file is empty.', { refusal: 'empty_file' })
        if (files.length === 0 && said.data.text === '')
          decline('bad-input', 'Say something, or send a file.')
        const looked = await Promise.all(files.map(lookAt))
        const coming = { rows: rowsOf(looked), keep: () => keepFiles(looked) }
        const since = request.query as z.output<typeof chatAfter>
        const news = await desk.database.transaction((tx) =>
          sayIn(desk, tx, request, { ...said.data, files: coming }, since),
        )
        return reply.status(201).type('application/json; charset=utf-8').send(write(news))
      })
    },
  )
  openRoute(app, desk)
}

/** Says no before anything of the files is read where it is known by then, and where more than a share was sent today. */
async function letBytesIn(desk: Desk, request: FastifyRequest): Promise<void> {
  const refusal = await whyUnheard(desk, desk.database, widgetOf(request), visitorOf(request))
  if (refusal !== null) refuseChat(refusal)
  // Where no length is told it may be as long as any. Of one that is told, no more than that is read.
  const bytes = Number(request.headers['content-length'] ?? MOST_FORM_BYTES)
  if (!(bytes <= MOST_FORM_BYTES)) decline('too-large', 'A file is larger than 10 MB, or there are too many.')
  if (!(await mayBring(desk, request, bytes)))
    decline('too-many', 'That is more than one network, or one widget, sends in a day.', {
      refusal: 'too_much',
    })
}

/** A file under the type that its bytes have. What is sent as a picture or a PDF and is none is said at once: nobody could open it. */
async function lookAt(file: File): Promise<File> {
  const found = (await fileTypeFromFile(file.spooled.path))?.mime
  const isLying = SHOWN.has(file.type)
    ? found?.startsWith('image/') !== true
    : file.type === 'application/pdf' && found !== file.type
  if (isLying) decline('bad-input', `“${file.name}” is not what it is called.`, { refusal: 'lying_file' })
  return { ...file, type: found ?? file.type }
}

function openRoute(app: FastifyInstance, desk: Desk): void {
  app.get(
    '/api/v1/chat/:key/files/:fileId',
    {
      config: { access: 'visitor', asStranger: true, rateLimit: { max: 120, timeWindow: '1 minute' } },
      schema: {
        summary: 'A file of a message in the conversation',
        tags: ['chat'],
        security: [],
        params: fileParams,
      },
    },
    async (request, reply) => {
      const { fileId } = request.params as z.output<typeof fileParams>
      const current = await currentChat(desk.database, widgetOf(request), visitorOf(request))
      const file = await findAttachment(desk.database, fileId)
      if (current === null || file === null || !(await isShown(desk, current.ticket, file.messageId)))
        return decline('not-found', 'There is no such file in this conversation.')
      return sendAttachment(desk, request, reply, file)
    },
  )
}

/** Whether a message is one that the visitor is shown. */
async function isShown(
  desk: Desk,
  ticket: { readonly id: number; readonly splitOff: readonly { readonly messageIds: readonly number[] }[] },
  messageId: number | null,
): Promise<boolean> {
  if (messageId === null || ticket.splitOff.some(({ messageIds }) => messageIds.includes(messageId)))
    return false
  return isSaid(desk.database, ticket.id, messageId)
}
