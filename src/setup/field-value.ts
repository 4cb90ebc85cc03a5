// The value of a custom field as it is given: its shape, and whether the field takes it. Pure.
import { z } from 'zod'
import type { Field } from '#setup/taxonomy-store.ts'

export const fieldValueShape = z.union([
  z.string().max(20_000),
  z.number(),
  z.boolean(),
  z.array(z.string().max(500)).max(100),
  z.null(),
])

type Told = string | number | boolean | readonly string[]
/** A value that the field takes, or what it must be instead. */
export type Checked = { readonly value: Told } | { readonly wrong: string }

/** Whether a field takes a value. */
export function checkFieldValue({ type, options }: Field, value: unknown): Checked {
  switch (type) {
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? { value } : { wrong: 'must be a number' }
    case 'checkbox':
      return typeof value === 'boolean' ? { value } : { wrong: 'must be true or false' }
    case 'multi_select': {
      if (!Array.isArray(value)) return { wrong: 'must be a list' }
      const chosen = value as readonly string[]
      const unknown = chosen.find((each) => !options.includes(each))
      return unknown === undefined ? { value: chosen } : { wrong: `"${unknown}" is not one of its options` }
    }
    default:
      if (typeof value !== 'string') return { wrong: 'must be text' }
      if (type === 'select' && !options.includes(value))
        return { wrong: `"${value}" is not one of its options` }
      if (type === 'date' && !/^\d{4}-\d\d-\d\d$/.test(value))
        return { wrong: 'must be a date such as 2026-01-31' }
      if (type === 'url' && !/^https?:\/\//.test(value)) return { wrong: 'must be a web address' }
      return { value }
  }
}
