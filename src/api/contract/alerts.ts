// /alerts: what the caller must hear of about mail. /mail-brakes: automatic mail that was stopped because it looked like a loop.
import { z } from 'zod'

import { id, instant } from './shapes.ts'

/**
 * GET /alerts: that mail cannot leave at all or from which mailboxes, then, newest first: replies of the caller that did not arrive, mailboxes that fail, for those who see mailboxes, kept mail
 * that could leave now, for those who may send it, rules of the caller's own that fire otherwise than was foretold, and what feeds a
 * team that was put away, for those who set teams up, and backups that fail or are a week old, for those who plan them.
 */
export const alert = z.object({
  kind: z.enum([
    'no_way_out',
    'undelivered',
    'mailbox',
    'kept',
    'foretold',
    'foretold_mails',
    'archived_team',
    'certificate',
    'backup_failed',
    'backup_late',
  ]),
  /** For POST /alerts/{id}/seen; a mailbox's alert ends with its trouble. */
  id: id.nullable(),
  ticketId: id.nullable(),
  mailboxId: id.nullable(),
  /** A rule of the caller's that fires otherwise than was foretold when it went live; it ends after two days. Or one that feeds a team. */
  ruleId: id.nullable(),
  /** A provider of identity whose last certificate ends within thirty days; for those who may change how people sign in. */
  providerId: id.optional(),
  /** What feeds a team that was put away. */
  feeder: z.enum(['mailbox', 'form', 'hook', 'rule']).optional(),
  /** The recipient, the mailbox, those from which nothing leaves (empty when they are all), how many mails are kept, the title of the rule or of what feeds a team, the provider's name, or where backups are kept. */
  address: z.string(),
  detail: z.string(),
  at: instant,
})
export const alerts = z.object({ items: z.array(alert) })
export type Alert = z.infer<typeof alert>
export type Alerts = z.infer<typeof alerts>

/** GET /mail-brakes?ticketId=; POST /mail-brakes/{id}/end `{}` lets automatic mail go on. */
export const mailBrake = z.object({
  id,
  /** One of the two: to whom, or on which ticket, nothing automatic is sent. */
  email: z.string().nullable(),
  ticketId: id.nullable(),
  at: instant,
})
export const mailBrakes = z.object({ items: z.array(mailBrake) })
export const mailBrakeQuery = z.object({ ticketId: z.coerce.number().int().positive().optional() })
export type MailBrake = z.infer<typeof mailBrake>
export type MailBrakes = z.infer<typeof mailBrakes>
