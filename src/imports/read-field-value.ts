// A value of another desk's field as ours of a type; undefined when it is none. Pure.
import type { FieldType } from '#setup/field-type.ts'
import type { TicketState } from '#imports/story.ts'

type Given = NonNullable<TicketState['fields']>[string]

/** The value, or null for an empty one. What does not fit its type is left out rather than bent. */
export function valueFor(type: FieldType, value: Given): Given | undefined {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return null
  switch (type) {
    case 'number': {
      const number = typeof value === 'string' ? Number(value.replace(',', '.')) : value
      return typeof number === 'number' && Number.isFinite(number) ? number : undefined
    }
    case 'checkbox':
      return typeof value === 'boolean' ? value : value === 'true' || value === '1' || value === 1
    case 'multi_select':
      return Array.isArray(value) ? value : [String(value)]
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) ? value.slice(0, 10) : undefined
    default:
      return Array.isArray(value) ? value.join(', ') : String(value)
  }
}
