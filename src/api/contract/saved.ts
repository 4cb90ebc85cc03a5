// /reports/saved: boards that are kept under a name, with who sees them and when they are mailed.
import { z } from 'zod'
import { boardFields, boards, comparisons, pauses, ranges, rhythms } from '#reporting/boards.ts'
import { bucketSizes, hoursKinds } from '#reporting/vocabulary.ts'
import { id, instant, name, nameRef, pageOf } from './shapes.ts'
import { viewScope } from './views.ts'

const day = z.iso.date()

/** What a board is set to, in relative words: days up to today, the last whole week or month, or days of one's own. */
export const boardState = z.strictObject({
  range: z.enum(ranges).optional(),
  from: day.optional(),
  to: day.optional(),
  bucket: z.enum(bucketSizes).optional(),
  by: z.enum(boardFields).optional(),
  zone: z.string().max(60).optional(),
  hours: z.enum(hoursKinds).optional(),
  compare: z.enum(comparisons).optional(),
  /** Of the board `measure`. */
  measure: z.string().max(60).optional(),
})

/** Mails are due at an hour of the report's zone, to at most 50 agents; each gets the numbers of the tickets in their own sight. */
export const newSchedule = z
  .strictObject({
    every: z.enum(rhythms),
    /** Of a week 1 for Monday to 7; of a month 1 to 31, or its last day where it is shorter. */
    onDay: z.number().int().min(1).max(31).default(1),
    hour: z.number().int().min(0).max(23),
    recipients: z.array(id).min(1).max(50),
    /** The numbers come as a file too. */
    attach: z.boolean(),
    paused: z.boolean().default(false),
  })
  .refine(({ every, onDay }) => every !== 'week' || onDay <= 7, {
    path: ['onDay'],
    error: 'is no day of the week',
  })
export type NewSchedule = z.input<typeof newSchedule>

export const savedReport = z.object({
  id,
  name: z.string(),
  scope: viewScope,
  owner: nameRef,
  team: nameRef.nullable(),
  board: z.enum(boards),
  state: boardState,
  /** The search text, with the names as they are now. */
  filter: z.string(),
  /** The caller may change and delete it, and say when it is mailed. */
  mine: z.boolean(),
  schedule: z
    .object({
      every: z.enum(rhythms),
      onDay: z.number().int(),
      hour: z.number().int(),
      zone: z.string(),
      recipients: z.array(nameRef),
      attach: z.boolean(),
      /** Null while it is paused. */
      dueAt: instant.nullable(),
      /** By hand; nobody opened the report for three months; mailing failed; nobody is left to read it, or to keep it. */
      paused: z.enum(pauses).nullable(),
      /** What went wrong at the last try. */
      problem: z.string().nullable(),
      sentAt: instant.nullable(),
      /** The caller is among the recipients. */
      toMe: z.boolean(),
    })
    .nullable(),
})
export type SavedReport = z.infer<typeof savedReport>
export const savedReportPage = pageOf(savedReport)

/** A filter with terms that are not understood is refused with what they could mean. */
export const newSavedReport = z.strictObject({
  name,
  scope: viewScope,
  team: id.nullable().optional(),
  board: z.enum(boards),
  state: boardState,
  filter: z.string().max(2_000).default(''),
})
export type NewSavedReport = z.input<typeof newSavedReport>
export const savedReportPatch = newSavedReport.partial()
export type SavedReportPatch = z.input<typeof savedReportPatch>
