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
