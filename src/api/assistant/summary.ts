// A long conversation in a few sentences, each with the message it rests on: its own, or a model's at somebody's press. Nothing is kept.
import type { FastifyInstance } from 'fastify'
import { ticketSummary, type TicketSummary } from '#api/contract/assistant.ts'
import { decline } from '#api/http/problem.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { route } from '#api/route.ts'
import { isSwitchedOff } from '#desk/assistant-book.ts'
import { modelsOf } from '#desk/assistant/models.ts'
import {
  conversationOf,
  inModelSentences,
  inOwnSentences,
  stillSaid,
  type Conversation,
  type InShort,
} from '#desk/assistant/summary.ts'
import type { Desk } from '#desk/desk.ts'
import { can } from '#people/can.ts'
import { peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import { shownOn } from '#tickets/shown.ts'
import type { Ticket } from '#tickets/ticket.ts'

export function summaryRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/summary',
    access: 'ticket.read',
    summary: 'A long conversation in a few of its own sentences, each with the message it stands in',
    params: ticketParams,
    answer: ticketSummary,
    handler: async ({ db, params, principal }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.read')
      const conversation = await conversationOf(db, shownOn(ticket))
      const mayAsk = can(principal, 'ticket.reply', ticket) && (await modelFor(desk, ticket)) !== null
      return present(db, conversation, inOwnSentences(conversation), mayAsk)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/tickets/:id/summary',
    access: 'ticket.reply',
    summary: 'A long conversation in sentences of the desk’s model, each with the message it rests on',
    params: ticketParams,
    answer: ticketSummary,
    status: 200,
    // Customers' words are kept nowhere beside their messages.
    answersSecret: true,
    rateLimit: { max: 30, timeWindow: '1 minute' },
    // The model is waited for before a transaction is open.
    beforehand: async ({ params, principal }) => {
      const { ticket } = await ticketFor(desk.database, params.id, principal, 'ticket.reply')
      const providerId = await modelFor(desk, ticket)
      if (providerId === null)
        return decline('refused', 'No model is asked here: the assistant names none, or is switched off.', {
          refusal: 'no_model',
        })
      const conversation = await conversationOf(desk.database, shownOn(ticket))
      return { conversation, inShort: await inModelSentences(modelsOf(desk), providerId, conversation) }
    },
    handler: async ({ db, params, principal, early }) => {
      const { ticket } = await ticketFor(db, params.id, principal, 'ticket.reply')
      const now = await conversationOf(db, shownOn(ticket))
      return present(db, now, stillSaid(early.inShort, early.conversation, now), true)
    },
  })
}

/** Whom to ask about a ticket; null where nobody is. */
async function modelFor(desk: Desk, ticket: Ticket): Promise<number | null> {
  const { assistant } = await desk.setup.now()
  return isSwitchedOff(assistant, ticket) ? null : (assistant.config?.providerId ?? null)
}

async function present(
  db: Db,
  { read, total }: Conversation,
  { lines, model, instead, dropped }: InShort,
  mayAsk: boolean,
): Promise<TicketSummary> {
  const told = lines.flatMap((line) => {
    const message = read.find(({ id }) => id === line.messageId)
    return message === undefined ? [] : [{ ...line, message }]
  })
  const people = await peopleById(
    db,
    told.flatMap(({ message }) => message.authorId ?? []),
  )
  return {
    lines: told.map(({ message: { authorId, kind, at }, ...line }) => {
      const author = people.find(({ id }) => id === authorId)
      return { ...line, kind, at, author: author?.name || author?.email || '' }
    }),
    read: read.length,
    total,
    mayAsk,
    model,
    instead,
    dropped,
  }
}
