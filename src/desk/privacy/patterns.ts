// By what the words of an erased person are found in what others wrote: addresses, names and numbers as PostgreSQL reads patterns. Pure.

export type Words = {
  readonly addresses: readonly string[]
  readonly names: readonly string[]
  readonly phones: readonly string[]
}

/** Null where there is nothing to find. `whole` is read in any case; `parts`, of names, only as they are written. */
export type Patterns = { readonly whole: string | null; readonly parts: string | null }

/** Shorter ones are words like others. */
const LEAST_PART = 3
const LEAST_PHONE = 6
/** A subject that is shorter is no quotation. */
const LEAST_SUBJECT = 6

/** The patterns of a person, and of subjects that they wrote. */
export function patternsOf({ addresses, names, phones }: Words, subjects: readonly string[] = []): Patterns {
  const wholes = [
    ...addresses.flatMap((each) => [each, encodeURIComponent(each)]),
    ...names.filter((each) => /\S\s+\S/.test(each)).flatMap((each) => [each, inHtml(each)]),
    ...phones.filter((each) => each.length >= LEAST_PHONE),
    ...subjects.filter((each) => each.trim().length >= LEAST_SUBJECT).flatMap((each) => [each, inHtml(each)]),
  ]
  const parts = names
    .flatMap((each) => each.split(/[\s,.;()"<>@/]+/))
    .filter((each) => each.length >= LEAST_PART)
  return { whole: anyOf(wholes), parts: anyOf(parts) }
}

/** What finds a person where nothing else ties a text to them: addresses, numbers and whole names, never parts of these. */
export function certainOf(words: Words): string | null {
  return patternsOf({ ...words, names: words.names.filter((each) => each.trim().length >= 2 * LEAST_PART) })
    .whole
}

function anyOf(texts: readonly string[]): string | null {
  const each = [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))]
  // The longest first, so that an address goes whole.
  const ordered = each.toSorted((a, b) => b.length - a.length).map(literal)
  return ordered.length === 0
    ? null
    : `(?<![[:alnum:]_.+-])(?:${ordered.join('|')})(?![[:alnum:]_]|[.+-][[:alnum:]]*@)`
}

/** Every sign but letters and digits stands for itself; any space for any. */
const literal = (text: string) => text.replace(/[^\p{L}\p{N}\s]/gu, '\\$&').replace(/\s+/g, '\\s+')
const inHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
