// /assistant/look-ups: what procedures may ask of the company's own systems. A secret goes in and never comes out.
import { z } from 'zod'
import { addressProblem } from '#assistant/look-up.ts'
import { answerKinds, lookUpProblems } from '#assistant/words.ts'
import { id, instant, name } from './shapes.ts'

const url = z
  .string()
  .trim()
  .max(1_000)
  .refine((text) => addressProblem(text) === null, {
    error: ({ input }) => addressProblem(String(input)) ?? '',
  })
const secret = z
  .string()
  .trim()
  .min(1)
  .max(4_000)
  .regex(/^[\x20-\x7e]+$/, 'has letters, digits and plain signs only')
/** Of the request, but for those that say where and how it goes. */
const header = z
  .string()
  .trim()
  .regex(
    /^(?!(?:host|connection|content-.*|transfer-encoding|cookie|accept|upgrade|te|expect)$)[A-Za-z][A-Za-z0-9-]{0,59}$/i,
    'is no header for a secret',
  )
const answer = z.strictObject({
  name: z.string().regex(/^[a-z0-9][\w-]{0,39}$/i, 'is one word'),
  path: z
    .string()
    .trim()
    .regex(/^[^.{}]{1,60}(?:\.[^.{}]{1,60}){0,19}$/, 'names each step, parted by full stops'),
  as: z.enum(answerKinds),
  choices: z.array(z.string().trim().min(1).max(100)).max(50).default([]),
})
const answers = z
  .array(answer)
  .min(1)
  .max(20)
  .refine((all) => new Set(all.map((each) => each.name)).size === all.length, { error: 'have a name each' })
  .refine((all) => all.every(({ as, choices }) => as !== 'choice' || choices.length > 0), {
    error: 'of a choice say what it may be',
  })
const timeoutSeconds = z.number().int().min(1).max(30)

export const lookUp = z.object({
  id,
  key: z.string(),
  name: z.string(),
  url: z.string(),
  /** What its address asks to be known, in order. */
  parameters: z.array(z.string()),
  header: z.string(),
  hasSecret: z.boolean(),
  answers: z.array(answer),
  timeoutSeconds,
  brandId: id.nullable(),
  forAnyone: z.boolean(),
  askedAt: instant.nullable(),
  failed: z.enum(lookUpProblems).nullable(),
})
export type LookUp = z.infer<typeof lookUp>
export const lookUps = z.object({ items: z.array(lookUp) })

export const newLookUp = z.strictObject({
  /** What procedures name it by; it does not change. */
  key: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'is one word of small letters, digits and hyphens'),
  name: name.max(100),
  /** With {what is known} in its path and its query. */
  url,
  header: header.default('Authorization'),
  secret: secret.optional(),
  answers,
  timeoutSeconds: timeoutSeconds.default(5),
  brandId: id.nullable().default(null),
  /** Also for customers of whom nothing proves who they are. */
  forAnyone: z.boolean().default(false),
})
export type NewLookUp = z.input<typeof newLookUp>
/** `secret: null` forgets it; another host does so, too. */
export const lookUpPatch = z.strictObject({
  name: name.max(100).optional(),
  url: url.optional(),
  header: header.optional(),
  secret: secret.nullable().optional(),
  answers: answers.optional(),
  timeoutSeconds: timeoutSeconds.optional(),
  brandId: id.nullable().optional(),
  forAnyone: z.boolean().optional(),
})

export const lookUpTrial = z.strictObject({ known: z.record(z.string().max(60), z.string().max(200)) })
export const triedLookUp = z.object({
  answers: z.record(z.string(), z.string().nullable()),
  failed: z.enum(lookUpProblems).nullable(),
  ms: z.number().int(),
})
export type TriedLookUp = z.infer<typeof triedLookUp>
