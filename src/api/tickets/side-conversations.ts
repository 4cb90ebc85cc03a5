// Side conversations: begun, answered and ended by agents; what outside parties answer comes by mail (desk/inbound/receive-aside.ts).
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { message } from '#api/contract/messages.ts'
import { id, pageQuery } from '#api/contract/shapes.ts'
import {
  newSideConversation,
  newSideMessage,
  sideConversation,
  sideMessagePage,
  sidePage,
  sidePatch,
} from '#api/contract/side.ts'
import { withChosenImages } from '#api/tickets/image-senders.ts'
import { idKey, pageFrom, readCursor } from '#api/http/paging.ts'
import { presentMessages } from '#api/tickets/present-message.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { sendAside, type SideText } from '#api/tickets/side-message.ts'
import { doneOr, ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { byOf } from '#desk/update.ts'
import { act } from '#desk/act.ts'
import type { Desk } from '#desk/desk.ts'
import { isOurs } from '#desk/outbound/mails.ts'
import type { Principal } from '#people/can.ts'
import { identify, peopleById } from '#people/person-store.ts'
import type { Db, Transaction } from '#store/database.ts'
import type { Address } from '#tickets/message-store.ts'
import { dropSideDraft } from '#tickets/side-draft-store.ts'
import {
  addSideThread,
  findSideThread,
  sideMessages,
  sideThreadsOf,
  type SideSummary,
} from '#tickets/side-store.ts'
import type { Ticket } from '#tickets/ticket.ts'

const one = ticketParams.extend({ sideId: z.coerce.number().pipe(id) })

export function sideConversationRoutes(app: FastifyInstance, desk: Desk): void {
  readRoutes(app, desk)
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/side-conversations',
    access: 'ticket.reply',
    summary: 'Writes to outside parties beside the ticket, or forwards a message to them',
    params: ticketParams,
    body: newSideConversation,
    answer: sideConversation,
    handler: async ({ db, params, body, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.reply')
      const participants = await partiesOf(desk, db, ticket, body.to)
      const at = desk.clock.now()
      const { subject } = body
      const thread = {
        ticketId: ticket.id,
        subject,
        participants,
        createdBy: principal.agentId,
        createdAt: at,
      }
      const sideId = await addSideThread(db, thread)
      const done = await post(desk, db, ticket, sideId, body, principal)
      const draft = body.forward === undefined ? 'new' : `forward-${body.forward}`
      await dropSideDraft(db, { ticketId: ticket.id, agentId: principal.agentId }, draft)
      return presentSide(done.ticket, await summaryOf(db, done.ticket, sideId))
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/side-conversations/:sideId/messages',
    access: 'ticket.reply',
    summary: 'Writes on in a side conversation; it opens again if it was done',
    params: one,
    body: newSideMessage,
    answer: message,
    handler: async ({ db, params, body, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.reply')
      await summaryOf(db, ticket, params.sideId)
      const done = await post(desk, db, ticket, params.sideId, body, principal)
      const writer = { ticketId: ticket.id, agentId: principal.agentId }
      await dropSideDraft(db, writer, String(params.sideId))
      const rows = await sideMessages(db, params.sideId, { limit: 1, before: null })
      const [posted] = await presentMessages(desk, db, done.ticket, rows, principal.agentId)
      return posted ?? decline('not-found')
    },
  })
  route(app, desk, {
    method: 'PATCH',
    url: '/tickets/:id/side-conversations/:sideId',
    access: 'ticket.reply',
    summary: 'Ends a side conversation, or opens it again',
    params: one,
    body: sidePatch,
    answer: sideConversation,
    handler: async ({ db, params, body, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.reply')
      const summary = await summaryOf(db, ticket, params.sideId)
      const kind = body.status === 'done' ? 'finishSideConversation' : 'openSideConversation'
      const command = { kind, sideConversationId: summary.id } as const
      const outcome = await act(desk, db, ticket.id, command, byOf(principal))
      const done = await doneOr(desk, db, outcome)
      return presentSide(done.ticket, summary)
    },
  })
}

function readRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/side-conversations',
    access: 'ticket.read',
    summary: 'The side conversations of a ticket, the newest first',
    params: ticketParams,
    query: pageQuery,
    answer: sidePage,
    handler: async ({ db, params, query: { limit, cursor }, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.read')
      const page = { limit: limit + 1, before: readCursor(cursor, idKey) }
      const rows = await sideThreadsOf(db, threadsBelongTo(ticket), page)
      return pageFrom(
        rows,
        limit,
        (row) => row.id,
        (row) => presentSide(ticket, row),
      )
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/side-conversations/:sideId/messages',
    access: 'ticket.read',
    summary: 'What was said in a side conversation; pages go back in time',
    params: one,
    query: pageQuery,
    answer: sideMessagePage,
    handler: async ({ db, params, query: { limit, cursor }, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.read')
      await summaryOf(db, ticket, params.sideId)
      const page = { limit: limit + 1, before: readCursor(cursor, idKey) }
      const rows = await sideMessages(db, params.sideId, page)
      const shown = rows.slice(-limit)
      const { nextCursor } = pageFrom(rows.toReversed(), limit, (row) => row.id, String)
      const items = await presentMessages(desk, db, ticket, shown, principal.agentId)
      return { items: await withChosenImages(desk, db, principal, items), nextCursor }
    },
  })
}

/** A ticket shows its own threads and those of what was merged into it. */
const threadsBelongTo = ({ id: own, mergedIn }: Ticket): number[] => [
  own,
  ...mergedIn.map(({ sourceTicketId }) => sourceTicketId),
]

async function summaryOf(db: Db, ticket: Ticket, sideId: number): Promise<SideSummary> {
  const [found] = await sideThreadsOf(db, threadsBelongTo(ticket), { limit: 1, before: sideId + 1 })
  return found?.id === sideId ? found : decline('not-found', `There is no side conversation ${sideId}.`)
}

function presentSide({ sideConversations }: Ticket, summary: SideSummary) {
  const { id: sideId, subject, participants, createdAt, messages, lastAt, lastDirection } = summary
  const status = sideConversations.find((each) => each.id === sideId)?.status ?? ('open' as const)
  const said = { messages, lastAt, lastDirection }
  return { id: sideId, subject, participants: [...participants], status, createdAt, ...said }
}

/** Whom a thread is with. The requester is written to on the ticket itself, and our own mailboxes would only answer us. */
async function partiesOf(
  desk: Desk,
  tx: Transaction,
  ticket: Ticket,
  to: readonly string[],
): Promise<Address[]> {
  const setup = await desk.setup.now()
  const [requester] = await peopleById(tx, [ticket.requesterId])
  const parties: Address[] = []
  for (const email of new Set(to.map((each) => each.toLowerCase()))) {
    if (isOurs(email, setup)) declineInput('to', `${email} is an address of this desk`)
    if (email === requester?.email)
      declineInput('to', `${email} is the requester: write to them on the ticket itself`)
    const [person] = await peopleById(tx, [await identify(tx, email, '')])
    parties.push({ name: person?.name ?? '', email })
  }
  return parties
}

async function post(
  desk: Desk,
  db: Transaction,
  ticket: Ticket,
  sideId: number,
  text: SideText,
  principal: Principal,
) {
  const thread = (await findSideThread(db, sideId)) ?? decline('not-found')
  return doneOr(desk, db, await sendAside(desk, db, { ticket, thread, text, principal }))
}
