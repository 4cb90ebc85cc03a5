// The live side of a chat: server-sent events, read with `fetch`, so that the token stands in a header and in no log.
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { chatAfter, chatParams } from '#api/contract/chat.ts'
import { ChatHub } from '#api/chat/hub.ts'
import { widgetOf } from '#api/chat/origin.ts'
import { visitorOf } from '#api/chat/visits.ts'
import { beginEvents } from '#api/http/events.ts'
import { decline } from '#api/http/problem.ts'
import { currentChat } from '#desk/chat/say.ts'
import type { Desk } from '#desk/desk.ts'
import type { Listener } from '#store/listen.ts'

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
}
