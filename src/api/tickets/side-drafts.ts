// Drafts of side conversations: kept on the server, per agent, ticket and thread, so that they are there on every device.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { sideDraft, sideDraftPage, sideDraftPut, sideThread } from '#api/contract/side.ts'
import { presentAttachment } from '#api/tickets/present-message.ts'
import { route } from '#api/route.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import type { Desk } from '#desk/desk.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { uploadsOf } from '#tickets/message-store.ts'
import { dropSideDraft, putSideDraft, sideDraftsOf, type SideDraft } from '#tickets/side-draft-store.ts'

const one = ticketParams.extend({ thread: sideThread })

export function sideDraftRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/side-drafts',
    access: 'ticket.reply',
    summary: 'What the caller is writing to outside parties, per thread',
    params: ticketParams,
    answer: sideDraftPage,
    handler: async ({ db, params, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.reply')
      const drafts = await sideDraftsOf(db, { ticketId: params.id, agentId: principal.agentId })
      const items = drafts.map((draft) => present(desk, db, draft, principal.agentId))
      return { items: await Promise.all(items), nextCursor: null }
    },
  })
  route(app, desk, {
    method: 'PUT',
    url: '/tickets/:id/side-drafts/:thread',
    access: 'ticket.reply',
    summary: "Keeps the caller's draft of a thread",
    params: one,
    body: sideDraftPut,
    answer: sideDraft,
    handler: async ({ db, params, body, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.reply')
      const draft = { thread: params.thread, ...body, updatedAt: desk.clock.now() }
      await putSideDraft(db, { ticketId: params.id, agentId: principal.agentId }, draft)
      tell(db, { changed: 'draft', id: params.id })
      return present(desk, db, draft, principal.agentId)
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/tickets/:id/side-drafts/:thread',
    access: 'ticket.reply',
    summary: "Throws the caller's draft of a thread away",
    params: one,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.reply')
      await dropSideDraft(db, { ticketId: params.id, agentId: principal.agentId }, params.thread)
      tell(db, { changed: 'draft', id: params.id })
      return null
    },
  })
}

async function present(desk: Desk, db: Db, draft: SideDraft, agentId: PersonId) {
  const files = await uploadsOf(db, draft.attachments, agentId)
  return { ...draft, attachments: files.map((file) => presentAttachment(desk, file, agentId)) }
}
