// The languages that articles and canned texts are written in.

/** The language of who reads the page. */
export const ownLanguage = (): string => document.documentElement.lang.slice(0, 2) || 'en'

/** What is offered; any other code can come by the API. */
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
