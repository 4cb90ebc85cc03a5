// Which language a text is likely written in, by the small words that every text of a language is full of.

const SMALL: Readonly<Record<string, readonly string[]>> = {
  de: 'der die das und ist nicht ich wir sie mit auf für ein eine den dem zu habe haben von es bitte noch mein wie'.split(
    ' ',
  ),
  en: 'the and is not you your with for have has this that are was my it to of i we please when how do does can'.split(
    ' ',
  ),
  es: 'el la los las que y no con para una por mi es de se ha cuando pero muy mis está'.split(' '),
  fr: 'le la les des et est pas je vous nous avec pour une dans mon ma que ce il du sur bonjour'.split(' '),
  it: 'il lo gli che non con per una mio mia sono del della è ho si ma quando'.split(' '),
  nl: 'de het een en is niet ik wij jullie met voor mijn van dat op te zijn aan heb'.split(' '),
  pt: 'o os as que e não com para uma por meu minha é de se foi quando mas'.split(' '),
}

const every: ReadonlySet<string> = new Set(Object.values(SMALL).flat())

/** What a text of each language is full of: enough to tell them apart before there is anything to learn from. */
export const sampleOf: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(SMALL).map(([language, words]) => [language, words.join(' ')]),
)

/** Whether a word is one of those that every text is full of, in some language. */
export const isSmall = (word: string): boolean => every.has(word)

/** The language with the most small words in a text; null when too few say anything or two say the same. */
export function languageOf(text: string): string | null {
  const words =
    text
      .slice(0, 2_000)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  const counts = Object.entries(SMALL)
    .map(([language, small]) => ({ language, count: words.filter((word) => small.includes(word)).length }))
    .toSorted((a, b) => b.count - a.count)
  const [first, second] = counts
  if (first === undefined || second === undefined || first.count < 3) return null
  return first.count > second.count ? first.language : null
}
