// /hooks: addresses at which other systems tell what happened there, what came to each, and trying a mapping.
import { z } from 'zod'

import { hookAgains, hookParts, hookSchemes, hookStates } from '../../channels/hook-words.ts'
import { deskQuery } from './desk.ts'
import { id, idParams, instant, name, nameRef, pageOf, pageQuery } from './shapes.ts'

const template = z.string().max(5_000)
export const hookMapping = z.strictObject({
  ...(Object.fromEntries(hookParts.map((part) => [part, template])) as Record<
    (typeof hookParts)[number],
    typeof template
  >),
  fields: z.array(z.strictObject({ field: z.string().max(80), text: template })).max(50),
})
export type HookMapping = z.infer<typeof hookMapping>

export const hook = z.object({
  id,
  name: z.string(),
  scheme: z.enum(hookSchemes),
  brand: nameRef,
  team: nameRef.nullable(),
  category: z.string().nullable(),
  mapping: hookMapping,
  again: z.enum(hookAgains),
  acknowledges: z.boolean(),
  enabled: z.boolean(),
  archived: z.boolean(),
  lastAt: instant.nullable(),
  /** Events of which nothing was made yet. */
  failed: z.number().int(),
  refusedAt: instant.nullable(),
  refusal: z.string().nullable(),
})
export const hookPage = pageOf(hook)
export type Hook = z.infer<typeof hook>

/** As the sender drew it; without one, the desk draws it. */
const secret = z.string().trim().min(8).max(500).optional()
const body = {
  name,
  brand: id,
  team: id.nullable(),
  category: z.string().max(500).nullable(),
  mapping: hookMapping,
  again: z.enum(hookAgains),
  /** Refused where nothing is proven: anybody could have mail sent to anybody. */
  acknowledges: z.boolean(),
}
export const newHook = z.strictObject({ ...body, scheme: z.enum(hookSchemes), secret })
export const hookPatch = z
  .strictObject(body)
  .partial()
  .extend({ enabled: z.boolean().optional(), archived: z.boolean().optional() })
/** Address and secret are told once. */
export const madeHook = hook.extend({ url: z.string().nullable(), secret: z.string().nullable() })
export type MadeHook = z.infer<typeof madeHook>
export const hookProof = z.strictObject({ scheme: z.enum(hookSchemes), secret })

export const hooksQuery = deskQuery.omit({ q: true })
/** What a sender hears once its event was carried out, or left out on purpose. */
export const hookTaken = z.object({
  deliveryId: id,
  state: z.enum(['done', 'skipped']),
  detail: z.string().nullable(),
  ticketId: id.nullable(),
  isRepeated: z.boolean(),
})
export const hookDeliveryQuery = pageQuery.extend({ state: z.enum(hookStates).optional() })
export const hookDeliveryParams = idParams.extend({ deliveryId: z.coerce.number().pipe(id) })
export const hookDelivery = z.object({
  id,
  at: instant,
  senderKey: z.string().nullable(),
  state: z.enum(hookStates),
  /** `opened` or `updated`; `only` or `nothing_open` of what was left out; else a sentence. */
  detail: z.string().nullable(),
  ticketId: id.nullable(),
  isKept: z.boolean(),
})
export const hookDeliveryPage = pageOf(hookDelivery)
export type HookDelivery = z.infer<typeof hookDelivery>
export const hookDeliveryDetail = hookDelivery.extend({
  headers: z.record(z.string(), z.string()).nullable(),
  body: z.string().nullable(),
})
export type HookDeliveryDetail = z.infer<typeof hookDeliveryDetail>

const sampleHeaders = z.record(z.string().max(100), z.string().max(500)).default({})
const sampleBody = z.string().max(200_000)
export const hookSample = z.strictObject({ body: sampleBody, headers: sampleHeaders })
/** POST /hooks/tries: what a mapping makes of an event that was recorded, or of a text. Nothing is written. */
export const hookTry = z.strictObject({
  mapping: hookMapping,
  hook: id.optional(),
  delivery: id.optional(),
  body: sampleBody.optional(),
  headers: sampleHeaders,
})
export const hookTried = z.object({
  outcome: z.enum(['opens', 'updates', 'skipped', 'failed']),
  detail: z.string().nullable(),
  /** The part of the mapping that is at fault. */
  path: z.string().nullable(),
  ticketId: id.nullable(),
  texts: z.array(z.object({ part: z.string(), text: z.string() })),
})
export type HookTried = z.infer<typeof hookTried>
