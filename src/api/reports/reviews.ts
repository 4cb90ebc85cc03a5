// /reviews: what leads are asked to look at, what they say of it, and what was said of one's own.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { newReview, review, reviewPage, reviewQuery, reviewsWaiting } from '#api/contract/reviews.ts'
import { pageFrom, readCursor } from '#api/http/paging.ts'
import { decline, declineInput } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import type { Desk } from '#desk/desk.ts'
import { instant, type Instant } from '#kit/time.ts'
import type { Principal } from '#people/can.ts'
import {
  countWaiting,
  findDrawn,
  putReview,
  reviewsDone,
  waitingReviews,
  type Reviewed,
} from '#reporting/review-store.ts'

const moment = z.iso.datetime().transform((at) => instant(Date.parse(at)))
const place = z.strictObject({ at: moment, ticketId: z.number().int(), resolvedAt: moment })

export function reviewsRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/reviews/waiting',
    access: 'ticket.review',
    summary:
      'Resolves by people that were drawn by lot and wait for a review, the oldest first; never the caller’s own',
    query: reviewQuery,
    answer: reviewsWaiting,
    handler: async ({ db, query: { limit, cursor }, principal }) => {
      const draw = await drawFor(desk, principal)
      const page = { after: readCursor(cursor, place), limit: limit + 1 }
      const rows = draw.share === 0 ? [] : await waitingReviews(db, draw, page)
      return {
        ...pageFrom(
          rows,
          limit,
          keyOf(({ resolvedAt }) => resolvedAt),
          present,
        ),
        share: draw.share,
        questions: [...draw.questions],
        waiting: draw.share === 0 ? 0 : await countWaiting(db, draw),
      }
    },
  })
  doneRoute(app, desk, { url: '/reviews', of: 'others' })
  doneRoute(app, desk, { url: '/reviews/own', of: 'own' })
  route(app, desk, {
    method: 'POST',
    url: '/reviews',
    access: 'ticket.review',
    summary:
      'Says what a resolve that was drawn is like; again, by the same person, in the place of what they said before',
    body: newReview,
    answer: review,
    handler: async ({ db, body: { answers, note, ticketId, resolvedAt }, principal }) => {
      const resolve = { ticketId, resolvedAt: instant(Date.parse(resolvedAt)) }
      const draw = await drawFor(desk, principal)
      const isAsked = answers.map(({ question }) => question).join('\n') === draw.questions.join('\n')
      if (!isAsked) declineInput('answers', 'are to other questions than are asked now: read them again')
      const find = () => findDrawn(db, draw, resolve)
      if ((await find()) === null) decline('not-found', 'This resolve was not drawn for you to review.')
      const said = { answers, note, by: principal.agentId, at: desk.clock.now() }
      if (!(await putReview(db, resolve, said))) decline('conflict', 'Somebody else has reviewed it.')
      return present((await find()) ?? decline('not-found'))
    },
  })
}

function doneRoute(
  app: FastifyInstance,
  desk: Desk,
  { url, of }: { url: string; of: 'others' | 'own' },
): void {
  route(app, desk, {
    method: 'GET',
    url,
    access: of === 'own' ? 'ticket.read' : 'ticket.review',
    summary:
      of === 'own'
        ? 'What reviews say of the caller’s own resolves, the newest first'
        : 'Reviews of the tickets in sight, the newest first',
    query: reviewQuery,
    answer: reviewPage,
    handler: async ({ db, query: { limit, cursor }, principal }) => {
      const page = { after: readCursor(cursor, place), limit: limit + 1 }
      const rows = await reviewsDone(db, principal, of, page)
      return pageFrom(
        rows,
        limit,
        keyOf(({ at, resolvedAt }) => at ?? resolvedAt),
        present,
      )
    },
  })
}

async function drawFor(desk: Desk, principal: Principal) {
  const { reviewShare, reviewQuestions } = (await desk.setup.now()).desk
  return { share: reviewShare, questions: reviewQuestions, now: desk.clock.now(), reader: principal }
}

const keyOf = (at: (row: Reviewed) => Instant) => (row: Reviewed) => ({
  at: at(row),
  ticketId: row.ticketId,
  resolvedAt: row.resolvedAt,
})

function present({ answers, ...row }: Reviewed): z.input<typeof review> {
  return { ...row, answers: answers === null ? null : [...answers] }
}
