// What is sent: a fixed greeting, the section as it stands in the article, and a link that code makes. Nothing else.
import type { Section } from '#assistant/sections.ts'

export type Phrases = { readonly greeting: string; readonly closing: string }

/** What it says around an article, by language; a desk may have its own. */
export const standardPhrases: Readonly<Record<string, Phrases>> = {
  en: {
    greeting: 'Hello,\n\nthis automatic answer comes from our help center:',
    closing: 'If this does not help, just reply and a person takes over.',
  },
  de: {
    greeting: 'Guten Tag,\n\ndiese automatische Antwort stammt aus unserem Hilfebereich:',
    closing: 'Hilft das nicht weiter, antworten Sie einfach, und ein Mensch übernimmt.',
  },
}

/** What it says around an article in a language; undefined where it has no words for it. */
export function phrasesIn(language: string, own: Readonly<Record<string, Phrases>>): Phrases | undefined {
  return own[language] ?? standardPhrases[language]
}

/** What stands below a question of a procedure; a person is got by saying so. */
const askedClosings: Readonly<Record<string, string>> = {
  en: 'This question was asked automatically. If you would rather write with a person, just say so.',
  de: 'Diese Frage wurde automatisch gestellt. Möchten Sie lieber mit einem Menschen schreiben, sagen Sie es einfach.',
}

/** A question with what stands below it; in other languages the question alone. */
export function askedText(text: string, language: string): string {
  const closing = askedClosings[language]
  return closing === undefined ? text : `${text}\n\n${closing}`
}

/** Words with what stands below each answer. */
export function withClosing(text: string, language: string, own: Readonly<Record<string, Phrases>>): string {
  const closing = phrasesIn(language, own)?.closing
  return closing === undefined ? text : `${text}\n\n${closing}`
}

/** The answer as text; null when the desk has no words in the language. */
export function answerText(
  section: Section,
  language: string,
  baseUrl: string,
  own: Readonly<Record<string, Phrases>> = {},
): string | null {
  const phrases = phrasesIn(language, own)
  if (phrases === undefined) return null
  const title = section.heading === '' ? section.title : `${section.title}: ${section.heading}`
  return `${phrases.greeting}\n\n${section.text}\n\n${title}\n${linkOf(section, baseUrl)}\n\n${phrases.closing}`
}

/** Where the whole article stands. */
export function linkOf({ path }: Section, baseUrl: string): string {
  return `${baseUrl}${path}`
}
