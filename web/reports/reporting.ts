// Everything of reports with its words: one part, loaded when somebody goes there.
import { language } from '../words/language.ts'
import { learn } from '../words/say.ts'
import { Reports } from './Reports.tsx'

/** Given out when the words are there. */
export const reports = learnWords().then(() => ({ Reports }))

async function learnWords(): Promise<void> {
  if (language === 'de') {
    const parts = await Promise.all([import('../words/de/reports.ts'), import('../words/de/reasons.ts')])
    return parts.forEach(({ de }) => learn(de))
  }
  const [{ pseudo }, ...parts] = await Promise.all([
    import('../words/pseudo.ts'),
    import('../words/en/reports.ts'),
    import('../words/en/reasons.ts'),
  ])
  parts.forEach(({ en: words }) => learn(language === 'en' ? words : pseudo(words)))
}
