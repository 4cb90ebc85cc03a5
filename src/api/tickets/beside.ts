// What lies beside a ticket: its checklist, tickets like it, the incidents of a problem, the source of a mail.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  checklistPage,
  checklistPatch,
  incidentPage,
  newChecklistItem,
  resolvedIncidents,
  resolveIncidents,
  similarPage,
} from '#api/contract/beside.ts'
import { id } from '#api/contract/shapes.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { replyOf } from '#api/tickets/reply.ts'
import { route } from '#api/route.ts'
import { showsMessage } from '#tickets/showing-store.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { byOf, type Outcome } from '#desk/update.ts'
import { findRawMail } from '#channels/raw-mail-store.ts'
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import { can, sees, type Principal } from '#people/can.ts'
import { peopleById } from '#people/person-store.ts'
import { similarTickets } from '#rules/list-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import { tell } from '#store/listen.ts'
import {
  addChecklistItem,
  checklistOf,
  dropChecklistItem,
  MOST_ITEMS,
  tickChecklistItem,
} from '#tickets/checklist-store.ts'
import { messagesById } from '#tickets/message-store.ts'
import { isActive } from '#tickets/status.ts'
import { ticketsById, type TicketRow } from '#tickets/ticket-store.ts'

const item = ticketParams.extend({ itemId: z.coerce.number().pipe(id) })

export function besideRoutes(app: FastifyInstance, desk: Desk): void {
  checklistRoutes(app, desk)
  incidentRoutes(app, desk)
  sourceRoute(app, desk)
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/similar',
    access: 'ticket.read',
    summary: 'Tickets with the same words in their subject',
    params: ticketParams,
    answer: similarPage,
    handler: async ({ db, params, principal }) => {
      const { ticket, subject } = await ticketFor(db, params.id, principal, 'ticket.read')
      return { items: await similarTickets(db, { id: ticket.id, subject }, principal), nextCursor: null }
    },
  })
}

function checklistRoutes(app: FastifyInstance, desk: Desk): void {
  const changed = async (db: Db, ticketId: number) => {
    tell(db, { changed: 'checklist', id: ticketId })
    return { items: await checklistOf(db, ticketId), nextCursor: null }
  }
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/checklist',
    access: 'ticket.read',
    summary: 'The steps to do on a ticket',
    params: ticketParams,
    answer: checklistPage,
    handler: async ({ db, params, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.read')
      return { items: await checklistOf(db, params.id), nextCursor: null }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/checklist',
    access: 'ticket.update',
    summary: 'Adds a step',
    params: ticketParams,
    body: newChecklistItem,
    answer: checklistPage,
    handler: async ({ db, params, body, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.update')
      const at = desk.clock.now()
      if (!(await addChecklistItem(db, { ticketId: params.id, text: body.text, by: principal.agentId, at })))
        declineInput('text', `a ticket has at most ${MOST_ITEMS} steps`)
      return changed(db, params.id)
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/tickets/:id/checklist/:itemId',
    access: 'ticket.update',
    summary: 'Ticks a step off, or opens it again',
    params: item,
    body: checklistPatch,
    answer: checklistPage,
    handler: async ({ db, params, body, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.update')
      const done = body.done ? { by: principal.agentId, at: desk.clock.now() } : null
      if (!(await tickChecklistItem(db, { ticketId: params.id, id: params.itemId }, done)))
        decline('not-found')
      return changed(db, params.id)
    },
  })
  route(app, desk, {
    method: 'DELETE',
    url: '/tickets/:id/checklist/:itemId',
    access: 'ticket.update',
    summary: 'Takes a step off the list',
    params: item,
    answer: checklistPage,
    handler: async ({ db, params, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.update')
      if (!(await dropChecklistItem(db, { ticketId: params.id, id: params.itemId }))) decline('not-found')
      return changed(db, params.id)
    },
  })
}

function incidentRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/incidents',
    access: 'ticket.read',
    summary: 'The active incidents of a problem, with who would be mailed',
    params: ticketParams,
    answer: incidentPage,
    handler: async ({ db, params, principal }) => {
      const rows = await incidentsOf(db, params.id, principal)
      const people = await peopleById(
        db,
        rows.map(({ ticket }) => ticket.requesterId),
      )
      const items = rows.map(({ ticket, subject }) => {
        const person = people.find((each) => each.id === ticket.requesterId)
        const requester = { id: ticket.requesterId, name: person?.name ?? '', email: person?.email ?? '' }
        return { id: ticket.id, subject, status: ticket.status, requester }
      })
      return { items, nextCursor: null }
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/incidents/resolve',
    access: 'ticket.reply',
    summary: 'Resolves the incidents of a problem that were shown, each as an update of its own',
    params: ticketParams,
    body: resolveIncidents,
    answer: resolvedIncidents,
    status: 200,
    handler: async ({ db, params, body, principal }) => {
      const rows = await incidentsOf(db, params.id, principal)
      const wanted = rows.filter(({ ticket }) => body.ticketIds.includes(ticket.id))
      const missing = body.ticketIds.filter((each) => !wanted.some(({ ticket }) => ticket.id === each))
      const resolved: number[] = []
      const left = missing.map((each) => ({ id: each, reason: 'not_found' }))
      for (const row of wanted) {
        const outcome = await resolve(desk, db, row, body.body, principal)
        if (outcome.ok) resolved.push(row.ticket.id)
        else left.push({ id: row.ticket.id, reason: outcome.refusal.name })
      }
      return { resolved, left }
    },
  })
}

async function incidentsOf(db: Db, ticketId: number, principal: Principal): Promise<TicketRow[]> {
  const { ticket } = await ticketFor(db, ticketId, principal, 'ticket.read')
  const linked = ticket.links.filter(({ linkType }) => linkType === 'problem').map((link) => link.ticketId)
  const rows = await ticketsById(db, linked)
  return rows.filter((row) => isActive(row.ticket.status) && sees(principal, row.ticket))
}

async function resolve(
  desk: Desk,
  tx: Transaction,
  { ticket }: TicketRow,
  body: string | undefined,
  principal: Principal,
): Promise<Outcome> {
  if (!can(principal, 'ticket.reply', ticket))
    return { ok: false, refusal: { name: 'forbidden', needs: 'ticket.reply' } }
  if (body === undefined || body === '')
    return act(desk, tx, ticket.id, { kind: 'set', status: 'resolved' }, byOf(principal))
  const asked = { kind: 'reply', body, bodyFormat: 'html', status: 'resolved', principal, ticket } as const
  const { command, by, content } = await replyOf(desk, tx, asked)
  return act(desk, tx, ticket.id, command, by, content)
}

/** The mail as it came, as plain text: a browser must find nothing in it to run. */
function sourceRoute(app: FastifyInstance, desk: Desk): void {
  const params = ticketParams.extend({ messageId: z.coerce.number().pipe(id) })
  app.get(
    '/api/v1/tickets/:id/messages/:messageId/source',
    {
      config: { access: 'ticket.read' },
      schema: { summary: 'The mail a message came as, headers and all', tags: ['tickets'], params },
    },
    async (request, reply) => {
      const { id: ticketId, messageId } = request.params as z.output<typeof params>
      const principal = request.principal as Principal
      const { ticket } = await ticketFor(desk.database, ticketId, principal, 'ticket.read')
      const [message] = await messagesById(desk.database, [messageId])
      const isHere = message !== undefined && showsMessage(ticket, message)
      const raw =
        isHere && message.rawMailId !== null
          ? await findRawMail(desk.database, desk.blobs, message.rawMailId)
          : null
      if (raw === null || raw.bytes.length === 0 || message?.redactedAt !== null)
        return decline('not-found', 'There is no source of this message.')
      return reply
        .header('content-security-policy', `sandbox; default-src 'none'`)
        .header('x-content-type-options', 'nosniff')
        .header('cache-control', 'private, no-store')
        .type('text/plain; charset=utf-8')
        .send(Buffer.from(raw.bytes))
    },
  )
}
