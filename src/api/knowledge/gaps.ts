// What the help center does not say: searches that led to nothing, tickets that no article answers, articles that did not help.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { articleCommentPage, articleCommentQuery, gapQuery, gapReport } from '#api/contract/gaps.ts'
import { idParams } from '#api/contract/shapes.ts'
import { pageFrom, readCursor } from '#api/http/paging.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { askedTickets, type AskedTicket } from '#assistant/asked-store.ts'
import type { Desk } from '#desk/desk.ts'
import { plus } from '#kit/time.ts'
import { fittingArticles, type Fitting } from '#knowledge/article-search-store.ts'
import { findArticle } from '#knowledge/article-store.ts'
import { askedBy, typedBy } from '#knowledge/asked.ts'
import { gapsOf, type Gap, type Wanting } from '#knowledge/gaps.ts'
import { languageOf } from '#knowledge/language.ts'
import { deflectionSince, failedSearches, tallyOfSearches } from '#knowledge/search-log-store.ts'
import { commentsOf, unhelpfulArticles, votesOf } from '#knowledge/vote-store.ts'
import type { Db } from '#store/database.ts'

const KEPT_DAYS = 90
const MOST_SEARCHES = 5_000
const MOST_TICKETS = 2_000
const MOST_GAPS = 50
/** So many of the largest are looked at more closely. */
const MOST_JUDGED = 150
const MOST_SHOWN = 5
const LEAST_VOTES = 2
/** A search of the last minutes may still lead somewhere. */
const STILL_OPEN_SECONDS = 600

const place = z.strictObject({ at: z.string(), voter: z.string() })

export function gapRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/gaps',
    access: 'articles.write',
    summary: 'What is looked for or asked and stands in no article, the most frequent first',
    query: gapQuery,
    answer: gapReport,
    handler: async ({ db, query, principal }) => {
      const at = desk.clock.now()
      const since = plus(at, -query.days * 86_400)
      const failed = await failedSearches(db, since, plus(at, -STILL_OPEN_SECONDS), MOST_SEARCHES)
      const also = failed.flatMap(({ ticketId }) => ticketId ?? [])
      const asked = await askedTickets(db, principal, since, also, MOST_TICKETS)
      const language = (await desk.setup.now()).desk.language
      const tickets = new Map(asked.map((each) => [each.id as number, each]))
      const wanting: Wanting[] = [
        ...failed.map(({ query: text, ticketId, ...rest }) => ({
          ...rest,
          text,
          ticketId: tickets.has(ticketId ?? 0) ? ticketId : null,
        })),
        ...asked
          .filter(({ id }) => !also.includes(id))
          .map((each) => ({
            text: each.subject,
            language: each.language ?? languageOf(each.subject) ?? language,
            ticketId: each.id,
            found: null,
          })),
      ]
      const gaps = gapsOf(wanting).slice(0, MOST_JUDGED)
      const judged = await Promise.all(gaps.map((gap) => judgedGap(db, gap, tickets)))
      return {
        since,
        keptDays: KEPT_DAYS,
        searches: await tallyOfSearches(db, since),
        items: judged.filter((gap) => gap !== null).slice(0, MOST_GAPS),
        deflection: await deflectionSince(db, since),
        unhelpful: await unhelpfulArticles(db, LEAST_VOTES, MOST_GAPS),
      }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/articles/:id/comments',
    access: 'articles.write',
    summary: 'Whether an article helped: how many say so of each version, and what they wrote',
    params: idParams,
    query: articleCommentQuery,
    answer: articleCommentPage,
    handler: async ({ db, params, query: { limit, cursor } }) => {
      if ((await findArticle(db, params.id)) === null)
        decline('not-found', `There is no article ${params.id}.`)
      const rows = await commentsOf(db, params.id, { limit: limit + 1, after: readCursor(cursor, place) })
      const page = pageFrom(
        rows,
        limit,
        ({ at, voter }) => ({ at, voter }),
        ({ voter: _voter, ...rest }) => rest,
      )
      return { ...page, votes: await votesOf(db, params.id) }
    },
  })
}

/** A gap as it is shown. What only tickets say, and an article answers, is none, unless the assistant found that it does not. */
async function judgedGap(db: Db, gap: Gap, tickets: ReadonlyMap<number, AskedTicket>) {
  const nearest = await nearestTo(db, gap)
  const seen = gap.ticketIds.flatMap((each) => tickets.get(each) ?? [])
  const isOpen = gap.searches > 0 || nearest === null || seen.some(({ unanswered }) => unanswered)
  if (!isOpen) return null
  const { ticketIds: _ticketIds, ...rest } = gap
  return {
    ...rest,
    texts: [...rest.texts],
    ticketCount: seen.length,
    tickets: seen.slice(0, MOST_SHOWN).map(({ id, subject }) => ({ id, subject })),
    nearest: nearest === null ? null : { id: nearest.id, name: nearest.title },
  }
}

async function nearestTo(db: Db, { text, language, searches }: Gap): Promise<Fitting | null> {
  const among = { audience: 'public', language, only: false, limit: 1 } as const
  const [found] = await fittingArticles(db, searches > 0 ? typedBy(text) : askedBy(text), among)
  return found ?? null
}
