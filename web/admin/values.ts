// Values of settings as people read them.
import { say } from '../words/say.ts'

export function shownValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return say('value.empty')
  if (typeof value === 'boolean') return say(value ? 'value.yes' : 'value.no')
  if (Array.isArray(value)) return value.map(shownValue).join(', ') || say('value.empty')
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
