// What the help center says around its articles, in the languages that pages speak; English where there is no other.

const en = {
  help: 'Help',
  search: 'Search the help',
  find: 'Search',
  found: 'Found for',
  none: 'Nothing was found for',
  tryOther: 'Try fewer or other words.',
  empty: 'There are no articles here yet.',
  other: 'More',
  gone: 'There is no article here',
  goneMore: 'It may have been taken away. Search for it, or look at all articles.',
  all: 'All articles',
  updated: 'Last changed',
  parts: 'On this page',
  contact: 'Not what you need?',
  write: 'Write to us',
  way: 'Where this is',
}

export type HelpWords = { readonly [Name in keyof typeof en]: string }

const de: HelpWords = {
  help: 'Hilfe',
  search: 'In der Hilfe suchen',
  find: 'Suchen',
  found: 'Gefunden zu',
  none: 'Nichts gefunden zu',
  tryOther: 'Versuchen Sie weniger oder andere Wörter.',
  empty: 'Hier gibt es noch keine Artikel.',
  other: 'Weiteres',
  gone: 'Hier ist kein Artikel',
  goneMore: 'Vielleicht wurde er entfernt. Suchen Sie danach, oder sehen Sie alle Artikel an.',
  all: 'Alle Artikel',
  updated: 'Zuletzt geändert',
  parts: 'Auf dieser Seite',
  contact: 'Nicht das Richtige?',
  write: 'Schreiben Sie uns',
  way: 'Wo Sie sind',
}

/** The words of a page in a language such as `de` or `de-AT`. */
export const helpWordsIn = (language: string): HelpWords => (/^de\b/i.test(language) ? de : en)

/** A language by its own name. */
export function nameOfLanguage(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
}
