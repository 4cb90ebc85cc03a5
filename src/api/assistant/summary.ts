// A long conversation in a few of its own sentences: of just the messages that its reader has before them, without what was taken back,
// and without what the assistant wrote itself.
import type { FastifyInstance } from 'fastify'
import { ticketSummary, type TicketSummary } from '#api/contract/assistant.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { route } from '#api/route.ts'
import { redact } from '#assistant/redact.ts'
import { linesOf } from '#assistant/summary.ts'
import type { Desk } from '#desk/desk.ts'
import { peopleById } from '#people/person-store.ts'
import type { Db } from '#store/database.ts'
import { countMessagesBefore, messagesAfter, messagesBefore, type Shown } from '#tickets/message-store.ts'
import { shownOn } from '#tickets/shown.ts'

/** The newest messages that are read, beside the first; and how far into one. */
const [NEWEST, INTO] = [200, 5_000]

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
      return summaryFor(db, shownOn(ticket))
    },
  })
}

async function summaryFor(db: Db, shown: Shown): Promise<TicketSummary> {
  const newest = await messagesBefore(db, shown, { limit: NEWEST, before: null })
  const [oldest] = newest
  const before = oldest === undefined ? 0 : await countMessagesBefore(db, shown, oldest)
  const first = before === 0 ? [] : await messagesAfter(db, shown, { limit: 1, after: null })
  const read = [...first, ...newest]
  const spoken = read
    .filter(({ redactedAt, authorType }) => redactedAt === null && authorType !== 'assistant')
    .map(({ id: messageId, bodyText }) => ({ messageId, text: redact(bodyText.slice(0, INTO)).text }))
  const lines = linesOf(spoken).flatMap((line) => {
    const message = read.find(({ id }) => id === line.messageId)
    return message === undefined ? [] : [{ ...line, message }]
  })
  const people = await peopleById(
    db,
    lines.flatMap(({ message }) => message.authorId ?? []),
  )
  return {
    lines: lines.map(({ message: { authorId, kind, at }, ...line }) => {
      const author = people.find(({ id }) => id === authorId)
      return { ...line, kind, at, author: author?.name || author?.email || '' }
    }),
    read: read.length,
    total: before + newest.length,
  }
}
