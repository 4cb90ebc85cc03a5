// By what the words of an erased person are found in what others wrote: addresses, names and numbers as PostgreSQL reads patterns. Pure.

export type Words = {
  readonly addresses: readonly string[]
  readonly names: readonly string[]
  readonly phones: readonly string[]
  /** Those of the names that others bear, too: they say nothing where nothing else ties a text to the person. */
  readonly shared?: readonly string[]
}

/** Null where there is nothing to find. `whole` is read in any case; `parts`, of names, only as they are written. */
export type Patterns = { readonly whole: string | null; readonly parts: string | null }

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
  const wholes = [
    ...addresses.flatMap((each) => [each, encodeURIComponent(each)]),
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
  return { whole: anyOf(wholes), parts: anyOf(parts) }
}

/** What finds a person where nothing else ties a text to them: addresses, numbers and whole names, never parts of these. */
export function certainOf(words: Words): string | null {
  return patternsOf({ ...words, names: certainNames(words) }).whole
}

/** What is looked for in the search: addresses and whole names. */
export function soughtOf(words: Words): string[] {
  return [...words.addresses, ...certainNames(words)]
}

const certainNames = ({ names, shared = [] }: Words) =>
  names.filter((each) => each.trim().length >= 2 * LEAST_PART && isWhole(each) && !shared.includes(each))

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
