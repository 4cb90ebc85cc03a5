// /brands/{id}/survey and /tickets/{id}/surveys: whether it helped, as it is set up and as it was answered.
import { z } from 'zod'

import { surveyOutcomes } from '../../tickets/vocabulary.ts'
import { id, instant, nameRef, pageOf, personRef } from './shapes.ts'

/** Good and bad, or one to five. */
export const scale = z.union([z.literal(2), z.literal(5)])

export const surveySetting = z.object({
  isOn: z.boolean(),
  /** Working time between the resolve and the question, at most 60 days. */
  delaySeconds: z.number().int(),
  scale,
  /** Of a hundred tickets so many are never asked about. */
  holdoutPercent: z.number().int(),
  /** Mailboxes whose tickets are not asked about. */
  withoutMailboxes: z.array(id),
})
export type SurveySetting = z.infer<typeof surveySetting>
export const surveySettingBody = z.strictObject({
  isOn: z.boolean(),
  delaySeconds: z.number().int().min(0).max(5_184_000),
  scale,
  holdoutPercent: z.number().int().min(0).max(90),
  withoutMailboxes: z.array(id).max(200),
})

export const surveyPreviewQuery = z.strictObject({
  scale: z.coerce.number().pipe(scale).optional(),
  language: z.enum(['en', 'de']).optional(),
})
/** The mail as it would leave, its links leading nowhere. */
export const surveyPreview = z.object({ subject: z.string(), text: z.string() })
export type SurveyPreview = z.infer<typeof surveyPreview>

export const ticketSurvey = z.object({
  id,
  /** Which of the ticket's resolves it is about, from 1. */
  episode: z.number().int(),
  outcome: z.enum(surveyOutcomes),
  at: instant,
  scale,
  /** 1 to 5; 4 and 5 are good, and of good and bad alone they are 5 and 1. */
  score: z.number().int().nullable(),
  comment: z.string(),
  answeredAt: instant.nullable(),
  changedAt: instant.nullable(),
  /** Whose the ticket was when it was resolved. */
  assignee: personRef.nullable(),
  team: nameRef.nullable(),
})
export type TicketSurvey = z.infer<typeof ticketSurvey>
export const ticketSurveyPage = pageOf(ticketSurvey)
