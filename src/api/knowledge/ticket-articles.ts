// Which articles may answer a ticket: by the words of its subject and of its first message, in its language first.
import type { FastifyInstance } from 'fastify'
import { fittingArticlePage } from '#api/contract/articles.ts'
import { presentFitting } from '#api/knowledge/present-article.ts'
import { route } from '#api/route.ts'
import { ticketFor, ticketParams } from '#api/http/ticket-access.ts'
import { spokenOn } from '#api/tickets/spoken.ts'
import type { Desk } from '#desk/desk.ts'
import { askedBy } from '#knowledge/asked.ts'
import { fittingArticles } from '#knowledge/article-search-store.ts'

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
      const row = await ticketFor(db, params.id, principal, 'ticket.read')
      const { text, language } = await spokenOn(db, row)
      const among = { audience: null, language, only: false, limit: MOST }
      const found = await fittingArticles(db, askedBy(row.subject, text), among)
      return { items: found.map((each) => presentFitting(desk, each)), nextCursor: null }
    },
  })
}
