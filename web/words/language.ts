// Which language the app speaks: the person's choice, else the browser's, else English. Changing it loads the page again.
import { preferences } from '../state/preferences.ts'

export const languages = ['en', 'de'] as const
/** English in Arabic letters, right to left: shows what is not translatable and what does not mirror. For the gallery. */
export const PSEUDO = 'ar-XB'
export type Language = (typeof languages)[number] | typeof PSEUDO

function chosen(): Language {
  const { language } = preferences.get()
  if (language !== 'system') return language
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())
  return (
    languages.find((each) => each === wanted.find((tag) => languages.some((known) => known === tag))) ?? 'en'
  )
}

export const language: Language = chosen()

/** For Intl: the chosen language first, then the browser's own, which know the region. */
export const locales: string[] = [
  ...navigator.languages.filter((tag) => tag.startsWith(language)),
  language === PSEUDO ? 'ar' : language,
]

document.documentElement.lang = language
document.documentElement.dir = language === PSEUDO ? 'rtl' : 'ltr'
