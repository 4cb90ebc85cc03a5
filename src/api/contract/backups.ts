// Backups that the desk makes by itself: the plan, and what came of each run.
import { z } from 'zod'
import { id, instant, pageOf } from '#api/contract/shapes.ts'
import { backupFailures, backupOutcomes } from '#setup/backup-plan.ts'

const settings = {
  isOn: z.boolean(),
  /** By the desk's wall clock. */
  hour: z.number().int().min(0).max(23),
  /** 1 is Monday; null: every day. */
  weekday: z.number().int().min(1).max(7).nullable(),
  /** How many backups stay. */
  keep: z.number().int().min(1).max(365),
  /** Whether each is read back and its parts compared with their hashes before older ones go. */
  checks: z.boolean(),
}
/** GET /backup-plan */
export const backupPlan = z.object({
  ...settings,
  /** A folder or s3://bucket/prefix; '' until somebody names one. */
  place: z.string(),
  timeZone: z.string(),
  /** When the next one is made; null for never. */
  nextAt: instant.nullable(),
  lastGoodAt: instant.nullable(),
  /** The plan is on and there was no good one for a week. */
  isLate: z.boolean(),
})
export type BackupPlan = z.infer<typeof backupPlan>
/** PUT /backup-plan: the place is tried by writing to it; one that stays must bear the mark that was left there. */
export const backupPlanPut = z.strictObject({
  ...settings,
  place: z
    .string()
    .trim()
    .max(500)
    .regex(/^[^\p{Cc}]*$/u, 'holds a character that no path has'),
  /** The place stays and its disk is another: it is marked anew. */
  isNewDisk: z.boolean().optional(),
})
export type BackupPlanPut = z.input<typeof backupPlanPut>

export const backupRun = z.object({
  id,
  startedAt: instant,
  endedAt: instant.nullable(),
  /** Who asked for it; null by the plan. */
  by: z.string().nullable(),
  place: z.string(),
  checked: z.boolean(),
  outcome: z.enum(backupOutcomes),
  /** What a run that goes on writes or reads, and how far that is. */
  step: z.string().nullable(),
  done: z.number().int().nullable(),
  total: z.number().int().nullable(),
  /** What was written: tables, and files that were not there yet. */
  bytes: z.number().int().nullable(),
  files: z.number().int().nullable(),
  copied: z.number().int().nullable(),
  /** Files of the desk that are damaged and named by nothing, and so are in no backup. */
  lost: z.number().int().nullable(),
  failure: z.enum(backupFailures).nullable(),
  detail: z.string().nullable(),
})
export type BackupRun = z.infer<typeof backupRun>
/** GET /backups, newest first */
export const backupRunPage = pageOf(backupRun)
