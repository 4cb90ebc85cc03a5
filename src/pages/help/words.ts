// What the help center says around its articles, in the languages that pages speak; English where there is no other.
import { localeOf, writable } from '#kit/locale.ts'

const en = {
  help: 'Help',
  greeting: 'How can we help?',
  search: 'Search the help',
  find: 'Search',
  found: 'Found for',
  none: 'Nothing was found for',
  meant: 'Did you mean',
  noneHere: 'Nothing in this language, but in another:',
  tryOther: 'Try fewer or other words, or write to us.',
  empty: 'There are no articles here yet.',
  other: 'More',
  sections: 'Topics',
  mostRead: 'Read most',
  changed: 'New and changed',
  articles: 'articles',
  article: 'article',
  gone: 'There is no article here',
  goneMore: 'It may have been taken away. Search for it, or look at all articles.',
  all: 'All articles',
  updated: 'Last changed',
  parts: 'On this page',
  related: 'Related articles',
  contact: 'Not what you need?',
  contactMore: 'Tell us what it is about. A person reads it.',
  write: 'Write to us',
  requests: 'My requests',
  more: 'Languages and requests',
  way: 'Where this is',
  skip: 'To the content',
  feed: 'New and changed articles',
  helpful: 'Did this help?',
  yes: 'Yes',
  no: 'No',
  thanks: 'Thank you',
  thanksYes: 'Good to know. Is there anything we should add?',
  thanksNo: 'Sorry about that. What was missing, or wrong?',
  comment: 'Your words (please no names, numbers or passwords)',
  send: 'Send',
  taken: 'Thank you, we read every word.',
  back: 'Back to the article',
  quoted: (text: string) => `“${text}”`,
  notYet: (wanted: string, is: string) => `This article is not there in ${wanted} yet. Here it is in ${is}.`,
}

export type HelpWords = { readonly [Name in keyof typeof en]: (typeof en)[Name] }

const de: HelpWords = {
  help: 'Hilfe',
  greeting: 'Wie können wir helfen?',
  search: 'In der Hilfe suchen',
  find: 'Suchen',
  found: 'Gefunden zu',
  none: 'Nichts gefunden zu',
  meant: 'Meinten Sie',
  noneHere: 'Nichts in dieser Sprache, aber in einer anderen:',
  tryOther: 'Versuchen Sie weniger oder andere Wörter, oder schreiben Sie uns.',
  empty: 'Hier gibt es noch keine Artikel.',
  other: 'Weiteres',
  sections: 'Themen',
  mostRead: 'Am meisten gelesen',
  changed: 'Neu und geändert',
  articles: 'Artikel',
  article: 'Artikel',
  gone: 'Hier ist kein Artikel',
  goneMore: 'Vielleicht wurde er entfernt. Suchen Sie danach, oder sehen Sie alle Artikel an.',
  all: 'Alle Artikel',
  updated: 'Zuletzt geändert',
  parts: 'Auf dieser Seite',
  related: 'Ähnliche Artikel',
  contact: 'Nicht das Richtige?',
  contactMore: 'Sagen Sie uns, worum es geht. Ein Mensch liest es.',
  write: 'Schreiben Sie uns',
  requests: 'Meine Anfragen',
  more: 'Sprachen und Anfragen',
  way: 'Wo Sie sind',
  skip: 'Zum Inhalt',
  feed: 'Neue und geänderte Artikel',
  helpful: 'Hat das geholfen?',
  yes: 'Ja',
  no: 'Nein',
  thanks: 'Vielen Dank',
  thanksYes: 'Gut zu wissen. Sollen wir etwas ergänzen?',
  thanksNo: 'Das tut uns leid. Was hat gefehlt oder war falsch?',
  comment: 'Ihre Worte (bitte keine Namen, Nummern oder Passwörter)',
  send: 'Senden',
  taken: 'Vielen Dank, wir lesen jedes Wort.',
  back: 'Zurück zum Artikel',
  quoted: (text) => `„${text}“`,
  notYet: (wanted, is) => `Diesen Artikel gibt es noch nicht auf ${wanted}. Hier steht er auf ${is}.`,
}

/** The words of a page in a language such as `de` or `de-AT`. */
export const helpWordsIn = (language: string): HelpWords => (/^de\b/i.test(language) ? de : en)

/** So many articles. */
export const countOf = (words: HelpWords, count: number): string =>
  `${count} ${count === 1 ? words.article : words.articles}`

/** A language by its own name, or by that in another language; what is none by how it was written. */
export function nameOfLanguage(language: string, by = language): string {
  const tag = localeOf(language)
  return tag === null
    ? language
    : (new Intl.DisplayNames([writable(by)], { type: 'language' }).of(tag) ?? language)
}
