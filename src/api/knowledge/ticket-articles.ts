// Which articles may answer a ticket: by the words of its subject and of its first message, in its language first.
import type { FastifyInstance } from 'fastify'
import { fittingArticlePage } from '#api/contract/articles.ts'
import { presentFitting } from '#api/knowledge/present-article.ts'
import { route } from '#api/route.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import type { Desk } from '#desk/desk.ts'
import { askedBy } from '#knowledge/asked.ts'
import { fittingArticles } from '#knowledge/article-search-store.ts'
import { languageOf } from '#knowledge/language.ts'
import { peopleById } from '#people/person-store.ts'
import { messagesAfter } from '#tickets/message-store.ts'
import { shownOn } from '#tickets/shown.ts'

const MOST = 5

export function ticketArticleRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/tickets/:id/articles',
    access: 'articles.read',
    summary: 'Published articles that may answer a ticket, likeliest first',
    params: ticketParams,
    answer: fittingArticlePage,
    handler: async ({ db, params, principal }) => {
      const { ticket, subject } = await ticketFor(db, params.id, principal, 'ticket.read')
      const [[first], [requester]] = await Promise.all([
        messagesAfter(db, shownOn(ticket), { limit: 1, after: null }),
        peopleById(db, [ticket.requesterId]),
      ])
      const text = first?.bodyText ?? ''
      const language = requester?.language ?? languageOf(`${subject} ${text}`)
      const among = { audience: null, language, only: false, limit: MOST }
      const found = await fittingArticles(db, askedBy(subject, text), among)
      return { items: found.map((each) => presentFitting(desk, each)), nextCursor: null }
    },
  })
}
