// Everything of reports with its words: one part, loaded when somebody goes there.
import { language } from '../words/language.ts'
import { learn } from '../words/say.ts'
import { Reports } from './Reports.tsx'

/** Given out when the words are there. */
export const reports = learnWords().then(() => ({ Reports }))

async function learnWords(): Promise<void> {
  if (language === 'de') return learn((await import('../words/de/reports.ts')).de)
  const [{ en: words }, { pseudo }] = await Promise.all([
    import('../words/en/reports.ts'),
    import('../words/pseudo.ts'),
  ])
  learn(language === 'en' ? words : pseudo(words))
}
