// What texts of other desks are filled in with, as it is called here. What has no counterpart stays in sight, as a place that must be
// filled before the text is sent: it must never reach a customer as it stands. Pure.

export type Filled = {
  readonly text: string
  /** As they stood there, each once. */
  readonly unknown: readonly string[]
}

const BRACES = /\{\{\s*([^{}]{1,300}?)\s*\}\}|\{%-?\s*([^{}]{1,300}?)\s*-?%\}/g
const HASH = /#\{\s*([^{}]{1,300}?)\s*\}/g
const PERCENT = /%\{\s*([^{}]{1,300}?)\s*\}/g
export const placeholderForms = { braces: BRACES, hash: HASH, percent: PERCENT } as const

/** A text whose placeholders of a form are called as here: `names` knows theirs, in small letters. */
export function filledAs(
  text: string,
  form: keyof typeof placeholderForms,
  names: Readonly<Record<string, string>>,
): Filled {
  const unknown = new Set<string>()
  const told = text.replaceAll(placeholderForms[form], (whole, first?: string, second?: string) => {
    const [name = ''] = (first ?? second ?? '').split(/\s*(?:,\s*fallback=|\|)\s*/)
    const key = name.toLowerCase()
    const here = Object.hasOwn(names, key) ? names[key] : undefined
    if (here !== undefined) return `{{${here}}}`
    unknown.add(whole)
    return `{{old.${name.replaceAll(/[^a-zA-Z0-9]+/g, '_').slice(0, 60) || 'value'}}}`
  })
  return { text: withoutOpen(told, form, unknown), unknown: [...unknown] }
}

const OPENING = { braces: /\{\{(?!\s*[\w.-]{1,80}\s*\}\})|\{%/g, hash: /#\{/g, percent: /%\{/g } as const

/** What begins a placeholder and is none that can be read is one to be filled as well. */
function withoutOpen(text: string, form: keyof typeof OPENING, unknown: Set<string>): string {
  return text.replaceAll(OPENING[form], (_, at: number) => {
    unknown.add(text.slice(at, at + 40))
    return '{{old.value}}'
  })
}

/** What a report says of placeholders that mean nothing here; null where there are none. */
export function unknownPlaceholders(unknown: readonly string[]): string | null {
  return unknown.length === 0
    ? null
    : `its text names what has no counterpart here, to be filled by hand: ${unknown.slice(0, 5).join(', ')}`
}

/** Several things to say of one record as one; null where there is none. */
export function allSaid(said: readonly (string | null)[]): string | null {
  return said.filter((each) => each !== null).join('; ') || null
}
