// /calendars, /policies and /tickets/{id}/clocks. Published versions are never changed: a change is a new version.
import { z } from 'zod'
import { CLOCK_STATES, METRICS, POLICY_KINDS } from '#sla/policy.ts'
import { id, instant, name, nameRef, pageOf } from './shapes.ts'
import { priority } from './tickets.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is no time of day from 00:00 to 24:00')
const hoursOfDay = z.array(z.tuple([time, time])).max(12)
const day = z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])

/** Local hours by weekday, holidays (`2026-12-25`, or `12-25` for every year), dates with hours of their own; or the union of calendars. */
export const hours = z.union([
  z.strictObject({ union: z.array(z.string().regex(/^\d+$/)).min(1).max(20) }),
  z.strictObject({
    timeZone: z.string().max(60),
    weekly: z.partialRecord(day, hoursOfDay).default({}),
    holidays: z.array(z.string().max(10)).max(2_000).default([]),
    exceptions: z.record(z.string().max(10), hoursOfDay).default({}),
  }),
])
export type Hours = z.infer<typeof hours>

const published = {
  version: z.number().int(),
  note: z.string(),
  at: instant,
  by: z.string().nullable(),
}

export const calendarVersion = z.object({ ...published, effectiveFrom: instant.nullable(), hours })
export type CalendarVersion = z.infer<typeof calendarVersion>
export const owner = z.enum(['team', 'organization', 'brand'])
export const calendar = z.object({
  id,
  name: z.string(),
  archived: z.boolean(),
  /** Newest last. */
  versions: z.array(calendarVersion),
  /** Who works by it now. */
  usedBy: z.array(z.object({ owner, id, name: z.string() })),
})
export const calendarPage = pageOf(calendar)
export type Calendar = z.infer<typeof calendar>
/** Why it is published although its backtest is missing or has findings. */
const reason = z.string().trim().min(3).max(500).optional()

export const newCalendar = z.strictObject({ name, hours, note: z.string().max(500).optional() })
export const calendarPatch = z.strictObject({ name: name.optional(), archived: z.boolean().optional() })
/** From now on unless said; a moment in the past needs `restate`, since ended clocks are then measured anew. */
export const newCalendarVersion = z.strictObject({
  hours,
  effectiveFrom: instant.optional(),
  restate: z.boolean().optional(),
  note: z.string().max(500).optional(),
  reason,
})
export type NewCalendarVersion = z.infer<typeof newCalendarVersion>
/** PUT /calendar-uses: from now on this owner works by that calendar; null for none of its own. */
export const calendarUse = z.strictObject({ owner, ownerId: id, calendarId: id.nullable() })

/** POST /calendars/due: when `seconds` of working time after `from` are over. */
export const dueQuestion = z.strictObject({
  hours,
  from: instant,
  seconds: z.number().int().min(1).max(31_622_400),
})
export const dueAnswer = z.object({ dueAt: instant.nullable(), opensAt: instant.nullable() })
/** POST /calendars/ics: the dates of an ICS feed's all-day events, repeated three years ahead. */
export const icsFile = z.strictObject({ ics: z.string().max(1_000_000) })
/** What of a file are holidays, and which of its events are none, with the reason. */
export const icsDates = z.object({
  holidays: z.array(z.object({ date: z.string(), name: z.string() })),
  left: z.array(
    z.object({ name: z.string(), reason: z.enum(['has_time', 'no_date', 'unreadable', 'too_often']) }),
  ),
})
export type IcsDates = z.infer<typeof icsDates>

const customKey = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'is a word in small letters')
const builtIn = z.enum(METRICS)
/** One of these, or `custom:KEY` of a clock of the policy's own. */
export const metric = z.union([
  builtIn,
  z.templateLiteral(['custom:', z.string().regex(/^[a-z][a-z0-9_]{0,39}$/)]),
])
/** Conditions in the query language, asked of the ticket after each update: stop before pause before start. */
export const customClock = z.strictObject({
  key: customKey,
  title: name,
  start: z.string().min(1).max(2_000),
  stop: z.string().min(1).max(2_000),
  /** Empty: never. */
  pause: z.string().max(2_000).default(''),
  cycle: z.enum(['once', 'resume', 'restart']).default('restart'),
})
export type CustomClock = z.infer<typeof customClock>
export const threshold = z.union([
  z.strictObject({ percent: z.number().int().min(1).max(99) }),
  z.strictObject({ secondsLeft: z.number().int().min(1).max(31_622_400) }),
])
export const target = z.strictObject({
  metric,
  priority,
  seconds: z.number().int().min(1).max(31_622_400).nullable(),
  /** `always`, `inherit`, or a calendar's number. */
  calendar: z
    .string()
    .regex(/^(always|inherit|\d{1,15})$/, 'is "always", "inherit" or the number of a calendar'),
  warnAt: z.array(threshold).max(5).default([]),
})
export type Target = z.infer<typeof target>
export const policyOptions = z.strictObject({
  agentCreatedCounts: z.boolean().optional(),
  noteFulfils: z.boolean().optional(),
  assistantReplyFulfils: z.boolean().optional(),
  onHoldPausesRequesterWait: z.boolean().optional(),
  ownershipPausesInPending: z.boolean().optional(),
  totalCountsResolvedGap: z.boolean().optional(),
  mergeInheritsEarliest: z.boolean().optional(),
})
export const policyKind = z.enum(POLICY_KINDS)
const definition = {
  title: name,
  /** Which tickets it is for, in the query language; empty for all. */
  q: z.string().max(2_000),
  targets: z.array(target).min(1).max(50),
  options: policyOptions.default({}),
  customs: z.array(customClock).max(10).default([]),
  onPolicyChange: z.enum(['keep_elapsed', 'restart']).default('keep_elapsed'),
}
export const policyVersion = z.strictObject({ ...definition, note: z.string().max(500).optional(), reason })
export type PolicyVersion = z.infer<typeof policyVersion>
export const newPolicy = policyVersion.extend({ kind: policyKind })
export type NewPolicy = z.infer<typeof newPolicy>
export const policy = z.object({
  id,
  kind: policyKind,
  position: z.number().int(),
  archived: z.boolean(),
  ...definition,
  ...published,
})
export const policyPage = pageOf(policy)
export type Policy = z.infer<typeof policy>
export const policyPatch = z.strictObject({
  archived: z.boolean().optional(),
  position: z.number().int().min(1).max(10_000).optional(),
})

/** What publishing would do to the clocks of tickets that are not closed, and what the last 30 days would have been. */
export const previewAsked = z.strictObject({
  /** A new version of this policy, or a new one. */
  policy: newPolicy.extend({ id: id.optional() }).optional(),
  /** A new version of this calendar. */
  calendar: z.strictObject({ id, hours, effectiveFrom: instant.optional() }).optional(),
})
export type PreviewAsked = z.infer<typeof previewAsked>
const moved = z.object({
  ticket: z.object({ id, subject: z.string() }),
  metric,
  team: z.string().nullable(),
  from: instant.nullable(),
  to: instant.nullable(),
})
export const attainment = z.object({ met: z.number().int(), missed: z.number().int() })
export const preview = z.object({
  tickets: z.number().int(),
  /** More tickets than are looked at: the newest were. */
  capped: z.boolean(),
  changes: z.array(
    z.object({
      kind: z.enum(['later', 'earlier', 'breached', 'unbreached', 'started', 'cancelled']),
      count: z.number().int(),
      /** The first hundred. */
      clocks: z.array(moved),
    }),
  ),
  /** By metric, over the clocks of tickets opened in the last 30 days. */
  wouldHaveMet: z.array(z.object({ metric, now: attainment, drafted: attainment })),
})
export type Preview = z.infer<typeof preview>

/** GET /policies/risk: how far the risk score can be trusted: learned on half of the history, asked about the other half. */
export const riskCalibration = z.object({
  samples: z.number().int(),
  brier: z.number().nullable(),
  plain: z.number().nullable(),
  bins: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      samples: z.number().int(),
      said: z.number(),
      happened: z.number(),
    }),
  ),
})
export type RiskCalibration = z.infer<typeof riskCalibration>

/** GET /policies/recompute: how far judging all tickets again has come after the last publications. */
export const recompute = z.object({
  items: z.array(
    z.object({
      id,
      cause: z.enum(['policy_change', 'calendar_change']),
      createdAt: instant,
      done: z.number().int(),
      total: z.number().int(),
      changed: z.number().int(),
      finishedAt: instant.nullable(),
    }),
  ),
})

/** GET /tickets/{id}/clocks: every clock with its spans, as of now. The counted seconds add up to `elapsedSeconds`. */
export const explainedClock = z.object({
  kind: policyKind,
  metric,
  instance: z.number().int(),
  policy: nameRef.extend({ version: z.number().int() }),
  priority,
  state: z.enum(CLOCK_STATES),
  reason: z.string(),
  targetSeconds: z.number().int(),
  elapsedSeconds: z.number().int(),
  dueAt: instant.nullable(),
  breachedAt: instant.nullable(),
  calendar: z.string().nullable(),
  spans: z.array(
    z.object({
      from: instant,
      to: instant,
      calendar: z.string().nullable(),
      counted: z.boolean(),
      seconds: z.number().int(),
      reason: z.string(),
    }),
  ),
})
export type ExplainedClock = z.infer<typeof explainedClock>
export const explainedClocks = z.object({
  items: z.array(explainedClock),
  /** Why this policy: the queries of those that stood before it and did not match. */
  passedOver: z.array(z.object({ kind: policyKind, title: z.string(), q: z.string() })),
})
export type ExplainedClocks = z.infer<typeof explainedClocks>
