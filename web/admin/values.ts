// Values of settings as people read them.
import { hasWord, say, sayName } from '../words/say.ts'

/** Two values as people read them; of two long texts only what differs, with a few words around it. */
export function changedParts(from: unknown, to: unknown, field = ''): { from: string; to: string } {
  const [before, after] = differing(from, to).map((value) => textOf(value, field)) as [string, string]
  if (before.length <= longest && after.length <= longest) return { from: before, to: after }
  let start = 0
  while (start < before.length && before[start] === after[start]) start++
  let end = 0
  const shorter = Math.min(before.length, after.length) - start
  while (end < shorter && before.at(-1 - end) === after.at(-1 - end)) end++
  const part = (text: string) => {
    const first = Math.max(0, start - around)
    const last = Math.min(text.length, text.length - end + around)
    return `${first > 0 ? '…' : ''}${short(text.slice(first, last))}${last < text.length ? '…' : ''}`
  }
  return { from: part(before), to: part(after) }
}

/** Of two that have parts, the parts that differ. */
function differing(from: unknown, to: unknown): [unknown, unknown] {
  if (!hasParts(from) || !hasParts(to)) return [from, to]
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])]
  const differ = names.filter((name) => JSON.stringify(from[name]) !== JSON.stringify(to[name]))
  const part = (whole: Parts) => Object.fromEntries(differ.map((name) => [name, whole[name] ?? null]))
  return [part(from), part(to)]
}

type Parts = Readonly<Record<string, unknown>>
const hasParts = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('name' in value)

const longest = 80
const around = 12

function short(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text
}

/** Where the words of a field's values stand, if not below its own name. */
const worded: Readonly<Record<string, string>> = {
  role: 'roleName',
  auth: 'mailbox.auth',
  security: 'mailbox.security',
  agentAnswers: 'safety.agentAnswers',
  unverifiedReplies: 'safety.unverified',
}

function textOf(value: unknown, field = ''): string {
  const words = worded[field] ?? field
  if (typeof value === 'string' && hasWord(`${words}.${value}`)) return sayName(words, value)
  if (value === null || value === undefined || value === '') return say('value.empty')
  if (typeof value === 'boolean') return say(value ? 'value.yes' : 'value.no')
  if (Array.isArray(value)) return value.map((each) => textOf(each, field)).join(', ') || say('value.empty')
  if (hasParts(value)) {
    const parts = Object.entries(value).map(
      ([name, part]) => `${sayName('auditField', name)}: ${textOf(part, name)}`,
    )
    return parts.join(' · ') || say('value.empty')
  }
  if (typeof value === 'object') return 'name' in value ? String(value.name) : say('value.empty')
  return String(value)
}
