// Where colleagues called the caller by name.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { mentionPage } from '#api/contract/macros.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { tell } from '#store/listen.ts'
import { mentionsOf, readMentions } from '#tickets/mention-store.ts'

const SHOWN = 50

export function mentionRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/mentions',
    access: 'ticket.read',
    summary: 'The newest mentions of the caller',
    answer: mentionPage,
    handler: async ({ db, principal }) => {
      const found = await mentionsOf(db, principal, SHOWN)
      return {
        items: found.map(({ ticketId, subject, byId, byName, byEmail, messageId, at, read, snippet }) => ({
          ticket: { id: ticketId, subject },
          messageId,
          by: { id: byId, name: byName, email: byEmail },
          at,
          read,
          snippet,
        })),
        nextCursor: null,
        unread: found.filter(({ read }) => !read).length,
      }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/mentions/read',
    access: 'ticket.read',
    summary: 'Marks all mentions of the caller as read',
    answer: z.null(),
    status: 204,
    handler: async ({ db, principal }) => {
      await readMentions(db, principal.agentId, desk.clock.now())
      tell(db, { changed: 'mentions', id: null })
      return null
    },
  })
}
