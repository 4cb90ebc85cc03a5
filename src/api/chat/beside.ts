// What a visitor does beside talking: reads, types, presses a button, says whether it helped, and has it all mailed.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  chatAfter,
  chatButton,
  chatNews,
  chatParams,
  chatRating,
  chatRead,
  chatTranscript,
  chatTyping,
} from '#api/contract/chat.ts'
import { widgetOf } from '#api/chat/origin.ts'
import { presentNews } from '#api/chat/present-chat.ts'
import { BODY_LIMIT, OFTEN, refuseChat, visitorOf } from '#api/chat/visits.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { noteRead } from '#channels/chat-store.ts'
import { currentChat, isBlocked, press } from '#desk/chat/say.ts'
import { mailTranscript } from '#desk/chat/transcript.ts'
import type { Desk } from '#desk/desk.ts'
import { askedInChat } from '#desk/survey/ask.ts'
import { rateTicket } from '#desk/survey/rate.ts'
import { endVisitor } from '#people/visitor-store.ts'
import { tell } from '#store/listen.ts'
import type { Ticket } from '#tickets/ticket.ts'

/** The chat that a visitor is in, or a 404. */
async function theirChat(desk: Desk, request: FastifyRequest): Promise<Ticket> {
  const found = await currentChat(desk.database, widgetOf(request), visitorOf(request))
  return found?.ticket ?? decline('not-found', 'There is no conversation yet.')
}

/** The same, for what changes the ticket: whoever is blocked is not heard by any way. */
async function chatToChange(desk: Desk, request: FastifyRequest): Promise<Ticket> {
  const ticket = await theirChat(desk, request)
  if (await isBlocked(desk.database, visitorOf(request), ticket)) refuseChat('blocked')
  return ticket
}

export function besideChatRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/chat/:key/read',
    access: 'visitor',
    summary: 'Notes how far the visitor has read',
    params: chatParams,
    body: chatRead,
    bodyLimit: BODY_LIMIT,
    rateLimit: OFTEN,
    answer: z.null(),
    status: 204,
    isOneStatement: true,
    handler: async ({ db, request, body }) => {
      const ticket = await theirChat(desk, request)
      const seq = Math.min(body.seq, ticket.seq)
      if (await noteRead(db, ticket.id, seq)) tell(db, { chat: { ticketId: ticket.id, read: seq } })
      return null
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/chat/:key/typing',
    access: 'visitor',
    summary: 'Says that the visitor writes, or has stopped; told and not stored',
    params: chatParams,
    body: chatTyping,
    bodyLimit: BODY_LIMIT,
    rateLimit: { max: 60, timeWindow: '1 minute' },
    answer: z.null(),
    status: 204,
    isOneStatement: true,
    handler: async ({ db, request, body }) => {
      const ticket = await theirChat(desk, request)
      tell(db, { chat: { ticketId: ticket.id, typing: body.typing } })
      return null
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/chat/:key/buttons',
    access: 'visitor',
    summary: 'Says that it is solved, or asks for a person instead of the assistant',
    params: chatParams,
    query: chatAfter,
    body: chatButton,
    bodyLimit: BODY_LIMIT,
    rateLimit: { max: 30, timeWindow: '1 minute' },
    status: 200,
    answer: chatNews,
    handler: async ({ db, request, body, query }) => {
      const [widget, visitor] = [widgetOf(request), visitorOf(request)]
      await chatToChange(desk, request)
      if (!(await press(desk, db, widget, visitor, body.button)))
        decline('refused', 'It could not be done as the conversation stands now.', { refusal: 'not_now' })
      return presentNews(desk, db, widget, visitor, query)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/chat/:key/transcripts',
    access: 'visitor',
    summary: 'Mails what was said to the visitor; only to an address that is shown to be theirs',
    params: chatParams,
    bodyLimit: BODY_LIMIT,
    rateLimit: { max: 5, timeWindow: '1 hour' },
    status: 200,
    answer: chatTranscript,
    handler: async ({ db, request }) => {
      const [ticket, visitor] = [await theirChat(desk, request), visitorOf(request)]
      const to = await mailTranscript(desk, db, ticket, visitor)
      if (to === null)
        return decline('refused', 'It is sent only to an address that is shown to be yours.', {
          refusal: 'unverified',
        })
      return { to }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/chat/:key/endings',
    access: 'visitor',
    summary: 'Ends the visit: its token opens nothing any more, and whoever writes next is nobody yet',
    params: chatParams,
    bodyLimit: BODY_LIMIT,
    rateLimit: { max: 20, timeWindow: '1 minute' },
    answer: z.null(),
    status: 204,
    handler: async ({ db, request }) => {
      await endVisitor(db, visitorOf(request).id, desk.clock.now())
      return null
    },
  })
  ratingRoutes(app, desk)
}

function ratingRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/chat/:key/ratings',
    access: 'visitor',
    summary: 'Says whether it helped, once the conversation has ended',
    params: chatParams,
    query: chatAfter,
    body: chatRating,
    bodyLimit: BODY_LIMIT,
    rateLimit: { max: 30, timeWindow: '1 minute' },
    status: 200,
    answer: chatNews,
    handler: async ({ db, request, body, query }) => {
      const ticket = await chatToChange(desk, request)
      if ((await rateTicket(desk, db, ticket.id, body, 'chat')) !== 'kept')
        decline('refused', 'It could not be rated as the conversation stands now.', { refusal: 'not_now' })
      return presentNews(desk, db, widgetOf(request), visitorOf(request), query)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/chat/:key/questions',
    access: 'visitor',
    summary:
      'The visitor sees the question whether it helped: they have been asked, and are not asked by mail',
    params: chatParams,
    bodyLimit: BODY_LIMIT,
    rateLimit: { max: 30, timeWindow: '1 minute' },
    answer: z.null(),
    status: 204,
    handler: async ({ db, request }) => {
      await askedInChat(desk, db, (await chatToChange(desk, request)).id)
      return null
    },
  })
}
