// The tickets opened last and where one stood in them, so that going back is a matter of a key. Kept for this tab alone, as numbers.
import { createStore } from './store.ts'

const key = 'docket.recent'
const most = 20

function read(): number[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'number') : []
  } catch {
    return []
  }
}

/** Newest first. */
export const recent = createStore<readonly number[]>(read())

export function noteRecent(id: number): void {
  recent.set((now) => [id, ...now.filter((other) => other !== id)].slice(0, most))
  try {
    sessionStorage.setItem(key, JSON.stringify(recent.get()))
  } catch {
    // A browser that refuses storage forgets them with the page.
  }
}

export type Place = { readonly top: number; readonly lastMessageId: number }
/** How far a conversation was scrolled, for as long as the page lives. */
export const places = new Map<number, Place>()
