// Languages by name, in the words of who reads them.
import { locales } from '../../words/language.ts'

export function nameOfLanguage(code: string): string {
  try {
    return new Intl.DisplayNames(locales, { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}

/** The language of who reads the page. */
export const ownLanguage = (): string => document.documentElement.lang.slice(0, 2) || 'en'

/** What is offered for an article; any other code can come by the API. */
export const offered = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'pt',
  'pl',
  'sv',
  'da',
  'nb',
  'fi',
  'cs',
  'tr',
  'ru',
  'uk',
  'ja',
  'ko',
  'zh',
]
