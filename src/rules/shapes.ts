// Shapes that rules, their actions and their templates share as they come from outside.
import { z } from 'zod'
import type { Recipient } from '#rules/template.ts'

export const thingId = z.number().int().positive()
export const keyText = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be small letters, digits and dashes, such as "vip-urgent"')
export const seconds = z
  .number()
  .int()
  .min(1)
  .max(366 * 86_400)
export const tagNames = z.array(z.string().trim().min(1).max(60)).min(1, 'Name at least one tag').max(50)
/** What a custom field can be set to. */
export type FieldInput = string | number | boolean | readonly string[] | null
export const recipientText = z
  .string()
  .regex(
    /^(assignee|followers|owner|requester|(agent|team):\d{1,15})$/,
    'must be assignee, followers, owner, requester, agent:ID or team:ID',
  ) as z.ZodType as z.ZodType<Recipient>
