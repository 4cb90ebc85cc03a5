// What is being typed after `/`, `@` or `{{`, for the list that opens at the caret.
import type { Editor, Range } from '@tiptap/core'

import { createStore } from '../parts/store.ts'

export type Trigger = 'macro' | 'mention' | 'variable'
export type Suggesting = {
  trigger: Trigger
  editor: Editor
  query: string
  range: Range
  rect: DOMRect | null
}

/** The open list's keys: the text box asks it first. True when it took one. */
export const listKeys: { take: ((event: KeyboardEvent) => boolean) | null } = { take: null }

export const suggesting = createStore<Suggesting | null>(null)
