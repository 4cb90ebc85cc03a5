// How this person likes the app, kept in this browser. Nothing about customers is ever stored here.
import { createStore, useStore } from './store.ts'

export type Preferences = {
  theme: 'system' | 'light' | 'dark'
  language: 'system' | 'en' | 'de' | 'ar-XB'
  density: 'comfortable' | 'dense'
  singleKeys: boolean
  /** Keys of one's own, by the word of what they do. */
  keys: Readonly<Record<string, string>>
  desktopNews: boolean
  startGone: boolean
  viewsFolded: boolean
  contextFolded: boolean
  /** Cards beside a ticket, by name: those that are folded, and the order of somebody who moved one. */
  cardsFolded: readonly string[]
  cardOrder: readonly string[]
  listWidth: number
  afterSend: 'stay' | 'next' | 'list'
  /** In chats, Enter sends and Shift+Enter begins a line. */
  enterSends: boolean
  chatSound: boolean
}

const key = 'docket.preferences'
const defaults: Preferences = {
  theme: 'system',
  language: 'system',
  density: 'comfortable',
  singleKeys: true,
  keys: {},
  desktopNews: false,
  startGone: false,
  viewsFolded: false,
  contextFolded: window.innerWidth < 1280,
  cardsFolded: [],
  cardOrder: [],
  listWidth: 380,
  afterSend: 'stay',
  enterSends: false,
  chatSound: false,
}

function read(): Preferences {
  try {
    return { ...defaults, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>) }
  } catch {
    return defaults
  }
}

export const preferences = createStore(read())

export function prefer(change: Partial<Preferences>): void {
  preferences.set((now) => ({ ...now, ...change }))
  try {
    localStorage.setItem(key, JSON.stringify(preferences.get()))
  } catch {
    // A browser that refuses storage keeps the choice until the tab closes.
  }
}

export function usePreference<Name extends keyof Preferences>(name: Name): Preferences[Name] {
  return useStore(preferences, (all) => all[name])
}

function applyTheme(): void {
  const { theme } = preferences.get()
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}
preferences.subscribe(applyTheme)
applyTheme()
