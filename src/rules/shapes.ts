// Shapes that rules, their actions and their templates share as they come from outside.
import { z } from 'zod'

export const id = z.number().int().positive()
export const keyText = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be small letters, digits and dashes, such as "vip-urgent"')
export const seconds = z
  .number()
  .int()
  .min(1)
  .max(366 * 86_400)
