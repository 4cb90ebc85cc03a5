// Where somebody wants to write, choose a macro or merge: asked for by a key, the palette or a row, before the ticket's screen has
// come. What is typed meanwhile is caught and handed over, and no letter of it is taken for a shortcut.
import type { MessageKind } from '../../src/api/contract/messages.ts'
import { holdKeys } from './keys-ahead.ts'
import { createStore } from './store.ts'

/** Where somebody wants to write. The mode of each ticket stays, so that coming back finds the same one. */
export const wanted = createStore<{ ticketId: number; mode: MessageKind } | null>(null)
export const modes = createStore<ReadonlyMap<number, MessageKind>>(new Map())

/** The ticket on which a macro is being chosen, the one that is to be merged, and the one in which something is looked for. */
export const choosingMacro = createStore<number | null>(null)
export const merging = createStore<number | null>(null)
export const finding = createStore<number | null>(null)

type Text = { takesKeys: () => boolean; focus: () => void; type: (text: string) => void }
let text: (Text & { ticketId: number; mode: MessageKind }) | null = null
let box: HTMLTextAreaElement | null = null

/** Goes to the text of a ticket at once: the editor when it is there, what catches the keys until then otherwise. */
export function writeOn(ticketId: number, mode: MessageKind): void {
  modes.set((map) => new Map(map).set(ticketId, mode))
  wanted.set({ ticketId, mode })
  if (text?.ticketId === ticketId && text.mode === mode && text.takesKeys()) text.focus()
  else box?.focus()
}

/** Chooses a macro for a ticket. */
export function chooseMacro(ticketId: number): void {
  holdKeys()
  choosingMacro.set(ticketId)
}

/** A ticket's screen is there, with a box that catches what is typed before the editor comes; call the answer when it goes. */
export function catchKeys(ticketId: number, catcher: HTMLTextAreaElement | null): () => void {
  box = catcher
  if (wanted.get()?.ticketId === ticketId) box?.focus()
  return () => {
    box = null
    for (const store of [choosingMacro, merging, finding]) if (store.get() === ticketId) store.set(null)
    if (wanted.get()?.ticketId === ticketId) wanted.set(null)
  }
}

/** The editor is there: it takes the caret and what was typed; null when it has gone. */
export function arrived(editor: typeof text): void {
  text = editor
  handOver()
}

/** Gives what was caught to the editor, if it takes keys now: when it arrives, and when it is free again after sending. */
export function handOver(): void {
  if (text === null || box === null || !text.takesKeys()) return
  const typed = box.value
  box.value = ''
  if (document.activeElement === box) text.focus()
  if (typed !== '') text.type(typed)
}
