// What a hook's mapping makes of an event: texts, by the templates of the desk with their limits. What they mean is read where they are
// carried out.
import type { HookMapping } from '#channels/hook.ts'
import { hookParts, type HookPart } from '#channels/hook-words.ts'
import { renderText, syntaxProblem } from '#rules/render.ts'

export type EventData = {
  /** The JSON that came. */
  readonly event: unknown
  readonly headers: Readonly<Record<string, string>>
}
export type Mapped = {
  readonly texts: Readonly<Record<HookPart, string>>
  /** By the key of the field. */
  readonly fields: ReadonlyMap<string, string>
}
export type MappingProblem = { readonly path: string; readonly message: string }

/** So long all templates of an event may take together: whoever fills them does nothing else meanwhile. */
const MOST_MS = 250

/** The texts of an event, trimmed; a problem names the first template that cannot be filled. */
export function mapEvent(
  mapping: HookMapping,
  data: EventData,
): Mapped | { readonly problem: MappingProblem } {
  const until = performance.now() + MOST_MS
  const fill = (text: string) => {
    const left = until - performance.now()
    return left > 0
      ? renderText(text, data, left)
      : { problem: `all templates together take more than ${MOST_MS} ms` }
  }
  const texts: Partial<Record<HookPart, string>> = {}
  for (const part of hookParts) {
    const made = fill(mapping[part])
    if ('problem' in made) return { problem: { path: part, message: made.problem } }
    texts[part] = part === 'body' ? made.text.trim() : made.text.trim().replace(/\s+/g, ' ')
  }
  const fields = new Map<string, string>()
  for (const { field, text } of mapping.fields) {
    const made = fill(text)
    if ('problem' in made) return { problem: { path: `fields.${field}`, message: made.problem } }
    fields.set(field, made.text.trim())
  }
  return { texts: texts as Record<HookPart, string>, fields }
}

/** Whether an event is taken at all: without a word about it, every one is. */
export function isTaken(mapping: HookMapping, { texts: { only } }: Mapped): boolean {
  return mapping.only.trim() === '' || !['', 'false', '0', 'no'].includes(only.toLowerCase())
}

/** What cannot be read of a mapping's templates. */
export function mappingProblems(mapping: HookMapping): MappingProblem[] {
  const all = [
    ...hookParts.map((part) => [part, mapping[part]] as const),
    ...mapping.fields.map(({ field, text }) => [`fields.${field}`, text] as const),
  ]
  return all.flatMap(([path, text]) => {
    const message = syntaxProblem(text)
    return message === null ? [] : [{ path, message }]
  })
}

/** A text as the value of a field of a kind; null where it says nothing. A text that is no such value stays one, and is refused. */
export function fieldValueOf(type: string, text: string): string | number | boolean | string[] | null {
  if (text === '') return null
  switch (type) {
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text
    case 'checkbox':
      return /^(true|yes|1)$/i.test(text) ? true : /^(false|no|0)$/i.test(text) ? false : text
    case 'multi_select':
      return commaList(text)
    case 'date':
      return /^\d{4}-\d\d-\d\d/.exec(text)?.[0] ?? text
    default:
      return text
  }
}

/** What stands between commas, each once. */
export function commaList(text: string): string[] {
  return [...new Set(text.split(',').map((each) => each.trim()))].filter((each) => each !== '')
}
