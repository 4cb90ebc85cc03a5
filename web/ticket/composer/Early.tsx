// `r`, `n` and `m` work from the moment a ticket's address is open, before it is read and before composer and editor have arrived:
// what is typed meanwhile is caught here and handed over, and no letter of it is taken for a shortcut.
import { useEffect, useRef } from 'react'

import type { MessageKind } from '../../../src/api/contract/messages.ts'
import { useKeys } from '../../keys/keys.ts'
import { holdKeys } from '../../state/held-keys.ts'
import { createStore } from '../../state/store.ts'
import { useMay } from '../../wire/session.ts'

/** Where somebody wants to write. The mode of each ticket stays, so that coming back finds the same one. */
export const wanted = createStore<{ ticketId: number; mode: MessageKind } | null>(null)
export const modes = createStore<ReadonlyMap<number, MessageKind>>(new Map())

/** The ticket on which a macro is being chosen. */
export const choosingMacro = createStore<number | null>(null)

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

function chooseMacro(ticketId: number): void {
  holdKeys()
  choosingMacro.set(ticketId)
}

export function Early({ ticketId }: { ticketId: number }) {
  const mayReply = useMay('ticket.reply')
  const mayNote = useMay('ticket.note')
  const element = useRef<HTMLTextAreaElement>(null)
  useKeys('keys.ticket', [
    { keys: 'r', word: 'keys.reply', run: () => mayReply && writeOn(ticketId, 'reply') },
    { keys: 'n', word: 'keys.note', run: () => mayNote && writeOn(ticketId, 'note') },
    { keys: 'm', word: 'keys.macro', run: () => (mayReply || mayNote) && chooseMacro(ticketId) },
  ])
  useEffect(() => {
    box = element.current
    return () => {
      box = null
      wanted.set(null)
      choosingMacro.set(null)
    }
  }, [])
  return <textarea ref={element} className="unseen" aria-hidden tabIndex={-1} />
}
