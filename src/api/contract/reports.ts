// /reports: measures over a window, and the list behind each number. The measures are defined in docs/reports.md.
import { z } from 'zod'
import { comparisons } from '#reporting/boards.ts'
import {
  hoursKinds,
  likenesses,
  ruleVerdicts,
  splitReasons,
  taxonomyFaults,
  units,
  staffedBys,
  surveyTraits,
  waitBands,
} from '#reporting/vocabulary.ts'
import { presences } from '#routing/model.ts'
import { actorTypes } from '#tickets/vocabulary.ts'
import { id, instant, pageOf, pageQuery } from './shapes.ts'

/** GET /reports: what can be asked, with what it means. */
export const reportCatalogue = z.object({
  items: z.array(
    z.object({
      key: z.string(),
      version: z.number().int(),
      unit: z.enum(units),
      about: z.string(),
      /** The fields that it can be told by. */
      fields: z.array(z.string()),
    }),
  ),
})
export type ReportCatalogue = z.infer<typeof reportCatalogue>

export const reportParams = z.object({ key: z.string().max(60) })

/**
 * GET /reports/{key}. `from` and `to` are days of the zone (`2026-03-01`, `today`), which count whole, moments, or `-7d`; the last
 * thirty days unless given. `filter` is a search text, `by` a field, `hours` the time that durations are told in. `compare` tells the
 * time just before as well, or the same weekdays a year ago.
 */
export const reportQuery = z.strictObject({
  from: z.string().max(40).optional(),
  to: z.string().max(40).optional(),
  zone: z.string().max(60).optional(),
  filter: z.string().max(2_000).optional(),
  by: z.string().max(20).optional(),
  bucket: z.string().max(10).optional(),
  hours: z.enum(hoursKinds).optional(),
  compare: z.enum(comparisons).optional(),
})
export type ReportQuery = z.infer<typeof reportQuery>

export const number = z.number().nullable()
/** By how much something changed, with its 95 % interval; null where there is too little to tell. */
export const change = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable()

export const reportRow = z.object({
  /** When the day, week or month begins. */
  at: instant.optional(),
  /** With `by`: what it is called, and what tells it apart; null for those without one. */
  group: z.string().nullable().optional(),
  groupKey: z.string().nullable().optional(),
  n: z.number().int(),
  /** The count, the share, or the median of at least ten durations. */
  value: number,
  /** The 95 % interval of a share (Wilson). */
  low: z.number().optional(),
  high: z.number().optional(),
  p90: number.optional(),
  p95: number.optional(),
  mean: number.optional(),
  /** All of them, where there are fewer than ten. */
  values: z.array(z.number()).optional(),
  /** Too little time has passed to be sure. */
  immature: z.literal(true).optional(),
})
export type ReportRow = z.infer<typeof reportRow>

/** What is told of a window. */
const figures = {
  n: z.number().int(),
  value: number,
  low: number,
  high: number,
  p50: number,
  p90: number,
  p95: number,
  mean: number,
  rows: z.array(reportRow),
}

export const report = z.object({
  key: z.string(),
  version: z.number().int(),
  unit: z.enum(units),
  about: z.string(),
  zone: z.string(),
  from: instant,
  /** Excluded. */
  to: instant,
  by: z.string().nullable(),
  bucket: z.string().nullable(),
  hours: z.enum(hoursKinds).nullable(),
  ...figures,
  /** With `compare`: the same of the earlier window, as far as there has been of this one. */
  before: z
    .object({
      from: instant,
      to: instant,
      ...figures,
      /** This window less the earlier one, with its 95 % interval; null where there is too little to tell, and of a backlog. */
      change,
    })
    .nullable(),
  /** False while the rows of older tickets are still being made. */
  complete: z.boolean(),
})
export type Report = z.infer<typeof report>

/** GET /reports/{key}/tickets: what one number counts; `at` names its bucket, `group` its group (`none` for those without one). */
export const reportListQuery = reportQuery.extend({
  at: instant.optional(),
  group: z.string().max(200).optional(),
  ...pageQuery.shape,
})
export const reportList = pageOf(
  z.object({
    /** Null of a mail that became no ticket. */
    ticketId: id.nullable(),
    subject: z.string(),
    status: z.string(),
    at: instant,
    /** Seconds, 1 or −1 of a count, 1 or 0 of a share; null of what is not told of one ticket. */
    value: z.number().nullable(),
  }),
)
export type ReportList = z.infer<typeof reportList>

/** Of reports that tell of now; `filter` is a search text. */
export const nowQuery = z.strictObject({
  filter: z.string().max(2_000).optional(),
  zone: z.string().max(60).optional(),
})

const changedShare = z.object({ share: number, change })

/** GET /reports/taxonomy: of the tickets opened in the last 90 days. */
export const taxonomy = z.object({
  since: instant,
  n: z.number().int(),
  /** Tickets without a category, and those whose category was changed once it was set. */
  unset: z.number().int(),
  churn: z.number().int(),
  churnBy: z.array(z.object({ by: z.enum(actorTypes), count: z.number().int() })),
  entropy: z.number(),
  effective: z.number(),
  /** The share of tickets in categories that are called “other”. */
  other: z.number(),
  categories: z.array(
    z.object({
      id,
      path: z.string(),
      archived: z.boolean(),
      count: z.number().int(),
      /** Rarer than one in 200; without a ticket; or telling nothing apart. */
      faults: z.array(z.enum(['tail', 'unused', 'decoration'])),
    }),
  ),
  pairs: z.array(z.object({ ids: z.tuple([id, id]), by: z.enum(likenesses), likeness: z.number() })),
  /** Categories whose newest tickets are of two kinds by their words, which go to other teams or take another time. */
  splits: z.array(
    z.object({
      categoryId: id,
      n: z.number().int(),
      by: z.array(z.enum(splitReasons)),
      groups: z.array(
        z.object({
          words: z.array(z.string()),
          team: z.object({ id: id.nullable(), count: z.number().int() }),
          /** Seconds to the resolve that stands. */
          median: number,
          tickets: z.array(z.object({ ticketId: id, subject: z.string() })),
        }),
      ),
    }),
  ),
  tags: z.object({
    n: z.number().int(),
    implied: z.array(z.object({ tag: z.string(), with: z.string(), share: z.number() })),
    typos: z.array(z.object({ tag: z.string(), meant: z.string() })),
    idle: z.array(z.string()),
  }),
  /** Null where there are too few tickets. */
  score: number,
  /** What costs points of 100, the dearest first. */
  penalties: z.array(
    z.object({
      fault: z.enum(taxonomyFaults),
      weight: z.number(),
      share: z.number(),
      points: z.number(),
    }),
  ),
  /** The same of the 90 days before, by the categories that its tickets have now. */
  before: z.object({
    n: z.number().int(),
    effective: z.number(),
    shares: z.object({ unset: changedShare, churn: changedShare, other: changedShare }),
  }),
})
export type Taxonomy = z.infer<typeof taxonomy>

/** GET /reports/staffed: how many agents were there, on average, in each hour of the week from Monday at midnight; `by` null: nobody knows. */
export const staffedQuery = reportQuery.pick({ from: true, to: true, zone: true })
export const staffed = z.object({
  by: z.enum(staffedBys).nullable(),
  from: instant,
  to: instant,
  /** Null of an hour of which nothing is known. */
  hours: z.array(number),
})
export type Staffed = z.infer<typeof staffed>

/** GET /reports/survey-bias: who answers surveys, and satisfaction as if everybody had who was asked. */
export const surveyBiasQuery = reportQuery.pick({ from: true, to: true, zone: true, filter: true })
const boundedShare = z.object({ value: z.number(), low: z.number(), high: z.number() })
export const surveyBias = z.object({
  sent: z.number().int(),
  answered: z.number().int(),
  response: boundedShare.nullable(),
  /** Good answers among those that were given, with Wilson's interval. */
  raw: boundedShare.nullable(),
  /** The same, each answer weighed by how unlikely it was; null below 30 answers. */
  standardised: boundedShare.nullable(),
  /** At least one in twenty answered. */
  isRepresentative: z.boolean(),
  rates: z.array(
    z.object({
      trait: z.enum(surveyTraits),
      /** A channel, the id of a team or none, a stretch of waiting, who resolved, what became of it. */
      value: z.string().nullable(),
      /** The name of a team. */
      name: z.string().nullable(),
      sent: z.number().int(),
      answered: z.number().int(),
      rate: boundedShare,
    }),
  ),
})
export type SurveyBias = z.infer<typeof surveyBias>

/** GET /reports/now, and the event `now` of a stream that was opened with `watch=now`. */
export const nowBoard = z.object({
  waiting: z.array(
    z.object({
      queueId: id.nullable(),
      queue: z.string().nullable(),
      band: z.enum(waitBands),
      count: z.number().int(),
    }),
  ),
  oldest: z.object({ ticketId: id, subject: z.string(), since: instant }).nullable(),
  unassigned: z.number().int(),
  overdue: z.number().int(),
  dueSoon: z.number().int(),
  agents: z.array(
    z.object({ presence: z.enum(presences), agents: z.number().int(), tickets: z.number().int() }),
  ),
  heldMails: z.number().int(),
  failingMailboxes: z.number().int(),
  openCircuits: z.number().int(),
})
export type NowBoard = z.infer<typeof nowBoard>

const fared = z.object({
  fired: z.number().int(),
  noOp: z.number().int(),
  refused: z.number().int(),
  suppressed: z.number().int(),
  conflicts: z.number().int(),
})
/** GET /reports/automation: the live rules, those with something wrong first. */
export const automation = z.object({
  items: z.array(
    z.object({
      ruleId: id,
      title: z.string(),
      ownerName: z.string(),
      days7: fared,
      days30: fared,
      days90: fared,
      lastFiredAt: instant.nullable(),
      /** What it saved in 90 days: 15 seconds by hand for each firing that did something, but for the share that people took back. */
      savedSeconds: z.number().int(),
      /** Of the firings that set a field in 90 days, those whose value a person changed to another within a day (95 %, Wilson). */
      regret: z.object({
        set: z.number().int(),
        regretted: z.number().int(),
        share: z.number(),
        low: z.number(),
        high: z.number(),
      }),
      /** Of the 90 days before those, and how firings, the share of those that did nothing and regret changed since. */
      before: z.object({
        fired: z.number().int(),
        noOp: z.number().int(),
        set: z.number().int(),
        regretted: z.number().int(),
        change: z.object({ fired: change, noOp: change, regret: change }),
      }),
      /** With which other rule it was most at odds in 30 days. */
      fight: z.object({ ruleId: id, count: z.number().int() }).nullable(),
      verdicts: z.array(z.enum(ruleVerdicts)),
      /** The caller is its owner, or writes rules. */
      maySnooze: z.boolean(),
      /** Verdicts that somebody lets be until a day. */
      snoozed: z.array(
        z.object({
          verdict: z.enum(ruleVerdicts),
          until: z.iso.date(),
          reason: z.string(),
          by: z.string().nullable(),
        }),
      ),
    }),
  ),
})
/** POST /reports/automation/{ruleId}/snooze: lets a verdict be until a day, at most a year ahead; with `until` null it is looked at again. */
export const ruleSnooze = z
  .object({
    verdict: z.enum(ruleVerdicts),
    until: z.iso.date().nullable(),
    reason: z.string().trim().max(500),
  })
  .refine(({ until, reason }) => until === null || reason.length >= 3, {
    path: ['reason'],
    error: 'Say why, in a few words',
  })
export type Automation = z.infer<typeof automation>
