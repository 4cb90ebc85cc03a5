// The one way to put words on the screen: an id and its values. Languages are catalogues with the same ids, a pair of files per
// part of the app: `en-….ts` and `de-….ts`. English of the core is always there; every other catalogue is loaded when needed.
import { i18n, type Messages } from '@lingui/core'

import type { en as accountEn } from './en/account.ts'
import type { en as adminEn } from './en/admin.ts'
import type { en as articlesEn } from './en/articles.ts'
import type { en as assistantEn } from './en/assistant.ts'
import type { en as backtestsEn } from './en/backtests.ts'
import type { en as backupsEn } from './en/backups.ts'
import type { en as movingEn } from './en/moving.ts'
import type { en as privacyEn } from './en/privacy.ts'
import type { en as rolesEn } from './en/roles.ts'
import type { en as providersEn } from './en/providers.ts'
import type { en as auditEn } from './en/audit.ts'
import type { en as slaEn } from './en/sla.ts'
import type { en as queuesEn } from './en/queues.ts'
import type { en as reasonsEn } from './en/reasons.ts'
import type { en as reportsEn } from './en/reports.ts'
import type { en as routingEn } from './en/routing.ts'
import { en as logEn } from './en/log.ts'
import type { en as rulesEn } from './en/rules.ts'
import type { en as mailEn } from './en/mail.ts'
import type { en as hooksEn } from './en/hooks.ts'
import type { en as widgetsEn } from './en/widgets.ts'
import { en } from './en/en.ts'
import { language, locales } from './language.ts'

export type WordId =
  | keyof typeof en
  | keyof typeof logEn
  | keyof typeof accountEn
  | keyof typeof adminEn
  | keyof typeof articlesEn
  | keyof typeof assistantEn
  | keyof typeof backtestsEn
  | keyof typeof backupsEn
  | keyof typeof movingEn
  | keyof typeof privacyEn
  | keyof typeof auditEn
  | keyof typeof slaEn
  | keyof typeof rulesEn
  | keyof typeof mailEn
  | keyof typeof routingEn
  | keyof typeof queuesEn
  | keyof typeof reasonsEn
  | keyof typeof reportsEn
  | keyof typeof hooksEn
  | keyof typeof widgetsEn
  | keyof typeof providersEn
  | keyof typeof rolesEn

i18n.loadAndActivate({ locale: language, locales, messages: { ...en, ...logEn } })

/** Loads the core words of the chosen language; await it before anything is shown. */
export async function learnCore(): Promise<void> {
  if (language === 'en') return
  if (language === 'de') {
    const [core, log] = await Promise.all([import('./de/de.ts'), import('./de/log.ts')])
    return learn({ ...core.de, ...log.de })
  }
  learn((await import('./pseudo.ts')).pseudo({ ...en, ...logEn }))
}

/** Loads a part's words in the chosen language. A part of the app with words of its own has a function like this. */
export async function learnAdmin(): Promise<void> {
  if (language === 'de') {
    const parts = await Promise.all([
      import('./de/admin.ts'),
      import('./de/also.ts'),
      import('./de/articles.ts'),
      import('./de/assistant.ts'),
      import('./de/backtests.ts'),
      import('./de/backups.ts'),
      import('./de/moving.ts'),
      import('./de/privacy.ts'),
      import('./de/audit.ts'),
      import('./de/sla.ts'),
      import('./de/queues.ts'),
      import('./de/mail.ts'),
      import('./de/reasons.ts'),
      import('./de/hooks.ts'),
      import('./de/widgets.ts'),
      import('./de/providers.ts'),
      import('./de/roles.ts'),
    ])
    return parts.forEach(({ de }) => learn(de))
  }
  const { pseudo } = await import('./pseudo.ts')
  const parts = await Promise.all([
    import('./en/admin.ts'),
    import('./en/also.ts'),
    import('./en/articles.ts'),
    import('./en/assistant.ts'),
    import('./en/backtests.ts'),
    import('./en/backups.ts'),
    import('./en/moving.ts'),
    import('./en/privacy.ts'),
    import('./en/audit.ts'),
    import('./en/sla.ts'),
    import('./en/queues.ts'),
    import('./en/mail.ts'),
    import('./en/reasons.ts'),
    import('./en/hooks.ts'),
    import('./en/widgets.ts'),
    import('./en/providers.ts'),
    import('./en/roles.ts'),
  ])
  parts.forEach(({ en: words }) => learn(language === 'en' ? words : pseudo(words)))
}

/** The same for the words of automation, which tickets need too: why a rule did what it did. */
export async function learnRules(): Promise<void> {
  if (language === 'de') return learn((await import('./de/rules.ts')).de)
  const [{ en: words }, { pseudo }] = await Promise.all([import('./en/rules.ts'), import('./pseudo.ts')])
  learn(language === 'en' ? words : pseudo(words))
}

/** Adds words to the language that is spoken. */
export function learn(words: Messages): void {
  i18n.load(language, words)
}

/** The words of `id` in the user's language, with `values` filled in. */
export function say(id: WordId, values?: Record<string, string | number>): string {
  return i18n._(id, values)
}

/** Words for a name that comes from the server; a name without words is shown readably instead of not at all. */
export function sayName(prefix: string, name: string): string {
  const id = `${prefix}.${name}`
  return hasWord(id) ? i18n._(id) : name.replaceAll('_', ' ')
}

/** Whether there is a word of this name. */
export function hasWord(id: string): boolean {
  return id in i18n.messages
}

/** What has words of its own as a value: everything else is said as it is. */
const WORDED: ReadonlySet<string> = new Set(['status', 'priority', 'channel', 'type'])

/** The value of a ticket's property: "high" of a priority is said, a team's name stands as it is. */
export function sayValue(property: string, value: string): string {
  return WORDED.has(property) ? sayName(property, value) : value
}

/** Other words for what a word names, to find it by; '' when there are none. */
export function sayAlso(id: WordId): string {
  const also = `also.${id}`
  return also in i18n.messages ? i18n._(also) : ''
}
