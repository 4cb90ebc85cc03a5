// The types of custom fields. It imports nothing, so that the app takes it as it is.
export const fieldTypes = [
  'text',
  'long_text',
  'number',
  'checkbox',
  'date',
  'select',
  'multi_select',
  'url',
] as const
export type FieldType = (typeof fieldTypes)[number]
