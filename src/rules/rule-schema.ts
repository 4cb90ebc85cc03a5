// The shape of rules, templates and rulebooks as they come from outside: parsed once, with limits, before anything looks at them.
import { z } from 'zod'
import { updateKinds } from '#rules/scene.ts'
import { ruleKinds } from '#rules/rule.ts'

const id = z.number().int().positive()
const keyText = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be small letters, digits and dashes, such as "vip-urgent"')
const tags = z.array(z.string().trim().min(1).max(60)).min(1).max(50)
const seconds = z
  .number()
  .int()
  .min(1)
  .max(366 * 86_400)

const linkTypes = [
  'follows',
  'followed_by',
  'duplicates',
  'duplicated_by',
  'relates',
  'blocks',
  'blocked_by',
  'parent',
  'child',
  'problem',
  'incident',
] as const

const recipient = z
  .string()
  .regex(
    /^(assignee|followers|owner|requester|(agent|team):\d{1,15})$/,
    'must be assignee, followers, owner, requester, agent:ID or team:ID',
  )

/** Each action is an object with one key. */
export const action = z.union([
  z.strictObject({
    setStatus: z.enum(['new', 'open', 'pending', 'on_hold', 'resolved', 'closed']),
    closeReason: z.enum(['duplicate', 'no_response', 'obsolete', 'out_of_scope', 'other']).optional(),
  }),
  z.strictObject({ setPriority: z.enum(['low', 'normal', 'high', 'urgent']) }),
  z.strictObject({ setType: z.enum(['question', 'incident', 'problem', 'task']).nullable() }),
  z.strictObject({ setTeam: id.nullable() }),
  z.strictObject({ setQueue: id.nullable() }),
  z.strictObject({ setCategory: id.nullable() }),
  z.strictObject({ assign: z.union([id, z.enum(['currentAgent', 'leastLoaded', 'none'])]) }),
  z.strictObject({
    setField: z.strictObject({
      field: z.string().min(1).max(60),
      value: z.union([
        z.string().max(2_000),
        z.number(),
        z.boolean(),
        z.array(z.string().max(200)).max(100),
        z.null(),
      ]),
    }),
  }),
  z.strictObject({ addTags: tags }),
  z.strictObject({ removeTags: tags }),
  z.strictObject({ addFollower: z.union([id, z.literal('currentAgent')]) }),
  z.strictObject({ removeFollower: id }),
  z.strictObject({ snooze: seconds }),
  z.strictObject({ addNote: z.strictObject({ template: keyText }) }),
  z.strictObject({
    reply: z.strictObject({ template: keyText, to: z.enum(['requester', 'all']).optional() }),
  }),
  z.strictObject({
    notify: z.strictObject({
      template: keyText,
      to: z.array(recipient).min(1).max(20),
      allowMany: z.boolean().optional(),
    }),
  }),
  z.strictObject({ webhook: z.strictObject({ endpoint: keyText }) }),
  z.strictObject({ link: z.strictObject({ linkType: z.enum(linkTypes), ticketId: id }) }),
  z.strictObject({ runAssistant: z.string().min(1).max(60) }),
  z.strictObject({ runMacro: keyText }),
])

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
  ownerId: id,
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
    .strictObject({ availableTo: z.union([z.literal('everyone'), z.array(id).min(1).max(100)]) })
    .optional(),
  tests: z.array(ruleTest).max(50).optional(),
})

/** A rule as it stands in a rulebook. */
export const rule = ruleDraft.extend({ id })

export const section = z.strictObject({ key: keyText, title: z.string().trim().min(1).max(200) })

export const template = z.strictObject({
  key: keyText,
  family: keyText.optional(),
  subject: z.string().max(500).optional(),
  body: z.string().min(1).max(20_000),
})
