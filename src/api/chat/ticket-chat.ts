// Who is in the chat that a ticket is: for agents.
import type { FastifyInstance } from 'fastify'
import { ticketChat } from '#api/contract/chat.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { route } from '#api/route.ts'
import { findChat, isReadByRequester } from '#channels/chat-store.ts'
import { isAsked } from '#desk/chat/news.ts'
import { isHere } from '#desk/chat/watch.ts'
import type { Desk } from '#desk/desk.ts'
import { findVisitor, sightOf } from '#people/visitor-store.ts'

export function ticketChatRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/chat',
    access: 'ticket.read',
    summary:
      'Who is in the chat, whether they are there, and on which page they began; null for a ticket that is no chat, or was given to somebody else',
    params: ticketParams,
    answer: ticketChat,
    handler: async ({ db, params, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.read')
      const chat = await findChat(db, params.id)
      if (chat === null || !(await isReadByRequester(db, params.id, ticket.requesterId))) return null
      const { kind, email, language, timeZone } = await findVisitor(db, chat.visitorId)
      const sight = await sightOf(db, { ...ticket, visitorId: chat.visitorId })
      const { page, referrer, readSeq } = chat
      const visitor = { kind, email, language, timeZone }
      return {
        visitor,
        isHere: isHere(sight, desk.clock.now()),
        seenAt: sight?.seenAt ?? chat.begunAt,
        page,
        referrer,
        readSeq,
        isAsked: isAsked(chat, ticket),
      }
    },
  })
}
