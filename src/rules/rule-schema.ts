// The shape of rules, templates and rulebooks as they come from outside: parsed once, with limits, before anything looks at them.
import { z } from 'zod'
import { actionNames, actions, type Action } from '#rules/action.ts'
import { keyText, seconds, thingId } from '#rules/shapes.ts'
import { updateKinds } from '#rules/scene.ts'
import { ruleKinds } from '#rules/rule.ts'

/** Each action is an object with one key. */
export const action = z.union(
  actionNames.map((name) =>
    z.strictObject({ [name]: actions[name].schema as z.ZodType, ...actions[name].beside }),
  ),
) as z.ZodType as z.ZodType<Action, Action>

const YEAR = 366 * 86_400
const timerFields = z.strictObject({
  hold: z.number().int().min(0).max(YEAR).optional(),
  at: z.string().min(1).max(60).optional(),
  offset: z.number().int().min(-YEAR).max(YEAR).optional(),
  calendar: z.string().max(100).optional(),
  repeatEvery: seconds.optional(),
  maxRepeats: z.number().int().min(1).max(1_000).optional(),
  onPublish: z
    .union([
      z.enum(['skip', 'fire']),
      z.strictObject({
        spreadHours: z
          .number()
          .min(0.01)
          .max(24 * 30),
      }),
    ])
    .optional(),
})

const timer = timerFields.refine(
  ({ hold, at, offset }) => (hold !== undefined) !== (at !== undefined && offset !== undefined),
  'takes either "hold", or "at" and "offset"',
)

const ruleTest = z.strictObject({
  given: z.record(z.string().max(100), z.unknown()),
  on: z.enum(updateKinds),
  expect: z.record(z.string().max(100), z.unknown()),
})

/** What a person writes of a rule; `id` is given by the desk. The condition is read by `readCondition`. */
export const ruleDraft = z.strictObject({
  key: keyText,
  kind: z.enum(ruleKinds),
  title: z.string().trim().min(1).max(200),
  description: z.string().max(5_000).default(''),
  ownerId: thingId,
  reviewBy: z.iso.date(),
  section: keyText,
  enabled: z.boolean().default(true),
  on: z.array(z.enum(updateKinds)).max(20).default([]),
  if: z.unknown().optional(),
  do: z.array(action).max(50),
  stop: z.boolean().default(false),
  maxPerTicket: z.number().int().min(1).max(10_000).optional(),
  mayAnswerItself: z.boolean().optional(),
  timer: timer.optional(),
  macro: z
    .strictObject({ availableTo: z.union([z.literal('everyone'), z.array(thingId).min(1).max(100)]) })
    .optional(),
  tests: z.array(ruleTest).max(50).optional(),
})

/** A rule as it stands in a rulebook. */
export const rule = ruleDraft.extend({ id: thingId })

export const section = z.strictObject({ key: keyText, title: z.string().trim().min(1).max(200) })

export const template = z.strictObject({
  key: keyText,
  family: keyText.optional(),
  subject: z.string().max(500).optional(),
  body: z.string().min(1).max(20_000),
})
