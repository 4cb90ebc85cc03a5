// What is being typed after `/`, `@`, `:` or `{{`, for the list that opens at the caret.
import { type EditorState, Plugin } from 'prosemirror-state'
import type { EditorView } from 'prosemirror-view'

import { createStore } from '../state/store.ts'

export type Trigger = 'macro' | 'mention' | 'emoji' | 'variable'
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
  ['emoji', /(?:^|\s)(:)([\p{L}_-]*)$/u],
  ['variable', /(\{\{)([^\s{]*)$/],
]

/** Where a list was asked for by its button. */
let askedAt: number | null = null

/** Puts the sign of a list at the caret, as if it were typed. */
export function askFor(view: EditorView, sign: string): void {
  const { $from, to } = view.state.selection
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\ufffc')
  const space = /\S$/.test(before) ? ' ' : ''
  askedAt = $from.pos + space.length
  view.focus()
  view.dispatch(view.state.tr.insertText(space + sign, $from.pos, to))
}

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
    const from = pos - query.length - sign.length
    // A colon is more often just one: two letters after it, or the button, make it a name.
    if (trigger === 'emoji' && query.length < 2 && from !== askedAt) continue
    if (sign !== '') return { trigger, query, range: { from, to: pos } }
  }
  return null
}
