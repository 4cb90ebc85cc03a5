// Everything of the assistant that agents see, with its words: one part, loaded when something of it is first shown.
import { language } from '../words/language.ts'
import { learn } from '../words/say.ts'
import { Beside } from './Beside.tsx'
import { Reword } from './Reword.tsx'
import { Summary } from './Summary.tsx'

/** Given out when the words are there. */
export const assistant = learnWords().then(() => ({ Beside, Reword, Summary }))

async function learnWords(): Promise<void> {
  if (language === 'de') return learn((await import('../words/de/assistant.ts')).de)
  const [{ en: words }, { pseudo }] = await Promise.all([
    import('../words/en/assistant.ts'),
    import('../words/pseudo.ts'),
  ])
  learn(language === 'en' ? words : pseudo(words))
}
