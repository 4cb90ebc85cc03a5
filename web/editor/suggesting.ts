// What is being typed after `/`, `@` or `{{`, for the list that opens at the caret.
import { type EditorState, Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'

import { createStore } from '../parts/store.ts'

export type Trigger = 'macro' | 'mention' | 'variable'
type Range = { readonly from: number; readonly to: number }
export type Suggesting = {
  readonly trigger: Trigger
  readonly view: EditorView
  readonly query: string
  readonly range: Range
  readonly rect: { readonly left: number; readonly top: number; readonly bottom: number }
}

/** The open list's keys: the text box asks it first. True when it took one. */
export const listKeys: { take: ((event: KeyboardEvent) => boolean) | null } = { take: null }

export const suggesting = createStore<Suggesting | null>(null)

/** Where a list was closed with Escape: it stays closed for what is typed there. */
let dismissedAt: number | null = null

export function dismissList(): void {
  dismissedAt = suggesting.get()?.range.from ?? null
  suggesting.set(null)
}

const triggers: ReadonlyArray<readonly [Trigger, RegExp]> = [
  ['macro', /(?:^|\s)(\/)(\S*)$/],
  ['mention', /(?:^|\s)(@)(\S*)$/],
  ['variable', /(\{\{)([^\s{]*)$/],
]

/** Tells the list what is being typed after one of the triggers; what is chosen is put in by who opened the list. */
export function watchTriggers(watched: readonly Trigger[]): Plugin {
  return new Plugin({
    view: (view) => ({ update: () => look(view, watched), destroy: () => close(view) }),
    props: { handleDOMEvents: { blur: close } },
  })
}

function close(view: EditorView): void {
  if (suggesting.get()?.view === view) suggesting.set(null)
}

function look(view: EditorView, watched: readonly Trigger[]): void {
  // Only for who types: a text that was put in does not open lists.
  const found = view.hasFocus() ? typedAfter(view.state, watched) : null
  if (found === null) dismissedAt = null
  if (found === null || found.range.from === dismissedAt) close(view)
  else suggesting.set({ ...found, view, rect: view.coordsAtPos(found.range.from) })
}

function typedAfter(state: EditorState, watched: readonly Trigger[]) {
  const { $from, empty } = state.selection
  const { parent, pos } = $from
  const inCode = parent.type.spec.code || $from.marks().some(({ type }) => type.spec.code)
  if (!empty || !parent.isTextblock || inCode) return null
  const before = parent.textBetween(0, $from.parentOffset, undefined, '\ufffc')
  for (const [trigger, pattern] of triggers) {
    const [, sign = '', query = ''] = (watched.includes(trigger) && pattern.exec(before)) || []
    if (sign !== '') return { trigger, query, range: { from: pos - query.length - sign.length, to: pos } }
  }
  return null
}
