// /assistant/ladder and /assistant/review: how far the assistant has come, and the sample of answers that people judge.
import { z } from 'zod'
import { hindrances, rungs, signals, stepReasons } from '#assistant/words.ts'
import { ladderPlace, verdict } from './assistant.ts'
import { id, instant, pageOf, pageQuery } from './shapes.ts'

const whole = z.number().int()

/** How far two people who judge without knowing whose words they see mean the same: Cohen's kappa, and Gwet's AC1 of "wrong"; null of too few. */
const agreement = z.object({
  n: whole,
  observed: z.number(),
  kappa: z.number().nullable(),
  ac1: z.number().nullable(),
})
const rung = z.enum(rungs)

export const ladderRow = ladderPlace.extend({
  category: z.string(),
  brand: z.string().nullable(),
  rung,
  since: instant.nullable(),
  /** Why somebody let it go there by hand; null where the ladder did. */
  reason: z.string().nullable(),
  /** What it came down here for; null where it did not come from above. */
  fell: z.object({ from: rung, why: z.enum(stepReasons) }).nullable(),
  next: rung.nullable(),
  /** Nothing: a person may let it up. */
  missing: z.array(z.object({ what: z.enum(hindrances), has: z.number(), needs: z.number() })),
  answers: whole,
  judged: whole,
  wrong: whole,
  harmful: whole,
  /** The upper end of the exact 95 % interval of the share that is wrong. */
  bound: z.number(),
  signals: z.array(
    z.object({
      signal: z.enum(signals),
      n: whole,
      hits: whole,
      accepted: z.number(),
      sum: z.number(),
      isOver: z.boolean(),
    }),
  ),
  falls: z.enum(stepReasons).nullable(),
})
export type LadderRow = z.infer<typeof ladderRow>
export const ladder = z.object({
  version: whole.nullable(),
  maxWrong: z.number(),
  /** How far a signal's sum goes before it costs a step. */
  limit: z.number(),
  agreement,
  items: z.array(ladderRow),
})
export type Ladder = z.infer<typeof ladder>
export const newLadderStep = z.strictObject({ ...ladderPlace.shape, from: rung, to: rung })

/** Any day of a week from Monday to Sunday, by UTC. */
const day = z.iso.date()
export const reviewQuery = z.object({ week: day.optional() })
export const review = z.object({
  /** Its Monday. */
  week: day,
  agreement,
  items: z.array(z.object({ categoryId: id, path: z.string(), sampled: whole, judged: whole })),
})
export type Review = z.infer<typeof review>
export const reviewedAnswer = z.object({
  key: z.string(),
  ticketId: id,
  categoryId: id,
  subject: z.string(),
  question: z.string().nullable(),
  answer: z.string(),
  mine: verdict.nullable(),
  note: z.string().nullable(),
  /** Told once it is judged. */
  author: z.enum(['assistant', 'person']).nullable(),
})
export type ReviewedAnswer = z.infer<typeof reviewedAnswer>
export const reviewedPage = pageOf(reviewedAnswer)
export const reviewedQuery = pageQuery.extend({ week: day.optional(), open: z.stringbool().optional() })
export const newReview = z.strictObject({
  week: day,
  key: z.string().regex(/^[0-9a-f]{32}$/),
  verdict,
  note: z.string().max(2_000).default(''),
})
