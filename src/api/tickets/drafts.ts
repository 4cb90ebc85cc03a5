// Drafts: kept on the server, per agent, ticket and mode, so that they are there on every device.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { draft, draftPut, draftQuery } from '#api/contract/messages.ts'
import { presentAttachment } from '#api/tickets/present-message.ts'
import { route } from '#api/route.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import type { MacroChange } from '#api/contract/tickets.ts'
import type { Desk } from '#desk/desk.ts'
import { faceOf, signatureUnder } from '#desk/outbound/mails.ts'
import type { PersonId } from '#kit/ids.ts'
import type { Db } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import { dropDraft, findDraft, putDraft, uploadsOf } from '#tickets/message-store.ts'
import { findTicket } from '#tickets/ticket-store.ts'

type Key = { readonly ticketId: number; readonly agentId: PersonId; readonly mode: 'reply' | 'note' }

export function draftRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/draft',
    access: 'ticket.note',
    summary: "The caller's draft",
    params: ticketParams,
    query: draftQuery,
    answer: draft,
    handler: async ({ db, params, query, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.note')
      return presentDraft(desk, db, { ticketId: params.id, agentId: principal.agentId, mode: query.mode })
    },
  })
  route(app, desk, {
    method: 'PUT',
    url: '/tickets/:id/draft',
    access: 'ticket.note',
    summary: "Keeps the caller's draft",
    params: ticketParams,
    query: draftQuery,
    body: draftPut,
    answer: draft,
    handler: async ({ db, params, query, body, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.note')
      const key = { ticketId: params.id, agentId: principal.agentId, mode: query.mode }
      const {
        body: text,
        cc = null,
        to = null,
        attachments = [],
        change = null,
        macroId = null,
        mentions = [],
      } = body
      const updatedAt = desk.clock.now()
      await putDraft(db, key, { body: text, cc, to, attachments, change, macroId, mentions, updatedAt })
      tell(db, { changed: 'draft', id: params.id })
      return presentDraft(desk, db, key)
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/tickets/:id/draft',
    access: 'ticket.note',
    summary: "Throws the caller's draft away",
    params: ticketParams,
    query: draftQuery,
    answer: z.null(),
    status: 204,
    handler: async ({ db, params, query, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.note')
      await dropDraft(db, { ticketId: params.id, agentId: principal.agentId, mode: query.mode })
      tell(db, { changed: 'draft', id: params.id })
      return null
    },
  })
}

/** A draft with its uploads; an empty one where there is none. */
export async function presentDraft(desk: Desk, db: Db, key: Key): Promise<z.input<typeof draft>> {
  const found = await findDraft(db, key)
  const signature = key.mode === 'reply' ? await signatureOn(desk, db, key) : ''
  if (found === null) return { ...none, signature }
  const files = await uploadsOf(db, found.attachments, key.agentId)
  return {
    signature,
    change: found.change as MacroChange | null,
    macroId: found.macroId,
    mentions: [...found.mentions],
    body: found.body,
    cc: found.cc === null ? null : [...found.cc],
    to: found.to,
    attachments: files.map((file) => presentAttachment(desk, file, key.agentId)),
    updatedAt: found.updatedAt,
  }
}

const none = {
  body: '',
  cc: null,
  to: null,
  attachments: [],
  change: null,
  macroId: null,
  mentions: [],
  updatedAt: null,
}

/** What stands under the caller's reply of this ticket when it leaves: their words, and the mailbox's or the desk's. */
async function signatureOn(desk: Desk, db: Db, { ticketId, agentId }: Key): Promise<string> {
  const row = await findTicket(db, ticketId)
  const setup = await desk.setup.now()
  return row === null ? '' : signatureUnder(db, agentId, faceOf(row.ticket, setup))
}
