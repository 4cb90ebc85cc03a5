// A person's data: erasing it, what must be kept, what goes by itself, and giving it out.
import { z } from 'zod'
import { id, instant, nameRef, pageOf } from '#api/contract/shapes.ts'

/** `name`: of the person or the subject of the ticket. */
export const hold = z.object({
  id,
  personId: id.nullable(),
  ticketId: id.nullable(),
  name: z.string(),
  reason: z.string(),
  setBy: nameRef,
  setAt: instant,
})
export type Hold = z.infer<typeof hold>
/** GET /holds */
export const holdPage = pageOf(hold)
/** GET /people/{id}/holds and /tickets/{id}/holds: those that keep it, its own first of all. */
export const holdList = z.object({ items: z.array(hold) })
export type HoldList = z.infer<typeof holdList>
export const holdBody = z.strictObject({ reason: z.string().trim().min(1).max(500) })
export type HoldBody = z.input<typeof holdBody>

export const erasure = z.object({
  id,
  personId: id,
  by: z.string(),
  askedAt: instant,
  /** Tickets that are done, of all there are. */
  done: z.number().int(),
  total: z.number().int(),
  messages: z.number().int(),
  files: z.number().int(),
  finishedAt: instant.nullable(),
  /** Why it waits, when its last portion went wrong; it is tried again by itself. */
  failure: z.string().nullable(),
})
export type Erasure = z.infer<typeof erasure>
/** GET /erasures */
export const erasurePage = pageOf(erasure)

export const erasureHindrances = ['colleague', 'joined', 'legal_hold'] as const
/** Whether to count what would go, which takes a while on a long history; it does unless told not to. */
export const erasureQuery = z.strictObject({ counts: z.stringbool().optional() })
const erasureCounts = z.object({
  tickets: z.number().int(),
  otherTickets: z.number().int(),
  messages: z.number().int(),
  files: z.number().int(),
  mails: z.number().int(),
  heldMails: z.number().int(),
  chats: z.number().int(),
  comments: z.number().int(),
  addresses: z.number().int(),
})
/**
 * GET /people/{id}/erasure: what would go, in numbers, and what stands in the way; `erasure` once it was asked for. There are no numbers
 * while it is worked off.
 */
export const erasurePreview = erasureCounts.partial().extend({
  /** Something that they wrote is there, or an address. */
  isLeft: z.boolean(),
  hindrance: z.enum(erasureHindrances).nullable(),
  holds: z.array(hold),
  erasure: erasure.nullable(),
})
export type ErasurePreview = z.infer<typeof erasurePreview>
/** POST /people/{id}/erasure: the numbers of tickets that were shown, so that nobody erases more than they saw. */
export const erasureBody = z.strictObject({
  tickets: z.number().int().min(0),
  otherTickets: z.number().int().min(0),
})
export type ErasureBody = z.input<typeof erasureBody>

const conditions = {
  days: z.number().int().min(1).max(36_500),
  /** With those below them; none: of any. */
  categoryIds: z.array(id).max(100),
  /** With one of them; none: whatever it has. */
  tags: z.array(z.string().min(1).max(100)).max(100),
}
export const retentionRule = z.object({
  id,
  name: z.string(),
  ...conditions,
  isOn: z.boolean(),
  createdAt: instant,
  /** How many it erased on each of the last days that had some (UTC), newest first. */
  did: z.array(z.object({ day: z.string(), tickets: z.number().int() })),
})
export type RetentionRule = z.infer<typeof retentionRule>
/** GET /retention-rules */
export const retentionRulePage = pageOf(retentionRule)
/** POST /retention-rules: a new one is off. */
export const newRetentionRule = z.strictObject({ name: z.string().trim().min(1).max(200), ...conditions })
export type NewRetentionRule = z.input<typeof newRetentionRule>
/** PATCH /retention-rules/{id} */
export const retentionRulePatch = newRetentionRule.partial()
/** POST /retention-rules/preview */
export const retentionConditions = z.strictObject(conditions)
/** `held`: due, and kept by a legal hold. */
export const retentionPreview = z.object({
  count: z.number().int(),
  held: z.number().int(),
  oldestAt: instant.nullable(),
  sample: z.array(z.object({ id, subject: z.string(), closedAt: instant })),
})
export type RetentionPreview = z.infer<typeof retentionPreview>
/** PUT /retention-rules/{id}/on: the number that the preview showed and what it was asked of, so that nobody turns on more than they saw. */
export const retentionOn = z.strictObject({ count: z.number().int().min(0), ...conditions })
