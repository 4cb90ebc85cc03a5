// /assistant/review: the week's sample of answers, and what people say of them without being told whose words they are.
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import {
  newReview,
  review,
  reviewedAnswer,
  reviewedPage,
  reviewedQuery,
  reviewQuery,
} from '#api/contract/ladder.ts'
import { pageFrom, readCursor } from '#api/http/paging.ts'
import { decline } from '#api/http/problem.ts'
import { route } from '#api/route.ts'
import { judgedOf, sampleCounts, sampleOf, type Sampled, type Week } from '#assistant/review-store.ts'
import { sayVerdict } from '#assistant/verdict-store.ts'
import { fallWhereDue, reviewersAgree } from '#desk/assistant/ladder.ts'
import type { Desk } from '#desk/desk.ts'
import { instant, plus } from '#kit/time.ts'
import { tell } from '#store/listen.ts'

const DAY_SECONDS = 86_400

export function reviewRoutes(app: FastifyInstance, desk: Desk): void {
  route(app, desk, {
    method: 'GET',
    url: '/assistant/review',
    access: 'assistant.read',
    summary: 'How far the sample of a week is judged, and how far two people mean the same',
    query: reviewQuery,
    answer: review,
    handler: async ({ db, query, principal }) => {
      const week = weekOf(desk, query.week)
      return {
        week: week.from.slice(0, 10),
        agreement: await reviewersAgree(desk, db),
        items: await sampleCounts(db, week, principal),
      }
    },
  })
  route(app, desk, {
    method: 'GET',
    url: '/assistant/review/answers',
    access: 'assistant.judge',
    summary:
      'Answers of the week’s sample, the assistant’s and people’s alike; whose they are is told once they are judged',
    query: reviewedQuery,
    answer: reviewedPage,
    handler: async ({ db, query: { limit, cursor, week, open = false }, principal }) => {
      const page = { open, after: readCursor(cursor, z.string()), limit: limit + 1 }
      const rows = await sampleOf(db, weekOf(desk, week), principal, page)
      return pageFrom(rows, limit, ({ key }) => key, presentAnswer)
    },
  })
  route(app, desk, {
    method: 'POST',
    url: '/assistant/review/verdicts',
    access: 'assistant.judge',
    summary:
      'Says whether an answer of the sample is right. A harmful one of the assistant’s costs it a step at once',
    body: newReview,
    answer: reviewedAnswer,
    handler: async ({ db, body: { key, verdict, note, week: day }, principal }) => {
      const week = weekOf(desk, day)
      const find = async () =>
        (await sampleOf(db, week, principal, { open: false, key, after: null, limit: 1 }))[0] ??
        decline('not-found', 'This answer is not in the sample of that week.')
      const found = await find()
      const said = { verdict, note, by: principal.agentId, at: desk.clock.now() }
      // Who has been told whose it is judges it anew, but not blindly.
      await sayVerdict(db, judgedOf(found), { ...said, isBlind: found.mine === null })
      if (verdict === 'harmful') await fallWhereDue(desk, db)
      tell(db, { changed: 'runs', id: found.ticketId })
      return presentAnswer(await find())
    },
  })
}

/** The week of a day, from Monday by UTC; the last whole one unless said. */
function weekOf(desk: Desk, day: string | undefined): Week {
  const at = Date.parse(day ?? plus(desk.clock.now(), -7 * DAY_SECONDS).slice(0, 10))
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY_SECONDS * 1_000
  return { from: instant(monday), to: plus(instant(monday), 7 * DAY_SECONDS) }
}

function presentAnswer({ at: _when, runId, messageId: _of, ...answer }: Sampled) {
  const author = runId === null ? 'person' : 'assistant'
  return { ...answer, author: answer.mine === null ? null : author } as const
}
