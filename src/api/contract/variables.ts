// Placeholders of canned replies, such as {{requester.firstName}}: what they stand for, and putting values in. Pure, for both sides.

export { firstName } from '../../people/first-name.ts'

/** Each variable with the words that name it in an error; custom fields are `field.<key>` beside these. */
export const variables = [
  'requester.name',
  'requester.firstName',
  'requester.email',
  'ticket.id',
  'ticket.subject',
  'agent.name',
  'agent.firstName',
  'desk.name',
] as const
export type Variable = (typeof variables)[number] | `field.${string}`

const placeholder = /\{\{\s*([a-zA-Z]+\.[a-zA-Z0-9_]+)\s*\}\}/g

/** The text with every known, non-empty value put in; the rest stays as it stands. `escape` makes a value fit its surroundings. */
export function fill(
  text: string,
  values: ReadonlyMap<string, string>,
  escape: (value: string) => string = (value) => value,
): string {
  return text.replaceAll(placeholder, (whole, name: string) => {
    const value = values.get(name) ?? ''
    return value === '' ? whole : escape(value)
  })
}

/** The variables that still stand in a text, each once. */
export function unresolved(text: string): string[] {
  return [...new Set([...text.matchAll(placeholder)].map(([, name = '']) => name))]
}

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
