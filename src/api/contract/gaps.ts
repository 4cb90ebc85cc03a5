// /gaps: what is asked for and stands in no article, and what readers said of those there are.
import { z } from 'zod'

import { id, instant, nameRef, pageOf, pageQuery } from './shapes.ts'

const whole = z.number().int()

/** GET /gaps?days=30. Searches are kept for `keptDays`. */
export const gapQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(90).default(30) })

export const gap = z.object({
  /** How most ask for it. */
  text: z.string(),
  language: z.string(),
  searches: whole,
  /** Of the searches, those that found nothing. */
  empty: whole,
  texts: z.array(z.object({ text: z.string(), count: whole })),
  /** Of tickets that whoever asks sees; at most five of them. */
  ticketCount: whole,
  tickets: z.array(z.object({ id, subject: z.string() })),
  /** The article that comes nearest today. */
  nearest: nameRef.nullable(),
})
export type Gap = z.infer<typeof gap>

export const gapReport = z.object({
  since: instant,
  keptDays: whole,
  searches: z.object({ searches: whole, empty: whole, unopened: whole }),
  /** The largest, at most fifty. */
  items: z.array(gap),
  /** Of customers who were shown articles at the portal before they wrote. */
  deflection: z.object({
    shown: whole,
    wrote: whole,
    /** Opened an article and sent no form, and then: wrote within 7 days, did not, too early to say. */
    later: whole,
    quiet: whole,
    open: whole,
    /** Neither opened nor wrote anything. */
    left: whole,
  }),
  unhelpful: z.array(z.object({ id, title: z.string(), language: z.string(), yes: whole, no: whole })),
})
export type GapReport = z.infer<typeof gapReport>

/** GET /articles/{id}/comments: what readers wrote, the newest first. */
export const articleComment = z.object({
  at: instant,
  version: whole,
  helpful: z.boolean(),
  comment: z.string(),
})
export type ArticleComment = z.infer<typeof articleComment>
export const articleCommentPage = pageOf(articleComment).extend({
  /** Of each version, the newest first. */
  votes: z.array(z.object({ version: whole, yes: whole, no: whole })),
})
export type ArticleCommentPage = z.infer<typeof articleCommentPage>
export const articleCommentQuery = pageQuery
