// /outbox and /quarantine: mail on its way out, and mail that was held on its way in.
import { z } from 'zod'

import { address, deliveryState } from './messages.ts'
import { id, instant, pageOf, pageQuery } from './shapes.ts'

// /outbox, newest first
export const outboxQuery = pageQuery.extend({
  state: deliveryState.optional(),
  ticketId: z.coerce.number().int().optional(),
})
export const outboxEntry = z.object({
  id,
  kind: z.enum(['email', 'webhook']),
  state: deliveryState,
  ticketId: id.nullable(),
  messageId: id.nullable(),
  to: z.array(address),
  subject: z.string().nullable(),
  createdAt: instant,
  sendAt: instant.nullable(),
  sentAt: instant.nullable(),
  attempts: z.number().int(),
  nextAttemptAt: instant.nullable(),
  /** The last failure in the other server's own words. */
  detail: z.string().nullable(),
})
export const outboxPage = pageOf(outboxEntry)
export type OutboxEntry = z.infer<typeof outboxEntry>
/** GET /outbox/{id}: the mail as it leaves. POST /outbox/{id}/retry `{}` answers the entry; refused `already_sent`. */
export const outboxMail = outboxEntry.extend({
  from: address.nullable(),
  cc: z.array(address),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  text: z.string(),
})
export type OutboxMail = z.infer<typeof outboxMail>
/** GET /outbox/kept: mail that was due while nothing could carry it away, and could leave now. POST decides about it. */
export const keptMail = z.object({ count: z.number().int(), since: z.string().nullable() })
export const keptVerdict = z.strictObject({
  do: z.enum(['send', 'discard']),
  ids: z.array(id).min(1).max(200).optional(),
})
export const keptDecided = z.object({ count: z.number().int() })
export type KeptMail = z.infer<typeof keptMail>

// /quarantine, newest first
export const verdict = z.enum([
  'pass',
  'fail',
  'softfail',
  'neutral',
  'none',
  'temperror',
  'permerror',
  'unknown',
])
export const quarantineQuery = pageQuery.extend({
  reason: z.string().max(60).optional(),
  q: z.string().max(200).optional(),
})
export const quarantined = z.object({
  id,
  receivedAt: instant,
  from: address.nullable(),
  to: z.array(z.string()),
  subject: z.string(),
  snippet: z.string(),
  /** Ordered, names of spec/lifecycle.md §14; the first is the one to show. */
  reasons: z.array(z.object({ name: z.string(), detail: z.string().nullable() })).min(1),
  /** Points against it, and what they are for. */
  score: z.number(),
  breakdown: z.array(z.object({ name: z.string(), points: z.number(), detail: z.string() })),
  rawMailId: id,
  spf: verdict,
  dkim: verdict,
  dmarc: verdict,
  /** The ticket this mail seems to belong to. */
  ticketId: id.nullable(),
  size: z.number().int(),
  expiresAt: instant,
})
export const quarantinePage = pageOf(quarantined)
export type Quarantined = z.infer<typeof quarantined>
/** GET /quarantine/{id}. `senders`: whom the mail may be from; null when its From names somebody who can be answered. */
export const quarantinedMail = quarantined.extend({
  senders: z.array(address).nullable(),
  text: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  attachments: z.array(z.object({ name: z.string(), type: z.string(), size: z.number().int() })),
})
export type QuarantinedMail = z.infer<typeof quarantinedMail>
/**
 * POST /quarantine/{id}/recover: with `ticketId` the mail joins that ticket, without it opens a new one. `sender` is whose mail it is,
 * when the mail does not say so itself.
 */
export const recover = z.strictObject({
  ticketId: id.optional(),
  allowSender: z.boolean().optional(),
  sender: z.string().trim().min(3).max(254).optional(),
})
export type Recover = z.infer<typeof recover>
export const recovered = z.object({ ticketId: id })
export type Recovered = z.infer<typeof recovered>
/** POST /quarantine/bulk: recovers each into a ticket of its own (or the one it seems to belong to), or discards each. */
export const quarantineBulk = z.strictObject({
  ids: z.array(id).min(1).max(500),
  action: z.enum(['recover', 'discard']),
  allowSender: z.boolean().optional(),
})
export type QuarantineBulk = z.infer<typeof quarantineBulk>
export const quarantineBulkDone = z.object({
  done: z.number().int(),
  failed: z.array(z.object({ id, detail: z.string() })),
})
export type QuarantineBulkDone = z.infer<typeof quarantineBulkDone>
/** GET /quarantine/rates?days=: of what was held for a reason, how much a person let in. */
export const quarantineRates = z.object({
  since: instant,
  reasons: z.array(
    z.object({
      reason: z.string(),
      held: z.number().int(),
      recovered: z.number().int(),
      discarded: z.number().int(),
      /** Recovered ÷ held: the false positives. */
      rate: z.number(),
    }),
  ),
})
export type QuarantineRates = z.infer<typeof quarantineRates>
// POST /quarantine/{id}/discard `{}` answers 204.
