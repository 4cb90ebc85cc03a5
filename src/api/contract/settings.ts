// The desk's settings, in their versions.
import { z } from 'zod'
import { email, id, instant, name, pageOf } from './shapes.ts'

// GET and PATCH /settings
export const settings = z.object({
  deskName: z.string(),
  timeZone: z.string(),
  language: z.string(),
  /** Where replies to customers come from; null until mail is set up. */
  mailFrom: z.string().nullable(),
  reopenWindowSeconds: z.number().int(),
  autoCloseSeconds: z.number().int(),
  sendDelaySeconds: z.number().int(),
  onHoldReply: z.enum(['open', 'keep']),
  assignOnReply: z.boolean(),
  quoteBelow: z.boolean(),
  nameBelow: z.boolean(),
  acknowledgement: z.boolean(),
  acknowledgementText: z.string(),
  signature: z.string(),
  /** Who gets the end of the audit log's chain by mail, hourly when it has grown. */
  auditMailTo: z.string().nullable(),
  touchTime: z.boolean(),
  handlingSeconds: z.number().int(),
  reviewShare: z.number(),
  reviewQuestions: z.array(z.string()),
})
export type Settings = z.infer<typeof settings>
export const settingsPatch = z.strictObject({
  deskName: name.optional(),
  timeZone: z.string().max(60).optional(),
  language: z.string().max(35).optional(),
  mailFrom: email.nullable().optional(),
  reopenWindowSeconds: z.number().int().min(0).max(31_622_400).optional(),
  autoCloseSeconds: z.number().int().min(3_600).max(5_184_000).optional(),
  sendDelaySeconds: z.number().int().min(0).max(120).optional(),
  onHoldReply: z.enum(['open', 'keep']).optional(),
  assignOnReply: z.boolean().optional(),
  quoteBelow: z.boolean().optional(),
  nameBelow: z.boolean().optional(),
  acknowledgement: z.boolean().optional(),
  acknowledgementText: z.string().max(5_000).optional(),
  signature: z.string().max(2_000).optional(),
  auditMailTo: email.nullable().optional(),
  touchTime: z.boolean().optional(),
  handlingSeconds: z.number().int().min(1).max(86_400).optional(),
  reviewShare: z.number().min(0).max(1).optional(),
  reviewQuestions: z.array(z.string().trim().min(3).max(200)).min(1).max(5).optional(),
})
export type SettingsPatch = z.infer<typeof settingsPatch>

// GET /settings/versions, newest first; POST /settings/restore
export const settingsVersion = z.object({
  version: z.number().int(),
  at: instant,
  by: z.string().nullable(),
  changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })),
})
export type SettingsVersion = z.infer<typeof settingsVersion>
export const settingsVersionPage = pageOf(settingsVersion)
export const settingsRestore = z.strictObject({ version: id })
