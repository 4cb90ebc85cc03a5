// /rulebook/versions/{version}: how a version fares, in its first week and on a share of the tickets.
import { z } from 'zod'
import { foretold } from '#backtest/prediction.ts'
import { id, instant } from './shapes.ts'

/** GET /rulebook/versions/{version}/first-days: how often each rule fired beside what the backtest foretold, the whole days of a week. */
export const firstDays = z.object({
  /** It went live on a backtest that is still kept. */
  isForetold: z.boolean(),
  items: z.array(
    z.object({
      rule: z.object({ id, title: z.string() }),
      /** How often it fired, or how many mails it sent; of mails only where there are some or were to be. */
      what: z.enum(foretold),
      /** The middle 95 % of the rule's days in the backtest. */
      low: z.number().int(),
      high: z.number().int(),
      days: z.array(z.object({ day: z.string(), count: z.number().int(), isOutside: z.boolean() })),
    }),
  ),
})
export type FirstDays = z.infer<typeof firstDays>
/** GET /rulebook/versions/{version}/canary: firings since it began to judge a share, until it was for all or withdrawn. */
export const canaryReport = z.object({
  version: z.number().int(),
  percent: z.number().int(),
  from: instant,
  to: instant.nullable(),
  /** Tickets on which something happened. */
  tickets: z.object({ canary: z.number().int(), rest: z.number().int() }),
  rules: z.array(
    z.object({
      rule: z.object({ id, title: z.string() }),
      canary: z.number().int(),
      rest: z.number().int(),
    }),
  ),
})
export type CanaryReport = z.infer<typeof canaryReport>
