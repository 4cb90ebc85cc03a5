// Everything of routing that agents see, with its words: one part, loaded when something of it is first shown.
import { language } from '../words/language.ts'
import { learn } from '../words/say.ts'

export { Board } from './Board.tsx'
export { Here } from './Here.tsx'
export { Why } from './Why.tsx'

/** Resolves when the words are there. */
export const spoken: Promise<void> = learnWords()

async function learnWords(): Promise<void> {
  if (language === 'de') return learn((await import('../words/de-routing.ts')).de)
  const [{ en: words }, { pseudo }] = await Promise.all([
    import('../words/en-routing.ts'),
    import('../words/pseudo.ts'),
  ])
  learn(language === 'en' ? words : pseudo(words))
}
