// The live side of a chat: server-sent events, read with `fetch`, so that the token stands in a header and in no log. And the files of
// its messages, which are opened by the same token.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { chatAfter, chatParams } from '#api/contract/chat.ts'
import { id } from '#api/contract/shapes.ts'
import { ChatHub } from '#api/chat/hub.ts'
import { widgetOf } from '#api/chat/origin.ts'
import { visitorOf } from '#api/chat/visits.ts'
import { beginEvents } from '#api/http/events.ts'
import { decline } from '#api/http/problem.ts'
import { sendAttachment } from '#api/tickets/attachments.ts'
import { currentChat } from '#desk/chat/say.ts'
import type { Desk } from '#desk/desk.ts'
import type { Listener } from '#store/listen.ts'
import { findAttachment, isSaid } from '#tickets/message-store.ts'

const fileParams = chatParams.extend({ fileId: z.coerce.number().pipe(id) })

export function chatStreamRoutes(app: FastifyInstance, desk: Desk, listener: Listener): void {
  const hub = new ChatHub(desk)
  const unhear = listener.on((notice) => hub.hear(notice))
  app.addHook('preClose', async () => {
    unhear()
    hub.stop()
  })
  app.get(
    '/api/v1/chat/:key/stream',
    {
      config: { access: 'visitor', asStranger: true, rateLimit: { max: 120, timeWindow: '1 minute' } },
      schema: {
        summary: 'Server-sent events: what is said in the conversation, and who types',
        tags: ['chat'],
        security: [],
        params: chatParams,
        querystring: chatAfter,
      },
    },
    async (request, reply) => {
      const [widget, visitor] = [widgetOf(request), visitorOf(request)]
      const query = request.query as z.output<typeof chatAfter>
      const current = await currentChat(desk.database, widget, visitor)
      if (current === null) return decline('not-found', 'There is no conversation yet.')
      beginEvents(reply)
      const ticketId = current.ticket.id
      const cursor = query.of === ticketId ? query.after : 0
      const origin = request.headers.origin ?? null
      const of = { visitor, widgetId: widget.id, origin, ticketId, reply, cursor }
      await hub.open({ ...of, looking: false, again: false })
    },
  )
  fileRoute(app, desk)
}

function fileRoute(app: FastifyInstance, desk: Desk): void {
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
