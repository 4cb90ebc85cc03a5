// The one way to put words on the screen: an id and its values. Languages are catalogues with the same ids.
import { i18n } from '@lingui/core'

import type { en as adminEn } from './en-admin.ts'
import { en as logEn } from './en-log.ts'
import { en } from './en.ts'

export type WordId = keyof typeof en | keyof typeof logEn | keyof typeof adminEn

i18n.loadAndActivate({ locale: 'en', locales: [...navigator.languages], messages: { ...en, ...logEn } })

/** Adds a catalogue that a lazy part of the app brings along. */
export function learn(words: Record<string, string>): void {
  i18n.load('en', words)
}

/** The words of `id` in the user's language, with `values` filled in. */
export function say(id: WordId, values?: Record<string, string | number>): string {
  return i18n._(id, values)
}

/** Words for a name that comes from the server; a name without words is shown readably instead of not at all. */
export function sayName(prefix: string, name: string): string {
  const id = `${prefix}.${name}`
  return id in i18n.messages ? i18n._(id) : name.replaceAll('_', ' ')
}
