// The files of a chat: what a visitor sends with a message, or leaves with one, in one request, so that a second try is the same message;
// and what is opened by the same token.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { fileTypeFromFile } from 'file-type'
import { z } from 'zod'
import {
  chatAfter,
  chatFaceParams,
  chatNews,
  chatParams,
  leftWord,
  newChatFiles,
  newLeftWord,
} from '#api/contract/chat.ts'
import { id } from '#api/contract/shapes.ts'
import { mayBring, workBefore } from '#api/chat/chat-budget.ts'
import { leaveIn, refuseChat, sayIn, visitorOf } from '#api/chat/visits.ts'
import { widgetOf } from '#api/chat/origin.ts'
import { answerWriter } from '#api/http/answer.ts'
import { keepFiles, MOST_FORM_BYTES, withForm, type File } from '#api/http/form-files.ts'
import { decline } from '#api/http/problem.ts'
import { sendAttachment, SHOWN } from '#api/tickets/attachments.ts'
import { currentChat, saidAlready, whyNotLeft, whyUnheard, type Saying } from '#desk/chat/say.ts'
import type { Desk } from '#desk/desk.ts'
import type { Transaction } from '#store/database.ts'
import { findAttachment } from '#tickets/message-store.ts'
import { isSaid, pictureOn } from '#tickets/said-store.ts'

/** What is told before the files, so that a second try, or a puzzle that is not worked out, is known before they are read. */
const ahead = z.strictObject({
  clientId: newChatFiles.shape.clientId.optional(),
  answer: newChatFiles.shape.answer,
  isNew: newChatFiles.shape.isNew,
})

const fileParams = chatParams.extend({ fileId: z.coerce.number().pipe(id) })

export function chatFileRoutes(app: FastifyInstance, desk: Desk): void {
  takeRoute(app, desk, {
    url: '/files',
    summary: 'Says something with files, as multipart/form-data; the same clientId again is the same message',
    words: newChatFiles,
    query: ahead.extend(chatAfter.shape),
    whyNot: whyUnheard,
    answer: chatNews,
    take: (tx, request, said, files) => {
      if (files.length === 0 && said.text === '') decline('bad-input', 'Say something, or send a file.')
      return sayIn(desk, tx, request, { ...said, files }, request.query as z.output<typeof chatAfter>)
    },
  })
  takeRoute(app, desk, {
    url: '/left-messages/files',
    summary: 'Leaves a message with files while nobody is there, as multipart/form-data',
    words: newLeftWord,
    query: ahead.omit({ isNew: true }),
    whyNot: whyNotLeft,
    answer: leftWord,
    take: (tx, request, left, files) => leaveIn(desk, tx, request, left, files),
  })
  openRoute(app, desk)
  faceRoute(app, desk)
}

type Taking<Words extends z.ZodType, Answer extends z.ZodType> = {
  readonly url: string
  readonly summary: string
  readonly words: Words
  readonly query: z.ZodType
  readonly whyNot: typeof whyUnheard
  readonly answer: Answer
  readonly take: (
    tx: Transaction,
    request: FastifyRequest,
    words: z.output<Words>,
    files: Saying['files'],
  ) => Promise<z.input<Answer>>
}

/** A way in for words with files. No transaction stands open while the bytes come: a slow line must not hold a connection of the database. */
function takeRoute<Words extends z.ZodType, Answer extends z.ZodType>(
  app: FastifyInstance,
  desk: Desk,
  { url, summary, words, query, whyNot, answer, take }: Taking<Words, Answer>,
): void {
  const write = answerWriter(answer)
  app.post(
    `/api/v1/chat/:key${url}`,
    {
      config: { access: 'visitor', asStranger: true, rateLimit: { max: 20, timeWindow: '1 minute' } },
      bodyLimit: MOST_FORM_BYTES,
      schema: { summary, tags: ['chat'], security: [], params: chatParams, querystring: query },
    },
    async (request, reply) => {
      await letBytesIn(desk, request, whyNot)
      return withForm(request, desk.blobs, true, async (filled, files, empty) => {
        const said = words.safeParse(
          Object.fromEntries(Object.entries(filled).map(([name, values]) => [name, values[0]])),
        )
        if (!said.success) return decline('bad-input', z.prettifyError(said.error))
        // What was let in for one message is that one.
        const { clientId = filled['clientId']?.[0] } = request.query as Partial<z.output<typeof ahead>>
        if (clientId !== filled['clientId']?.[0])
          decline('bad-input', 'The form has another clientId than its address.')
        if (empty > 0) decline('bad-input', 'A file is empty.', { refusal: 'empty_file' })
        // Before the transaction: a slow bucket must not hold the row of a widget, which everybody waits for.
        const kept = await keepFiles(desk, await Promise.all(files.map(lookAt)))
        const told = await desk.database.transaction((tx) => take(tx, request, said.data, kept))
        return reply.status(201).type('application/json; charset=utf-8').send(write(told))
      })
    },
  )
}

/** Says no before anything of the files is read where it is known by then, and where more than a share was sent today. */
async function letBytesIn(desk: Desk, request: FastifyRequest, whyNot: typeof whyUnheard): Promise<void> {
  const visitor = visitorOf(request)
  const { clientId, answer, isNew = false } = request.query as Partial<z.output<typeof ahead>>
  const isAgain =
    clientId !== undefined &&
    (await desk.database.transaction((tx) => saidAlready(tx, visitor, clientId))) !== null
  const told = { isNew, whyNotBegin: workBefore(desk, request, { clientId, answer: answer ?? '' }) }
  const refusal = isAgain ? null : await whyNot(desk, desk.database, widgetOf(request), visitor, told)
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

/** Whom the visitor speaks with, and nobody else of the desk. The address changes with the picture, so that browsers keep it. */
function faceRoute(app: FastifyInstance, desk: Desk): void {
  app.get(
    '/api/v1/chat/:key/faces/:face',
    {
      config: { access: 'visitor', asStranger: true, rateLimit: { max: 120, timeWindow: '1 minute' } },
      schema: {
        summary: 'The picture of somebody who answers in the conversation',
        tags: ['chat'],
        security: [],
        params: chatFaceParams,
      },
    },
    async (request, reply) => {
      const { face } = request.params as z.output<typeof chatFaceParams>
      const current = await currentChat(desk.database, widgetOf(request), visitorOf(request))
      const sha256 = current === null ? null : await pictureOn(desk.database, current.ticket.id, face)
      if (sha256 === null) return decline('not-found', 'Nobody who answers here has such a picture.')
      return sendAttachment(desk, request, reply, { sha256, name: 'picture' }, 'private, max-age=604800')
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
