// /reviews: resolves by people that were drawn by lot, and what leads say of them.
import { z } from 'zod'
import { reviewAnswers } from '#reporting/vocabulary.ts'
import { id, instant, nameRef, pageOf, pageQuery } from './shapes.ts'

const answered = z.strictObject({ question: z.string().max(200), answer: z.enum(reviewAnswers) })

export const review = z.object({
  ticketId: id,
  subject: z.string(),
  /** Which of the ticket's resolves it is. */
  resolvedAt: instant,
  /** Whose the ticket was then. */
  agent: nameRef.nullable(),
  /** Null while it waits for a review. */
  reviewer: nameRef.nullable(),
  answers: z.array(answered).nullable(),
  /** No question was answered with no; null where all were skipped. */
  passed: z.boolean().nullable(),
  note: z.string().nullable(),
  at: instant.nullable(),
})
export type Review = z.infer<typeof review>
export const reviewPage = pageOf(review)
export type ReviewPage = z.infer<typeof reviewPage>

/** GET /reviews/waiting, the oldest first; with what is asked of each, and how many wait in all. */
export const reviewsWaiting = reviewPage.extend({
  share: z.number(),
  questions: z.array(z.string()),
  waiting: z.number().int(),
})
export type ReviewsWaiting = z.infer<typeof reviewsWaiting>
export const reviewQuery = pageQuery

/** POST /reviews: every question as it is asked now, in order. */
export const newReview = z.strictObject({
  ticketId: id,
  resolvedAt: instant,
  answers: z.array(answered).min(1).max(5),
  note: z.string().trim().max(2_000).default(''),
})
export type NewReview = z.input<typeof newReview>
