// Shapes that every part of the contract shares: ids, instants, pages, problems. Request bodies are strict objects.
import { z } from 'zod'
import { addressShape } from '#mail/address-shape.ts'
import { actorTypes } from '#tickets/vocabulary.ts'

export const id = z.number().int().positive()
/** The id in a path. */
export const idParams = z.object({ id: z.coerce.number().pipe(id) })
export const instant = z.iso.datetime()
/** An address as mail takes it, in its normal form. What people paste (`mailto:`, brackets, quotation marks) is taken off. */
export const email = addressShape
export const name = z.string().trim().min(1).max(200)
export const nameRef = z.object({ id, name: z.string() })
export const personRef = z.object({ id, name: z.string(), email: z.string() })
export type NameRef = z.infer<typeof nameRef>
export type PersonRef = z.infer<typeof personRef>

/** The query of every list: `cursor` is the `nextCursor` of the page before. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
})

/** Every list answers this; `nextCursor` null means the end. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}
export type Page<Item> = { items: Item[]; nextCursor: string | null }

/** A count that stops counting: `capped` means "count or more". */
export const count = z.object({ count: z.number().int(), capped: z.boolean() })
export type Count = z.infer<typeof count>

export const actor = z.object({
  type: z.enum(actorTypes),
  id: z.number().int().nullable(),
  name: z.string().nullable(),
})
export type Actor = z.infer<typeof actor>

export const conflict = z.object({
  field: z.string(),
  base: z.unknown(),
  theirs: z.unknown(),
  yours: z.unknown(),
  theirActor: actor,
  theirSeq: z.number().int(),
})
export type Conflict = z.infer<typeof conflict>

/**
 * RFC 9457. `type` ends in `/bad-input`, `/signed-out`, `/forbidden`, `/not-found`, `/conflict`, `/refused`,
 * `/too-many` or `/fault`; `refusal` names the refusal of spec/lifecycle.md §15 in all 403 and 409 answers.
 */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  refusal: z.string().optional(),
  /** With `forbidden`: the scope that the token lacks. */
  scope: z.string().optional(),
  conflict: z.array(conflict).optional(),
  /** With `newer_message`: the public messages the caller has not seen, oldest first. */
  messageIds: z.array(id).optional(),
  /** With `fields_required`: keys of all missing fields. */
  fields: z.array(z.string()).optional(),
  /** With the type `/step-up`: what would prove that it is you. */
  proofs: z.array(z.string()).optional(),
  /** With `privacy_ack_required`: who would newly read one of the two conversations. */
  newReaders: z.array(personRef).optional(),
})
export type Problem = z.infer<typeof problem>
