// /reports/stalls: where tickets stall now. Words and figures as docs/reports.md has them.
import { z } from 'zod'
import { stallCauses, stayFields } from '#reporting/vocabulary.ts'
import { activeStatuses, statuses } from '#tickets/vocabulary.ts'
import { change, nowQuery, number } from './reports.ts'
import { id, instant } from './shapes.ts'

/** GET /reports/stalls/in-status: the time in each status by a field, as `inStatus` of the stalls; of fewer than ten n alone. */
export const staysQuery = z.strictObject({ ...nowQuery.shape, by: z.enum(stayFields) })
export const stays = z.object({
  items: z.array(
    z.object({
      status: z.enum(activeStatuses),
      group: z.string().nullable(),
      groupKey: z.string().nullable(),
      n: z.number().int(),
      running: z.number().int(),
      median: number,
      /** 95 % of the median. */
      low: number,
      high: number,
      p95: number,
    }),
  ),
})
export type Stays = z.infer<typeof stays>

/** GET /reports/stalls: learnt from the last 180 days. */
const survival = z.object({ time: z.number(), share: z.number(), low: z.number(), high: z.number() })
export const stalls = z.object({
  /** How long tickets stay in each status (Kaplan and Meier, 95 % by Greenwood); times in seconds, null where not reached. */
  inStatus: z.array(
    z.object({
      status: z.enum(activeStatuses),
      n: z.number().int(),
      running: z.number().int(),
      median: number,
      p95: number,
      steps: z.array(survival),
      /** The same of the 180 days before, as it stood at their end, and how the median changed since. */
      before: z.object({ n: z.number().int(), median: number, change }),
    }),
  ),
  /** Which status follows which; the most waiting in all first. Seconds. */
  ways: z.array(
    z.object({
      from: z.enum(activeStatuses),
      to: z.enum(statuses),
      count: z.number().int(),
      median: z.number(),
      total: z.number(),
    }),
  ),
  /** From which team to which, with the seconds in the one before; `back`: those that went back without a message in between. */
  teamWays: z.array(
    z.object({
      from: id,
      fromName: z.string(),
      to: id,
      toName: z.string(),
      count: z.number().int(),
      back: z.number().int(),
      median: z.number(),
      total: z.number(),
    }),
  ),
  /** The ten commonest ways by which tickets opened in 180 days came to their end, out of how many that `ended`. Seconds. */
  paths: z.array(
    z.object({ statuses: z.array(z.enum(statuses)), count: z.number().int(), median: z.number() }),
  ),
  ended: z.number().int(),
  /** Pending tickets whose clock was stopped when a tenth of its target was left at most, or a quarter of an hour. */
  lastMinute: z.array(
    z.object({
      ticketId: id,
      subject: z.string(),
      metric: z.string(),
      /** Seconds of its agreement's hours. */
      left: z.number().int(),
      since: instant,
    }),
  ),
  /** Why how many are stuck, and how many were a week ago: null where nobody noted it, or the reader does not see the whole desk. */
  causes: z.array(
    z.object({
      cause: z.enum(stallCauses),
      tickets: z.number().int(),
      weekAgo: z.number().int().nullable(),
    }),
  ),
  /** Active tickets that are longer in their status than 95 % of their like, or without a word for three weekdays; at most 500. */
  stuck: z.array(
    z.object({
      ticketId: id,
      subject: z.string(),
      status: z.enum(activeStatuses),
      assignee: z.string().nullable(),
      sinceAt: instant,
      usualSeconds: number,
      cause: z.enum(stallCauses),
    }),
  ),
  more: z.boolean(),
  /** Active tickets, what came and went in four weeks, and in how many days nothing is left (95 %); null: not, or perhaps never. */
  forecast: z.object({
    backlog: z.number().int(),
    came: z.number().int(),
    went: z.number().int(),
    soonest: number,
    latest: number,
  }),
})
export type Stalls = z.infer<typeof stalls>
