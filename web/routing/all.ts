// Everything of routing that agents see, with its words: one part, loaded when something of it is first shown.
import { language } from '../words/language.ts'
import { learn } from '../words/say.ts'
import { Board } from './Board.tsx'
import { Handover } from './Handover.tsx'
import { Here, ToQueues } from './Here.tsx'
import { Why } from './Why.tsx'

/** Given out when the words are there. */
export const routing = learnWords().then(() => ({ Board, Handover, Here, ToQueues, Why }))

async function learnWords(): Promise<void> {
  if (language === 'de') return learn((await import('../words/de/routing.ts')).de)
  const [{ en: words }, { pseudo }] = await Promise.all([
    import('../words/en/routing.ts'),
    import('../words/pseudo.ts'),
  ])
  learn(language === 'en' ? words : pseudo(words))
}
