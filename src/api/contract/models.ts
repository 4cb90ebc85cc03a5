// /assistant/providers: where language models are asked, with what the last trial and the last days said.
import { z } from 'zod'
import { modelQuirks, modelReasons, providerKinds, rewordings } from '#assistant/words.ts'
import { id, instant, name } from './shapes.ts'

const whole = z.number().int()

/** Where it is reached: of an OpenAI-compatible one and of Anthropic the part before `/chat/completions` or `/messages`, of Ollama its root. */
const baseUrl = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((url) => !/[?#]|\/\/[^/]*@/.test(url), 'is an address without questions and passwords')
const key = z.string().trim().min(1).max(1_000)

export const modelTrial = z.object({
  at: instant,
  ms: whole,
  /** Null: it answered. */
  reason: z.enum(modelReasons).nullable(),
  said: z.string(),
  model: z.string().nullable(),
})
export const modelUse = z.object({
  day: z.string(),
  questions: whole,
  failures: whole,
  tokensIn: whole,
  tokensOut: whole,
  /** At the prices of its time, in the provider's currency; null: nobody had said what it costs. */
  cost: z.number().nullable(),
  lastFailure: z.enum(modelReasons).nullable(),
})
/** Of a million tokens, read and written. */
const price = z.strictObject({ in: z.number().min(0).max(100_000), out: z.number().min(0).max(100_000) })
const currency = z.string().regex(/^[A-Z]{3}$/, 'is a currency of three letters, such as EUR')
const money = z.number().min(0.01).max(1_000_000)
export const modelProvider = z.object({
  id,
  name: z.string(),
  kind: z.enum(providerKinds),
  baseUrl: z.string(),
  model: z.string(),
  hasKey: z.boolean(),
  timeoutSeconds: whole,
  contextTokens: whole,
  /** In and out together; null: any number. */
  tokensPerDay: whole.nullable(),
  price: price.nullable(),
  currency: z.string(),
  moneyPerDay: z.number().nullable(),
  quirks: z.array(z.enum(modelQuirks)),
  trial: modelTrial.nullable(),
  /** The last thirty days in which it was asked, newest first. */
  days: z.array(modelUse),
  /** The live version has its drafts worded here. */
  live: z.boolean(),
})
export type ModelProvider = z.infer<typeof modelProvider>
export const modelProviders = z.object({ items: z.array(modelProvider) })

export const newModelProvider = z.strictObject({
  name,
  kind: z.enum(providerKinds),
  baseUrl,
  model: z.string().trim().min(1).max(200),
  key: key.optional(),
  /** Hosted ones answer in 20 s or not at all; one of one's own may take two minutes. */
  timeoutSeconds: whole.min(5).max(300).default(20),
  contextTokens: whole.min(2_000).max(10_000_000).default(16_000),
  tokensPerDay: whole.min(1).max(1_000_000_000_000).nullable().default(null),
  price: price.nullable().default(null),
  currency: currency.default('USD'),
  moneyPerDay: money.nullable().default(null),
})
export type NewModelProvider = z.input<typeof newModelProvider>
/** `key: null` forgets it; another address does so, too. */
export const modelProviderPatch = z.strictObject({
  name: name.optional(),
  kind: z.enum(providerKinds).optional(),
  baseUrl: baseUrl.optional(),
  model: z.string().trim().min(1).max(200).optional(),
  key: key.nullable().optional(),
  timeoutSeconds: whole.min(5).max(300).optional(),
  contextTokens: whole.min(2_000).max(10_000_000).optional(),
  tokensPerDay: whole.min(1).max(1_000_000_000_000).nullable().optional(),
  price: price.nullable().optional(),
  currency: currency.optional(),
  moneyPerDay: money.nullable().optional(),
})

/** POST /tickets/{id}/rewording: what an agent has written, before it is sent. */
export const newRewording = z.strictObject({
  text: z.string().trim().min(1).max(20_000),
  how: z.enum(rewordings),
  /** Of a translation: where it leads, such as `de`. */
  language: z
    .string()
    .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/)
    .optional(),
})
export const reworded = z.object({
  text: z.string(),
  /** Numbers and addresses that are gone, and such as were not there. */
  lost: z.array(z.string()),
  added: z.array(z.string()),
})
export type Reworded = z.infer<typeof reworded>
