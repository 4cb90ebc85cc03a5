// /backtests: rules tried on the desk's own past, what came of it, and the tickets that would have gone otherwise.
import { z } from 'zod'
import { differenceKinds } from '#backtest/compare.ts'
import {
  backtestModes,
  backtestStates,
  findingCodes,
  routingPresences,
  triedKinds,
} from '#backtest/report.ts'
import { SEEN } from '#backtest/seen.ts'
import { actor, id, instant, nameRef, pageOf, pageQuery } from './shapes.ts'
import { triedQueue, triedSkill, triedStaff, triedTeam, workUnits } from './routing.ts'
import { previewAsked } from './sla.ts'

const whole = z.number().int()
const pair = z.object({ baseline: whole, candidate: whole })

/** Changes of routing that are tried together, each as it would be saved. */
export const triedRouting = z.strictObject({
  queue: triedQueue.optional(),
  skill: triedSkill.optional(),
  units: workUnits.optional(),
  staff: z.array(triedStaff).min(1).max(1_000).optional(),
  team: triedTeam.optional(),
})

/**
 * Who is taken to have been there: as agents said then, or by their hours. Routing needs everybody's tickets, and their past: no filter,
 * no sample, no shadow.
 */
const routingAsked = triedRouting.extend({
  presence: z.enum(routingPresences).default('recorded_presence'),
})

/**
 * The draft is frozen as it is now. `last` is a number of days that end with the last thing that happened, or a window; instead of it,
 * `shadow` is for how many days it runs beside live from now on. An `agreement` is a policy or calendar that is not published: tried as if it had always been there, beside the rules.
 */
export const newBacktest = z.strictObject({
  candidate: z.union([z.literal(['live', 'draft']), z.int32().positive()]),
  agreement: previewAsked.optional(),
  /** Without it, routing is taken as it was. */
  routing: routingAsked.optional(),
  last: z
    .union([z.number().int().min(1).max(3_650), z.strictObject({ from: instant, to: instant })])
    .optional(),
  shadow: z.number().int().min(1).max(14).optional(),
  /** Only tickets that this search finds now; only so many of them, drawn by the seed. Neither counts for publishing. */
  filter: z.string().trim().min(1).max(2_000).optional(),
  sample: z.int32().positive().optional(),
  seed: z.int32().min(0).default(1),
})
export type NewBacktest = z.input<typeof newBacktest>

export const backtest = z.object({
  id,
  state: z.enum(backtestStates),
  mode: z.enum(backtestModes),
  /** When a shadow ends: by itself, or when other rules go live. */
  until: instant.nullable(),
  candidateVersion: whole,
  /** Names the rules that were tried by what they say. */
  candidateHash: z.string(),
  /** 0: nothing was live. */
  baselineVersion: whole,
  /** The policy or calendar that was tried beside the rules. */
  agreement: z.object({ type: z.enum(['policy', 'calendar']), name: z.string() }).nullable(),
  /** How routing was played, and what was tried of it by its name, units without one; null where it is taken as it was. */
  routing: z
    .object({
      presence: z.enum(routingPresences),
      tried: z.array(z.object({ kind: z.enum(triedKinds), name: z.string().nullable() })),
    })
    .nullable(),
  from: instant,
  to: instant,
  seed: whole,
  filter: z.string().nullable(),
  sample: whole.nullable(),
  /** Tickets lived through, of so many. */
  done: whole,
  total: whole,
  /** How often it was taken up again, as whoever worked on it went away. */
  begunAgain: whole,
  failure: z.string().nullable(),
  createdBy: nameRef.nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
  /** The sums of the tickets done. */
  soFar: z
    .object({
      tickets: whole,
      reproduced: whole,
      diffs: whole,
      certain: whole,
      mailsOutside: pair,
      breached: whole,
      saved: whole,
    })
    .nullable(),
})
export type Backtest = z.infer<typeof backtest>
export const backtestPage = pageOf(backtest)

const counts = z.object({
  matched: whole,
  fired: whole,
  noOp: whole,
  refused: whole,
  suppressed: whole,
  firstAt: instant.nullable(),
  lastAt: instant.nullable(),
})
const share = z.number().nullable()

export const finding = z.object({
  code: z.enum(findingCodes),
  about: z.string().nullable(),
  baseline: z.number(),
  candidate: z.number(),
  isWarning: z.boolean(),
})
export type Finding = z.infer<typeof finding>

/** A field's value before and after; the names of what ids stand for, null where the value says it itself. */
export const change = z.object({
  from: z.string(),
  to: z.string(),
  fromName: z.string().nullable(),
  toName: z.string().nullable(),
})
export type Change = z.infer<typeof change>

/** A queue or an agent; a queue that is not saved yet has 0. */
const ref = z.object({ id: whole, name: z.string() })
/** Null stands for nobody, and for no queue. */
const routed = ref.nullable()
const matrix = z.object({
  otherwise: whole,
  cells: z.array(z.object({ from: routed, to: routed, count: whole })),
})
const hours = z.object({ baseline: z.number(), candidate: z.number() })
/** How long half of all, and nine of ten, waited at most. */
const waits = z.object({ p50Seconds: pair, p90Seconds: pair })

/** Routing played twice, before and after: all of it is assumed. `arrivals` are times that a ticket came into line. */
export const routedReport = z.object({
  presence: z.enum(routingPresences),
  /** Agents of whom it was not kept when they were there: they are there by their hours. */
  byHours: whole,
  /** How many answers the pace of work was learnt from. */
  answers: whole,
  arrivals: pair,
  withoutQueue: pair,
  leftOut: whole,
  agents: matrix,
  queues: matrix,
  /** Until somebody has it. */
  inLine: waits,
  /** Until somebody begins with it. */
  begun: waits,
  left: pair,
  byQueue: z.array(waits.extend({ queue: ref, tickets: pair, left: pair })),
  byAgent: z.array(z.object({ agent: ref, tickets: pair, workHours: hours, fullHours: hours })),
})
export type RoutedReport = z.infer<typeof routedReport>

export const report = z.object({
  versions: z.object({ baseline: z.string(), candidate: z.string() }),
  tickets: whole,
  excluded: z.record(z.string(), whole),
  fidelity: z.object({
    tickets: whole,
    reproduced: whole,
    /** From 0 to 1; null where there is nothing to reproduce. */
    share,
    causes: z.record(z.string(), whole),
  }),
  diffs: whole,
  certain: whole,
  marks: z.record(z.string(), whole),
  rules: z.array(
    z.object({
      id: whole,
      key: z.string(),
      title: z.string(),
      baseline: counts,
      candidate: counts,
      /** How often the candidate's rule is to fire on a day: the middle 95 % of its days. */
      perDay: z.object({ low: whole, high: whole }).optional(),
      mailsPerDay: z.object({ low: whole, high: whole }).optional(),
      /** How often it would have fired in each week, the last one last. */
      weeks: z.array(whole).optional(),
      samples: z.array(whole),
    }),
  ),
  fields: z.array(z.object({ field: z.enum(SEEN), changes: z.array(change.extend({ count: whole })) })),
  mails: z.object({
    total: pair,
    outside: pair,
    mostPerTicket: pair,
    newRecipients: whole,
    lostRecipients: whole,
    /** The most changed; none for a token that may not read tickets. */
    recipients: z.array(pair.extend({ to: z.string(), outside: z.boolean() })),
  }),
  webhooks: pair,
  conflicts: pair,
  circuits: pair,
  mostPasses: pair,
  reopened: pair,
  brokenReplays: whole,
  sla: z.object({
    breached: z.array(whole),
    saved: z.array(whole),
    metrics: z.array(
      z.object({
        metric: z.string(),
        tickets: whole,
        attainment: z.object({ baseline: share, candidate: share }),
        difference: z.number(),
        /** 95 % interval of the difference. */
        low: z.number(),
        high: z.number(),
      }),
    ),
  }),
  /** Null where routing was taken as it was. */
  routing: routedReport.nullable(),
  findings: z.array(finding),
  hash: z.string(),
})
export type BacktestReport = z.infer<typeof report>

export const backtestDetail = backtest.extend({ report: report.nullable() })
export type BacktestDetail = z.infer<typeof backtestDetail>

const ruleRef = z.object({ id: whole, title: z.string() })

export const difference = z.object({
  kind: z.enum(differenceKinds),
  at: instant,
  /** Before the two went apart: people's later doings have no part in it. */
  certain: z.boolean(),
  rule: ruleRef.nullable(),
  /** A recipient, a metric or a field. */
  what: z.string().nullable(),
  change: change.nullable(),
})
export type Difference = z.infer<typeof difference>

export const diff = z.object({
  ticketId: whole,
  /** Null when the ticket is gone, or the token may not read tickets. */
  subject: z.string().nullable(),
  divergesAt: instant.nullable(),
  marks: z.array(z.string()),
  differences: z.array(difference),
})
export type Diff = z.infer<typeof diff>
export const diffPage = pageOf(diff)

/** Tickets of which one difference is all of this. */
export const diffFilter = z.strictObject({
  kind: z.enum(differenceKinds).optional(),
  rule: z.coerce.number().pipe(id).optional(),
  certain: z.stringbool().optional(),
  what: z.string().max(500).optional(),
  from: z.string().max(2_000).optional(),
  to: z.string().max(2_000).optional(),
})
export const diffQuery = pageQuery.extend(diffFilter.shape)
export const diffParams = z.object({
  id: z.coerce.number().pipe(id),
  ticketId: z.coerce.number().pipe(id),
})

const moment = z.object({
  at: instant,
  actor,
  events: z.array(z.string()),
  rules: z.array(ruleRef.extend({ outcome: z.string() })),
  sent: z.array(z.object({ kind: z.enum(['mail', 'webhook']), to: z.string(), rule: ruleRef })),
  changed: z.array(change.extend({ field: z.enum(SEEN) })),
})
export type Moment = z.infer<typeof moment>

const rules = z.union([z.literal(['live', 'draft']), z.coerce.number().pipe(z.int32().positive())])
/** Which rules stand beside which: what is live, the draft, or a version. */
export const whatIfQuery = z.strictObject({
  baseline: rules.default('live'),
  candidate: rules.default('live'),
})

/** What happens from where the two lives go apart. */
export const sideBySide = diff.extend({ baseline: z.array(moment), candidate: z.array(moment) })
export type SideBySide = z.infer<typeof sideBySide>

/** Both lives of a ticket, whole. `reproduced`: the rules of their time tell what really happened; else why they do not. */
export const whatIf = sideBySide.extend({
  baselineVersion: whole,
  candidateVersion: whole,
  fidelity: z.object({ reproduced: z.boolean(), cause: z.string().nullable() }),
})
export type WhatIf = z.infer<typeof whatIf>
