// By what the words of an erased person are found in what others wrote: addresses, names and numbers as PostgreSQL reads patterns. Pure.

export type Words = {
  readonly addresses: readonly string[]
  readonly names: readonly string[]
  readonly phones: readonly string[]
  /** Those of the names that others bear, too: they say nothing where nothing else ties a text to the person. */
  readonly shared?: readonly string[]
}

/**
 * Null where there is nothing to find. `whole` is read in any case; `parts`, of names, only as they are written. `loose` finds at least
 * as much in JSON as it is written, in any case, and is read far faster.
 */
export type Patterns = {
  readonly whole: string | null
  readonly parts: string | null
  readonly loose: string | null
}

/** Shorter ones are words like others. */
const LEAST_PART = 3
const LEAST_PHONE = 6
/** A subject that is shorter, or one word, is no quotation. */
const LEAST_SUBJECT = 6
const HAS_WORDS = /\S\s+\S/

/** Words of names that are words of everybody: particles, titles, and what companies are called. */
const COMMON = new Set(
  `aan and auf aus bei das del dela della dem den der des die dos du el for het ibn las les los mit nach the ter und van vom von vor with zum zur
  dipl dr frau herr ing med mr mrs ms phd prof
  accounting ag agency billing buchhaltung büro cie co company consulting corp corporation dienst einkauf firma gesellschaft gmbh group gruppe
  haus holding inc info international kg kunde kundendienst kundenservice limited llc llp ltd mail mbh media office ohg online plc rechnung
  sales sarl service services shop software solutions stiftung store studio support systems team technik ug verein verkauf vertrieb
  customer customers erased person unknown unbekannt`.split(/\s+/),
)
const isCommon = (word: string) => COMMON.has(word.toLowerCase())
const isWhole = (name: string) =>
  HAS_WORDS.test(name) && !name.split(/[\s.,&]+/).every((word) => word === '' || isCommon(word))
const isNumber = (phone: string) => phone.replace(/\D/g, '').length >= LEAST_PHONE

/** The patterns of a person, and of subjects that they wrote. */
export function patternsOf({ addresses, names, phones }: Words, subjects: readonly string[] = []): Patterns {
  const mails = addresses.flatMap((each) => [each, encodeURIComponent(each)])
  const wholes = [
    ...names.filter(isWhole).flatMap((each) => [each, inHtml(each)]),
    ...phones.filter(isNumber),
    ...subjects
      .filter((each) => each.trim().length >= LEAST_SUBJECT && HAS_WORDS.test(each.trim()))
      .flatMap((each) => [each, inHtml(each)]),
  ]
  const parts = names
    .flatMap((each) => each.split(/\s+/))
    // An address in the place of a name is no name.
    .filter((each) => !each.includes('@'))
    .flatMap((each) => each.split(/[,.;()"<>/]+/))
    .filter((each) => each.length >= LEAST_PART && !isCommon(each) && /\p{L}/u.test(each))
  return {
    whole: between([...anyOf(mails, ADDRESS_END), ...anyOf(wholes, END)]),
    parts: between(anyOf(parts, END)),
    loose: anyOf([...mails, ...wholes, ...parts], '', looseLiteral)[0] ?? null,
  }
}

/** What finds a person where nothing else ties a text to them: addresses, numbers and whole names, never parts of these. */
export function certainOf(words: Words): Patterns {
  const { whole, loose } = patternsOf({ ...words, names: certainNames(words) })
  return { whole, parts: null, loose }
}

/** What is looked for in the search: addresses and whole names. */
export function soughtOf(words: Words): string[] {
  return [...words.addresses, ...certainNames(words)]
}

const certainNames = ({ names, shared = [] }: Words) =>
  names.filter((each) => each.trim().length >= 2 * LEAST_PART && isWhole(each) && !shared.includes(each))

const BEGINNING = '(?<![[:alnum:]_.+-])'
const END = '(?![[:alnum:]_]|[.+-][[:alnum:]]*@)'
/** A longer address is somebody else's. */
const ADDRESS_END = '(?![[:alnum:]_]|[.-][[:alnum:]])'

const between = (found: readonly string[]) =>
  found.length === 0 ? null : `${BEGINNING}(?:${found.join('|')})`

/** One pattern for all of the texts, or none. */
function anyOf(texts: readonly string[], end: string, written = literal): string[] {
  const each = [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ''))]
  // The longest first, so that an address goes whole.
  const ordered = each.toSorted((a, b) => b.length - a.length).map(written)
  return ordered.length === 0 ? [] : [`(?:${ordered.join('|')})${end}`]
}

/** Every sign but letters and digits stands for itself; any space for any. */
const literal = (text: string) => text.replace(/[^\p{L}\p{N}\s]/gu, '\\$&').replace(/\s+/g, '\\s+')
/** JSON writes some signs and spaces as two signs and more. */
const looseLiteral = (text: string) =>
  text
    .split(/\s+/)
    .map((word) => word.split(/["\\]/).map(literal).join('.{1,2}'))
    .join('(?:\\s|\\\\[nrtbf]|\\\\u[0-9a-f]{4})+')
const inHtml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
