// The conversation of a ticket: reading it, replying, noting, taking a reply back before it leaves.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  message,
  messagePage,
  messagePatch,
  messageQuery,
  messagesQuery,
  newMessage,
  postedMessage,
  redaction,
  undoneSend,
  type NewMessage,
} from '#api/contract/messages.ts'
import { showingImages, withChosenImages } from '#api/tickets/image-senders.ts'
import { id } from '#api/contract/shapes.ts'
import { pageFrom, readCursor } from '#api/http/paging.ts'
import { presentDraft } from '#api/tickets/drafts.ts'
import { presentMessages } from '#api/tickets/present-message.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { declineUnderHold } from '#api/http/under-hold.ts'
import { route } from '#api/route.ts'
import { doneOr, expectedSeqOf, ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { byOf } from '#desk/update.ts'
import { presentOne } from '#api/tickets/tickets.ts'
import { noteMacro } from '#api/tickets/used-macro.ts'
import { replyOf, type NewMessageInput } from '#api/tickets/reply.ts'
import { undoSend } from '#desk/outbound/undo-send.ts'
import { redactMessage } from '#desk/redact.ts'
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import type { MessageId, PersonId, TicketId } from '#kit/ids.ts'
import { principalOfAgent } from '#people/access-store.ts'
import { can, sees, type Principal } from '#people/can.ts'
import type { Db, Transaction } from '#store/database.ts'
import {
  countMessagesBefore,
  dropDraft,
  firstUnread,
  markRead,
  messagesAfter,
  messagesBefore,
  messagesById,
  type Message,
} from '#tickets/message-store.ts'
import { tell } from '#store/listen.ts'
import { addMentions } from '#tickets/mention-store.ts'
import { isShownOn, shownOn } from '#tickets/shown.ts'
import type { Ticket } from '#tickets/ticket.ts'

const placeKey = z.strictObject({ at: z.string(), id: z.number().int() })
const one = ticketParams.extend({ messageId: z.coerce.number().pipe(id) })

export function messageRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/messages',
    access: 'ticket.read',
    summary: 'The conversation, oldest first',
    params: ticketParams,
    query: messagesQuery,
    answer: messagePage,
    handler: async ({ db, params, query: { limit, cursor, before }, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.read')
      const shown = shownOn(ticket)
      const shownTo = async (rows: readonly Message[]) =>
        withChosenImages(
          desk,
          db,
          principal,
          await presentMessages(desk, db, ticket, rows, principal.agentId),
        )
      const place = (row: { at: string; id: number }) => ({ at: row.at, id: row.id })
      if (before === undefined) {
        const rows = await messagesAfter(db, shown, { limit: limit + 1, after: readCursor(cursor, placeKey) })
        const first = rows[0]
        const page = pageFrom(rows, limit, place, (row) => row)
        const earlier = first === undefined ? 0 : await countMessagesBefore(db, shown, place(first))
        return { ...page, items: await shownTo(page.items), earlier }
      }
      const end =
        before === 'end'
          ? null
          : ((await messagesById(db, [before])).find((each) => isShownOn(ticket, each)) ??
            declineInput('before', 'is not a message of this ticket'))
      const rows = await messagesBefore(db, shown, { limit, before: end === null ? null : place(end) })
      const [first] = rows
      const earlier = first === undefined ? 0 : await countMessagesBefore(db, shown, place(first))
      const unreadFrom = before === 'end' ? await firstUnread(db, ticket.id, principal.agentId) : null
      return { items: await shownTo(rows), nextCursor: null, earlier, unreadFrom }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/messages/:messageId',
    access: 'ticket.read',
    summary: 'One message',
    params: one,
    query: messageQuery,
    answer: message,
    handler: async ({ db, params, query: { remoteImages }, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.read')
      const presented = await presentMessage(desk, db, ticket, params.messageId, principal.agentId)
      return remoteImages === 'show' ? showingImages(desk, presented) : presented
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/tickets/:id/messages/:messageId',
    access: 'ticket.update',
    summary: 'Says that a message is, or is not, mere thanks',
    params: one,
    body: messagePatch,
    answer: message,
    handler: async ({ db, params, body, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.update')
      const command = {
        kind: 'reclassify',
        messageId: params.messageId as MessageId,
        thanks: body.thanks,
      } as const
      const done = await doneOr(
        desk,
        db,
        await act(desk, db, params.id as TicketId, command, byOf(principal)),
      )
      return presentMessage(desk, db, done.ticket, params.messageId, principal.agentId)
    },
  })
  frameRoute(app, desk)
  postRoute(app, desk)
  undoSendRoute(app, desk)
  redactRoute(app, desk)
}

/** How the page of a mail looks: room around it, and pictures that are kept away do not look broken. */
const FRAME_STYLE = `body{margin:0;padding:4px 12px 12px;font:14px/22px system-ui,sans-serif;overflow-wrap:anywhere}
img{max-width:100%}img:not([src]){min-width:24px;min-height:18px;background:#eef0f3;outline:1px dashed #b9c0ca;outline-offset:-1px;color:#5a6472;font-size:12px}
details>summary{width:fit-content;padding:0 10px;border:1px solid #b9c0ca;border-radius:9px;color:#5a6472;font-size:12px;cursor:pointer;list-style:none}`

/** A mail with a layout of its own, as a page for a sandboxed frame: no scripts, nothing from elsewhere (docs/decisions/0080). */
function frameRoute(app: FastifyInstance, desk: Desk): void {
  app.get(
    '/api/v1/tickets/:id/messages/:messageId/frame',
    {
      config: { access: 'ticket.read' },
      schema: {
        summary: 'The HTML of one message, for a sandboxed frame',
        tags: ['tickets'],
        params: one,
        querystring: messageQuery,
      },
    },
    async (request, reply) => {
      const { id: ticketId, messageId } = request.params as z.output<typeof one>
      const principal = request.principal as Principal
      const { ticket } = await ticketFor(desk.database, ticketId, principal, 'ticket.read')
      const presented = await presentMessage(desk, desk.database, ticket, messageId, principal.agentId)
      const { remoteImages } = request.query as z.output<typeof messageQuery>
      const { html } = remoteImages === 'show' ? showingImages(desk, presented) : presented
      const policy = `sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; frame-ancestors 'self'`
      const page = `<!doctype html><html><head><meta charset="utf-8"><base target="_blank"><style>${FRAME_STYLE}</style></head><body>${html ?? ''}</body></html>`
      reply
        .header('content-security-policy', policy)
        .header('x-frame-options', 'SAMEORIGIN')
        .header('cache-control', 'private, no-cache')
      return reply.type('text/html; charset=utf-8').send(page)
    },
  )
}

function postRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/messages',
    access: 'ticket.note',
    summary: 'Replies to the customer, or adds an internal note',
    params: ticketParams,
    body: newMessage,
    answer: postedMessage,
    handler: async ({ db, params, body, principal, request }) => {
      const { ticket } = await ticketFor(
        db,
        params.id,
        principal,
        body.kind === 'reply' ? 'ticket.reply' : 'ticket.note',
      )
      if (body.onBehalfOf !== undefined && !can(principal, 'ticket.import', ticket)) {
        decline('forbidden', 'Writing as somebody else needs the scope tickets:import.', {
          refusal: 'forbidden',
        })
      }
      const { expectedSeq: _, ...asked } = body
      const input: NewMessageInput = {
        ...asked,
        principal,
        ticket,
        ...expectedSeqOf(request, body.expectedSeq),
      }
      const { command, content, by, also } = await replyOf(desk, db, input)
      for (const join of also) {
        await doneOr(desk, db, await act(desk, db, ticket.id, join, byOf(principal)))
      }
      const done = await doneOr(desk, db, await act(desk, db, ticket.id, command, by, content))
      if (body.macroId !== undefined) await noteMacro(desk, db, body.macroId, done, principal)
      if (body.onBehalfOf === undefined) {
        await noteMentions(desk, db, done.ticket, content.messages?.[0]?.id, body, principal)
        await dropDraft(db, { ticketId: ticket.id, agentId: principal.agentId, mode: body.kind })
        await markRead(db, principal.agentId, ticket.id, done.ticket.seq)
      }
      const posted = await presentMessage(
        desk,
        db,
        done.ticket,
        content.messages?.[0]?.id ?? 0,
        principal.agentId,
      )
      return { ...posted, ticket: await presentOne(desk, db, ticket.id, principal) }
    },
  })
}

/** Whom a message calls: they follow the ticket from now on, if they may see it, and find it among their mentions. */
async function noteMentions(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  messageId: MessageId | undefined,
  { mentions = [] }: NewMessage,
  principal: Principal,
): Promise<void> {
  if (messageId === undefined || mentions.length === 0) return
  const seeing: PersonId[] = []
  for (const agentId of new Set(mentions)) {
    const agent = await principalOfAgent(tx, agentId as PersonId)
    if (agent !== null && agent.agentId !== principal.agentId && sees(agent, ticket))
      seeing.push(agent.agentId)
  }
  for (const personId of seeing) {
    const isThere = ticket.participants.some((each) => each.personId === personId)
    // A follower too many is refused and costs only the following: the mention itself stands.
    if (!isThere)
      await act(desk, tx, ticket.id, { kind: 'addParticipant', personId, role: 'follower' }, byOf(principal))
  }
  await addMentions(
    tx,
    { messageId, ticketId: ticket.id, byId: principal.agentId, at: desk.clock.now() },
    seeing,
  )
  tell(tx, { changed: 'mentions', id: ticket.id })
}

function undoSendRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/messages/:messageId/undo-send',
    access: 'ticket.reply',
    summary: 'Takes a reply back while it waits to leave; it becomes a draft again',
    params: one,
    answer: undoneSend,
    status: 200,
    handler: async ({ db, params, principal }) => {
      await ticketFor(db, params.id, principal, 'ticket.reply')
      const ids = { ticketId: params.id as TicketId, messageId: params.messageId as MessageId }
      await doneOr(desk, db, await undoSend(desk, db, ids, byOf(principal)))
      const key = { ticketId: params.id, agentId: principal.agentId, mode: 'reply' } as const
      return {
        ticket: await presentOne(desk, db, params.id, principal),
        draft: await presentDraft(desk, db, key),
      }
    },
  })
}

function redactRoute(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/messages/:messageId/redact',
    access: 'ticket.delete',
    summary: 'Takes words of a message, or all that it says, away for good, with the mail it came as',
    params: one,
    body: redaction,
    answer: message,
    status: 200,
    handler: async ({ db, params, body: { words }, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.delete')
      const [found] = await messagesById(db, [params.messageId])
      if (found === undefined || found.ticketId !== ticket.id || !isShownOn(ticket, found))
        return decline('not-found', `Ticket ${ticket.id} has no message ${params.messageId}.`)
      const outcome = await redactMessage(desk, db, found, words ?? null, byOf(principal))
      if (outcome === null) return declineInput('words', 'are not in this message')
      if (outcome.ok === 'held') return declineUnderHold(outcome.holds)
      const done = await doneOr(desk, db, outcome)
      return presentMessage(desk, db, done.ticket, params.messageId, principal.agentId)
    },
  })
}

async function presentMessage(desk: Desk, db: Db, ticket: Ticket, messageId: number, reader: PersonId) {
  const [row] = await messagesById(db, [messageId])
  if (row === undefined || !isShownOn(ticket, row))
    return decline('not-found', `Ticket ${ticket.id} has no message ${messageId}.`)
  const [presented] = await presentMessages(desk, db, ticket, [row], reader)
  return presented ?? decline('not-found')
}
