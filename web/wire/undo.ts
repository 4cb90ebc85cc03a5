// Taking back: a notice with its Undo, and `z`. Both go by the one stack of what this person did.
import type { Undone } from '../../src/api/contract/tickets.ts'
import { notify, toasts } from '../state/toasts.ts'
import { forget, remember, takeNewest } from '../state/undo-stack.ts'
import { say } from '../words/say.ts'
import { call, reasonOf } from './call.ts'
import { client } from './client.ts'
import { keepTicket } from './tickets.ts'

/** Updates by ticket and the seq of one of their events. */
export type Updates = ReadonlyArray<{ readonly id: number; readonly seq: number }>

/** Tells what was done, with its Undo. */
export function tellUndoable(
  title: string,
  undo: () => void | Promise<void>,
  until: number | null = null,
): void {
  const action = { label: say('action.undo'), run: () => takeBack() }
  const toast = notify({ title, action, ...(until === null ? {} : { until }) })
  const takeBack = noteUndoable(title, undo, until, toast)
}

/** Remembers what was done where something else tells of it; returns how to take it back by hand. */
export function noteUndoable(
  title: string,
  undo: () => void | Promise<void>,
  until: number | null = null,
  toast: string | null = null,
): () => void {
  const run = () => {
    if (toast !== null) toasts.close(toast)
    return undo()
  }
  const done = { title, undo: run, until }
  remember(done)
  return () => {
    forget(done)
    void run()
  }
}

/** What `z` does. */
export function undoNewest(): void {
  const taken = takeNewest(Date.now())
  if (taken === null) return void notify({ title: say('undo.nothing') })
  const { done, isLate } = taken
  if (isLate)
    return void notify({
      kind: 'error',
      title: say('undo.late', { what: done.title }),
      detail: say('undoSend.late'),
    })
  void done.undo()
}

/** Takes whole updates back, and says what was taken back and what could not be restored because it changed again. */
export async function undoUpdates(updates: Updates, title: string): Promise<void> {
  try {
    const answers = await Promise.all(
      updates.map(({ id, seq }) => call<Undone>('POST', `/tickets/${id}/undo`, { body: { seq } })),
    )
    for (const { ticket } of answers) {
      keepTicket(ticket)
      for (const what of ['events', 'messages'])
        void client.invalidateQueries({ queryKey: [what, ticket.id] })
    }
    const kept = [...new Set(answers.flatMap(({ changedSince }) => changedSince))]
    notify({
      title: say('undo.done', { what: title }),
      ...(kept.length > 0 ? { detail: say('undo.kept', { fields: kept.join(', ') }) } : {}),
    })
  } catch (error) {
    notify({ kind: 'error', title: say('undo.failed', { what: title }), detail: reasonOf(error) })
  }
}
